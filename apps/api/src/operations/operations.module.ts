import { Module } from '@nestjs/common';
import { OperationsController } from './operations.controller.js';
import { SetAsidesController } from './set-asides.controller.js';

@Module({ controllers: [OperationsController, SetAsidesController] })
export class OperationsModule {}
