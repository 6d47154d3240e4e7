import type { Static, TObject, TProperties, TSchema } from '@sinclair/typebox';
import { Closed } from '@credence/contracts';
import type { Category, Section } from '@credence/contracts';
import type { Decision } from '@credence/kernel';
import type { ClaimState } from './claim/claim.js';
import type { LedgerState } from './ledger/ledger.js';
import type { Place, TextOf } from './place.js';
import type { PolicyState } from './policy/policy.js';
import { invalid } from './refusals.js';
import type { SourceState } from './source/source.js';
import { unpaired } from './split.js';
import type { UnitState } from './unit/unit.js';

/** State of a stream, by its category. */
export interface States {
  readonly ledger: LedgerState;
  readonly source: SourceState;
  readonly claim: ClaimState;
  readonly unit: UnitState;
  readonly policy: PolicyState;
}

/** What the caller looked up before deciding: the present state of everything that the command names. */
export interface LookUps {
  source(id: string): SourceState;
  claim(id: string): ClaimState;
  /** Names of the views that cannot apply the event with this seq, and wait before it. Absent: none does. */
  stoppedAt?(seq: number): readonly string[];
  /** Where the words of the passage that the command gives stand. Absent: it gives none, or no text was extracted. */
  readonly place?: Place;
  /** The text extracted of the capture that the command enters. Absent: it has none. */
  readonly text?: TextOf;
}

/** A command as a decider sees it: references are ids, nothing is defaulted yet. */
export interface Command<D, W> {
  readonly data: D;
  readonly words: W;
  /** The thing acted upon: the stream's subject, or an assertion, link, derivation or decision in it. Of a new subject: its id. */
  readonly target: string;
  /** An id for the thing that the event makes. */
  readonly made: string;
}

export interface CommandDefinition {
  /** The event in the imperative. */
  readonly name: string;
  /** Of the stream that it writes to. */
  readonly category: Category;
  /** What `target` names; `null`: the command makes the stream's subject. */
  readonly target: Section | null;
  /** The kind of thing made, in the derivation of its id (WIRE.md, "Ids"); absent where nothing new gets an id. */
  readonly makes?: string;
  /** The parts as sent: any reference where the event has an id; what has a default is optional. */
  readonly data: TSchema;
  readonly words: TSchema;
  /** Pure: same command, same state, same answer. */
  decide(command: Command<never, never>, state: never, lookUps: LookUps): Decision;
}

type Parts<D extends TProperties, W extends TProperties> = {
  readonly data: D;
  readonly words: W;
  readonly makes?: string;
};

/**
 * Defines a command on one stream. A body whose parts do not belong together is refused before `decide` sees it.
 *
 * @param parts - fields of the event that the sender gives; references in them become "as sent" by themselves
 */
export function command<const C extends keyof States, D extends TProperties, W extends TProperties>(
  name: string,
  on: { readonly category: C; readonly target: Section | null },
  parts: Parts<D, W>,
  decide: (command: Command<Static<TObject<D>>, Static<TObject<W>>>, state: States[C], lookUps: LookUps) => Decision,
): CommandDefinition {
  const data = asSent(Closed(parts.data));
  const words = Closed(parts.words);
  return {
    name,
    ...on,
    ...(parts.makes === undefined ? {} : { makes: parts.makes }),
    data,
    words,
    decide: (command: Parameters<typeof decide>[0], state: States[C], lookUps: LookUps) => {
      const lone = unpaired({ data, words }, command);
      return lone.length > 0 ? invalid(...lone) : decide(command, state, lookUps);
    },
  };
}

/** Everything in `schema` as it is, but a field that names something takes any reference. */
export function asSent(schema: TSchema): TSchema {
  if ('x-ref' in schema) return { ...schema, pattern: '^[\\x21-\\x7e]{1,300}$' };
  return mapSchemas(schema, asSent);
}

function mapSchemas(schema: TSchema, map: (inner: TSchema) => TSchema): TSchema {
  const inner: Record<string, unknown> = {};
  if (schema.properties !== undefined)
    inner['properties'] = Object.fromEntries(
      Object.entries(schema.properties as TProperties).map(([name, field]) => [name, map(field)]),
    );
  if (schema.items !== undefined) inner['items'] = map(schema.items as TSchema);
  if (schema.anyOf !== undefined) inner['anyOf'] = (schema.anyOf as TSchema[]).map(map);
  return { ...schema, ...inner };
}
