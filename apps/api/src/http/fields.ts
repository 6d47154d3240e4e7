import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

const known = new WeakMap<Type, readonly string[]>();

/** The names of the fields that a DTO declares by its validators. */
export function fieldsOf(dto: Type): readonly string[] {
  const found = known.get(dto);
  if (found !== undefined) return found;
  const metadata = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const names = [...new Set(metadata.map(({ propertyName }) => propertyName))];
  known.set(dto, names);
  return names;
}
