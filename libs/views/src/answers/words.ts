import type { Belief, CoreOrigin } from '@credence/belief';
import type { ClaimRow } from '../claim-row.js';
import { readerName } from './headline.js';
import type { ReadModel } from './model.js';

/** What may be printed on the strength of the belief, and what not yet. */
export interface Printable {
  readonly printable?: string;
  readonly notYet?: string;
}

/**
 * Sentences for an editor. Whoever is named said it; the claim's text is ours, so it stands without quotation marks and
 * behind the name, never before it.
 */
export function printableOf(claim: string, believed: Belief, model: ReadModel): Printable {
  const text = model.claims<ClaimRow>('claims').get([claim])?.fields['text'] as string;
  const { code, qualifiers } = believed.core.status;
  const said = attribution(believed, 'pro', model);
  switch (code) {
    case 'corroborated':
      return { printable: text };
    case 'attributed':
      return qualifiers.includes('derived-only')
        ? { notYet: text }
        : { printable: `According to ${said}: ${text}`, notYet: text };
    case 'asserted':
      return { printable: `According to ${said}, without saying how that is known: ${text}`, notYet: text };
    case 'anonymous':
      return { printable: `According to ${said}: ${text}`, notYet: text };
    case 'disputed':
      return {
        printable: `According to ${said}: ${text} Against it stands ${attribution(believed, 'con', model)}.`,
        notYet: text,
      };
    case 'denied':
      return { printable: `Against it stands ${attribution(believed, 'con', model)}: ${text}`, notYet: text };
    default:
      return { notYet: text };
  }
}

/** "X", "X, as Y reports", "X, as Y reports, and Z". */
function attribution({ core, voices: { for: pro, against } }: Belief, side: 'pro' | 'con', model: ReadModel): string {
  const speakers = new Set(side === 'pro' ? pro : against);
  const leaning = core[side].origins.filter(({ source }) => speakers.has(source));
  const voices = new Map<string, string>();
  for (const origin of [...leaning].sort((a, b) => b.e - a.e)) {
    const name = readerName(origin.source, model);
    if (!voices.has(name)) voices.set(name, `${name}${through(origin, name, model)}`);
  }
  const all = [...voices.values()];
  if (all.length === 0) return 'an unnamed source';
  return all.length === 1 ? (all[0] as string) : `${all.slice(0, -1).join('; ')}; and ${String(all.at(-1))}`;
}

/** The document in our hands that carries the word, where it is not the speaker's own. */
function through(origin: CoreOrigin, name: string, model: ReadModel): string {
  const held = origin.chain.at(-1);
  const document = held === undefined ? name : readerName(held.source, model);
  return document === name ? '' : `, as ${document} reports`;
}
