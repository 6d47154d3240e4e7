import type { PatchOperation } from '@credence/views';

/** The document after the operations, in order (RFC 6902 §4, §5). @throws Error where one cannot be applied */
export function patched(document: unknown, operations: readonly PatchOperation[]): unknown {
  const holder: { root: unknown } = { root: structuredClone(document) };
  for (const operation of operations) apply(holder, operation);
  return holder.root;
}

function apply(holder: { root: unknown }, operation: PatchOperation): void {
  const tokens = operation.path.split('/').map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'));
  tokens[0] = 'root';
  const last = tokens.pop() as string;
  const target = tokens.reduce<unknown>((value, token) => member(value, token), holder);
  const exists = Array.isArray(target) ? Number(last) < target.length : Object.hasOwn(target as object, last);
  if (operation.op !== 'add' && !exists) throw new Error(`${operation.path} is not there`);
  if (operation.op === 'remove') {
    if (Array.isArray(target)) target.splice(Number(last), 1);
    else delete (target as Record<string, unknown>)[last];
  } else {
    const value = structuredClone(operation.value);
    if (!Array.isArray(target)) Object.defineProperty(target, last, { ...PLAIN, value });
    else if (operation.op === 'replace') target[Number(last)] = value;
    else if (Number(last) > target.length) throw new Error(`${operation.path} is beyond the end`);
    else target.splice(Number(last), 0, value);
  }
}

/** A member may be called `__proto__`. */
const PLAIN = { writable: true, enumerable: true, configurable: true };

function member(value: unknown, token: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) throw new Error(`no "${token}"`);
  return (value as Record<string, unknown>)[token];
}
