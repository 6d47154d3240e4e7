import { excludedFrom } from '@credence/belief';
import type { Core } from '@credence/belief';
import type { AssertionRow } from '../assertion-row.js';
import type { BeliefRow } from '../belief.view.js';
import type { Attached, ClaimRow } from '../claim-row.js';
import { shownDate } from '../dates.js';
import type { DateShown } from '../dates.js';
import { isStanding } from '../retractions.js';
import type { RetractionShown } from '../retractions.js';
import { assertionAnswer } from './assertion.js';
import type { AssertionAnswer } from './assertion.js';
import { believing } from './believing.js';
import { headlineOf } from './headline.js';
import { holdsOf } from './holds.js';
import type { Holds } from './holds.js';
import type { ReadModel } from './model.js';

/** A claim in a list (WIRE.md, "Claim"), without the pins. */
export interface ClaimItem {
  readonly id: string;
  readonly key?: string;
  readonly text: string;
  readonly form: string;
  readonly holdsDuring?: DateShown;
  readonly topics: readonly string[];
  readonly entities: readonly string[];
  readonly note?: string;
  readonly revision: number;
  readonly state: 'open' | 'retracted' | 'superseded';
  readonly supersededBy?: string;
  readonly retractions: readonly RetractionShown[];
  readonly belief: { readonly status: Core['status']; readonly headline: string; readonly coreHash: string };
  readonly mentions: number;
  readonly origins: { readonly for: number; readonly against: number };
  readonly checkedBy: ClaimRow['checkedBy'];
  readonly holds?: Holds;
}

export interface LinkAnswer {
  readonly id: string;
  readonly key?: string;
  readonly from: string;
  readonly to: string;
  readonly kind: string;
  readonly phi?: string;
  readonly reason: string;
  readonly seq: number;
}

export interface ClaimAnswer extends ClaimItem {
  readonly assertions: readonly AssertionAnswer[];
  readonly links: readonly LinkAnswer[];
  readonly derivations: readonly Readonly<Record<string, unknown>>[];
  readonly decisions: readonly Readonly<Record<string, unknown>>[];
}

export function claimItem(id: string, model: ReadModel): ClaimItem | undefined {
  const row = model.claims<ClaimRow>('claims').get([id]);
  return row === undefined ? undefined : itemOf(row, model);
}

export function claimAnswer(id: string, model: ReadModel): ClaimAnswer | undefined {
  const row = model.claims<ClaimRow>('claims').get([id]);
  if (row === undefined) return undefined;
  const item = itemOf(row, model);
  return {
    ...item,
    assertions: row.revision === 0 ? [] : assertionAnswers(item, model),
    links: linksOf(row, model),
    derivations: row.derivations.filter(stands).map(shownAttached),
    decisions: row.decisions.filter(stands).map(shownAttached),
  };
}

function assertionAnswers({ id, text }: ClaimItem, model: ReadModel): AssertionAnswer[] {
  const excluded = excludedFrom(believing(model).facts, id, model.query);
  return assertionsOn(id, model).map(a => assertionAnswer(a, model, text, excluded.get(a.id)));
}

/** Every assertion on the claim, in the order of recording. */
export const assertionsOn = (claim: string, model: ReadModel): AssertionRow[] =>
  Array.from(model.claims<AssertionRow>('assertions').range({ prefix: [claim] }), row => row.value);

function itemOf(row: ClaimRow, model: ReadModel): ClaimItem {
  const { id, key, fields, retractions, revision, supersession, checkedBy } = row;
  const { holdsDuring, ...rest } = fields as unknown as Pick<ClaimItem, 'text' | 'form' | 'note'> & {
    holdsDuring?: Parameters<typeof shownDate>[0] & { said?: string };
  };
  const believed = believing(model).row(id) as BeliefRow;
  const holds = holdsOf(row, model);
  const { status, coreHash } = believed;
  return {
    id,
    ...(key === undefined ? {} : { key }),
    topics: [],
    entities: [],
    ...rest,
    ...(holdsDuring === undefined ? {} : { holdsDuring: shownDate(holdsDuring, holdsDuring) }),
    revision,
    state: retractions.some(isStanding) ? 'retracted' : supersession === undefined ? 'open' : 'superseded',
    ...(supersession === undefined ? {} : { supersededBy: supersession.successor }),
    retractions,
    belief: { status, headline: headlineOf(id, believed, model), coreHash },
    mentions: believed.mentions,
    origins: believed.origins,
    checkedBy,
    ...(holds === undefined ? {} : { holds }),
  };
}

const stands = (item: Attached) => item.endedBy === undefined;

const shownAttached = ({ id, key, fields, actor, seq, recordedAt }: Attached) => ({
  id,
  ...(key === undefined ? {} : { key }),
  ...fields,
  actor,
  seq,
  recordedAt,
});

/** The links in force at either end, in the order of recording. */
function linksOf(row: ClaimRow, model: ReadModel): LinkAnswer[] {
  if (believing(model).facts.linksOf(row.id).length === 0) return [];
  const own = row.links.filter(stands).map(link => linkAnswer(link, row.id));
  const others = Array.from(model.claims<string>('linkedFrom').range({ prefix: [row.id] }), ({ key, value: from }) => {
    const link = model
      .claims<ClaimRow>('claims')
      .get([from])
      ?.links.find(l => l.id === key[1]);
    return link === undefined ? undefined : linkAnswer(link, from);
  });
  return [...own, ...others.filter(link => link !== undefined)].sort((a, b) => a.seq - b.seq);
}

function linkAnswer({ id, key, fields, seq }: Attached, from: string): LinkAnswer {
  const { to, kind, phi, reason } = fields as { to: string; kind: string; phi?: string; reason: string };
  return {
    id,
    ...(key === undefined ? {} : { key }),
    from,
    to,
    kind,
    ...(phi === undefined ? {} : { phi }),
    reason,
    seq,
  };
}
