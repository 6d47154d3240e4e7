import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LedgerError } from '@credence/contracts';

const MARK = 'ledger.json';

/**
 * Marks a folder with captures that many nodes share as that of one ledger; whoever marks it first decides.
 *
 * @throws store-unavailable - it is another ledger's, or cannot be written
 */
export function markShared(folder: string, ledger: string): void {
  const file = join(folder, MARK);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, `${JSON.stringify({ ledger })}\n`, { flag: 'wx' });
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw unavailable(file, (error as Error).message);
    const marked = markOf(file);
    if (marked !== ledger)
      throw unavailable(folder, `holds the captures of ledger ${marked ?? '(unreadable)'}, and this is ${ledger}`);
  }
}

function markOf(file: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { ledger?: string }).ledger;
  } catch {
    return undefined;
  }
}

const unavailable = (what: string, detail: string) => new LedgerError('store-unavailable', `${what}: ${detail}`);
