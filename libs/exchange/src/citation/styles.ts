import { LedgerError, vocabulary } from '@credence/contracts';
import type { CitationFacts, CitedChain, CitedHop } from '@credence/views';
import { apaItem } from './apa-item.js';
import { chicagoItem } from './chicago-item.js';
import { cslDate } from './csl-date.js';
import { cslItems, entryItem, itemOf } from './csl-items.js';
import type { CslDate, CslItem } from './csl.js';
import { apaDate, chicagoDate } from './date-words.js';
import type { LookUp } from './look-up.js';
import { foundWords, holdWords, placeWords } from './places.js';

export type CitationStyle = vocabulary.CitationStyle;

/** How a citation is written out. A new style is a line here. */
const WRITERS: Readonly<Record<CitationStyle, (facts: CitationFacts, at: LookUp) => string>> = {
  'chicago-note': chicagoNote,
  apa: apaReferences,
  'csl-json': (facts, at) => JSON.stringify(cslItems(facts, at), null, 2),
};

/** A citation of a claim (WIRE.md has the route), without the pins. */
export interface CitationAnswer extends CitationFacts {
  readonly style: CitationStyle;
  /** The citation, to be pasted; of `csl-json` the document. */
  readonly text: string;
  /** CSL-JSON: the claim's entry in the ledger, then whoever is named. */
  readonly items: readonly CslItem[];
  readonly ledger: string;
  readonly link: LookUp['link'];
}

/** @throws invalid-parameter - no style is called that */
export function styleNamed(style: string | undefined): CitationStyle {
  if (style === undefined) return 'chicago-note';
  if (Object.hasOwn(WRITERS, style)) return style as CitationStyle;
  const detail = `found "${style}", wanted ${vocabulary.CITATION_STYLES.join(', ')}`;
  throw new LedgerError('invalid-parameter', `style: ${detail}`, [{ pointer: 'style', code: 'invalid', detail }]);
}

/** A claim as it is cited: text, items, and where to look it up. The same facts and the same place give the same bytes. */
export function citationIn(style: CitationStyle, facts: CitationFacts, at: LookUp): CitationAnswer {
  return {
    ...facts,
    style,
    text: WRITERS[style](facts, at),
    items: cslItems(facts, at),
    ledger: at.ledger,
    link: at.link,
  };
}

/** One paragraph: the statement, how it stands, who says so and where, where to look it up. */
function chicagoNote(facts: CitationFacts, at: LookUp): string {
  const style: ChainStyle = {
    joint: 'cited in',
    dated: date => `, ${chicagoDate(date) ?? ''}`,
    full: hop => chicagoItem(itemOf(hop), placeWords(hop)),
  };
  return [
    ended(facts.statement),
    facts.headline,
    ...SIDES.flatMap(([side, one, several]) => {
      const chains = facts.chains.filter(chain => chain.side === side);
      if (chains.length === 0) return [];
      return [`${chains.length === 1 ? one : several}: ${chains.map(chain => chained(chain, style)).join('; ')}.`];
    }),
    ...furtherOrigins(facts),
    `Credence ledger ${at.ledger}, claim ${facts.claim}, ${momentWords(at)}${at.link.now}.`,
  ].join(' ');
}

const SIDES = [
  ['for', 'Source', 'Sources'],
  ['against', 'Against it', 'Against it'],
  ['mention', 'Mentioned in', 'Mentioned in'],
] as const;

/** A line for the statement, then one for each reference, the ledger's entry last. */
function apaReferences(facts: CitationFacts, at: LookUp): string {
  const style: ChainStyle = { joint: 'as cited in', dated: date => ` (${apaDate(date)})`, full: apaFull };
  const entry = apaItem({ ...entryItem(facts, at), title: `Claim ${facts.claim}`, URL: at.link.now });
  return [
    [ended(facts.statement), facts.headline].join(' '),
    ...facts.chains.map(chain => `${chain.side === 'against' ? 'Against it: ' : ''}${chained(chain, style)}`),
    ...furtherOrigins(facts),
    ...(at.publicBy === undefined ? [] : [`As far as it was public by ${at.publicBy}.`]),
    entry,
  ].join('\n');
}

function apaFull(hop: CitedHop): string {
  const place = placeWords(hop, 'p. ');
  return `${apaItem(itemOf(hop))}${place === '' ? '' : ` [${place}]`}`;
}

interface ChainStyle {
  readonly joint: string;
  dated(date: CslDate): string;
  full(hop: CitedHop): string;
}

/** From the origin to the document in our hands, which stands in full; so does whatever has a title on the way. */
function chained({ hops, of }: CitedChain, { joint, dated, full }: ChainStyle): string {
  const [outermost, ...between] = hops;
  if (outermost === undefined) return 'an unknown source';
  const brief = (hop: CitedHop, behind: CitedHop | undefined) => {
    const found = foundWords(hop);
    return `${named(hop, behind)}${found === undefined ? '' : ` [${found}]`}`;
  };
  const named = (hop: CitedHop, behind: CitedHop | undefined) => {
    if (hop.cite['title'] !== undefined) return full(hop);
    const { edtf } = hop.assertedAt;
    const date = edtf === behind?.assertedAt.edtf ? undefined : cslDate(edtf);
    const place = placeWords(hop);
    return `${hop.name}${date === undefined ? '' : dated(date)}${place === '' ? '' : `, ${place}`}${hop.hold === 'redacted' ? ' (blacked out)' : ''}`;
  };
  const behind = between.map((hop, i) => brief(hop, between[i + 1])).reverse();
  const held = `${full(outermost)} [${holdWords(outermost).replace(/\.$/, '')}]`;
  const said = of === undefined ? '' : ` (of the linked claim ${of.claim}: ${of.statement.replace(/\.$/, '')})`;
  return `${[...behind, held].join(`, ${joint} `)}${said}`;
}

const furtherOrigins = ({ more }: CitationFacts) =>
  more === 0 ? [] : [`${String(more)} further ${more === 1 ? 'origin' : 'origins'} on record.`];

function momentWords({ token, recordedAt, publicBy }: LookUp): string {
  const when = recordedAt === null ? undefined : chicagoDate(cslDate(recordedAt.slice(0, 10)));
  const moment = token === null ? '' : `as of ${when ?? ''} (${token}), `;
  return `${moment}${publicBy === undefined ? '' : `what was public by ${publicBy}, `}`;
}

const ended = (text: string) => (/[.!?…]["”’')\]]?$/.test(text) ? text : `${text}.`);
