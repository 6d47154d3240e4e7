import type { ChainAnswer, HopAnswer } from '@credence/views';
import { readOptions } from '../options/common.js';
import { inWords } from '../screen/dates.js';
import { readerName } from '../screen/names.js';
import { stateWords } from '../screen/passages.js';
import { footer } from '../screen/pins.js';
import { relayWords } from '../screen/relays.js';
import type { Screen } from '../screen/screen.js';
import { cleaned, counted, wrapped } from '../screen/text.js';
import type { Verb } from '../verb.js';

type Chain = ChainAnswer['chains'][number];

/** Every chain of a claim, from the document in our hands to where it comes from, with a place at each hop. */
export const verb: Verb = {
  define: command => readOptions(command.argument('<claim>', 'a reference to a claim')),
  examples: ['credence chain gave-tillerson', 'credence chain gave-tillerson --public-by 2019-04-19'],
  run: async call => {
    const [reference = ''] = call.args;
    const ledger = await call.ledger('read');
    const body = await ledger.chain(reference, call.pins);
    const { text } = call.json ? { text: '' } : await ledger.claim(body.claim, call.pins);
    return {
      body,
      screen: screen => {
        const { chains, total, truncated, pins } = cleaned(body);
        return [
          screen.paint.bold(screen.paragraph(cleaned(text))),
          screen.paragraph(headOf(chains, total, truncated)),
          ...chains.map((chain, i) => `\n${chainText(chain, i, screen)}`),
          '',
          footer(pins, screen),
        ].join('\n');
      },
    };
  },
};

function headOf(chains: readonly Chain[], total: number, truncated: boolean): string {
  if (chains.length === 0) return 'No chain: nobody whose document we hold says anything about it.';
  const empty = chains.filter(chain => !chain.carries).length;
  const longest = Math.max(...chains.map(chain => chain.hops.length));
  return [
    `${counted(total, 'chain')}, the longest with ${counted(longest, 'hop')}`,
    ...(empty === 0 ? [] : [`${String(empty)} of them ${empty === 1 ? 'carries' : 'carry'} nothing`]),
    ...(truncated ? [`the first ${String(chains.length)} are shown`] : []),
  ]
    .join('; ')
    .concat('.');
}

function chainText({ carries, hops }: Chain, index: number, screen: Screen): string {
  const end = hops.at(-1);
  const to = end === undefined ? 'nobody' : readerName(end.source);
  const title = `${String(index + 1)}. ${hops.length === 1 ? `${to} alone` : `${counted(hops.length, 'hop')}, to ${to}`}${carries ? '' : ' · carries nothing'}`;
  return [
    screen.paint.as(carries ? 'bold' : 'dim', screen.paragraph(title)),
    ...hops.flatMap((hop, i) => hopLines(hop, hops[i - 1], i, screen)),
  ].join('\n');
}

function hopLines(hop: HopAnswer, before: HopAnswer | undefined, depth: number, screen: Screen): string[] {
  const indent = `   ${'  '.repeat(depth)}`;
  const relay = before === undefined ? '' : `└ ${relayWords(before)} `;
  const facts = [placeOf(hop), inWords(hop.assertedAt), HELD[hop.hold] ?? hop.hold, ...doubts(hop)].join(' · ');
  const ring = hop.circular ? '  (circular: it leads back to itself)' : '';
  const below = `${indent}${depth === 0 ? '' : '  '}`;
  const name = wrapped(`${relay}${readerName(hop.source)}${ring}`, screen.width - below.length);
  return [
    ...name.map((line, i) => `${i === 0 ? indent : below}${line}`),
    ...wrapped(facts, screen.width - below.length).map(line => screen.paint.dim(`${below}${line}`)),
  ];
}

/** Where in the source it stands. */
function placeOf({ locator, passage, source }: HopAnswer): string {
  if (locator !== undefined) return locator;
  if (passage?.page !== undefined) return `p. ${String(passage.page)}`;
  if (passage?.pdfPage !== undefined) return `PDF page ${String(passage.pdfPage)}`;
  return source === null ? 'nobody says who' : 'no place given';
}

/** How its quotation fits, where that is not as it should be. */
function doubts({ passage }: HopAnswer): string[] {
  const words = passage && stateWords(passage);
  return words === undefined ? [] : [`quotation ${words}`];
}

const HELD: Readonly<Record<string, string>> = {
  held: 'held',
  cited: 'cited, not seen',
  redacted: 'blacked out',
  unknown: 'unknown',
};
