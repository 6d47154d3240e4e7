import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compiled } from '../../../test/support/compiled.js';
import type { Task } from './testing.js';
import { threadOf } from './thread.js';
import type { Thread } from './thread.js';

interface Echo {
  readonly echo: number;
  readonly asked: number;
}

describe('a thread', () => {
  let program: ReturnType<typeof compiled>;
  let thread: Thread<Task, Echo>;
  beforeAll(() => {
    program = compiled('libs/threads/src/testing.ts');
    thread = threadOf(program.file, { deadlineMs: 5000, memoryMb: 64 });
  });
  afterAll(() => {
    thread.end();
    program.remove();
  });

  it('is kept, and answers one question after the other', async () => {
    const answers = await Promise.all([1, 2, 3].map(echo => thread.ask({ echo })));
    expect(answers).toEqual([1, 2, 3].map(echo => ({ echo, asked: echo })));
  });

  it('is kept where a question fails', async () => {
    const { asked } = await thread.ask({ echo: 1 });
    await expect(thread.ask({ throws: 'no such page' })).rejects.toThrow('no such page');
    expect(await thread.ask({ echo: 2 })).toEqual({ echo: 2, asked: asked + 2 });
  });

  it('is ended over a question that takes too much memory, and the next one begins another', async () => {
    const answers = [thread.ask({ fills: true }), thread.ask({ echo: 4 })] as const;
    await expect(answers[0]).rejects.toMatchObject({ name: 'Overrun', code: 'too-much-memory' });
    expect(await answers[1]).toEqual({ echo: 4, asked: 1 });
  });

  it('is ended over a question that takes too long; the time is of that question alone', async () => {
    const hasty = threadOf<Task, Echo>(program.file, { deadlineMs: 1500, memoryMb: 64 });
    const answers = [hasty.ask({ spins: true }), hasty.ask({ spins: true }), hasty.ask({ echo: 5 })] as const;
    for (const spun of answers.slice(0, 2))
      await expect(spun).rejects.toMatchObject({ name: 'Overrun', code: 'too-long' });
    expect(await answers[2]).toEqual({ echo: 5, asked: 1 });
    hasty.end();
  });

  it('rejects what is asked of it when it is ended', async () => {
    const other = threadOf<Task, Echo>(program.file, { deadlineMs: 20_000, memoryMb: 64 });
    await other.ask({ echo: 1 });
    const waiting = other.ask({ spins: true });
    setTimeout(other.end, 50);
    await expect(waiting).rejects.toThrow('no answer');
  });
});
