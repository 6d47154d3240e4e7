import * as fields from '../fields.js';
import { event, Reason } from '../schema.js';

export const UnitDeclared = event('UnitDeclared', fields.unit);
export const UnitMembersChanged = event('UnitMembersChanged', fields.unitMembers);
export const UnitDissolved = event('UnitDissolved', { data: {}, words: { reason: Reason } });
