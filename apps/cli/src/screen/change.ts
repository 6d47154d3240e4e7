import type { BeliefBrief } from '@credence/views';
import { statusStyle } from './paint.js';
import type { Cell } from './table.js';

/** What became of a belief, in words: "unverified → attributed", "attributed, stronger". */
export function changeCell(before: BeliefBrief | undefined, after: BeliefBrief): Cell {
  const { code } = after.status;
  const style = statusStyle(code);
  if (before === undefined) return { text: `new: ${code}`, style };
  if (before.status.code !== code) return { text: `${before.status.code} → ${code}`, style };
  const [was, is] = [Number(before.opinion.P), Number(after.opinion.P)];
  return { text: `${code}, ${was === is ? 'otherwise' : is > was ? 'stronger' : 'weaker'}`, style };
}
