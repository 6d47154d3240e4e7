import type { AssertionAnswer } from '@credence/views';

/** What an assertion says of its own, in words; empty for what only relays. */
export function stanceWords({ stance, basis, relays }: Pick<AssertionAnswer, 'stance' | 'basis' | 'relays'>): string {
  const says =
    stance === undefined ? '' : typeof stance === 'string' ? (STANCES[stance] ?? stance) : opinionWords(stance);
  if (says === '') return '';
  const how = basis === 'unstated' && relays.length > 0 ? '' : (BASES[basis] ?? '');
  return how === '' ? says : `${says}, ${how}`;
}

/** Whether it speaks against the claim. */
export const denies = ({ stance }: Pick<AssertionAnswer, 'stance'>): boolean =>
  typeof stance === 'string' ? stance === 'denies' : Number(at(stance, 'd')) > Number(at(stance, 'b'));

function opinionWords(stance: unknown): string {
  const [b, d] = [Number(at(stance, 'b')), Number(at(stance, 'd'))];
  if (b === d) return 'takes no side';
  return b > d ? 'speaks for it' : 'speaks against it';
}

const at = (stance: unknown, member: 'b' | 'd') =>
  (stance as Partial<Record<'b' | 'd', string>> | undefined)?.[member] ?? 0;

const STANCES: Readonly<Record<string, string>> = {
  asserts: 'says so',
  denies: 'denies it',
  implies: 'implies it',
  likely: 'says it is likely',
  believes: 'believes it',
  apparently: 'says it seems so',
  'no-recall': 'does not recall',
  'no-comment': 'does not comment',
  'not-established': 'finds it not established',
  'spoke-unseen': 'has spoken; what was said we have not seen',
  'no-recall-expected': 'does not recall what would be remembered',
};

const BASES: Readonly<Record<string, string>> = {
  'first-hand': 'first-hand',
  record: 'from the record itself',
  'own-reporting': 'from own reporting',
  unstated: 'without saying how it is known',
};
