import type { RememberingView, Row } from '@credence/kernel';
import { evolveAssertion } from './assertion-row.js';
import type { AssertionRow } from './assertion-row.js';
import { evolveClaim } from './claim-row.js';
import type { ClaimEvent, ClaimRow } from './claim-row.js';

/** Claims as they stand, in the order of their recording, with their assertions and the links that others have to them. */
export const claimsView = {
  name: 'claims',
  version: 5,
  tables: {
    /** id -> ClaimRow */
    claims: { key: ['text'] },
    /** seq of the recording -> id */
    inOrder: { key: ['integer'] },
    /** claim, seq of the recording -> AssertionRow */
    assertions: { key: ['text', 'integer'] },
    /** assertion -> [claim, seq] */
    assertionAt: { key: ['text'] },
    /** the other end, link -> the claim that has it */
    linkedFrom: { key: ['text', 'text'] },
    /** link -> its other end */
    linkTo: { key: ['text'] },
    /** successor, claim -> true */
    supersedes: { key: ['text', 'text'] },
  },
  past: {
    claims: { how: 'revised', seq: (row: ClaimRow) => row.seq },
    inOrder: { how: 'by-seq' },
    assertions: { how: 'revised', seq: (row: AssertionRow) => row.seq },
    assertionAt: { how: 'since', seq: ({ value: [, seq] }: Row<readonly [string, number]>) => seq },
    linkedFrom: { how: 'changing' },
    supersedes: { how: 'changing' },
  },
  apply(event, tables) {
    if (!event.stream.startsWith('claim-')) return;
    const id = event.stream.slice('claim-'.length);
    const claims = tables<ClaimRow>('claims');
    const before = event.type === 'ClaimRecorded' ? undefined : claims.get([id]);
    const claim = evolveClaim(before, event as ClaimEvent);
    claims.put([id], claim);
    switch (event.type) {
      case 'ClaimRecorded':
        return tables<string>('inOrder').put([event.seq], id);
      case 'ClaimsLinked':
        tables<string>('linkedFrom').put([event.data.to, event.data.link], id);
        return tables<string>('linkTo').put([event.data.link], event.data.to);
      case 'ClaimLinkRemoved': {
        const to = tables<string>('linkTo').get([event.data.link]);
        if (to !== undefined) tables<string>('linkedFrom').delete([to, event.data.link]);
        return;
      }
      case 'ClaimSuperseded':
        return tables<boolean>('supersedes').put([event.data.successor, id], true);
      case 'ClaimReinstated':
        if (before?.supersession?.id === event.data.retraction)
          tables<boolean>('supersedes').delete([before.supersession.successor, id]);
        return;
      case 'AssertionRecorded':
      case 'AssertionCorrected':
      case 'AssertionRevised':
      case 'AssertionRetracted':
      case 'AssertionReinstated':
      case 'PassageReanchored': {
        const places = tables<readonly [string, number]>('assertionAt');
        const place = places.get([event.data.assertion]) ?? ([id, event.seq] as const);
        const assertions = tables<AssertionRow>('assertions');
        assertions.put(place, evolveAssertion(assertions.get(place), event, claim.fields['text'] as string));
        if (event.type === 'AssertionRecorded') places.put([event.data.assertion], place);
      }
    }
  },
} satisfies RememberingView;
