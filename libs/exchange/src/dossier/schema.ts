import { DOSSIER_PATTERN, fields, KEY_PATTERN, Reason, SECTIONS, Text, vocabulary } from '@credence/contracts';
import type { Section } from '@credence/contracts';
import { commandNamed } from '@credence/claims';
import { isRecord } from './schema-walk.js';
import type { Schema } from './schema-walk.js';

/*
 * The dossier's sections, derived from the parts of the commands that they come to, so that a field exists in one place
 * (contracts/src/fields.ts). An entry is the deep merge of the two parts of its command, with a key.
 */

/** The flat body of a command, as sent. */
export function bodySchema(command: string): Schema {
  const definition = commandNamed(command);
  if (definition === undefined) throw new Error(`no command is called ${command}`);
  return flat(definition.data, definition.words);
}

/** Deep merge of a field's two parts; what is required of its data is required of the field. */
function flat(data: Schema, words: Schema): Schema {
  if (data.anyOf !== undefined) {
    const first = data.anyOf.findIndex(branch => branch.properties !== undefined);
    const inWords = words.anyOf?.find(branch => branch.properties !== undefined) ?? words;
    return { ...data, anyOf: data.anyOf.map((branch, i) => (i === first ? flat(branch, inWords) : branch)) };
  }
  if (data.items !== undefined && words.items !== undefined) return { ...data, items: flat(data.items, words.items) };
  if (data.properties === undefined || words.properties === undefined) return data;
  const properties: Record<string, Schema> = { ...data.properties };
  for (const [name, field] of Object.entries(words.properties)) {
    const inData = properties[name];
    properties[name] = inData === undefined ? field : flat(inData, field);
  }
  const both = [...(data.required ?? []), ...(words.required ?? [])].filter(
    name => data.properties?.[name] === undefined || (data.required ?? []).includes(name),
  );
  return { ...data, properties, required: [...new Set(both)] };
}

const without = (schema: Schema, ...names: string[]): Schema => ({
  ...schema,
  properties: Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => !names.includes(name))),
  required: (schema.required ?? []).filter(name => !names.includes(name)),
});

const optional = (schema: Schema, ...names: string[]): Schema => ({
  ...schema,
  required: (schema.required ?? []).filter(name => !names.includes(name)),
});

const with_ = (schema: Schema, properties: Readonly<Record<string, Schema>>, ...required: string[]): Schema => ({
  ...schema,
  properties: { ...properties, ...schema.properties },
  required: [...required, ...(schema.required ?? [])],
});

const replacing = (schema: Schema, properties: Readonly<Record<string, Schema>>): Schema => ({
  ...schema,
  properties: { ...schema.properties, ...properties },
});

const reference = (section: Section): Schema => ({
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,300}$',
  'x-ref': section,
});
const oneOf = (values: readonly string[]): Schema => ({ type: 'string', enum: values });
const key: Schema = { type: 'string', pattern: KEY_PATTERN };
const entry = (schema: Schema, properties: Readonly<Record<string, Schema>> = {}, ...required: string[]): Schema =>
  with_(schema, { key, ...properties }, 'key', ...required);

/** A passage's owner follows from its capture; a dossier does not give it. */
const passageAsWritten = (schema: Schema): Schema => {
  const passage = schema.properties?.['passage'];
  return passage === undefined ? schema : replacing(schema, { passage: withoutOf(passage) });
};
const withoutOf = (passage: Schema): Schema =>
  passage.anyOf === undefined
    ? without(passage, 'of')
    : { ...passage, anyOf: passage.anyOf.map(b => (b.properties === undefined ? b : without(b, 'of'))) };

const assertion = passageAsWritten(bodySchema('RecordAssertion'));

/** An assertion in the short form: `how` and `fidelity` speak of its relay to the next hop. */
export const hopSchema: Schema = with_(without(assertion, 'relays'), {
  key,
  how: oneOf(vocabulary.HOWS),
  fidelity: oneOf(vocabulary.FIDELITIES),
  fidelityReason: fields.RelayWords.properties.fidelityReason,
});

/** `set` and the other fields of a change, by its kind and the section of its target. */
export const CHANGE_COMMANDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  correct: { sources: 'DescribeSource', claims: 'CorrectClaim', assertions: 'CorrectAssertion' },
  revise: { claims: 'ReviseClaim', assertions: 'ReviseAssertion' },
  retract: { sources: 'RetractSource', claims: 'RetractClaim', assertions: 'RetractAssertion' },
  reinstate: { sources: 'ReinstateSource', claims: 'ReinstateClaim', assertions: 'ReinstateAssertion' },
  grade: { sources: 'GradeSource' },
  confirm: { claims: 'ConfirmClaim' },
};

/** What `set` may hold; a grade stands there too. */
export function setSchema(kind: string, section: string): Schema | undefined {
  const command = CHANGE_COMMANDS[kind]?.[section];
  if (command === undefined) return undefined;
  if (kind === 'grade') return without(bodySchema(command), 'reason');
  const set = bodySchema(command).properties?.['set'];
  return set === undefined ? undefined : passageAsWritten(set);
}

const dated = bodySchema('CorrectClaim').properties?.['assertedAt'] as Schema;

const change: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    key,
    target: { type: 'string', pattern: `^(sources|claims|assertions|changes|links)/[\\x21-\\x7e]{1,300}$` },
    kind: oneOf(Object.keys(CHANGE_COMMANDS)),
    by: oneOf(vocabulary.WITHDRAWERS),
    code: oneOf(vocabulary.CHANGE_CODES),
    reason: Reason,
    assertedAt: dated,
    set: { type: 'object' },
  },
  required: ['key', 'target', 'kind'],
};

/** An entry of each section, shorthands written out. */
export const ENTRY_SCHEMAS: Readonly<Record<Section, Schema>> = {
  sources: entry(bodySchema('RegisterSource')),
  captures: entry(
    optional(without(bodySchema('TakeCapture'), 'sha256', 'size'), 'mediaType'),
    { source: reference('sources') },
    'source',
    'file',
  ),
  claims: entry(bodySchema('RecordClaim')),
  assertions: entry(assertion, { claim: reference('claims') }, 'claim'),
  units: entry(optional(bodySchema('DeclareUnit'), 'reason')),
  links: entry(
    optional(replacing(bodySchema('LinkClaims'), { kind: oneOf([...vocabulary.LINK_KINDS, 'supersedes']) }), 'reason'),
    { from: reference('claims') },
    'from',
  ),
  derivations: entry(
    optional(bodySchema('RecordDerivation'), 'reason'),
    { conclusion: reference('claims') },
    'conclusion',
  ),
  decisions: entry(optional(bodySchema('RecordDecision'), 'reason'), { claim: reference('claims') }, 'claim'),
  changes: change,
};

/** The chain itself; what its hops hold is checked hop by hop. */
export const chainSchema: Schema = {
  type: 'object',
  additionalProperties: false,
  properties: {
    claim: reference('claims'),
    hops: { type: 'array', minItems: 1, maxItems: 200, items: { anyOf: [{ type: 'string' }, { type: 'object' }] } },
  },
  required: ['claim', 'hops'],
};

/** For reading: the same with the fields of a hop, so that its scalars mean what they shall. */
export const chainAsRead: Schema = replacing(chainSchema, {
  hops: { type: 'array', items: { anyOf: [reference('assertions'), hopSchema] } },
});

export const headSchemas: Readonly<Record<string, Schema>> = {
  dossier: { type: 'integer', const: 1 },
  id: { type: 'string', pattern: DOSSIER_PATTERN },
  title: Text(1000),
  reason: Reason,
};

/** Sections in the order in which they are recorded; `chains` hold assertions. */
export const ALL_SECTIONS: readonly string[] = [...SECTIONS, 'chains'];

/** `relays: [key]`, `assertedAt: 2019`: the bare string beside the long form. Numbers stand where people write them unquoted. */
function asWritten(schema: Schema): Schema {
  const { 'x-short': short, ...rest } = schema;
  const inner: Record<string, unknown> = { ...rest };
  if (schema.properties !== undefined)
    inner['properties'] = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, asWritten(field)]),
    );
  if (schema.items !== undefined) inner['items'] = asWritten(schema.items);
  if (schema.anyOf !== undefined) inner['anyOf'] = schema.anyOf.map(asWritten);
  if (schema.pattern === (fields.derivation.data.phi as Schema).pattern)
    return { anyOf: [inner, { type: 'number', minimum: 0, maximum: 1 }] };
  const member = short === undefined ? undefined : schema.properties?.[short];
  if (member === undefined) return inner;
  const bare = { ...member };
  return { anyOf: [bare, ...(short === 'edtf' ? [{ type: 'integer' }] : []), inner] };
}

/** `set` of a change is whatever one of the changes may set. */
const changeAsWritten: Schema = replacing(change, {
  set: {
    anyOf: [
      setSchema('correct', 'sources'),
      setSchema('correct', 'claims'),
      setSchema('correct', 'assertions'),
      setSchema('grade', 'sources'),
    ].filter(set => isRecord(set)),
  },
});

const list = (items: Schema): Schema => ({ type: 'array', items: asWritten(items) });

/** The published JSON Schema of a dossier, version 1 (draft 2020-12): for editors; the importer checks more than it says. */
export const dossierSchema: Schema = JSON.parse(
  JSON.stringify({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Credence dossier, version 1',
    type: 'object',
    additionalProperties: false,
    properties: {
      ...headSchemas,
      ...Object.fromEntries(
        SECTIONS.map(section => [section, list(section === 'changes' ? changeAsWritten : ENTRY_SCHEMAS[section])]),
      ),
      chains: list(chainAsRead),
    },
    required: ['dossier', 'id'],
  }),
) as Schema;
