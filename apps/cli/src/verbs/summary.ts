import { readOptions } from '../options/common.js';
import { footer } from '../screen/pins.js';
import { table } from '../screen/table.js';
import { statusStyle } from '../screen/paint.js';
import { counted } from '../screen/text.js';
import type { Verb } from '../verb.js';

/** The whole ledger in numbers. */
export const verb: Verb = {
  define: readOptions,
  examples: ['credence summary', 'credence summary --as-of 2026-06-30'],
  run: async call => {
    const body = await (await call.ledger('read')).summary(call.pins);
    return {
      body,
      screen: screen => {
        const { claims, sources, assertions, mentions, origins, statuses, pins } = body;
        const kept = [
          counted(body.captures, 'capture'),
          counted(body.units, 'unit'),
          counted(body.links, 'link'),
          counted(body.derivations, 'derivation'),
          counted(body.decisions, 'decision'),
          `${counted(body.events, 'event')} of ${size(body.bytes)}`,
        ];
        const rows = Object.entries(statuses)
          .sort(([, a], [, b]) => b - a)
          .map(([code, n]) => [
            { text: String(n) },
            { text: code, style: statusStyle(code) },
            { text: MEANING[code] ?? '' },
          ]);
        return [
          screen.paint.bold(
            `${counted(claims, 'claim')}, ${counted(sources, 'source')}, ${counted(assertions, 'assertion')}.`,
          ),
          screen.paragraph(
            `${counted(mentions, 'mention')} in documents that we hold; they go back to ${counted(origins, 'origin')}.`,
          ),
          ...(rows.length === 0
            ? []
            : ['', table([{ title: 'CLAIMS', right: true }, { title: 'STATUS' }, { title: '' }], rows, screen)]),
          '',
          screen.paragraph(`Kept beside them: ${kept.join(', ')}.`),
          footer(pins, screen),
        ].join('\n');
      },
    };
  },
};

const MEANING: Readonly<Record<string, string>> = {
  superseded: 'another claim replaces it',
  retracted: 'withdrawn by whoever stood for it',
  refuted: 'denied independently, and nobody named stands for it',
  disputed: 'somebody stands for it, somebody against it',
  denied: 'denied, and nobody named stands for it',
  corroborated: 'several sources, independently',
  attributed: 'one source says so; print whose word it is',
  asserted: 'said by somebody who does not say how they know',
  anonymous: 'said by unnamed sources only',
  unverified: 'nobody who could know has been traced',
};

function size(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power] as string}`;
}
