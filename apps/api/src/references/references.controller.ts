import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SECTIONS } from '@credence/contracts';
import type { Section } from '@credence/contracts';
import type { Ledger } from '@credence/runtime';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { invalidParameter } from '../http/parameters.js';
import { LocatedDto, LocateQuery } from './references.dto.js';

@ApiTags('references')
@Controller('v1/references')
export class ReferencesController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** What a reference names, where the asker does not know its kind, or the claim that it is on. */
  @Get()
  @Reads(LocatedDto, 'The one thing that it names.')
  locate(@Query() { reference, sections }: LocateQuery): Promise<LocatedDto> {
    if (reference === undefined) throw invalidParameter('reference', 'is missing', 'required');
    return this.ledger.locate(reference, sections === undefined ? SECTIONS : sections.split(',').map(sectionOf));
  }
}

function sectionOf(name: string): Section {
  const section = SECTIONS.find(known => known === name);
  if (section !== undefined) return section;
  throw invalidParameter('sections', `found "${name}", wanted ${SECTIONS.join(', ')}`);
}
