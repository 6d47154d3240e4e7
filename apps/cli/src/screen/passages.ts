import type { AroundAnswer } from '@credence/runtime';
import type { AssertionAnswer, PassageAnswer } from '@credence/views';
import { readerName } from './names.js';
import type { Screen } from './screen.js';
import { counted } from './text.js';

type Placed = Pick<PassageAnswer, 'state' | 'differs' | 'score' | 'candidates' | 'difference' | 'pieces'>;

/** Whether the words stand there as quoted: then nothing is said of it. */
export const isSilent = (state: string | undefined): boolean =>
  state === undefined || state === 'exact' || state === 'normalised';

/** How a quotation fits what stands there; undefined where there is nothing to say. */
export function stateWords({ state, score, candidates = [], pieces = [] }: Placed): string | undefined {
  if (isSilent(state)) return undefined;
  switch (state) {
    case 'moved':
      return `moved: it stands elsewhere than it says${pageOf(pieces)}`;
    case 'altered':
      return `altered: other words stand there${score === undefined ? '' : `, ${percent(score)} alike`}${pageOf(pieces)}`;
    case 'ambiguous':
      return `ambiguous: it may be any of ${counted(candidates.length, 'place')}`;
    default:
      return 'lost: nothing like it stands there';
  }
}

const percent = (score: string) => `${String(Math.floor(Number(score) * 1000) / 10)} %`;
const pageOf = ([first]: NonNullable<Placed['pieces']>) =>
  first?.pdfPage === undefined ? '' : `, on page ${String(first.pdfPage)} of the file`;

/** "the quoted -one- +two+ words": what the quotation has and the text has not, and what it has instead. */
export const differenceText = ({ difference = [] }: Placed): string =>
  difference
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[-${text}-]` : `{+${text}+}`))
    .join(' ');

/** What stands around a quotation, and the quotation marked. Never between quotation marks: whose words they are the line above says. */
export function contextText({ stretches }: Pick<AroundAnswer, 'stretches'>): string {
  const marked = stretches.map(({ kind, text }, i) => {
    const words = text.replaceAll(/\s+/g, ' ');
    if (kind === 'passage') return `${OPEN}${words.trim()}${CLOSE}`;
    if (kind === 'interruption') return ` ${INTERRUPTED} `;
    return i === 0 ? `…${words}` : `${words}…`;
  });
  return marked.join('');
}

const OPEN = '⟦';
const CLOSE = '⟧';
const INTERRUPTED = '[…]';

/** A quotation as a claim's screen shows it. */
export interface Quoted {
  readonly assertion: AssertionAnswer;
  readonly passage: PassageAnswer;
  /** Undefined: no text was extracted, or none stands there. */
  readonly around?: AroundAnswer;
}

/** What is quoted for a claim, each in its context; and whose words each is. */
export function quotedLines(quoted: readonly Quoted[], left: number, screen: Screen): string[] {
  if (quoted.length === 0) return [];
  return [
    '',
    screen.paint.dim('QUOTED'),
    ...quoted.flatMap(one => quotedText(one, screen)),
    ...(left === 0 ? [] : [screen.paint.dim(` … and ${counted(left, 'more passage')}: credence chain shows where`)]),
  ];
}

function quotedText({ assertion, passage, around }: Quoted, screen: Screen): string[] {
  const name = readerName(assertion.source);
  const whose = passage.voice === 'speaker' ? name : `Of ${name}, in another’s words`;
  const where = [assertion.locator, passage.page === undefined ? undefined : `p. ${String(passage.page)}`]
    .filter(part => part !== undefined)
    .slice(0, 1);
  const words = stateWords(passage);
  const differs = passage.state === 'altered' ? differenceText(passage) : '';
  return [
    screen.paragraph([whose, ...where].join(', ').concat(':'), 1),
    screen.paragraph(around === undefined || around.stretches.length === 0 ? passage.exact : contextText(around), 3),
    ...(words === undefined ? [] : [screen.paint.as('yellow', screen.paragraph(`(${words})`, 3))]),
    ...(differs === '' ? [] : [screen.paint.dim(screen.paragraph(differs, 3))]),
  ];
}
