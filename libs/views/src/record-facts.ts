import type {
  AssertionFact,
  ClaimFact,
  DerivationFact,
  LinkFact,
  Policy,
  SourceFact,
  Withdrawal,
} from '@credence/belief';
import type { LedgerEvent } from '@credence/contracts';
import { boundsOf } from '@credence/time';
import type { Past, Row } from '@credence/kernel';
import type { ReadFacts, Recorded, WriteFacts } from './belief-facts.js';

/** The facts that belief reads, `data` alone. */
export const FACT_TABLES = {
  sources: { key: ['text'] },
  claims: { key: ['text'] },
  /** claim, assertion */
  assertions: { key: ['text', 'text'] },
  /** claim at either end, link */
  links: { key: ['text', 'text'] },
  /** conclusion, derivation */
  derivations: { key: ['text', 'text'] },
  /** premise, conclusion, derivation */
  premiseOf: { key: ['text', 'text', 'text'] },
  /** successor, claim */
  supersedes: { key: ['text', 'text'] },
  /** source, claim -> seq of its first assertion there */
  speaksOn: { key: ['text', 'text'] },
  /** unit -> members, while it stands */
  units: { key: ['text'] },
  /** source, unit */
  memberOf: { key: ['text', 'text'] },
  /** source -> members of its merged unit */
  unitOf: { key: ['text'] },
  /** seq of its adoption -> Policy */
  policies: { key: ['integer'] },
  /** claims that others hang on or that hang on others, or did once: by links, derivations or a succession */
  tied: { key: ['text'] },
  /** claim, other claim that has or had a link to it */
  onceLinked: { key: ['text', 'text'] },
  /** source, unit that it is or was in */
  onceMember: { key: ['text', 'text'] },
} as const;

/** The facts as of every event; belief's own tables aside. */
export const FACTS_PAST = {
  sources: { how: 'revised', seq: (fact: Recorded<SourceFact>) => fact.seq },
  claims: { how: 'revised', seq: (fact: Recorded<ClaimFact>) => fact.seq },
  assertions: { how: 'revised', seq: (fact: Recorded<AssertionFact>) => fact.seq },
  links: { how: 'changing' },
  derivations: { how: 'changing' },
  premiseOf: { how: 'changing' },
  supersedes: { how: 'changing' },
  speaksOn: { how: 'since', seq: ({ value }: Row<number>) => value },
  units: { how: 'changing' },
  memberOf: { how: 'changing' },
  unitOf: { how: 'changing' },
  policies: { how: 'by-seq' },
  tied: { how: 'as-it-is' },
  onceLinked: { how: 'as-it-is' },
  onceMember: { how: 'as-it-is' },
} satisfies Past;

/** Writes the event's facts; answers the claims that it touches by itself, or `every` one of them. */
export function recordFacts(event: LedgerEvent, tables: WriteFacts): Set<string> | 'every' {
  const subject = event.stream.slice(event.stream.indexOf('-') + 1);
  const sources = tables<Recorded<SourceFact>>('sources');
  const claims = tables<Recorded<ClaimFact>>('claims');
  const { seq } = event;
  const touched = new Set<string>();
  /** @returns whether the fact is another now: belief reads little of what an event may set */
  const change = <T extends { id: string }>(table: string, key: readonly string[], by: (fact: T) => T): boolean => {
    const fact = tables<T>(table).get(key);
    const next = fact === undefined ? undefined : by(fact);
    if (next === undefined || JSON.stringify(fact) === JSON.stringify(next)) return false;
    tables<T>(table).put(key, next);
    return true;
  };
  const tie = (...ids: readonly string[]) => {
    for (const id of ids) tables<true>('tied').put([id], true);
  };
  switch (event.type) {
    case 'LedgerOpened':
    case 'SigningKeyAdopted':
    case 'EventSetAside':
    case 'CaptureTaken':
    case 'PassageReanchored':
    case 'ClaimConfirmed':
    case 'DecisionRecorded':
    case 'DecisionReversed':
      return touched;

    case 'SourceRegistered': {
      const { kind, named, grade } = event.data;
      sources.put([subject], {
        id: subject,
        kind,
        named,
        ...(grade === undefined ? {} : { grade }),
        retractions: [],
        seq,
      });
      return touched;
    }
    case 'SourceDescribed': {
      const { kind, named } = event.data.set;
      const other = change<SourceFact>('sources', [subject], fact => ({
        ...fact,
        kind: kind ?? fact.kind,
        named: named ?? fact.named,
      }));
      return other ? claimsOf([subject], tables) : touched;
    }
    case 'SourceGraded':
      return change<SourceFact>('sources', [subject], fact => ({ ...fact, grade: event.data.grade }))
        ? claimsOf([subject], tables)
        : touched;
    case 'SourceRetracted':
      change<SourceFact>('sources', [subject], fact => ({
        ...fact,
        retractions: [...fact.retractions, withdrawal(event.data)],
      }));
      return claimsOf([subject], tables);
    case 'SourceReinstated':
      change<SourceFact>('sources', [subject], fact => ({
        ...fact,
        retractions: without(fact.retractions, event.data.retraction),
      }));
      return claimsOf([subject], tables);

    case 'PolicyAdopted':
      tables<Policy>('policies').put([event.seq], { ...event.data, id: subject });
      return 'every';

    case 'UnitDeclared':
    case 'UnitMembersChanged':
    case 'UnitDissolved':
      return claimsOf(changeUnit(subject, event, tables), tables);

    case 'ClaimRecorded':
      claims.put([subject], { id: subject, form: event.data.form, retractions: [], seq });
      break;
    case 'ClaimCorrected': {
      const { form } = event.data.set;
      if (form !== undefined) change<ClaimFact>('claims', [subject], fact => ({ ...fact, form }));
      return touched;
    }
    case 'ClaimRevised':
      return touched;
    case 'ClaimSuperseded':
      change<ClaimFact>('claims', [subject], fact => ({ ...fact, supersededBy: event.data.successor }));
      tables<string>('supersedes').put([event.data.successor, subject], event.data.supersession);
      tie(event.data.successor);
      break;
    case 'ClaimRetracted':
      change<ClaimFact>('claims', [subject], fact => ({
        ...fact,
        retractions: [...fact.retractions, withdrawal(event.data)],
      }));
      break;
    case 'ClaimReinstated':
      liftFromClaim(subject, event.data.retraction, tables);
      break;

    case 'ClaimsLinked': {
      const { link: id, to, kind, phi } = event.data;
      const fact: LinkFact = { id, from: subject, to, kind, ...(phi === undefined ? {} : { phi }) };
      tables<LinkFact>('links').put([subject, id], fact);
      tables<LinkFact>('links').put([to, id], fact);
      tables<true>('onceLinked').put([to, subject], true);
      tie(subject, to);
      return touched.add(subject).add(to);
    }
    case 'ClaimLinkRemoved': {
      const fact = tables<LinkFact>('links').get([subject, event.data.link]);
      if (fact === undefined) return touched;
      for (const end of [fact.from, fact.to]) {
        tables('links').delete([end, fact.id]);
        touched.add(end);
      }
      return touched;
    }
    case 'DerivationRecorded': {
      const { derivation: id, premises, polarity, phi } = event.data;
      const fact: DerivationFact = {
        id,
        conclusion: subject,
        premises,
        polarity,
        ...(phi === undefined ? {} : { phi }),
      };
      tables<DerivationFact>('derivations').put([subject, id], fact);
      for (const premise of premises) tables<true>('premiseOf').put([premise, subject, id], true);
      tie(subject, ...premises);
      break;
    }
    case 'DerivationRemoved': {
      const fact = tables<DerivationFact>('derivations').get([subject, event.data.derivation]);
      for (const premise of fact?.premises ?? []) tables('premiseOf').delete([premise, subject, event.data.derivation]);
      tables('derivations').delete([subject, event.data.derivation]);
      break;
    }

    case 'AssertionRecorded': {
      const fact = assertionFact(subject, event.data);
      tables<Recorded<AssertionFact>>('assertions').put([subject, fact.id], { ...fact, seq });
      const speaks = fact.source === undefined ? undefined : [fact.source, subject];
      if (speaks !== undefined && tables<number>('speaksOn').get(speaks) === undefined)
        tables<number>('speaksOn').put(speaks, seq);
      break;
    }
    case 'AssertionCorrected':
      if (
        !change<AssertionFact>('assertions', [subject, event.data.assertion], fact => corrected(fact, event.data.set))
      )
        return touched;
      break;
    case 'AssertionRevised': {
      const { assertedAt, set } = event.data;
      const { stance, basis } = set;
      const version = {
        bounds: boundsOf(assertedAt.edtf),
        ...(stance === undefined ? {} : { stance }),
        ...(basis === undefined ? {} : { basis }),
      };
      change<AssertionFact>('assertions', [subject, event.data.assertion], fact => ({
        ...fact,
        versions: [...(fact.versions ?? []), version],
      }));
      break;
    }
    case 'AssertionRetracted':
      change<AssertionFact>('assertions', [subject, event.data.assertion], fact => ({
        ...fact,
        retractions: [...fact.retractions, withdrawal(event.data)],
      }));
      break;
    case 'AssertionReinstated':
      change<AssertionFact>('assertions', [subject, event.data.assertion], fact => ({
        ...fact,
        retractions: without(fact.retractions, event.data.retraction),
      }));
      break;
  }
  return touched.add(subject);
}

type RecordedData = LedgerEvent<'AssertionRecorded'>['data'];

function assertionFact(claim: string, data: RecordedData): AssertionFact {
  const { assertion: id, source, stance, basis, relays, support, hold, assertedAt } = data;
  return {
    id,
    claim,
    ...(source === undefined ? {} : { source }),
    ...(stance === undefined ? {} : { stance }),
    basis,
    relays,
    ...(support === undefined ? {} : { support }),
    hold,
    bounds: boundsOf(assertedAt.edtf),
    retractions: [],
  };
}

/** A correction of what the source says holds for the version in force; of anything else, for the assertion. */
function corrected(fact: AssertionFact, set: LedgerEvent<'AssertionCorrected'>['data']['set']): AssertionFact {
  const { stance, basis, relays, support, hold, assertedAt } = set;
  const said = {
    ...(stance === undefined ? {} : { stance }),
    ...(basis === undefined ? {} : { basis }),
    ...(assertedAt === undefined ? {} : { bounds: boundsOf(assertedAt.edtf) }),
  };
  const { versions = [] } = fact;
  const latest = versions.at(-1);
  const next = {
    ...fact,
    ...(relays === undefined ? {} : { relays }),
    ...(support === undefined ? {} : { support }),
    ...(hold === undefined ? {} : { hold }),
    ...(latest === undefined ? said : { versions: [...versions.slice(0, -1), { ...latest, ...said }] }),
  };
  return Object.fromEntries(Object.entries(next).filter(([, value]) => value !== null)) as unknown as AssertionFact;
}

const withdrawal = (data: LedgerEvent<'SourceRetracted'>['data']): Withdrawal => ({
  id: data.retraction,
  by: data.by,
  ...(data.assertedAt === undefined ? {} : { bounds: boundsOf(data.assertedAt.edtf) }),
});

const without = (list: readonly Withdrawal[], id: string) => list.filter(item => item.id !== id);

function liftFromClaim(claim: string, retraction: string, tables: WriteFacts): void {
  const claims = tables<ClaimFact>('claims');
  const fact = claims.get([claim]);
  if (fact === undefined) return;
  const { supersededBy, ...rest } = fact;
  const superseded =
    supersededBy !== undefined && tables<string>('supersedes').get([supersededBy, claim]) === retraction;
  if (superseded) tables('supersedes').delete([supersededBy, claim]);
  claims.put([claim], { ...(superseded ? rest : fact), retractions: without(fact.retractions, retraction) });
}

/** Changes a unit and the merged units around it; answers every source whose merged unit may have changed. */
function changeUnit(
  unit: string,
  event: LedgerEvent<'UnitDeclared' | 'UnitMembersChanged' | 'UnitDissolved'>,
  tables: WriteFacts,
): ReadonlySet<string> {
  const units = tables<readonly string[]>('units');
  const memberOf = tables<true>('memberOf');
  const before = units.get([unit]) ?? [];
  const after = membersAfter(before, event);
  const around = new Set([
    ...before,
    ...after,
    ...[...before, ...after].flatMap(s => tables<readonly string[]>('unitOf').get([s]) ?? []),
  ]);
  for (const source of before) memberOf.delete([source, unit]);
  for (const source of after) {
    memberOf.put([source, unit], true);
    tables<true>('onceMember').put([source, unit], true);
  }
  if (after.length === 0) units.delete([unit]);
  else units.put([unit], after);
  const done = new Set<string>();
  for (const source of around) {
    if (done.has(source)) continue;
    const merged = mergedUnit(source, tables);
    for (const member of merged) {
      done.add(member);
      const [inSome] = memberOf.range({ prefix: [member], limit: 1 });
      if (inSome === undefined) tables('unitOf').delete([member]);
      else tables<readonly string[]>('unitOf').put([member], merged);
    }
  }
  return new Set([...around, ...done]);
}

function membersAfter(
  before: readonly string[],
  event: LedgerEvent<'UnitDeclared' | 'UnitMembersChanged' | 'UnitDissolved'>,
) {
  switch (event.type) {
    case 'UnitDeclared':
      return event.data.members;
    case 'UnitMembersChanged': {
      const { add = [], remove = [] } = event.data;
      return [...new Set([...before, ...add])].filter(source => !remove.includes(source));
    }
    case 'UnitDissolved':
      return [];
  }
}

/** The sources that overlapping units join with this one, sorted; itself alone where it is in none. */
function mergedUnit(source: string, tables: ReadFacts): readonly string[] {
  const found = new Set([source]);
  for (const member of found)
    for (const { key } of tables<true>('memberOf').range({ prefix: [member] }))
      for (const other of tables<readonly string[]>('units').get([key[1] as string]) ?? []) found.add(other);
  return [...found].sort();
}

/** Every claim on which one of the sources speaks. */
function claimsOf(sources: Iterable<string>, tables: ReadFacts): Set<string> {
  const found = new Set<string>();
  for (const source of sources)
    for (const { key } of tables<number>('speaksOn').range({ prefix: [source] })) found.add(key[1] as string);
  return found;
}

/** The claims, and all that their change can reach: linked ones, those that these supersede, and what derives from any. */
export function reachedFrom(touched: ReadonlySet<string>, tables: ReadFacts): ReadonlySet<string> {
  const tied = new Set<string>();
  const reached = new Set<string>();
  const reach = (claim: string) => {
    if (reached.has(claim)) return;
    reached.add(claim);
    if (tables<true>('tied').get([claim]) !== undefined) tied.add(claim);
  };
  touched.forEach(reach);
  for (const claim of [...tied])
    for (const { value } of tables<LinkFact>('links').range({ prefix: [claim] })) [value.from, value.to].forEach(reach);
  for (const claim of [...tied])
    for (const { key } of tables<string>('supersedes').range({ prefix: [claim] })) reach(key[1] as string);
  for (const claim of tied)
    for (const { key } of tables<true>('premiseOf').range({ prefix: [claim] })) reach(key[1] as string);
  return reached;
}
