import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkEvent, EVENTS, EVENTS_OF, isRefusal } from '@credence/contracts';
import type { EventType, Fact } from '@credence/contracts';
import { isFact } from '@credence/kernel';
import type { Evolution } from '@credence/kernel';
import { stored } from '@credence/kernel/testing';
import { valuesOf } from './arbitraries.js';
import { claimEvolution } from './claim/claim.js';
import { commandNamed, COMMANDS } from './commands.js';
import type { States } from './command.js';
import { EXAMPLES } from './examples.js';
import { sourceEvolution } from './source/source.js';
import { claims, id, sending, stateOf } from './testing.js';
import { unitEvolution } from './unit/unit.js';

/*
 * Laws of a claim's stream under any sequence of commands. The model is naive on purpose: it knows the events recorded so
 * far, and asks them again from the start each time.
 */

const TAKEN_WHEN_RETRACTED: readonly EventType[] = [
  'ClaimRetracted',
  'ClaimReinstated',
  'AssertionRetracted',
  'AssertionReinstated',
  'DecisionRecorded',
  'DecisionReversed',
];

/** One command: which, on which of the things there are, with which of the values that make a difference. */
interface Step {
  readonly name: string;
  readonly pick: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const pick = fc.nat(99);
const reason = fc.constantFrom('one reason', 'another reason');
const stance = fc.constantFrom('asserts', 'denies', 'implies', 'no-recall-expected', { b: '0.6', d: '0.5' });
const hold = fc.constantFrom(undefined, 'cited', 'unknown', 'held');
const relays = fc.array(pick, { maxLength: 2 });
const otherClaim = fc.constantFrom(id('other'), id('third'), id('claim'));
const passage = fc.constantFrom(undefined, { capture: 'c'.repeat(64), exact: 'gave one copy' });
const set = fc.record({ stance, relays, note: fc.constantFrom('a note', null) }, { requiredKeys: [] });

/** The members of each body that matter here; the rest comes from the examples. */
const BODIES: Readonly<Record<string, fc.Arbitrary<Record<string, unknown>>>> = {
  CorrectClaim: fc.record({ set: fc.record({ text: fc.constantFrom('one text', 'another text') }) }),
  ReviseClaim: fc.record({ set: fc.record({ holdsDuring: fc.constantFrom('2017', '2018') }) }),
  SupersedeClaim: fc.record({ successor: otherClaim }),
  RetractClaim: fc.record({ by: fc.constantFrom('speaker', 'ledger'), reason }),
  ReinstateClaim: fc.record({ retraction: pick }),
  LinkClaims: fc.record({ to: otherClaim, kind: fc.constantFrom('contrary', 'same-as', 'tension') }),
  RecordDerivation: fc.record({ premises: fc.array(otherClaim, { minLength: 1, maxLength: 3 }) }),
  RecordAssertion: fc.record({ stance, hold, relays, passage }),
  CorrectAssertion: fc.record({ set }),
  ReviseAssertion: fc.record({ set: fc.record({ stance }) }),
  RetractAssertion: fc.record({ by: fc.constantFrom('speaker', 'ledger'), reason }),
  ReinstateAssertion: fc.record({ retraction: pick }),
  ReanchorPassage: fc.record({ reason }),
};
/** What is found for every passage: where it stands. */
const placeAt = (start: number) => ({
  data: { state: 'exact' as const, pieces: [{ start, end: start + 10 }] },
  words: {},
});

const NAMES = COMMANDS.filter(c => c.category === 'claim').map(c => c.name);
/** Given more often: each needs others before it. */
const ASSERTING = NAMES.filter(name => /Assertion$|Passage$/.test(name) || name === 'ReinstateClaim');
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc
    .constantFrom(...NAMES, ...ASSERTING, ...ASSERTING)
    .chain(name => fc.record({ name: fc.constant(name), pick, body: BODIES[name] ?? fc.constant({}) })),
  { maxLength: 40, size: 'max' },
);

const ofType = <T extends EventType>(events: readonly Fact[], ...types: T[]): Fact<T>[] =>
  events.filter(event => (types as string[]).includes(event.type)) as unknown as Fact<T>[];

/** What may be picked: everything ever made of that kind. */
const candidates = (events: readonly Fact[], section: string | null): readonly string[] => [
  ...(section === 'assertions' ? ofType(events, 'AssertionRecorded').map(e => e.data.assertion) : []),
  ...(section === 'links' ? ofType(events, 'ClaimsLinked').map(e => e.data.link) : []),
  ...(section === 'derivations' ? ofType(events, 'DerivationRecorded').map(e => e.data.derivation) : []),
  ...(section === 'decisions' ? ofType(events, 'DecisionRecorded').map(e => e.data.decision) : []),
  ...(section === 'changes'
    ? [
        ...ofType(events, 'ClaimRetracted', 'AssertionRetracted').map(e => e.data.retraction),
        ...ofType(events, 'ClaimSuperseded').map(e => e.data.supersession),
      ]
    : []),
];

/** Now and then, and where there is nothing, a thing that never was. */
const picked = (from: readonly string[], n: number) =>
  (n % 10 === 0 ? undefined : from[n % from.length]) ?? id('nothing');

/** Picks written out as the ids that they stand for. */
function withIds(body: Step['body'], events: readonly Fact[]): Record<string, unknown> {
  const written: Record<string, unknown> = { ...body };
  if (typeof body['retraction'] === 'number')
    written['retraction'] = picked(candidates(events, 'changes'), body['retraction']);
  if (Array.isArray(body['relays']))
    written['relays'] = (body['relays'] as number[]).map(n => picked(candidates(events, 'assertions'), n));
  if (typeof body['set'] === 'object') written['set'] = withIds(body['set'] as Step['body'], events);
  return written;
}

function commandOf({ name, pick, body }: Step, events: readonly Fact[], made: string) {
  const definition = commandNamed(name)!;
  const target =
    definition.target === 'claims' || definition.target === null
      ? id('claim')
      : picked(candidates(events, definition.target), pick);
  return sending(definition)(withIds(body, events), { target, made, place: placeAt(pick % 3) });
}

const madeAt = (step: number) => id(`m${[...String(step)].map(digit => 'bcdefghijk'[Number(digit)]).join('')}`);

type Decided = Fact | 'refused' | 'nothing';

/** Runs the steps, showing `law` each decision with the events before it. */
function run(all: readonly Step[], law: (decided: Decided, before: readonly Fact[]) => boolean) {
  const events: Fact[] = [];
  let state = claims.initial;
  for (const [i, step] of [{ name: 'RecordClaim', pick: 0, body: {} }, ...all].entries()) {
    const decision = claims.decide(commandOf(step, events, madeAt(i)), state);
    const decided = isFact(decision) ? decision : isRefusal(decision) ? 'refused' : 'nothing';
    if (!law(decided, events)) return false;
    if (!isFact(decision)) continue;
    events.push(decision);
    state = claims.evolve(state, stored(decision, events.length - 1));
  }
  return true;
}

const standingAgainstClaim = (events: readonly Fact[]) => {
  const lifted = new Set(ofType(events, 'ClaimReinstated').map(e => e.data.retraction));
  return ofType(events, 'ClaimRetracted').filter(e => !lifted.has(e.data.retraction));
};

const law = (holds: (event: Fact, before: readonly Fact[]) => boolean) =>
  fc.assert(
    fc.property(steps, all => run(all, (decided, before) => typeof decided === 'string' || holds(decided, before))),
  );

describe('under any sequence of commands', () => {
  it('every decided event is valid by its contract', () =>
    law(({ type, data, words }) => checkEvent(type, data, words).length === 0));

  it('a retracted claim takes retractions, reinstatements and decisions only', () =>
    law(({ type }, before) => standingAgainstClaim(before).length === 0 || TAKEN_WHEN_RETRACTED.includes(type)));

  it('no two retractions of the claim that stand say the same', () =>
    law((event, before) => {
      if (event.type !== 'ClaimRetracted') return true;
      const same = (e: Fact<'ClaimRetracted'>) => e.data.by === event.data.by && e.words.reason === event.words.reason;
      return !standingAgainstClaim(before).some(same);
    }));

  it('a reinstatement lifts what stands against that very thing, once', () =>
    law((event, before) => {
      if (event.type !== 'ClaimReinstated' && event.type !== 'AssertionReinstated') return true;
      const named = event.data.retraction;
      const lifted = ofType(before, 'ClaimReinstated', 'AssertionReinstated').some(e => e.data.retraction === named);
      const ofClaim =
        ofType(before, 'ClaimRetracted').some(e => e.data.retraction === named) ||
        ofType(before, 'ClaimSuperseded').some(e => e.data.supersession === named);
      const ofAssertion = ofType(before, 'AssertionRetracted').find(e => e.data.retraction === named);
      return (
        !lifted && (event.type === 'ClaimReinstated' ? ofClaim : ofAssertion?.data.assertion === event.data.assertion)
      );
    }));

  it('the state has what was retracted and not reinstated', () =>
    law((event, before) => {
      const events = [...before, event];
      const standing = stateOf(claims, ...events).standing.map(r => r.id);
      return (
        standing.join() ===
        standingAgainstClaim(events)
          .map(e => e.data.retraction)
          .join()
      );
    }));

  it('one supersession stands at most, and never by the claim itself', () =>
    law((event, before) => {
      if (event.type !== 'ClaimSuperseded') return true;
      const lifted = new Set(ofType(before, 'ClaimReinstated').map(e => e.data.retraction));
      const standing = ofType(before, 'ClaimSuperseded').filter(e => !lifted.has(e.data.supersession));
      return standing.length === 0 && event.data.successor !== id('claim');
    }));

  it('relays name other assertions of the same claim, each once', () =>
    law((event, before) => {
      if (event.type !== 'AssertionRecorded' && event.type !== 'AssertionCorrected') return true;
      const list = event.type === 'AssertionRecorded' ? event.data.relays : (event.data.set.relays ?? []);
      const named = list.flatMap(relay => ('assertion' in relay ? [relay.assertion] : []));
      const there = new Set(ofType(before, 'AssertionRecorded').map(e => e.data.assertion));
      return (
        named.every(relay => there.has(relay) && relay !== event.data.assertion) && new Set(named).size === named.length
      );
    }));

  it('two claims are linked once, tension apart', () =>
    law((event, before) => {
      if (event.type !== 'ClaimsLinked' || event.data.kind === 'tension') return true;
      const removed = new Set(ofType(before, 'ClaimLinkRemoved').map(e => e.data.link));
      return !ofType(before, 'ClaimsLinked').some(
        e => e.data.to === event.data.to && e.data.kind !== 'tension' && !removed.has(e.data.link),
      );
    }));

  it('what is removed or reversed was there, and is so once', () =>
    law((event, before) => {
      switch (event.type) {
        case 'ClaimLinkRemoved':
          return (
            ofType(before, 'ClaimsLinked').some(e => e.data.link === event.data.link) &&
            !ofType(before, 'ClaimLinkRemoved').some(e => e.data.link === event.data.link)
          );
        case 'DerivationRemoved':
          return (
            ofType(before, 'DerivationRecorded').some(e => e.data.derivation === event.data.derivation) &&
            !ofType(before, 'DerivationRemoved').some(e => e.data.derivation === event.data.derivation)
          );
        case 'DecisionReversed':
          return (
            ofType(before, 'DecisionRecorded').some(e => e.data.decision === event.data.decision) &&
            !ofType(before, 'DecisionReversed').some(e => e.data.decision === event.data.decision)
          );
        default:
          return true;
      }
    }));

  it('every kind of event comes about, or the laws above say little', () => {
    const seen = new Set<string>();
    for (const all of fc.sample(steps, { numRuns: 200, seed: 1 }))
      run(all, decided => (typeof decided === 'string' || seen.add(decided.type), true));
    expect([...seen].sort()).toEqual(Object.keys(EVENTS_OF.claim).sort());
  });
});

const facts = fc.oneof(
  ...Object.entries(EVENTS).map(([type, { data, words }]) =>
    fc.record({ type: fc.constant(type), data: valuesOf(data), words: valuesOf(words) }),
  ),
) as fc.Arbitrary<Fact>;

describe.each([
  ['source', sourceEvolution],
  ['claim', claimEvolution],
  ['unit', unitEvolution],
] as [keyof States, Evolution<never>][])('the fold of a %s', (category, evolution) => {
  it('takes any valid events in any order, and passes by those of others', () =>
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 15 }), all => {
        let state: object = evolution.initial;
        for (const [i, fact] of all.entries()) {
          const next: object = evolution.evolve(state as never, stored(fact, i));
          if (typeof next !== 'object' || (!(fact.type in EVENTS_OF[category]) && next !== state)) return false;
          state = next;
        }
        return true;
      }),
    ));
});

it('every command has an example', () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(COMMANDS.map(c => c.name).sort());
});
