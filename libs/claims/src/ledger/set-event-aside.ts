import { Type } from '@sinclair/typebox';
import { Reason, refuse, Text } from '@credence/contracts';
import { command } from '../command.js';

/** Lets every view pass an event that one of them cannot apply, at every moment; the event itself stays in the log. */
export const SetEventAside = command(
  'SetEventAside',
  { category: 'ledger', target: null },
  { data: { event: Type.Integer({ minimum: 0 }) }, words: { reason: Reason, authority: Text(1000) } },
  ({ data, words }, ledger, { stoppedAt }) => {
    if (ledger.setAside.has(data.event)) return 'nothing-changes';
    if ((stoppedAt?.(data.event) ?? []).length === 0)
      return refuse(
        'not-stopped',
        `no view is stopped at event ${String(data.event)}: only an event that one cannot apply is set aside`,
      );
    return { type: 'EventSetAside', data, words };
  },
);
