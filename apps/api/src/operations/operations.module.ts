import { Module } from '@nestjs/common';
import { SetAsidesController } from './set-asides.controller.js';

@Module({ controllers: [SetAsidesController] })
export class OperationsModule {}
