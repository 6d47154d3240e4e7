import { fields, refuse } from '@credence/contracts';
import { NOTHING } from '@credence/kernel';
import { command } from '../command.js';
import { invalid, notFound } from '../refusals.js';

/** Adds sources to a unit, or takes them out; what would change nothing is left out of the event. */
export const ChangeUnitMembers = command(
  'ChangeUnitMembers',
  { category: 'unit', target: 'units' },
  fields.unitMembers,
  ({ data, words, target }, unit) => {
    if (!unit.exists) return notFound('unit', target);
    if (unit.dissolved) return refuse('already-dissolved', `unit ${target} is dissolved`);
    const add = new Set(data.add);
    const remove = new Set(data.remove);
    const both = [...remove].findIndex(member => add.has(member));
    if (both >= 0)
      return invalid({ pointer: `/remove/${String(both)}`, code: 'contradiction', detail: 'is to be added as well' });
    const added = [...add.difference(unit.members)];
    const removed = [...remove.intersection(unit.members)];
    if (added.length === 0 && removed.length === 0) return NOTHING;
    return {
      type: 'UnitMembersChanged',
      data: { ...(added.length === 0 ? {} : { add: added }), ...(removed.length === 0 ? {} : { remove: removed }) },
      words,
    };
  },
);
