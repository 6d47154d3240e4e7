import type { LedgerEvent } from '@credence/contracts';
import type { RememberingView, Tables } from '@credence/kernel';

/** Where passages are quoted from: which assertions, in the order of their recording. What they say stands with the assertion. */
export const passagesView = {
  name: 'passages',
  version: 3,
  tables: {
    /** seq of the assertion's recording -> PassageRow, of those that quote */
    passages: { key: ['integer'] },
    /** assertion -> Recorded */
    recorded: { key: ['text'] },
    /** capture, seq of the assertion's recording -> true */
    inCapture: { key: ['text', 'integer'] },
  },
  past: { passages: { how: 'changing' }, inCapture: { how: 'changing' } },
  apply(event, tables) {
    switch (event.type) {
      case 'AssertionRecorded': {
        const { assertion, passage, source } = event.data;
        const recorded: Recorded = source === undefined ? [event.seq] : [event.seq, source];
        tables<Recorded>('recorded').put([assertion], recorded);
        return passage === undefined ? undefined : put(event, assertion, recorded, passage, tables);
      }
      case 'AssertionCorrected':
      case 'AssertionRevised':
        return event.data.set.passage === undefined ? undefined : changed(event, event.data.set.passage, tables);
      case 'PassageReanchored':
        return changed(event, event.data, tables);
    }
  },
} satisfies RememberingView;

export interface PassageRow {
  readonly assertion: string;
  readonly claim: string;
  /** The asserting source. */
  readonly source?: string;
  readonly capture: string;
  /** The source whose capture it is. */
  readonly owner?: string;
  readonly state?: string;
}

/** The seq of an assertion's recording, and its source. */
type Recorded = readonly [seq: number, source?: string];

interface Quoted {
  readonly capture: string;
  readonly of?: string;
  readonly state?: string;
}

type Changing = LedgerEvent<'AssertionCorrected' | 'AssertionRevised' | 'PassageReanchored'>;

function changed(event: Changing, passage: Quoted | null, tables: Tables): void {
  const { assertion } = event.data;
  const recorded = tables<Recorded>('recorded').get([assertion]);
  if (recorded === undefined) throw new Error(`${event.stream}: ${event.type} of an assertion that was not recorded`);
  const [seq] = recorded;
  const before = tables<PassageRow>('passages').get([seq]);
  if (before !== undefined) tables<true>('inCapture').delete([before.capture, seq]);
  if (passage === null) tables('passages').delete([seq]);
  else put(event, assertion, recorded, passage, tables);
}

function put(
  { stream }: Pick<LedgerEvent, 'stream'>,
  assertion: string,
  [seq, source]: Recorded,
  { capture, of, state }: Quoted,
  tables: Tables,
): void {
  const owner = of ?? source;
  tables<PassageRow>('passages').put([seq], {
    assertion,
    ...(source === undefined ? {} : { source }),
    claim: stream.slice('claim-'.length),
    capture,
    ...(owner === undefined ? {} : { owner }),
    ...(state === undefined ? {} : { state }),
  });
  tables<true>('inCapture').put([capture, seq], true);
}
