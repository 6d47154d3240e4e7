import type { Pinned } from '@credence/runtime';
import type { AssertionAnswer, BeliefAnswer, ClaimAnswer, LinkAnswer } from '@credence/views';
import { instant, inWords } from './dates.js';
import { howWeKnow } from './how-we-know.js';
import { readerName } from './names.js';
import { statusStyle } from './paint.js';
import { quotedLines } from './passages.js';
import type { Quoted } from './passages.js';
import { footer } from './pins.js';
import type { Screen } from './screen.js';
import { denies } from './stances.js';
import { counted, listed } from './text.js';

type Shown = Pinned<ClaimAnswer>;
/** What other claims are called, by id. */
type Others = ReadonlyMap<string, string>;

/** A claim on one screen, in words: no number but counts, no grade, no rule. */
export function claimScreen(
  claim: Shown,
  words: BeliefAnswer['words'],
  others: Others,
  falls: Falls | undefined,
  quotes: Quotes,
  asides: readonly string[],
  screen: Screen,
): string {
  const { paint } = screen;
  return [
    paint.bold(screen.paragraph(claim.text)),
    statusLine(claim, screen),
    ...printing(words, screen),
    ...facts(claim, others, screen),
    ...(claim.assertions.length === 0 ? [] : ['', howWeKnow(claim.assertions, screen)]),
    ...(falls === undefined ? [] : [fallsText(falls, screen)]),
    ...quotedLines(quotes.shown, quotes.left, screen),
    ...decisions(claim, screen),
    ...links(claim, others, screen),
    '',
    footer(claim.pins, screen, ...asides),
  ].join('\n');
}

/** The quotations that are shown, and how many are not. */
export interface Quotes {
  readonly shown: readonly Quoted[];
  readonly left: number;
}

/** What hangs on the one source that a claim stands on. */
export interface Falls {
  readonly name: string;
  /** Whether the claim would have another status; else it would only stand on less. */
  readonly falls: boolean;
  readonly others: number;
}

function fallsText({ name, falls, others }: Falls, screen: Screen): string {
  const label = `IF ${name.toUpperCase()} FALLS`;
  const with_ = others === 0 ? '' : `, and ${counted(others, 'other claim')} with it`;
  const text = screen.paragraph(`${label}: this ${falls ? 'falls' : 'stands on less'}${with_}.`);
  return `${screen.paint.dim(label)}${text.slice(label.length)}`;
}

/** The status, whose word it is, how often it is mentioned and from how many origins, and who denies it. */
function statusLine({ belief, mentions, origins, assertions }: Shown, screen: Screen): string {
  const { code } = belief.status;
  const counts = `${counted(mentions, 'mention')}, ${originText(origins)}.`;
  const line = `${headline(code, belief.headline)} ${counts} ${denialText(assertions)}`;
  const text = screen.paragraph(line);
  const word = code.toUpperCase();
  return text.startsWith(word) ? `${screen.paint.as(statusStyle(code), word)}${text.slice(word.length)}` : text;
}

/** The headline with its status word in capitals, or after it where it has none. */
function headline(code: string, words: string): string {
  return words.toLowerCase().startsWith(code)
    ? `${code.toUpperCase()}${words.slice(code.length)}`
    : `${code.toUpperCase()}. ${words}`;
}

const originText = ({ for: pro, against }: ClaimAnswer['origins']) =>
  against === 0 ? counted(pro, 'origin') : `${counted(pro, 'origin')} for it, ${String(against)} against`;

function denialText(assertions: readonly AssertionAnswer[]): string {
  const denials = assertions.filter(a => a.excludedBy === undefined && denies(a));
  if (denials.length === 0) return 'No denial seen.';
  return `Denied by ${listed([...new Set(denials.map(({ source }) => readerName(source)))])}.`;
}

function printing({ printable, notYet }: BeliefAnswer['words'], screen: Screen): string[] {
  return [
    ...(printable === undefined ? [] : [labelled('You may print:', printable, screen)]),
    ...(notYet === undefined ? [] : [labelled('Not yet:', notYet, screen)]),
  ];
}

function labelled(label: string, text: string, screen: Screen): string {
  const width = 15;
  const [first = '', ...rest] = screen.paragraph(text, width).split('\n');
  return [`${label.padEnd(width)}${first.slice(width)}`, ...rest].join('\n');
}

function facts(
  { holdsDuring, holds, note, checkedBy, retractions, supersededBy }: Shown,
  others: Others,
  screen: Screen,
): string[] {
  const checks = checkedBy.map(({ actor, recordedAt }) => `${actor} on ${recordedAt.slice(0, 10)}`);
  return [
    ...(holdsDuring === undefined ? [] : [labelled('When:', inWords(holdsDuring), screen)]),
    ...(holds === undefined ? [] : [labelled('Holds then:', holds, screen)]),
    ...(supersededBy === undefined ? [] : [labelled('Replaced by:', others.get(supersededBy) ?? supersededBy, screen)]),
    ...retractions
      .filter(({ liftedBy }) => liftedBy === undefined)
      .map(({ by, reason, id }) => labelled('Retracted:', `by the ${by}: ${reason} (${id})`, screen)),
    ...(checks.length === 0 ? [] : [labelled('Checked again:', `by ${listed(checks)}`, screen)]),
    ...(note === undefined ? [] : [labelled('Note:', note, screen)]),
  ];
}

function decisions({ decisions: made }: Shown, screen: Screen): string[] {
  if (made.length === 0) return [];
  const lines = made.map(({ by, verdict, reason, recordedAt }) =>
    screen.paragraph(
      `${String(by)}, ${instant(String(recordedAt)).slice(0, 10)}: ${String(verdict)} (${String(reason)})`,
      1,
    ),
  );
  return ['', screen.paint.dim('DECIDED'), ...lines];
}

function links({ id, links: standing, derivations }: Shown, others: Others, screen: Screen): string[] {
  if (standing.length + derivations.length === 0) return [];
  return [
    '',
    screen.paint.dim('BESIDE IT'),
    ...standing.map(link => screen.paragraph(linkText(link, id, others), 1)),
    ...derivations.map(({ premises, polarity, reason }) =>
      screen.paragraph(
        `${polarity === 'against' ? 'spoken against by' : 'follows from'} ${listed((premises as string[]).map(premise => others.get(premise) ?? premise))}: ${String(reason)}`,
        1,
      ),
    ),
  ];
}

function linkText({ from, to, kind, reason }: LinkAnswer, self: string, others: Others): string {
  const [forwards = kind, backwards = kind] = KINDS[kind] ?? [];
  const other = from === self ? to : from;
  return `${from === self ? forwards : backwards} ${others.get(other) ?? other}: ${reason}`;
}

const KINDS: Readonly<Record<string, readonly [string, string]>> = {
  complement: ['the exact opposite of', 'the exact opposite of'],
  contrary: ['cannot be true together with', 'cannot be true together with'],
  narrower: ['says more precisely', 'is said more precisely by'],
  'same-as': ['says the same as', 'says the same as'],
  tension: ['to be read together with', 'to be read together with'],
};
