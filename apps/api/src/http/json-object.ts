import { LedgerError, pointerTo } from '@credence/contracts';
import type { ProblemItem } from '@credence/contracts';

const MAX_DEPTH = 32;
const decoder = new TextDecoder('utf-8', { fatal: true });

const invalid = (detail: string, errors: readonly ProblemItem[] = []) =>
  new LedgerError('invalid-body', detail, errors);

/** A JSON object in UTF-8, of which every string is text and no member is a trap. @throws invalid-body */
export function jsonObject(body: Uint8Array): Record<string, unknown> {
  const text = textOf(body);
  const value = parsed(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('the body is no JSON object', [{ pointer: '', code: 'wrong-type', detail: 'wanted an object' }]);
  const wrong = unfit(value) ?? repeated(text);
  if (wrong !== undefined) throw invalid(`${wrong.pointer}: ${wrong.detail}`, [wrong]);
  return value as Record<string, unknown>;
}

function textOf(body: Uint8Array): string {
  try {
    return decoder.decode(body);
  } catch {
    throw invalid('the body is not UTF-8');
  }
}

function parsed(text: string): unknown {
  if (text.trim() === '') throw invalid('the body is empty');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalid(`the body is not JSON: ${placeIn(text, (error as Error).message)}`);
  }
}

/** Where the JSON breaks off, without quoting it. */
function placeIn(text: string, message: string): string {
  const position = /at position (\d+)/.exec(message);
  if (position === null) return /end of JSON input|Unterminated/.test(message) ? 'it ends too early' : 'bad syntax';
  const before = text.slice(0, Number(position[1])).split('\n');
  return `bad syntax at line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`;
}

const PROTOTYPE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/** The first place that nothing behind this door could handle: too deep, no Unicode text, a name that means a prototype. */
function unfit(root: object): ProblemItem | undefined {
  const open: { readonly value: object; readonly at: string; readonly depth: number }[] = [
    { value: root, at: '', depth: 1 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, at, depth } = next;
    if (depth > MAX_DEPTH)
      return { pointer: at, code: 'too-deep', detail: `nested deeper than ${String(MAX_DEPTH)} levels` };
    for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
      const pointer = () => pointerTo(at, name);
      if (PROTOTYPE_NAMES.has(name))
        return { pointer: pointer(), code: 'unknown-field', detail: `unknown field "${name}"` };
      if (!name.isWellFormed() || (typeof inner === 'string' && !inner.isWellFormed()))
        return { pointer: pointer().toWellFormed(), code: 'pattern', detail: 'holds a lone surrogate' };
      if (typeof inner === 'object' && inner !== null) open.push({ value: inner, at: pointer(), depth: depth + 1 });
    }
  }
  return undefined;
}

const BRACE_OR_STRING = /[{}]|("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?/g;

/** A name that an object has twice: one of the two would be lost without a word (RFC 8259, section 4). @param text - valid JSON */
function repeated(text: string): ProblemItem | undefined {
  const objects: Set<string>[] = [];
  let outermost = '';
  for (const [token, string, colon] of text.matchAll(BRACE_OR_STRING)) {
    if (token === '{') objects.push(new Set());
    if (token === '}') objects.pop();
    if (string === undefined || colon === undefined) continue;
    const name = JSON.parse(string) as string;
    if (objects.length === 1) outermost = name;
    const names = objects.at(-1);
    if (names?.has(name) === true)
      return { pointer: pointerTo('', outermost), code: 'duplicate-member', detail: `"${name}" stands here twice` };
    names?.add(name);
  }
  return undefined;
}
