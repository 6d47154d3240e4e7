import { commandNamed } from '@credence/claims';
import type { CommandDefinition } from '@credence/claims';
import { isRefusal } from '@credence/contracts';
import type { Refusal, Section } from '@credence/contracts';
import type { Done } from '@credence/runtime';
import { boundsOf } from '@credence/time';
import type { BeliefBrief } from '@credence/views';
import { partsOf } from './options/body.js';
import { writeOptions } from './options/common.js';
import type { GivenField } from './options/body.js';
import { eventWords } from './screen/events.js';
import { shortReference } from './screen/names.js';
import { differenceText, stateWords } from './screen/passages.js';
import type { Screen } from './screen/screen.js';
import { clean, counted } from './screen/text.js';
import { UsageError } from './usage-error.js';
import type { Answer, Call, Verb } from './verb.js';

/** The definition of a command that is known to be there. */
export function theCommand(name: string): CommandDefinition {
  const definition = commandNamed(name);
  if (definition === undefined) throw new Error(`no command is called ${name}`);
  return definition;
}

/** Sends a command: the fields of its body as the command line gave them, and those that stood by their position. */
export async function send(
  call: Call,
  definition: CommandDefinition,
  target?: string,
  positional: readonly GivenField[] = [],
): Promise<Answer | Refusal> {
  const parts = partsOf(definition, [...positional, ...call.fields]);
  if (isRefusal(parts)) return parts;
  const { idempotencyKey, dryRun } = call.options as { idempotencyKey?: string; dryRun?: boolean };
  const ledger = await call.ledger('write');
  const done = await ledger.execute({
    command: definition.name,
    ...(target === undefined ? {} : { target: withoutSection(target, definition.target) }),
    ...parts,
    actor: call.actor,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(dryRun === true ? { dryRun } : {}),
  });
  if (isRefusal(done)) return done;
  return { body: done.receipt, screen: screen => [receiptText(done, screen), ...unreadText(parts)].join('\n') };
}

/**
 * A field that stands as the argument or as an option.
 *
 * @throws UsageError - neither is there, or both: none of two is dropped
 */
export function byPlaceOr(field: string, what: string, { args: [value], fields }: Call): readonly GivenField[] {
  const said = fields.some(({ path }) => path[0] === field);
  if (value === undefined && !said) throw new UsageError(`${what} is missing`);
  if (value !== undefined && said) throw new UsageError(`${what} is given twice: by its place, and by --${field}`);
  return value === undefined ? [] : [{ path: [field], raw: value }];
}

/** Of every date in the body that nobody can read: that it is kept as it was written. */
function unreadText(parts: unknown): string[] {
  if (typeof parts !== 'object' || parts === null) return [];
  const { edtf } = parts as { edtf?: unknown };
  const own = typeof edtf === 'string' && !boundsOf(edtf).readable ? [edtf] : [];
  return [
    ...own.map(text => `Kept as written, and undated, for it is no date that can be read: ${clean(text)}`),
    ...Object.values(parts).flatMap(unreadText),
  ];
}

/** `claims/gave-tillerson` where a claim is meant anyway. */
const withoutSection = (reference: string, section: Section | null) =>
  section !== null && reference.startsWith(`${section}/`) ? reference.slice(section.length + 1) : reference;

/**
 * A verb whose one argument names a claim, a source or an assertion, or whatever has a command in the table; the command
 * that fits is sent. `<section>/<reference>` says which is meant.
 */
export function byKind(kinds: Readonly<Partial<Record<Section, string>>>): Omit<Verb, 'examples'> {
  const nouns = Object.keys(kinds).map(section =>
    section === 'assertions' ? 'an assertion' : `a ${section.slice(0, -1)}`,
  );
  const what = `${nouns.slice(0, -1).join(', ')} or ${nouns.at(-1) ?? ''}`;
  return {
    define: command => void writeOptions(command.argument('<reference>', `${what}; <section>/<reference> says which`)),
    commands: Object.values(kinds).map(theCommand),
    run: call => sendByKind(call, call.args[0] ?? '', kinds),
  };
}

async function sendByKind(
  call: Call,
  reference: string,
  kinds: Readonly<Partial<Record<Section, string>>>,
): Promise<Answer | Refusal> {
  const [, section] = /^([a-z]+)\//.exec(reference) ?? [];
  const sections = Object.keys(kinds) as Section[];
  if (section !== undefined && !sections.includes(section as Section))
    throw new UsageError(`"${section}" cannot be meant here; wanted one of ${sections.join(', ')}`);
  const ledger = await call.ledger('write');
  const found = await ledger.locate(reference, sections);
  return send(call, theCommand(kinds[found.section] as string), found.id);
}

export function receiptText({ receipt, replayed, made }: Done, { paint }: Screen): string {
  const [event] = receipt.events;
  if (event === undefined) return 'Nothing to change: it is on record like this already.';
  const what = eventWords(event.type);
  if (receipt.seq === undefined && receipt.recordedAt === undefined)
    return [`Would be recorded: ${what}. Nothing was written.`, ...passageText(receipt), ...foreseenText(receipt)].join(
      '\n',
    );
  const where = event.seq === undefined ? '' : `, event @${String(event.seq)}`;
  const again = replayed ? ' (it was recorded before; nothing was written now)' : '';
  const next = made?.section === 'claims' ? [paint.dim(`credence show ${receipt.id}`)] : [];
  return [`${capital(what)}${where}${again}.`, receipt.id, ...passageText(receipt), ...next].join('\n');
}

/** How the quotation was found, unless there is nothing to say of it. */
function passageText({ passage }: Done['receipt']): string[] {
  const words = passage && stateWords(passage);
  if (passage === undefined || words === undefined) return [];
  return [`The quotation is ${words}.`, ...(passage.state === 'altered' ? [clean(differenceText(passage))] : [])];
}

/** What it would do to what is believed. */
function foreseenText({ belief, beliefs }: Done['receipt']): string[] {
  const { before, after } = belief ?? {};
  const { total = 0 } = beliefs ?? {};
  return [
    ...(after === undefined ? [] : [`Belief: ${changeWords(before, after)}.`]),
    ...(total === 0 ? [] : [`${counted(total, after === undefined ? 'claim' : 'other claim')} would change:`]),
    ...(beliefs?.items ?? []).slice(0, MOST_OTHERS).map(({ claim, key, before: was, after: then }) => {
      const name = shortReference({ id: claim, ...(key === undefined ? {} : { key }) });
      return `  ${name}: ${changeWords(was, then)}`;
    }),
    ...(total > MOST_OTHERS ? [`  … and ${String(total - MOST_OTHERS)} more: --json shows a hundred`] : []),
  ];
}

const MOST_OTHERS = 10;

function changeWords(before: BeliefBrief | undefined, after: BeliefBrief): string {
  const now = after.status.code;
  if (before === undefined) return `${now}, as yet`;
  if (before.coreHash === after.coreHash) return `${now}, unchanged`;
  return before.status.code === now ? `${now} as before, on other grounds` : `${before.status.code} → ${now}`;
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
