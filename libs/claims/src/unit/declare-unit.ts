import { fields } from '@credence/contracts';
import { command } from '../command.js';
import { alreadyExists, invalid, missing } from '../refusals.js';

/** Declares that sources are under one control: whatever several of them say counts once. */
export const DeclareUnit = command(
  'DeclareUnit',
  { category: 'unit', target: null },
  { ...fields.unit, makes: 'unit' },
  ({ data, words, target }, unit) => {
    if (unit.exists) return alreadyExists('unit', target);
    if (data.members.length === 0) return invalid(missing('/members', 'a unit has at least one member'));
    return { type: 'UnitDeclared', data: { members: [...new Set(data.members)] }, words };
  },
);
