import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { TSchema } from '@sinclair/typebox';
import { definitionOf } from './events.js';
import type { ProblemItem } from './problems.js';
import { meant, shown } from './words.js';
import { pointerTo } from './pointer.js';

let ajv: Ajv2020 | undefined;
const compiled = new WeakMap<TSchema, ValidateFunction>();

/** Made when something is checked for the first time: most that a process does is reading. */
function compiler(): Ajv2020 {
  if (ajv !== undefined) return ajv;
  ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, verbose: true });
  ajv.addKeyword({ keyword: 'x-ref', schemaType: 'string' });
  ajv.addKeyword({ keyword: 'x-short', schemaType: 'string' });
  return ajv;
}

/**
 * Checks a value against a schema of the contracts; the schema is compiled once.
 *
 * @returns what is wrong, each with an RFC 6901 pointer into `value` (of a missing or an unknown member too); empty if nothing
 */
export function check(schema: TSchema, value: unknown): ProblemItem[] {
  let validate = compiled.get(schema);
  if (validate === undefined) compiled.set(schema, (validate = compiler().compile(schema)));
  if (validate(value)) return [];
  return narrow(validate.errors ?? []).map(item);
}

/** Checks the payload of an event in its present version. Pointers start at `/data` or `/words`. */
export function checkEvent(type: string, data: unknown, words: unknown): ProblemItem[] {
  const definition = definitionOf(type);
  if (definition === undefined) return [{ pointer: '', code: 'unknown-type', detail: `no event is called ${type}` }];
  const under = (part: string, items: ProblemItem[]) => items.map(i => ({ ...i, pointer: `/${part}${i.pointer}` }));
  return [...under('data', check(definition.data, data)), ...under('words', check(definition.words, words))];
}

/** Of a union that fails, Ajv reports every branch; the reader wants the deepest complaints, or else the union's own. */
function narrow(errors: readonly ErrorObject[]): ErrorObject[] {
  const unions = errors.filter(e => e.keyword === 'anyOf');
  return errors.filter(error => {
    const union = unions.find(u => error !== u && error.schemaPath.startsWith(`${u.schemaPath}/`));
    if (union !== undefined) return error.instancePath.length > union.instancePath.length;
    if (error.keyword !== 'anyOf') return true;
    return !errors.some(
      e => e.schemaPath.startsWith(`${error.schemaPath}/`) && e.instancePath.length > error.instancePath.length,
    );
  });
}

function item(error: ErrorObject): ProblemItem {
  const { instancePath: at, keyword, params, data } = error;
  switch (keyword) {
    case 'required':
      return {
        pointer: pointerTo(at, params['missingProperty'] as string),
        code: 'required',
        detail: 'is missing',
      };
    case 'additionalProperties': {
      const name = params['additionalProperty'] as string;
      const known = Object.keys((error.parentSchema?.['properties'] ?? {}) as object);
      return {
        pointer: pointerTo(at, name),
        code: 'unknown-field',
        detail: `unknown field "${name}"${meant(name, known)}`,
      };
    }
    case 'enum': {
      const allowed = params['allowedValues'] as string[];
      return {
        pointer: at,
        code: 'unknown-value',
        detail: `found ${shown(data)}, wanted one of ${allowed.join(', ')}${typeof data === 'string' ? meant(data, allowed) : ''}`,
      };
    }
    case 'const':
      return {
        pointer: at,
        code: 'unknown-value',
        detail: `found ${shown(data)}, wanted ${JSON.stringify(params['allowedValue'])}`,
      };
    case 'type':
      return { pointer: at, code: 'wrong-type', detail: `found ${shown(data)}, wanted ${String(params['type'])}` };
    case 'anyOf':
      return { pointer: at, code: 'wrong-type', detail: `found ${shown(data)}, wanted ${wanted(error)}` };
    case 'pattern':
      return {
        pointer: at,
        code: 'pattern',
        detail: `found ${shown(data)}, wanted ${spoken(params['pattern'] as string)}`,
      };
    default:
      return { pointer: at, code: keyword, detail: `${error.message ?? keyword}; found ${shown(data)}` };
  }
}

/** Patterns that a reader meets, in words. */
const SPOKEN: readonly (readonly [start: string, words: string])[] = [
  ['^[a-z2-7]{26}$', 'an id (26 letters a-z and digits 2-7)'],
  ['^[0-9a-f]{64}$', 'a SHA-256 in 64 hexadecimal digits'],
  ['^(0(\\.', 'a decimal string from 0 to 1 with at most six places'],
  ['^(?=', 'text, more than blanks, without control characters or lone surrogates'],
  ['^[^\\u0000', 'text without control characters or lone surrogates'],
];

const spoken = (pattern: string) => SPOKEN.find(([start]) => pattern.startsWith(start))?.[1] ?? `a match of ${pattern}`;

function wanted(error: ErrorObject): string {
  const branches = (error.schema as { enum?: string[]; type?: string; properties?: object }[]).map(branch =>
    branch.enum !== undefined
      ? `one of ${branch.enum.join(', ')}`
      : branch.properties !== undefined
        ? `{ ${Object.keys(branch.properties).join(', ')} }`
        : (branch.type ?? 'another shape'),
  );
  return branches.join(', or ');
}
