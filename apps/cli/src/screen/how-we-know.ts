import type { AssertionAnswer } from '@credence/views';
import { inWords } from './dates.js';
import { readerName } from './names.js';
import { isSilent } from './passages.js';
import { relayWords } from './relays.js';
import type { Screen } from './screen.js';
import { stanceWords } from './stances.js';
import { counted, padded, widthOf, wrapped } from './text.js';

/** A line of the tree: what stands at the left, and the two columns at the right. */
interface Line {
  readonly branch: string;
  readonly text: string;
  readonly held: string;
  readonly said: string;
  readonly faint: boolean;
}

const MOST_LINES = 60;
const LEAST_TEXT = 30;

/**
 * Who has it from whom: the documents that we hold first, under each what it goes back to. What was shown above with
 * all that lies behind it is not shown twice.
 */
export function howWeKnow(assertions: readonly AssertionAnswer[], screen: Screen): string {
  const lines = treeLines(assertions);
  const shown = lines.slice(0, MOST_LINES);
  const held = Math.max(4, ...shown.map(line => widthOf(line.held)));
  const said = Math.max(4, ...shown.map(line => widthOf(line.said)));
  const needed = Math.max(...shown.map(line => widthOf(line.branch + line.text)));
  const room = screen.width - held - said - 4;
  const left = Math.max(LEAST_TEXT, Math.min(needed, room));
  const narrow = room < LEAST_TEXT;
  const title = narrow ? 'HOW WE KNOW' : `${padded('HOW WE KNOW', left)}  ${padded('HELD', held)}  SAID`;
  return [
    screen.paint.dim(title),
    ...shown.flatMap(line => (narrow ? told(line, screen) : written(line, left, held, screen))),
    ...(lines.length > shown.length
      ? [
          screen.paint.dim(
            `… and ${counted(lines.length - shown.length, 'more line')}: credence chain shows every path`,
          ),
        ]
      : []),
  ].join('\n');
}

function written(
  { branch, text, held, said, faint }: Line,
  left: number,
  heldWidth: number,
  { paint }: Screen,
): string[] {
  const under = ' '.repeat(widthOf(branch));
  return wrapped(text, left - widthOf(branch)).map((piece, i) => {
    const line = padded(`${i === 0 ? branch : under}${piece}`, left);
    const columns = i === 0 ? `  ${padded(held, heldWidth)}  ${said}` : '';
    return paint.as(faint ? 'dim' : undefined, `${line}${columns}`.trimEnd());
  });
}

/** Where there is no room for columns: under the text. */
function told({ branch, text, held, said, faint }: Line, { width, paint }: Screen): string[] {
  const under = ' '.repeat(widthOf(branch));
  const room = width - widthOf(branch);
  const facts = [held, said].filter(fact => fact !== '').join(' · ');
  return [...wrapped(text, room), ...wrapped(facts, room).map(paint.dim)].map((line, i) =>
    paint.as(faint ? 'dim' : undefined, `${i === 0 ? branch : under}${line}`),
  );
}

function treeLines(assertions: readonly AssertionAnswer[]): Line[] {
  const byId = new Map(assertions.map(assertion => [assertion.id, assertion]));
  const relayed = new Set(assertions.filter(a => a.live).flatMap(a => relaysOf(a).map(relay => relay.assertion)));
  const lines: Line[] = [];
  const done = new Set<string>();

  const add = (assertion: AssertionAnswer, edge: string, depth: number, above: ReadonlySet<string>): void => {
    const behind = relaysOf(assertion).filter(relay => byId.has(relay.assertion));
    const unknown = assertion.relays.some(relay => 'unknown' in relay);
    const ring = above.has(assertion.id);
    const again = done.has(assertion.id) && (behind.length > 0 || unknown);
    lines.push(lineOf(assertion, edge, depth, ring ? ' (circular)' : again ? ' (as above)' : ''));
    if (ring || done.has(assertion.id)) return;
    done.add(assertion.id);
    const path = new Set([...above, assertion.id]);
    for (const relay of behind) add(byId.get(relay.assertion) as AssertionAnswer, relayWords(relay), depth + 1, path);
    if (unknown) lines.push(unknownLine(depth + 1));
  };

  // A held document that another one relays stands under that one; what nobody relays begins a tree of its own.
  // The longest way comes first: it is told whole, and the others join it.
  const roots = assertions.filter(a => !relayed.has(a.id));
  const byLength = roots.map(root => ({ root, hops: hopsBehind(root, byId) })).sort((a, b) => b.hops - a.hops);
  const inOrder = byLength.map(({ root }) => root);
  for (const root of [...inOrder.filter(isHeld), ...inOrder.filter(a => !isHeld(a))]) add(root, '', 0, new Set());
  for (const left of assertions) if (!done.has(left.id)) add(left, '', 0, new Set());
  return lines;
}

/** How many hops the longest way back has; of a ring, as far as it does not repeat itself. */
function hopsBehind(
  start: AssertionAnswer,
  byId: ReadonlyMap<string, AssertionAnswer>,
  known = new Map<string, number>(),
): number {
  const before = known.get(start.id);
  if (before !== undefined) return before;
  known.set(start.id, 0);
  const behind = relaysOf(start).flatMap(relay => byId.get(relay.assertion) ?? []);
  const hops = 1 + Math.max(0, ...behind.map(next => hopsBehind(next, byId, known)));
  known.set(start.id, hops);
  return hops;
}

const isHeld = ({ hold, live }: AssertionAnswer) => hold === 'held' && live;

const relaysOf = ({ relays }: AssertionAnswer) =>
  relays.filter(relay => !('unknown' in relay)) as { assertion: string; how?: string; fidelity?: string }[];

function lineOf(assertion: AssertionAnswer, edge: string, depth: number, mark: string): Line {
  const { source, locator, excludedBy, live } = assertion;
  const says = stanceWords(assertion);
  const gone = !live ? ' (withdrawn)' : excludedBy === undefined || excludedBy === 'no-chain' ? '' : ` (${excludedBy})`;
  const headline = assertion.headline === true ? ', headline' : '';
  return {
    branch: depth === 0 ? ' ' : ` ${'   '.repeat(depth - 1)}└ `,
    text: `${edge === '' ? '' : `${edge} `}${readerName(source)}${headline}${locator === undefined ? '' : `, ${locator}`}${says === '' ? '' : `: ${says}`}${mark}${gone}`,
    held: heldText(assertion),
    said: inWords(assertion.assertedAt),
    faint: excludedBy !== undefined,
  };
}

const unknownLine = (depth: number): Line => ({
  branch: ` ${'   '.repeat(depth - 1)}└ `,
  text: 'from somebody: it is not said who',
  held: 'unknown',
  said: '',
  faint: false,
});

/** Whether the words themselves are in our hands. */
function heldText({ hold, source, passage }: AssertionAnswer): string {
  const doubt = isSilent(passage?.state) ? '' : `, ${passage?.state ?? ''}`;
  switch (hold) {
    case 'held':
      return `yes${doubt}`;
    case 'cited':
      return `${source?.kind === 'person' ? 'own words: no' : 'cited, unseen'}${doubt}`;
    case 'redacted':
      return `blacked out${doubt}`;
    default:
      return `unknown${doubt}`;
  }
}
