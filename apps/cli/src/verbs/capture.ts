import { accessSync, constants, createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';
import type { TObject } from '@sinclair/typebox';
import { join } from '@credence/claims';
import type { CommandDefinition } from '@credence/claims';
import { isRefusal, LedgerError, mediaTypeOf } from '@credence/contracts';
import type { Done, Ledger, ReanchoringAnswer } from '@credence/runtime';
import type { CaptureAnswer } from '@credence/views';
import { partsOf } from '../options/body.js';
import { writeOptions } from '../options/common.js';
import { receiptText, theCommand } from '../sending.js';
import { isSilent, stateWords } from '../screen/passages.js';
import { shortReference } from '../screen/names.js';
import type { Screen } from '../screen/screen.js';
import { cleaned, counted, listed } from '../screen/text.js';
import type { Call, Verb } from '../verb.js';

/** What the command line gives beside the bytes. */
const FIELDS = withoutBytes(theCommand('TakeCapture'));

/** Keeps a document as retrieved, and extracts its text. */
export const verb: Verb = {
  define: command =>
    writeOptions(
      command
        .argument('<file>', 'a file, or - for what comes on standard input')
        .requiredOption('--source <source>', 'the source whose document it is'),
    ),
  commands: [FIELDS],
  examples: [
    'credence capture examples/back-channel/README.md --source desk --url https://example.org/case --retrieved-at 2026-11-24',
    'credence capture examples/back-channel/captures/digest.txt --source bulletin --media-type "text/plain; charset=windows-1252"',
    'credence capture examples/back-channel/captures/gazette-correction.txt --source newsbarrel --replaces d0a30cdd2d05',
    'curl -s https://example.org/page | credence capture - --source gazette --media-type text/html',
  ],
  run: async call => {
    const [file = ''] = call.args;
    const parts = partsOf(FIELDS, call.fields);
    if (isRefusal(parts)) return parts;
    const { mediaType, ...given } = join(parts.data, parts.words) as Record<string, unknown>;
    const bytes = file === '-' ? process.stdin : reading(file);
    const named = file === '-' ? {} : { file: basename(file) };
    const ledger = await call.ledger('write');
    const { idempotencyKey, dryRun, source } = call.options as Record<string, string> & { dryRun?: boolean };
    const done = await ledger.capture({
      target: String(source).replace(/^sources\//, ''),
      bytes,
      mediaType: typeof mediaType === 'string' ? mediaType : mediaTypeOf(file),
      body: { ...named, ...given },
      actor: call.actor,
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      ...(dryRun === true ? { dryRun } : {}),
    });
    if (isRefusal(done)) return done;
    const more = call.json || dryRun === true ? {} : await taken(done, ledger, call);
    return { body: done.receipt, screen: screen => captureText(done, cleaned(more), screen) };
  },
};

/** The command with the fields that are not of the bytes themselves. */
function withoutBytes(definition: CommandDefinition): CommandDefinition {
  const { properties, required = [], ...schema } = definition.data as TObject;
  const { sha256: _, size: __, mediaType, ...rest } = properties;
  const open = required.filter(name => name in rest);
  return {
    ...definition,
    data: { ...schema, properties: { mediaType, ...rest }, required: open },
  };
}

/** @throws not-found - it cannot be read */
function reading(file: string): AsyncIterable<Uint8Array> {
  try {
    accessSync(file, constants.R_OK);
    if (statSync(file).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
  } catch (error) {
    throw new LedgerError('not-found', `${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}`);
  }
  return createReadStream(file);
}

interface Taken {
  readonly capture?: CaptureAnswer;
  /** It was on record before, without a text. */
  readonly again?: boolean;
  readonly reanchored?: ReanchoringAnswer;
}

/** What became of the document: its text, and the passages of the one that it replaces. */
async function taken({ receipt }: Done, ledger: Ledger, { options }: Call): Promise<Taken> {
  const source = String(options['source']);
  if (receipt.events.length === 0) {
    const known = (await ledger.captures(source, { limit: '500' })).items.find(({ sha256 }) => sha256 === receipt.id);
    return known?.withoutText === true ? { capture: known, again: true } : {};
  }
  const after = receipt.seq === undefined ? {} : { after: String(receipt.seq) };
  const { items } = await ledger.captures(source, { limit: '1', ...after });
  const capture = items.find(({ sha256 }) => sha256 === receipt.id);
  if (capture?.replaces === undefined || capture.text === undefined) return capture === undefined ? {} : { capture };
  return { capture, reanchored: await ledger.reanchoring(capture.sha256, { source }) };
}

function captureText(done: Done, { capture, again, reanchored }: Taken, screen: Screen): string {
  return [
    receiptText(done, screen),
    ...(capture === undefined ? [] : [again === true ? laterText(capture) : textWords(capture)]),
    ...(reanchored === undefined ? [] : reanchoredLines(reanchored, screen)),
  ].join('\n');
}

/** Bytes that are on record change nothing, so that a text comes as a document of its own. */
const laterText = ({ sha256 }: CaptureAnswer) =>
  `It is kept without a text. To quote from it, capture its text as a document of its own: --derived-from ${sha256.slice(0, 12)}`;

function textWords({ text, withoutText, mediaType }: CaptureAnswer): string {
  if (text === undefined)
    return withoutText === true
      ? 'Kept without a text, as wished.'
      : `Kept without a text: ${mediaType} has none that we can read.`;
  return `Its text has ${counted(text.length, 'character')} (${text.extractor.name} ${text.extractor.version}).`;
}

/** State by state; each passage that does not stand there as it is quoted. */
function reanchoredLines({ states, items, total }: ReanchoringAnswer, screen: Screen): string[] {
  if (total === 0) return ['Nothing is quoted from the capture that it replaces.'];
  const counts = Object.entries(states).map(([state, n]) => `${String(n)} ${state}`);
  const doubtful = items.filter(({ now }) => now.state === undefined || !isSilent(now.state));
  return [
    screen.paragraph(
      `${counted(total, 'passage')} of the capture that it replaces, looked for in it: ${listed(counts)}. Nothing of this is recorded.`,
    ),
    ...doubtful.map(({ assertion, key, now }) => {
      const name = shortReference({ id: assertion, ...(key === undefined ? {} : { key }) });
      return screen.paragraph(`${name}: ${stateWords(now) ?? 'takes too long to look for'}`, 2);
    }),
    screen.paint.dim('credence quotes reanchor takes over a place'),
  ];
}
