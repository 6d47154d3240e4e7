import { Injectable } from '@nestjs/common';
import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { ValidationError } from 'class-validator';
import { LedgerError, meant, pointerTo, shown } from '@credence/contracts';
import type { ProblemItem } from '@credence/contracts';
import { fieldsOf } from './fields.js';
import { fits } from './fits.js';
import { parametersIn } from './parameters.js';

/**
 * Checks the shape of what a handler's parameter declares by its class: bodies by their class-validator DTO, queries by
 * the names in theirs. Hands on what was sent, not the instance: what the fields mean is the ledger's to say.
 */
@Injectable()
export class ShapePipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if (metatype === undefined || metatype === Object || metatype === String) return value;
    if (type === 'body') return checkedBody(value, metatype);
    if (type === 'query') return parametersIn(value as Record<string, unknown>, fieldsOf(metatype));
    return value;
  }
}

function checkedBody(body: unknown, dto: Type): unknown {
  const value = body ?? {};
  if (fits(value, dto)) return value;
  const wrong = wrongIn(value, dto);
  if (wrong.length === 0) return value;
  const items = wrong.flatMap(error => itemsOf(error, '', fieldsOf(dto)));
  const detail =
    items.length === 1 && items[0] !== undefined
      ? `${items[0].pointer}: ${items[0].detail}`
      : `${String(items.length)} errors in the body`;
  throw new LedgerError('invalid-body', detail, items);
}

/** What class-validator finds wrong with a body. */
export const wrongIn = (body: object, dto: Type): ValidationError[] =>
  validateSync(plainToInstance(dto, body) as object, {
    whitelist: true,
    forbidNonWhitelisted: true,
    stopAtFirstError: true,
    validationError: { target: false },
  });

/** class-validator's tree as a flat list of RFC 6901 pointers, in the codes that stored events are checked with. */
function itemsOf(error: ValidationError, at: string, known: readonly string[]): ProblemItem[] {
  const { property, constraints = {}, children = [] } = error;
  const value: unknown = error.value;
  const pointer = pointerTo(at, property);
  const own = Object.entries(constraints).map(([constraint, message]): ProblemItem => {
    if (constraint === 'whitelistValidation')
      return { pointer, code: 'unknown-field', detail: `unknown field "${property}"${meant(property, known)}` };
    if (value === undefined) return { pointer, code: 'required', detail: 'is missing' };
    const code =
      constraint === 'isLength' ? (value === '' ? 'minLength' : 'maxLength') : (CODES[constraint] ?? constraint);
    const found = `found ${shown(value)}`;
    const near = code === 'unknown-value' && typeof value === 'string' ? meant(value, wordsIn(message)) : '';
    return { pointer, code, detail: `${found}, wanted ${wantedIn(message, property)}${near}` };
  });
  const inner = typeof value === 'object' && value !== null ? fieldsOf(value.constructor as Type) : [];
  return [...own, ...children.flatMap(child => itemsOf(child, pointer, inner))];
}

const CODES: Readonly<Record<string, string>> = {
  isIn: 'unknown-value',
  isString: 'wrong-type',
  isArray: 'wrong-type',
  isInt: 'wrong-type',
  isBoolean: 'wrong-type',
  isObject: 'wrong-type',
  nestedValidation: 'wrong-type',
  matches: 'pattern',
};

const wordsIn = (message: string) => (message.split(': ')[1] ?? '').split(', ');

/** "text must be a string" -> "a string"; "… must be one of the following values: a, b" -> "one of a, b". */
const wantedIn = (message: string, property: string) =>
  message
    .replace(`${property} must be `, '')
    .replace('one of the following values: ', 'one of ')
    .replace(/^(each value in )?(nested property )?.* must be /, '')
    .replace('either object or array', 'an object')
    .replace('shorter than or equal to', 'at most')
    .replace('longer than or equal to 1 characters', 'more than nothing');
