import type { Pinned } from '@credence/runtime';
import type { BeliefAnswer } from '@credence/views';
import { inWords } from './dates.js';
import { footer } from './pins.js';
import type { Screen } from './screen.js';
import { table } from './table.js';
import { listed } from './text.js';

type Belief = Pinned<BeliefAnswer>;
type Origin = Belief['core']['pro']['origins'][number];
/** What assertions, sources and claims are called, by id. */
type Names = ReadonlyMap<string, string>;

/** The head in words; below it every number, each under what is made of it. */
export function whyScreen(
  belief: Belief,
  text: string,
  names: Names,
  doubts: readonly (readonly [assertion: string, words: string])[],
  screen: Screen,
): string {
  const { core, words, mentions, pins } = belief;
  const { opinion, status, policy } = core;
  const heading = (title: string) => ['', screen.paint.dim(title)];
  return [
    screen.paint.bold(screen.paragraph(text)),
    screen.paragraph(words.headline),
    screen.paragraph(
      words.probability === undefined
        ? `Confidence: ${words.confidence}.`
        : `It is ${words.probability}. Confidence: ${words.confidence}.`,
    ),
    ...heading('BELIEF'),
    screen.paragraph(`b ${opinion.b}   d ${opinion.d}   u ${opinion.u}   a ${opinion.a}   P ${opinion.P}`, 1),
    screen.paragraph(
      `status ${[status.code, ...status.qualifiers].join(', ')} by rule ${String(status.rule)}; ${String(mentions.count)} mentions; policy ${policy}`,
      1,
    ),
    ...side('FOR IT', 'pro', belief, names, screen),
    ...side('AGAINST IT', 'con', belief, names, screen),
    ...derived(belief, names, heading, screen),
    ...counted('ADDS NOTHING', belief.dependents, names, heading, screen),
    ...counted('LEFT OUT', belief.excluded, names, heading, screen),
    ...quotations(doubts, names, heading, screen),
    ...alternatives(belief, names, heading, screen),
    '',
    footer(pins, screen, `core ${belief.coreHash}`),
  ].join('\n');
}

function side(title: string, which: 'pro' | 'con', belief: Belief, names: Names, screen: Screen): string[] {
  const { micro, kappa, pooledBest, origins } = belief.core[which];
  if (micro === 0 && origins.length === 0) return ['', screen.paint.dim(`${title}: nothing`)];
  const { flow, kappa: chains } = belief.cuts[which];
  const flows = belief.flows.filter(edge => edge.side === which).sort((x, y) => stepOf(x) - stepOf(y));
  const cut = (units: readonly string[]) => listed(units.map(unit => unitName(unit, names)));
  return [
    '',
    screen.paint.dim(
      screen.paragraph(
        `${title}: ${micro.toLocaleString('en')} micro-units, ${String(kappa)} independent${pooledBest > 0 ? `, the best of those that compete ${pooledBest.toLocaleString('en')}` : ''}`,
      ),
    ),
    ...origins.flatMap(origin => originLines(origin, belief, names, screen)),
    ...(flow.length === 0 ? [] : [screen.paragraph(`no more can come because of ${cut(flow)}`, 1)]),
    ...(chains.length === 0 ? [] : [screen.paragraph(`no chain is left without ${cut(chains)}`, 1)]),
    ...(flows.length === 0
      ? []
      : [
          table(
            [
              { title: ' CARRIES', right: true, named: true },
              { title: 'FROM', most: 40, named: true },
              { title: 'TO' },
            ],
            flows.map(({ from, to, micro: carried }) => [
              { text: ` ${carried.toLocaleString('en')}` },
              { text: unitName(from, names) },
              { text: to === 'ledger' ? 'us' : unitName(to, names) },
            ]),
            screen,
          ),
        ]),
  ];
}

/** From the origins to us. */
const stepOf = ({ from, to }: Belief['flows'][number]) => (from.startsWith('origin:') ? 0 : to === 'ledger' ? 2 : 1);

function originLines(origin: Origin, belief: Belief, names: Names, screen: Screen): string[] {
  const { source, own, rho, e, unit, chain } = origin;
  const inUnit = unit === source ? '' : `, in one unit with ${listed(others(unit, source, names))}`;
  const rows = chain.map((hop, i) => {
    const { how, fidelity, assertedAt, locator, seq } = belief.hops[hop.assertion] ?? {};
    const relays = i === 0 ? '' : [how, fidelity === 'faithful' ? undefined : fidelity].filter(Boolean).join(', ');
    return [
      { text: `   ${names.get(hop.source) ?? names.get(hop.assertion) ?? 'an unknown source'}` },
      { text: hop.grade },
      { text: hop.t },
      { text: hop.phi },
      { text: hop.hold },
      { text: seq === undefined ? '' : `@${String(seq)}` },
      {
        text: [relays, locator, assertedAt === undefined ? undefined : inWords(assertedAt)].filter(Boolean).join(' · '),
      },
    ];
  });
  const columns = [
    { title: '   HOP', most: 34 },
    { title: 'GRADE', named: true },
    { title: 't', named: true },
    { title: 'phi', named: true },
    { title: 'HOLD' },
    { title: 'EVENT' },
    { title: '' },
  ];
  return [
    screen.paragraph(
      `${names.get(source) ?? 'an unknown source'}${inUnit}: own b ${own[0]}, d ${own[1]}; rho ${rho}; supplies ${e.toLocaleString('en')}`,
      1,
    ),
    table(columns, rows, screen),
  ];
}

/** `origin:a+b`, `unit:a`, or the ids alone: in names. */
const unitName = (unit: string, names: Names): string =>
  unit
    .replace(/^(origin|unit):/, '')
    .split('+')
    .map(id => names.get(id) ?? id)
    .join(' + ') + (unit.startsWith('origin:') ? ' (as origin)' : '');

const others = (unit: string, source: string, names: Names): string[] =>
  unit
    .split('+')
    .filter(id => id !== source)
    .map(id => names.get(id) ?? id);

type Heading = (title: string) => string[];

function derived({ derived: parts }: Belief, names: Names, heading: Heading, screen: Screen): string[] {
  if (parts.length === 0) return [];
  return [
    ...heading('DERIVED'),
    ...parts.map(({ premises, polarity, b, micro, flag }) =>
      screen.paragraph(
        `${polarity} it, from ${listed(premises.map(premise => names.get(premise) ?? premise))} b ${b}: ${micro.toLocaleString('en')} micro-units${flag === undefined ? '' : ` (${flag})`}`,
        1,
      ),
    ),
  ];
}

function counted(
  title: string,
  list: readonly { readonly assertion: string; readonly reason: string }[],
  names: Names,
  heading: Heading,
  screen: Screen,
): string[] {
  if (list.length === 0) return [];
  return [
    ...heading(title),
    ...list.map(({ assertion, reason }) =>
      screen.paragraph(`${names.get(assertion) ?? assertion}: ${REASONS[reason] ?? reason}`, 1),
    ),
  ];
}

const REASONS: Readonly<Record<string, string>> = {
  'same-origin': 'repeats an origin that is counted already',
  pooled: 'competes with others of its kind; the best of them counts',
  'capped-by': 'whoever it comes through carries no more',
  retracted: 'withdrawn',
  'out-of-time': 'not said by then',
  misattributed: 'the relay names the wrong source',
  circular: 'only a ring of relays leads to it',
  'no-chain': 'no document that we hold leads to it',
};

/** Quotations that are not found as they stand: no number comes of it, and a reader should know. */
function quotations(
  doubts: readonly (readonly [assertion: string, words: string])[],
  names: Names,
  heading: Heading,
  screen: Screen,
): string[] {
  if (doubts.length === 0) return [];
  return [
    ...heading('QUOTED WITH A DOUBT'),
    ...doubts.map(([assertion, words]) => screen.paragraph(`${names.get(assertion) ?? assertion}: ${words}`, 1)),
  ];
}

function alternatives({ alternatives: list }: Belief, names: Names, heading: Heading, screen: Screen): string[] {
  if (list.length === 0) return [];
  return [
    ...heading('CODED OTHERWISE'),
    ...list.map(({ assertion, words, core }) =>
      screen.paragraph(
        `${names.get(assertion) ?? assertion} ${words}, b ${core.opinion.b}, d ${core.opinion.d}, kappa ${String(core.pro.kappa)} and ${String(core.con.kappa)}`,
        1,
      ),
    ),
  ];
}
