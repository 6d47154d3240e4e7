import { Module } from '@nestjs/common';
import { UnitsController } from './units.controller.js';

@Module({ controllers: [UnitsController] })
export class UnitsModule {}
