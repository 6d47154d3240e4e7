import type { LedgerEvent } from '@credence/contracts';
import type { RememberingView, Tables } from '@credence/kernel';

/** Where passages are quoted from: which assertions, in the order of their recording. What they say stands with the assertion. */
export const passagesView = {
  name: 'passages',
  version: 2,
  tables: {
    /** seq of the assertion's recording -> PassageRow */
    passages: { key: ['integer'] },
    /** assertion -> seq of its recording */
    recorded: { key: ['text'] },
    /** capture, seq of the assertion's recording -> true */
    inCapture: { key: ['text', 'integer'] },
  },
  past: { passages: { how: 'changing' }, inCapture: { how: 'changing' } },
  apply(event, tables) {
    switch (event.type) {
      case 'AssertionRecorded': {
        const { assertion, passage, source } = event.data;
        tables<number>('recorded').put([assertion], event.seq);
        return put(event, { assertion, ...(source === undefined ? {} : { source }) }, passage, tables);
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
  /** Undefined: the assertion quotes nothing any more. */
  readonly capture?: string;
  /** The source whose capture it is. */
  readonly owner?: string;
  readonly state?: string;
}

interface Quoted {
  readonly capture: string;
  readonly of?: string;
  readonly state?: string;
}

type Changing = LedgerEvent<'AssertionCorrected' | 'AssertionRevised' | 'PassageReanchored'>;

function changed(event: Changing, passage: Quoted | null, tables: Tables): void {
  const seq = tables<number>('recorded').get([event.data.assertion]);
  if (seq === undefined) throw new Error(`${event.stream}: ${event.type} of an assertion that was not recorded`);
  const before = tables<PassageRow>('passages').get([seq]);
  if (before?.capture !== undefined) tables<true>('inCapture').delete([before.capture, seq]);
  const { assertion, source } = before ?? { assertion: event.data.assertion, source: undefined };
  put(
    { seq, stream: event.stream },
    { assertion, ...(source === undefined ? {} : { source }) },
    passage ?? undefined,
    tables,
  );
}

function put(
  { seq, stream }: Pick<LedgerEvent, 'seq' | 'stream'>,
  row: Pick<PassageRow, 'assertion' | 'source'>,
  passage: Quoted | undefined,
  tables: Tables,
): void {
  const claim = stream.slice('claim-'.length);
  const owner = passage?.of ?? row.source;
  tables<PassageRow>('passages').put([seq], {
    ...row,
    claim,
    ...(passage === undefined ? {} : { capture: passage.capture }),
    ...(passage === undefined || owner === undefined ? {} : { owner }),
    ...(passage?.state === undefined ? {} : { state: passage.state }),
  });
  if (passage !== undefined) tables<true>('inCapture').put([passage.capture, seq], true);
}
