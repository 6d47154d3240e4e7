import { p1 } from '@credence/contracts';
import type { List } from '@credence/runtime';
import type { PolicyAnswer } from '@credence/views';
import { nextPage } from '../options/again.js';
import { pageOptions, pinOptions, writeOptions } from '../options/common.js';
import { pageOf } from '../options/page.js';
import { instant } from '../screen/dates.js';
import { footer } from '../screen/pins.js';
import type { Screen } from '../screen/screen.js';
import { cleaned } from '../screen/text.js';
import { send, theCommand } from '../sending.js';
import type { Verb } from '../verb.js';

const AdoptPolicy = theCommand('AdoptPolicy');

/** The policies that belief was computed with; with numbers, adopts another one. */
export const verb: Verb = {
  define: command => pageOptions(pinOptions(writeOptions(command))),
  commands: [AdoptPolicy],
  examples: [
    'credence policy',
    'credence policy --trust.C .6 --reason "our own track record of two years" --dry-run',
    'credence policy --independent-chains 3 --reason "the desk wants three sources"',
  ],
  run: async call => {
    if (call.fields.length > 0) return send(call, AdoptPolicy);
    const body = await (await call.ledger('read')).policies({ ...call.pins, ...pageOf(call.options) });
    return { body, screen: screen => policiesScreen(cleaned(body), nextPage(call, body.next), screen) };
  },
};

function policiesScreen({ items, pins }: List<PolicyAnswer>, more: readonly string[], screen: Screen): string {
  return [...items.map(item => policyText(item, screen)), footer(pins, screen, ...more)].join('\n\n');
}

function policyText(policy: PolicyAnswer, screen: Screen): string {
  const { id, inForce, reason, actor, recordedAt } = policy;
  const since = recordedAt === undefined ? 'built in' : `adopted ${instant(recordedAt)} by ${actor ?? 'nobody'}`;
  const numbers = differences(p1, policy);
  return [
    screen.paint.bold(`${id}${inForce ? ', in force' : ''}`),
    screen.paragraph(`${since}${reason === undefined ? '' : `: ${reason}`}`, 1),
    ...(id === p1.id
      ? [screen.paragraph('Its numbers are conventions, not calibrated facts: credence policy --json', 1)]
      : numbers.map(line => screen.paragraph(line, 1))),
  ].join('\n');
}

type Numbers = Readonly<Record<string, unknown>>;

/** Where it says other than p1: "trust.C .6 (p1: .50)". */
function differences(from: Numbers, to: Numbers, at = ''): string[] {
  return Object.entries(from).flatMap(([name, before]) => {
    const now = to[name];
    if (at === '' && name === 'id') return [];
    if (isTable(before) && isTable(now)) return differences(before, now, `${at}${name}.`);
    return JSON.stringify(before) === JSON.stringify(now) ? [] : [`${at}${name} ${text(now)} (p1: ${text(before)})`];
  });
}

const isTable = (value: unknown): value is Numbers =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (value: unknown) => (Array.isArray(value) ? (value as string[]).join(' ') : String(value));
