import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import type { Receipt } from '@credence/kernel';
import { EXIT } from '../exit.js';
import type { Io } from '../io.js';
import { screenOf } from '../screen/screen.js';
import type { Screen } from '../screen/screen.js';
import type { Call, Verb } from '../verb.js';

interface Step {
  readonly command: string;
  readonly body: unknown;
}

/** The main job, command by command, in a ledger that is thrown away afterwards: the same commands work on yours. */
export const verb: Verb = {
  define: (command: Command) => command.option('--json', 'print every command with its answer, one JSON document'),
  examples: ['credence demo'],
  run: async call => {
    const folder = mkdtempSync(join(tmpdir(), 'credence-demo-'));
    const teller = new Teller(call, `sqlite:${folder}`);
    const throwAway = () => {
      rmSync(folder, { recursive: true, force: true });
    };
    // Whoever reads may stop reading, and whoever watches may press Ctrl-C: the process ends then, and says so here alone.
    process.once('exit', throwAway);
    void call.io.stopped().then(() => process.exit(EXIT.interrupted));
    try {
      await story(teller);
    } finally {
      process.off('exit', throwAway);
      throwAway();
    }
    return call.json ? { body: { steps: teller.steps }, screen: () => '' } : undefined;
  },
};

async function story(tell: Teller): Promise<void> {
  tell.say(
    'A newspaper repeats an audit; the audit rests on one hearing. Who says so, and how do they know? (All made up.)',
  );
  tell.title('1. Who can say something: sources');
  const witness = await tell.write('source', 'add', 'Nora Winter', '--kind', 'person', ...graded('C'));
  const interview = await tell.write('source', 'add', 'Minutes of the hearing of Nora Winter', '--kind', 'record');
  const report = await tell.write('source', 'add', 'Audit of the harbour', '--kind', 'record', ...graded('A'));
  const paper = await tell.write('source', 'add', 'The Tidewater Gazette', '--kind', 'organisation', ...graded('B'));

  tell.title('2. What is claimed, and who has it from whom');
  const claim = await tell.write('record', 'The harbour master gave the council a five-page memo.', '--topics', 'memo');
  const said = await tell.write(
    ...['assert', claim, '--source', witness, '--stance', 'asserts', '--basis', 'first-hand'],
    ...['--asserted-at', '2018-04-11', '--locator', 'as minuted on p. 4'],
  );
  const noted = await tell.write(
    'assert',
    claim,
    '--source',
    interview,
    '--relays',
    said,
    '--asserted-at',
    '2018-04-11',
    '--locator',
    'p. 4',
  );
  const read = ['--hold', 'held', '--hold-reason', 'read, not kept'];
  const printed = await tell.write(
    ...['assert', claim, '--source', report, '--stance', 'asserts', '--basis', 'cites', '--relays', noted],
    ...['--asserted-at', '2019-04-18', '--locator', 'p. 58, note 16', ...read],
  );
  await tell.write(
    ...['assert', claim, '--source', paper, '--relays', JSON.stringify({ assertion: printed, fidelity: 'weaker' })],
    ...['--asserted-at', '2019-04-20', '--locator', 'p. 3', ...read],
  );

  tell.title('3. Several mentions, one origin');
  await tell.read('show', claim);
  await tell.read('chain', claim);

  tell.title('4. We made a mistake: correct it, and keep what was there');
  const corrected = await tell.receipt(
    ...['correct', claim, '--text', 'The harbour master gave the council a two-page memo.'],
    ...['--code', 'entry-error', '--reason', 'the audit has two pages'],
  );
  await tell.read('history', claim);
  tell.say('Asked as of the event before, the ledger answers as it did then:');
  await tell.read('list', '--as-of', `@${String((corrected.seq ?? 1) - 1)}`);

  tell.title('5. The witness takes it back: what falls?');
  await tell.read('impact', witness, '--what-if', 'retracted');
  await tell.write(
    'retract',
    `sources/${witness}`,
    '--by',
    'speaker',
    '--reason',
    'she takes it back',
    '--asserted-at',
    '2019-05-01',
  );
  await tell.read('list');

  tell.title('6. What could anyone have known, and when? What do we believe otherwise?');
  await tell.read('timeline', claim, '--axis', 'public');
  await tell.read('changes', '--from', `@${String(corrected.seq)}`);
  await tell.read('summary');
  tell.say(
    'Nothing was deleted: every answer can be had as of any event. This ledger is thrown away now; `credence record "…"` begins yours.',
  );
}

const graded = (grade: string) => ['--grade', grade, '--grade-reason', 'for this demonstration'];

/** Carries out the commands of the story, and shows each with its answer. */
class Teller {
  readonly steps: Step[] = [];
  private readonly screen: Screen;

  constructor(
    private readonly call: Call,
    private readonly ledger: string,
  ) {
    this.screen = screenOf(call.io.columns, call.io.env);
  }

  say(text: string): void {
    if (!this.call.json) this.call.io.out(`\n${this.screen.paragraph(text)}\n`);
  }

  title(text: string): void {
    if (!this.call.json) this.call.io.out(`\n${this.screen.paint.bold(text)}\n`);
  }

  async read(...argv: readonly string[]): Promise<void> {
    if (this.call.json) return void (await this.asked(argv));
    this.show(argv);
    await this.call.also([...argv, '--ledger', this.ledger], this.call.io);
  }

  /** @returns what others call the thing made: the beginning of its id */
  async write(...argv: readonly string[]): Promise<string> {
    return (await this.receipt(...argv)).id.slice(0, 8);
  }

  async receipt(...argv: readonly string[]): Promise<Receipt> {
    const receipt = (await this.asked(argv)) as Receipt;
    if (!this.call.json) {
      this.show(argv);
      const [event] = receipt.events;
      this.call.io.out(`${this.screen.paint.dim(`  → ${receipt.id.slice(0, 8)}, event @${String(event?.seq)}`)}\n`);
    }
    return receipt;
  }

  private show(argv: readonly string[]): void {
    const words = argv.map(word => (/^[\w@.:,/-]+$/.test(word) ? word : `'${word}'`));
    this.call.io.out(`\n${this.screen.paragraph(`$ credence ${words.join(' ')}`)}\n`);
  }

  private async asked(argv: readonly string[]): Promise<unknown> {
    let text = '';
    const io: Io = { ...this.call.io, out: more => void (text += more) };
    const code = await this.call.also([...argv, '--json', '--ledger', this.ledger], io);
    if (code !== 0) throw new Error(`credence ${argv.join(' ')} ended with ${String(code)}: ${text}`);
    const body: unknown = JSON.parse(text);
    this.steps.push({ command: `credence ${argv.join(' ')}`, body });
    return body;
  }
}
