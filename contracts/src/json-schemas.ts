import type { TSchema } from '@sinclair/typebox';
import { Envelope } from './envelope.js';
import { EVENTS } from './events.js';

/**
 * The JSON Schemas (2020-12) of everything that is stored, by file name under `contracts/generated/`: the envelope, and
 * of each event both parts of its payload.
 */
export function jsonSchemas(): Readonly<Record<string, unknown>> {
  const files: Record<string, unknown> = { 'events/envelope.schema.json': published('envelope', Envelope) };
  for (const { type, version, data, words } of Object.values(EVENTS)) {
    const name = `${kebab(type)}.v${String(version)}`;
    files[`events/${name}.schema.json`] = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:credence:event:${name}`,
      title: type,
      type: 'object',
      required: ['data', 'words'],
      properties: { data, words },
      additionalProperties: false,
    };
  }
  return files;
}

const published = (name: string, schema: TSchema) => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: `urn:credence:${name}`,
  ...schema,
});

const kebab = (type: string) => type.replace(/(?<!^)[A-Z]/g, letter => `-${letter}`).toLowerCase();
