import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { credence, mustBeBuilt, temporaryFolder } from '../support/built.js';

interface Shown {
  readonly words: readonly string[];
  readonly code: number;
  /** As the page shows it; `…` stands for lines left out. */
  readonly output: readonly string[];
}

/** Words of a command line as a shell divides them, without expansions. */
const wordsOf = (line: string): string[] =>
  Array.from(line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g), ([, double, single, bare]) => double ?? single ?? bare ?? '');

function shownIn(block: string): Shown[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map(part => {
      const [command, ...output] = part.replaceAll('\\\n', ' ').trimEnd().split('\n') as [string, ...string[]];
      const [, line = command, code = '0'] = /^(.*?)\s+# ends with (\d)$/.exec(command) ?? [];
      return { words: wordsOf(line), code: Number(code), output };
    });
}

/** Ids in the order in which they came to light: what is the third on the page is the third in the run. */
class Ids {
  private readonly known: string[] = [];

  meet(lines: readonly string[]): void {
    for (const line of lines) if (/^[a-z2-7]{26}$/.test(line) && !this.known.includes(line)) this.known.push(line);
  }

  /** A line with `<id 3>` for an id or its beginning, and without times and roots. */
  shapeOf(line: string): string {
    return this.known
      .reduce(
        (text, id, i) => text.replaceAll(new RegExp(`\\b${id.slice(0, 6)}[a-z2-7]*`, 'g'), `<id ${String(i)}>`),
        line,
      )
      .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, '<time>')
      .replaceAll(/\.[0-9a-f]{32}\b/g, '.<root>')
      .trimEnd();
  }

  in(words: readonly string[], others: Ids): string[] {
    return words.map(word =>
      this.known.reduce((text, id, i) => text.replaceAll(id.slice(0, 6), others.known[i]?.slice(0, 6) ?? '?'), word),
    );
  }
}

/** Whether lines follow each other as on the page, where `…` stands for any number of them. */
function expectLines(actual: readonly string[], shown: readonly string[]): void {
  const parts = shown.join('\n').split(/^…\n?/m);
  let rest = `${actual.join('\n')}\n`;
  for (const [i, part] of parts.entries()) {
    const wanted = i === parts.length - 1 ? `${part}\n` : part;
    if (part === '') continue;
    if (i === 0) expect(rest.slice(0, wanted.length)).toBe(wanted);
    else expect(rest).toContain(wanted);
    rest = rest.slice(rest.indexOf(wanted) + wanted.length);
  }
  if (parts.length === 1) expect(rest).toBe('');
}

describe.each([['docs/tutorial.md'], ['docs/how-to/what-was-known.md']])(
  'every command of %s ends and answers as the page says',
  file => {
    const page = readFileSync(file, 'utf8');
    const commands = Array.from(page.matchAll(/^```\n(\$ .*?)^```$/gms), ([, block]) =>
      shownIn(block as string),
    ).flat();
    const files = Array.from(page.matchAll(/^```yaml\n# (\S+)\n(.*?)^```$/gms), ([, name, text]) => ({ name, text }));
    const folder = temporaryFolder();
    const env: Record<string, string> = {};
    const printed = new Ids();
    const made = new Ids();

    beforeAll(() => {
      mustBeBuilt();
      for (const { name, text } of files) writeFileSync(join(folder.path, name as string), text as string);
    });
    afterAll(folder.remove);

    it.each(commands.map(shown => ({ ...shown, title: shown.words.join(' ') })))(
      '$title',
      async ({ words, code, output }) => {
        const [program, ...argv] = words;
        if (program === 'export') {
          const [name, value] = (argv[0] as string).split('=') as [string, string];
          env[name] = value;
          return;
        }
        expect([program, argv.shift()]).toEqual(['npx', 'credence']);
        const ended = await credence(printed.in(argv, made), { cwd: folder.path, env });
        const actual = `${ended.out}${ended.err}`.trimEnd().split('\n');
        printed.meet(output);
        made.meet(actual);
        expectLines(
          actual.map(line => made.shapeOf(line)),
          output.map(line => printed.shapeOf(line)),
        );
        expect(ended.code).toBe(code);
      },
    );
  },
);
