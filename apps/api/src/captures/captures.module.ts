import { Module } from '@nestjs/common';
import { CapturesController } from './captures.controller.js';
import { PassagesController } from './passages.controller.js';
import { TakenCapturesController } from './taken-captures.controller.js';

@Module({ controllers: [TakenCapturesController, CapturesController, PassagesController] })
export class CapturesModule {}
