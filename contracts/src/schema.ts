import { Type } from '@sinclair/typebox';
import type { Static, TProperties, TSchema } from '@sinclair/typebox';
import type { Section } from './vocabulary.js';

/** An id of the ledger: 16 bytes in lower-case base32 without padding. */
export const ID_PATTERN = '^[a-z2-7]{26}$';
/** A key given in a dossier. */
export const KEY_PATTERN = '^[a-z0-9][a-z0-9._-]{0,95}$';
/** The id of a dossier. */
export const DOSSIER_PATTERN = '^[a-z0-9-]{1,64}$';
/** Words of people: no control characters but tab and line feed, no lone surrogates. */
const TEXT_PATTERN = '^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f\\ud800-\\udfff]*$';

export const Id = Type.String({ pattern: ID_PATTERN });
export const Sha256Hex = Type.String({ pattern: '^[0-9a-f]{64}$' });

/** A text of at most `maxLength` UTF-16 code units that says something: blanks alone are no reason and no name. */
export const Text = (maxLength = 4000) =>
  Type.String({ maxLength, pattern: `^(?=[\\s\\S]*\\S)${TEXT_PATTERN.slice(1)}` });
/** A text as it stands somewhere: blanks alone may be what stands beside a quotation. */
export const Verbatim = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: TEXT_PATTERN });
/** Anything that can stand in a document: form feeds too, but no lone surrogates. */
export const AnyText = (maxLength: number) => Type.String({ maxLength, pattern: '^[^\\ud800-\\udfff]*$' });
export const Reason = Text();

/** A decimal string in [0, 1] with at most six places: exact, never a float. */
export const Fraction = Type.String({ pattern: '^(0(\\.[0-9]{1,6})?|1(\\.0{1,6})?|\\.[0-9]{1,6})$' });

export const OneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] });

/** Absent, given, or, inside `set`, null: cleared. */
export const Clearable = <T extends TSchema>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

/** A closed object: a field that it does not name is an error, never dropped. */
export const Closed = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });

/** A closed object that doors and dossiers may also write as the bare string of one member: `2019` for `{ edtf: 2019 }`. */
export const Short = <T extends TProperties>(member: string & keyof T, properties: T) =>
  Type.Object(properties, { additionalProperties: false, 'x-short': member });

/**
 * A field that names another thing of the ledger. In an event it holds an id (of a capture, its SHA-256); in a command
 * as sent, any reference of WIRE.md. The section stands in the schema, so that one walk resolves every command.
 */
export const Ref = (section: Section) =>
  section === 'captures'
    ? Type.String({ pattern: '^[0-9a-f]{64}$', 'x-ref': section })
    : Type.String({ pattern: ID_PATTERN, 'x-ref': section });

/** An event definition: the one place from which its TypeScript type and its JSON Schemas come. */
export interface EventDefinition {
  readonly type: string;
  /** Rises when a frozen definition changes; then an upcast leads from the version before. */
  readonly version: number;
  readonly data: TSchema;
  readonly words: TSchema;
  /** The field of `data` that holds the id of the thing made; without it the stream's subject is meant. */
  readonly makes?: string;
}

/** The entry of a dossier that an event was written for (WIRE.md, "Ids and references"). */
export const Entry = Closed({
  dossier: Type.String({ pattern: DOSSIER_PATTERN }),
  section: Type.String(),
  key: Type.String({ pattern: '^[a-z0-9][a-z0-9._-]{0,192}$' }),
  contentHash: Sha256Hex,
});
export type Entry = Static<typeof Entry>;

/** Defines an event. Every event may carry the dossier entry it was written for, among its words. */
export function event<const T extends string, D extends TProperties, W extends TProperties>(
  type: T,
  parts: { data: D; words: W; makes?: string & keyof D; version?: number },
) {
  return {
    type,
    version: parts.version ?? 1,
    data: Closed(parts.data),
    words: Closed({ ...parts.words, entry: Type.Optional(Entry) }),
    ...(parts.makes === undefined ? {} : { makes: parts.makes }),
  };
}
