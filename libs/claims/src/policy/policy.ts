import { evolution } from '../evolution.js';

/** What the commands on a policy ask about. */
export interface PolicyState {
  readonly exists: boolean;
}

export const noPolicy: PolicyState = { exists: false };

export const policyEvolution = evolution('policy', noPolicy, (_, event): PolicyState => {
  switch (event.type) {
    case 'PolicyAdopted':
      return { exists: true };
  }
});
