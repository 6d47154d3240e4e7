import 'reflect-metadata';
import { expect, it } from '@jest/globals';
import type { Type } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import '../app.module.js';
import { fieldsOf } from './fields.js';
import { fits } from './fits.js';
import { wrongIn } from './shape.pipe.js';

const storage = getMetadataStorage();

/** Every class with validators. */
const DTOS = [
  ...(storage as unknown as { validationMetadatas: ReadonlyMap<Type, unknown> }).validationMetadatas.keys(),
];

/** What stands in the validators of a class: values that its fields may have among them. */
const wordsOf = (dto: Type): readonly string[] =>
  storage
    .getTargetValidationMetadatas(dto, '', false, false)
    .flatMap(({ constraints }) => (constraints as readonly unknown[] | undefined) ?? [])
    .flat()
    .filter(word => typeof word === 'string');

const plain = (words: readonly string[]) =>
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('', 'a text', ...words) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>(0, 1, -1, 0.5, true, null, 'x'.repeat(5000)) },
  );

const body = (dto: Type) => {
  const value = fc.oneof(
    { weight: 4, arbitrary: plain(wordsOf(dto)) },
    { weight: 2, arbitrary: fc.array(plain(wordsOf(dto)), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>({}, [{}], { edtf: '2019' }, { edtf: 2019 }, [['a']]) },
  );
  const fields = fc.record(Object.fromEntries(fieldsOf(dto).map(name => [name, value])), { requiredKeys: [] });
  return fc
    .tuple(fields, fc.constantFrom({}, {}, {}, { unknown: 'field' }))
    .map(parts => JSON.parse(JSON.stringify(Object.assign({}, ...parts))) as object);
};

const holdsObjects = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(holdsObjects) : typeof value === 'object' && value !== null;

it('takes a body without objects in it where class-validator finds nothing wrong, and no other', () => {
  let fitting = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...DTOS).chain(dto => fc.tuple(fc.constant(dto), body(dto))),
      ([dto, sent]) => {
        const right = wrongIn(sent, dto).length === 0;
        if (Object.values(sent).some(holdsObjects)) return !fits(sent, dto) || right;
        if (right) fitting++;
        return fits(sent, dto) === right;
      },
    ),
    { numRuns: 5000 },
  );
  expect(fitting).toBeGreaterThan(100);
});
