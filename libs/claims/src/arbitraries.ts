import fc from 'fast-check';
import { ID_PATTERN } from '@credence/contracts';
import type { TProperties, TSchema } from '@sinclair/typebox';
import { id } from './test-ids.js';

/** Values that a schema of the contracts accepts, and whose ids are few enough to meet again. For specs. */
export function valuesOf(schema: TSchema): fc.Arbitrary<unknown> {
  if (schema.anyOf !== undefined) return fc.oneof(...(schema.anyOf as TSchema[]).map(valuesOf));
  if (schema.enum !== undefined) return fc.constantFrom(...(schema.enum as unknown[]));
  if (schema.const !== undefined) return fc.constant(schema.const as unknown);
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: (schema.minimum as number | undefined) ?? 0, max: (schema.maximum as number) ?? 9999 });
    case 'string':
      return stringsOf(schema);
    case 'array':
      return fc.uniqueArray(valuesOf(schema.items as TSchema), {
        minLength: (schema.minItems as number | undefined) ?? 0,
        maxLength: Math.min(3, (schema.maxItems as number | undefined) ?? 3),
        selector: value => JSON.stringify(value),
      });
    default:
      return objectsOf(schema);
  }
}

const IDS = ['first', 'second', 'third'].map(id);

function stringsOf({ pattern, minLength = 0 }: TSchema): fc.Arbitrary<string> {
  if (pattern === ID_PATTERN) return fc.constantFrom(...IDS);
  const short = fc.string({ minLength: minLength as number, maxLength: 12 });
  if (pattern === undefined) return short;
  const wanted = new RegExp(pattern as string, 'u');
  if (!(pattern as string).includes('[^')) return fc.stringMatching(wanted);
  if (!/\{\d+\}/.test(pattern as string)) return short.filter(text => wanted.test(text));
  // Parts of a fixed length are not met by chance: letters stand for whatever is not excluded.
  const likely = new RegExp((pattern as string).replaceAll(/\[\^[^\]]*\]/g, '[a-z]'), 'u');
  return fc.stringMatching(likely).filter(text => wanted.test(text));
}

/** A record without named members stands for bibliographic fields. */
function objectsOf(schema: TSchema): fc.Arbitrary<object> {
  const properties = schema.properties as TProperties | undefined;
  if (properties === undefined) return fc.dictionary(fc.constantFrom('title', 'issued', 'constructor'), fc.string());
  return fc.record(Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, valuesOf(field)])), {
    requiredKeys: (schema.required as string[] | undefined) ?? [],
    noNullPrototype: true,
  });
}
