import type { RememberingView } from '@credence/kernel';
import { evolveUnit } from './unit-row.js';
import type { UnitRow } from './unit-row.js';

/** Units as they stand, and the units of each source. */
export const unitsView = {
  name: 'units',
  version: 5,
  tables: {
    /** id -> UnitRow */
    units: { key: ['text'] },
    /** seq of the declaration -> id */
    inOrder: { key: ['integer'] },
    /** source, unit -> true, while the unit stands */
    unitsOf: { key: ['text', 'text'] },
  },
  past: {
    units: { how: 'revised', seq: (row: UnitRow) => row.seq },
    inOrder: { how: 'by-seq' },
    unitsOf: { how: 'changing' },
  },
  apply(event, tables) {
    switch (event.type) {
      case 'UnitDeclared':
      case 'UnitMembersChanged':
      case 'UnitDissolved': {
        const units = tables<UnitRow>('units');
        const id = event.stream.slice('unit-'.length);
        const before = units.get([id]);
        const unit = evolveUnit(before, event);
        units.put([id], unit);
        if (event.type === 'UnitDeclared') tables<string>('inOrder').put([event.seq], id);
        const of = tables<boolean>('unitsOf');
        for (const member of before?.members ?? []) of.delete([member, id]);
        if (!unit.dissolved) for (const member of unit.members) of.put([member, id], true);
      }
    }
  },
} satisfies RememberingView;
