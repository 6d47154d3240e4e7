import { Reason, refuse } from '@credence/contracts';
import { command } from '../command.js';
import { notFound } from '../refusals.js';

/** Ends a unit: from now on its members count as sources of their own again. */
export const DissolveUnit = command(
  'DissolveUnit',
  { category: 'unit', target: 'units' },
  { data: {}, words: { reason: Reason } },
  ({ words, target }, unit) => {
    if (!unit.exists) return notFound('unit', target);
    if (unit.dissolved) return refuse('already-dissolved', `unit ${target} is dissolved already`);
    return { type: 'UnitDissolved', data: {}, words };
  },
);
