import { ApiProperty } from '@nestjs/swagger';
import type { CaptureAnswer, SourceAnswer } from '@credence/views';
import { ListDto, PinsDto } from '../http/pins.dto.js';
import { DateShownDto, RetractionDto } from '../http/shown.dto.js';

export class SourceItemDto implements SourceAnswer {
  id!: string;
  /** `<dossier>:<key>` of what came from a dossier. */
  key?: string;
  kind!: string;
  name!: string;
  named!: string;
  describedAs?: string;
  /** F without a reason: nobody judged it. */
  grade!: string;
  gradeReason?: string;
  copyOf?: string;
  /** CSL-JSON fields. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  cite!: Record<string, unknown>;
  /** Ids of the units that it is a member of. */
  units!: string[];
  retractions!: RetractionDto[];
  /** For `If-Match`. */
  revision!: number;
}

export class SourceDto extends SourceItemDto {
  pins!: PinsDto;
}

export class SourceListDto extends ListDto {
  items!: SourceItemDto[];
}

export class ExtractorDto {
  name!: string;
  version!: string;
}

/** An extracted text: a file of its own, and the map of its pages. */
export class ExtractedTextDto {
  sha256!: string;
  /** In Unicode code points. */
  length!: number;
  /** SHA-256 of the map of its pages. */
  pages?: string;
  extractor!: ExtractorDto;
}

export class CaptureItemDto implements CaptureAnswer {
  sha256!: string;
  key?: string;
  /** Id of the source. */
  source!: string;
  /** In bytes. */
  size!: number;
  mediaType!: string;
  retrievedAt?: DateShownDto;
  url?: string;
  edition?: string;
  tool?: string;
  file?: string;
  derivedFrom?: string;
  replaces?: string;
  /** The bytes were kept without a text, because somebody said so. */
  withoutText?: boolean;
  /** The text that was extracted. */
  text?: ExtractedTextDto;
  actor!: string;
  seq!: number;
  recordedAt!: string;
}

export class CaptureListDto extends ListDto {
  items!: CaptureItemDto[];
}
