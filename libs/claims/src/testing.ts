import { checkEvent, EVENTS } from '@credence/contracts';
import type { EventType, Fact } from '@credence/contracts';
import { given, stored } from '@credence/kernel/testing';
import type { Decider } from '@credence/kernel/testing';
import { claimEvolution, noClaim } from './claim/claim.js';
import type { ClaimState } from './claim/claim.js';
import type { Command, CommandDefinition, LookUps } from './command.js';
import { EXAMPLES } from './examples.js';
import { ledgerEvolution } from './ledger/ledger.js';
import { policyEvolution } from './policy/policy.js';
import type { Place, TextOf } from './place.js';
import { noSource, sourceEvolution } from './source/source.js';
import type { SourceState } from './source/source.js';
import { split } from './split.js';
import type { Parts, PartSchemas } from './split.js';
import { id } from './test-ids.js';
import { unitEvolution } from './unit/unit.js';

/*
 * For the specs of this room: `given(claims, claimRecorded()).when(sending(RetractClaim)()).thenRefused(…)`. Bodies are
 * flat, as people send them; what a test does not state comes from `EXAMPLES`, or from the event's own defaults here.
 */
export { given, id };

type Body = Readonly<Record<string, unknown>>;

/** A command on its way to a decider, with what was looked up for it. */
export interface Sent extends Command<unknown, unknown> {
  readonly definition: CommandDefinition;
  readonly lookUps: LookUps;
}

const decide = ({ definition, lookUps, ...command }: Sent, state: unknown) =>
  definition.decide(command as Command<never, never>, state as never, lookUps);

export const sources: Decider<SourceState, Sent> = { ...sourceEvolution, decide };
export const claims: Decider<ClaimState, Sent> = { ...claimEvolution, decide };
export const units = { ...unitEvolution, decide };
export const ledgers = { ...ledgerEvolution, decide };
export const policies = { ...policyEvolution, decide };

interface Around {
  readonly target?: string;
  readonly made?: string;
  readonly sources?: Readonly<Record<string, SourceState>>;
  readonly claims?: Readonly<Record<string, ClaimState>>;
  readonly stoppedAt?: Readonly<Record<number, readonly string[]>>;
  readonly place?: Place;
  readonly text?: TextOf;
}

/** What a command names unless a test says otherwise; the subject of each stream is called by its category. */
const TARGETS: Readonly<Record<string, string>> = {
  sources: id('source'),
  claims: id('claim'),
  units: id('unit'),
  assertions: id('assertion'),
  links: id('link'),
  derivations: id('derivation'),
  decisions: id('decision'),
};

/** Builds commands of one kind from flat bodies; a field that is undefined is left out. */
export const sending =
  (definition: CommandDefinition) =>
  (body: Body = {}, around: Around = {}): Sent => ({
    definition,
    ...partsOf({ ...EXAMPLES[definition.name], ...body }, definition),
    target: around.target ?? TARGETS[definition.target ?? ''] ?? id(definition.category),
    made: around.made ?? id('made'),
    lookUps: {
      source: of => around.sources?.[of] ?? noSource,
      claim: of => around.claims?.[of] ?? noClaim,
      stoppedAt: seq => around.stoppedAt?.[seq] ?? [],
      ...(around.place === undefined ? {} : { place: around.place }),
      ...(around.text === undefined ? {} : { text: around.text }),
    },
  });

/** An event from its flat body. @throws Error when the contracts would not take it */
export function happened<T extends EventType>(type: T, body: Body): Fact<T> {
  const { data, words } = partsOf(body, EVENTS[type]);
  const wrong = checkEvent(type, data, words);
  if (wrong.length > 0) throw new Error(`${type}: ${JSON.stringify(wrong)}`);
  return { type, data, words };
}

const past =
  <T extends EventType>(type: T, defaults: Body) =>
  (body: Body = {}) =>
    happened(type, { ...defaults, ...body });

export const sourceRegistered = past('SourceRegistered', { kind: 'person', name: 'Jared Kushner', named: 'publicly' });
export const sourceRetracted = past('SourceRetracted', {
  retraction: id('retraction'),
  by: 'publisher',
  reason: 'withdrawn after an inquiry',
});
export const claimRecorded = past('ClaimRecorded', {
  text: 'Kushner gave Tillerson a copy of the proposal.',
  form: 'event',
});
export const claimRetracted = past('ClaimRetracted', {
  retraction: id('retraction'),
  by: 'ledger',
  reason: 'entered twice',
});
export const claimSuperseded = past('ClaimSuperseded', {
  supersession: id('supersession'),
  successor: id('other'),
  reason: 'two claims in one',
});
export const claimsLinked = past('ClaimsLinked', {
  link: id('link'),
  to: id('other'),
  kind: 'contrary',
  reason: 'both cannot be',
});
export const assertionRecorded = past('AssertionRecorded', {
  assertion: id('assertion'),
  source: id('kushner'),
  stance: 'asserts',
  basis: 'first-hand',
  relays: [],
  hold: 'cited',
  assertedAt: { edtf: '2018-04-11' },
});
export const assertionRetracted = past('AssertionRetracted', {
  assertion: id('assertion'),
  retraction: id('retraction'),
  by: 'speaker',
  reason: 'he withdrew the statement',
});
export const unitDeclared = past('UnitDeclared', {
  members: [id('kushner'), id('report')],
  reason: 'one household',
});

/** State of a claim or a source after these events, for look-ups. */
export const stateOf = <S>(decider: Decider<S, Sent>, ...events: readonly Fact[]): S =>
  events.reduce((state, fact, i) => decider.evolve(state, stored(fact, i)), decider.initial);

function partsOf(body: Body, schemas: PartSchemas): Parts {
  const parts = split(body, schemas);
  if ('data' in parts) return parts;
  throw new Error(JSON.stringify(parts));
}
