import * as fields from '../fields.js';
import { event } from '../schema.js';

/** From here on belief is computed with these numbers; every number stands in the event, so it depends on no default. */
export const PolicyAdopted = event('PolicyAdopted', fields.policy);
