import { Module } from '@nestjs/common';
import { AssertionsController } from './assertions.controller.js';

@Module({ controllers: [AssertionsController] })
export class AssertionsModule {}
