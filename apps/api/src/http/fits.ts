import type { Type } from '@nestjs/common';
import { getMetadataStorage, ValidationTypes } from 'class-validator';

type Validators = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>;
type Check = (value: unknown, body: object) => boolean;

/** Of each DTO, what its validators ask of each of its fields. */
const known = new WeakMap<Type, ReadonlyMap<string, Check>>();

/**
 * Whether class-validator would find nothing wrong with a JSON object: its own validators, found once for each DTO, where it
 * looks for them anew with each body and begins a list of errors for each field. False says nothing yet: what is wrong, and
 * whether objects within the body are right, class-validator says.
 */
export function fits(body: object, dto: Type): boolean {
  const checks = known.get(dto) ?? checksOf(dto);
  for (const name of Object.keys(body)) if (!checks.has(name)) return false;
  for (const [name, check] of checks) if (!check((body as Record<string, unknown>)[name], body)) return false;
  return checks.size > 0;
}

function checksOf(dto: Type): ReadonlyMap<string, Check> {
  const all = getMetadataStorage().getTargetValidationMetadatas(dto, '', false, false);
  const checks = new Map(
    Array.from(
      Map.groupBy(all, ({ propertyName }) => propertyName),
      ([name, of]) => [name, checkOf(of)],
    ),
  );
  known.set(dto, checks);
  return checks;
}

function checkOf(validators: Validators): Check {
  const conditions: Check[] = [];
  const tests: Check[] = [];
  for (const validator of validators) {
    if (validator.type === ValidationTypes.CONDITIONAL_VALIDATION) conditions.push(conditionOf(validator));
    else tests.push(...testsOf(validator));
  }
  return (value, body) => conditions.some(holds => !holds(value, body)) || tests.every(test => test(value, body));
}

const conditionOf = ({ constraints: [condition] }: Validators[number]): Check => {
  const holds = condition as (body: object, value: unknown) => boolean;
  return (value, body) => holds(body, value);
};

function testsOf(validator: Validators[number]): Check[] {
  const { type, constraintCls, constraints, each, validateIf, propertyName: property } = validator;
  if (type === ValidationTypes.NESTED_VALIDATION) return [holdsNothing];
  if (type !== ValidationTypes.CUSTOM_VALIDATION || validateIf !== undefined) return [() => false];
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ async, instance }): Check => {
      if (async) return () => false;
      const test: Check = (value, object) =>
        instance.validate(value, { value, object, property, constraints, targetName: '' }) === true;
      return (value, body) =>
        each && Array.isArray(value) ? value.every(item => test(item, body)) : test(value, body);
    });
}

/** What is left out, or an empty list: there is nothing within it to be judged. */
const holdsNothing = (value: unknown): boolean => value === undefined || (Array.isArray(value) && value.length === 0);
