import { evolution } from '../evolution.js';

/** What the commands on a unit ask about. */
export interface UnitState {
  readonly exists: boolean;
  readonly dissolved: boolean;
  /** Ids of sources. */
  readonly members: ReadonlySet<string>;
}

export const noUnit: UnitState = { exists: false, dissolved: false, members: new Set() };

export const unitEvolution = evolution('unit', noUnit, (state, event): UnitState => {
  switch (event.type) {
    case 'UnitDeclared':
      return { exists: true, dissolved: false, members: new Set(event.data.members) };
    case 'UnitMembersChanged': {
      const { add = [], remove = [] } = event.data;
      return { ...state, members: state.members.union(new Set(add)).difference(new Set(remove)) };
    }
    case 'UnitDissolved':
      return { ...state, dissolved: true };
  }
});
