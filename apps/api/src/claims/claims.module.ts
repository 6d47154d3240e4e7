import { Module } from '@nestjs/common';
import { AttachmentsController } from './attachments.controller.js';
import { ClaimsController } from './claims.controller.js';

@Module({ controllers: [ClaimsController, AttachmentsController] })
export class ClaimsModule {}
