import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sideBySide } from './side-by-side.js';

const collide = (a: string, b: string) => [...a].some(letter => b.includes(letter));

async function* given<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield item;
}

async function textOf(answers: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const answer of answers) text += answer;
  return text;
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise(resolve => setImmediate(resolve));
};

describe('tasks side by side', () => {
  it('answers in order, and runs what collides in order, however long each takes', async () => {
    const tasks = fc.array(fc.record({ bearing: fc.stringMatching(/^[a-e]{0,3}$/), takes: fc.nat(3) }), {
      maxLength: 200,
    });
    await fc.assert(
      fc.asyncProperty(tasks, async list => {
        const seen = new Map<string, number[]>();
        const running = new Set<string>();
        let most = 0;
        const answers = sideBySide(
          given(
            list.map(({ bearing, takes }, i) => ({
              bearing,
              run: async () => {
                for (const other of running) expect(collide(other.slice(other.indexOf(' ')), bearing)).toBe(false);
                const name = `${String(i)} ${bearing}`;
                running.add(name);
                most = Math.max(most, running.size);
                await turns(takes);
                for (const letter of bearing) seen.set(letter, [...(seen.get(letter) ?? []), i]);
                running.delete(name);
                return `${String(i)}\n`;
              },
            })),
          ),
          collide,
        );
        expect(await textOf(answers)).toBe(list.map((_, i) => `${String(i)}\n`).join(''));
        for (const order of seen.values()) expect(order).toEqual([...order].sort((a, b) => a - b));
        expect(most).toBeLessThanOrEqual(64);
      }),
      { numRuns: 30 },
    );
  });

  it('answers the first before a second comes in', async () => {
    let come: (task: { bearing: string; run(): Promise<string> }) => void = () => undefined;
    const tasks = (async function* () {
      yield { bearing: 'a', run: async () => 'first' };
      yield await new Promise<{ bearing: string; run(): Promise<string> }>(resolve => (come = resolve));
    })();
    const answers = sideBySide(tasks, collide);
    expect(await answers.next()).toEqual({ done: false, value: 'first' });
    const second = answers.next();
    await turns(2);
    come({ bearing: 'a', run: async () => 'second' });
    expect(await second).toEqual({ done: false, value: 'second' });
    expect((await answers.next()).done).toBe(true);
  });

  it('reads no further while nobody takes the answers', async () => {
    let read = 0;
    const tasks = (async function* () {
      for (; read < 1000; read++) yield { bearing: '', run: async () => 'x' };
    })();
    const answers = sideBySide(tasks, collide);
    await answers.next();
    await turns(5);
    expect(read).toBeLessThan(200);
    await answers.return(undefined);
  });

  it('throws what a task throws', async () => {
    const answers = sideBySide(given([{ bearing: '', run: () => Promise.reject(new Error('a bug')) }]), collide);
    await expect(answers.next()).rejects.toThrow('a bug');
  });
});
