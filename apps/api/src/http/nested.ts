import { applyDecorators } from '@nestjs/common';
import type { Type as Class } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateIf, ValidateNested } from 'class-validator';

const given = (value: unknown) => value !== undefined && value !== null;

/**
 * A field that is an object, or the bare string that stands for one: which strings may stand, the contracts say.
 *
 * @param required - missing is an error; else null and absence are left to the command
 */
export const StringOr = (dto: () => Class, required = false, description?: string): PropertyDecorator =>
  applyDecorators(
    ValidateIf((_: object, value: unknown) => typeof value !== 'string' && (required || given(value))),
    ValidateNested(),
    Type(dto),
    documented(dto, required, description),
  );

const documented =
  (dto: () => Class, required: boolean, description?: string): PropertyDecorator =>
  (target, property) => {
    ApiExtraModels(dto())(target.constructor);
    ApiProperty({
      required,
      oneOf: [{ type: 'string' }, { $ref: getSchemaPath(dto()) }],
      ...(description === undefined ? {} : { description }),
    })(target, property);
  };
