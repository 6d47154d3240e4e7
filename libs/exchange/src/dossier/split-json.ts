import type { Piece } from './piece.js';
import type { Unreadable } from './text.js';

/** Top members of a JSON file (RFC 8259): brackets and strings are told apart, nothing more; each piece is parsed later. */
export function* jsonPieces(text: string): Generator<Piece | Unreadable> {
  const scan = new Scan(text);
  scan.blanks();
  scan.at++; // the brace that opened the file
  for (scan.blanks(); scan.now() !== '}'; scan.blanks()) {
    const { line } = scan;
    const from = scan.at;
    const name = nameIn(scan.value());
    scan.blanks();
    if (name === undefined || scan.now() !== ':') {
      yield broken(scan);
      return;
    }
    scan.at++;
    scan.blanks();
    if (scan.now() === '[') {
      const items = listItems(scan);
      if (items === undefined) {
        yield broken(scan);
        return;
      }
      yield { name, line, text: '', items };
    } else {
      if (scan.value() === '') {
        yield broken(scan);
        return;
      }
      yield { name, line, text: `{${text.slice(from, scan.at)}}` };
    }
    scan.blanks();
    if (scan.now() === ',') scan.at++;
    else if (scan.now() !== '}') {
      yield broken(scan);
      return;
    }
  }
  scan.at++;
  scan.blanks();
  if (scan.at < text.length) yield broken(scan);
}

function listItems(scan: Scan): Piece['items'] {
  const items: { text: string; line: number }[] = [];
  scan.at++;
  for (scan.blanks(); scan.now() !== ']'; scan.blanks()) {
    const { line } = scan;
    const text = scan.value();
    if (text === '') return undefined;
    items.push({ text, line });
    scan.blanks();
    if (scan.now() === ',') scan.at++;
    else if (scan.now() !== ']') return undefined;
  }
  scan.at++;
  return items;
}

function nameIn(text: string): string | undefined {
  try {
    const name = JSON.parse(text) as unknown;
    return typeof name === 'string' ? name : undefined;
  } catch {
    return undefined;
  }
}

const broken = ({ line }: Scan): Unreadable => ({
  code: 'not-readable',
  detail: `not readable as JSON: line ${String(line)}`,
  found: 'text that is no JSON',
  wanted: 'JSON (RFC 8259)',
  line,
});

class Scan {
  at = 0;
  line = 1;
  constructor(private readonly text: string) {}

  now(): string | undefined {
    return this.text[this.at];
  }

  blanks(): void {
    for (; /^[ \t\n]$/.test(this.now() ?? ''); this.at++) if (this.now() === '\n') this.line++;
  }

  /** The text of the value that begins here; empty if there is none. */
  value(): string {
    const from = this.at;
    let depth = 0;
    for (; this.at < this.text.length; this.at++) {
      const now = this.text.charCodeAt(this.at);
      if (now === 0x0a) this.line++;
      else if (now === 0x22) {
        if (!this.string()) return '';
        if (depth === 0) return this.text.slice(from, ++this.at);
      } else if (now === 0x5b || now === 0x7b) depth++;
      else if (now === 0x5d || now === 0x7d) {
        if (--depth === 0) return this.text.slice(from, ++this.at);
        if (depth < 0) break;
      } else if (now === 0x2c && depth === 0) break;
    }
    return depth > 0 ? '' : this.text.slice(from, this.at).trim();
  }

  /** To the quotation mark that ends a string. */
  private string(): boolean {
    for (this.at++; this.at < this.text.length; this.at++) {
      const now = this.text.charCodeAt(this.at);
      if (now === 0x22) return true;
      if (now === 0x5c) this.at++;
      else if (now === 0x0a) this.line++;
    }
    return false;
  }
}
