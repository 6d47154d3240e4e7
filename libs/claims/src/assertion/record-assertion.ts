import { Type } from '@sinclair/typebox';
import { fields } from '@credence/contracts';
import { notOpen } from '../claim/open-claim.js';
import { command } from '../command.js';
import { invalid } from '../refusals.js';
import { asserted, contradictions, placed, withDefaults } from './assertion.js';
import { unfitRelay } from './relays.js';

const { data, words } = fields.assertion;

/** A source asserts, denies or relays a claim, as far as we can show it. Its defaults are fixed here, once. */
export const RecordAssertion = command(
  'RecordAssertion',
  { category: 'claim', target: 'claims' },
  {
    data: {
      ...data,
      basis: Type.Optional(data.basis),
      relays: Type.Optional(data.relays),
      hold: Type.Optional(data.hold),
      assertedAt: Type.Optional(data.assertedAt),
    },
    words,
    makes: 'assertion',
  },
  ({ data, words, target, made }, claim, lookUps) => {
    const closed = notOpen(claim, target);
    if (closed !== undefined) return closed;
    const cite = data.source === undefined ? undefined : lookUps.source(data.source).described.cite;
    const full = { ...withDefaults(data, cite), assertion: made };
    const wrong = contradictions(asserted({ data: full, words }).said);
    if (wrong.length > 0) return invalid(...wrong);
    return (
      unfitRelay(full.relays, made, claim, '/relays') ?? {
        type: 'AssertionRecorded',
        ...placed(full, words, lookUps.place),
      }
    );
  },
);
