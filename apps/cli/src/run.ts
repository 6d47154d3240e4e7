import { CommanderError } from 'commander';
import { isLedgerError, isRefusal, meant } from '@credence/contracts';
import type { LedgerError, Refusal } from '@credence/contracts';
import type { AnyLedgerConfig, Ledger, ReadParameters } from '@credence/runtime';
import { EXIT } from './exit.js';
import type { Io } from './io.js';
import { actorFrom } from './options/common.js';
import { explicit } from './options/moments.js';
import { helpPage, parse } from './program.js';
import type { Parsed } from './program.js';
import { documentOf, exitOf, refusalText } from './refusals.js';
import { screenOf } from './screen/screen.js';
import { clean } from './screen/text.js';
import { UsageError } from './usage-error.js';
import { version } from './installation.js';
import type { Call, Verb } from './verb.js';
import { VERBS, verbIn } from './verbs/index.js';

const DEFAULT_LEDGER = 'sqlite:./credence-data';

/** Opens the ledger that a verb works on. */
export type Open = (config: AnyLedgerConfig) => Promise<Ledger>;

/** Loaded when a ledger is opened: `--help` and bad usage answer at once. */
const openWherever: Open = async config => {
  const { openAny } = await import('../../../libs/runtime/src/open-any.js');
  return openAny(config);
};

/**
 * Carries out one command line.
 *
 * @param argv - without the program's name
 * @returns the exit code
 */
export async function run(argv: readonly string[], io: Io, open: Open = openWherever): Promise<number> {
  const { words, found } = verbIn(argv);
  if (words[0] === 'help' && argv.length > 1) return run([...argv.filter(arg => arg !== 'help'), '--help'], io, open);
  if (found === undefined) return withoutVerb(argv, words, io);
  const json = argv.includes('--json');
  try {
    const { verb } = await found.listed.load();
    return await carriedOut(found.name, verb, await parse(found, verb, io), io, open);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.usage;
    if (isNamed(error, 'UsageError')) {
      io.err(`credence ${found.name}: ${clean(error.message)}\ncredence ${found.name} --help shows how\n`);
      return EXIT.usage;
    }
    if (isNamed(error, 'Interrupted')) {
      io.err(`credence ${found.name}: ${clean(error.message)}\n`);
      return EXIT.interrupted;
    }
    if (isLedgerError(error)) return refused(error, json, io);
    throw error;
  }
}

/** The verb that serves comes in a bundle of its own, and with its own classes. */
const isNamed = (error: unknown, name: string): error is Error => error instanceof Error && error.name === name;

async function carriedOut(name: string, verb: Verb, { command, fields }: Parsed, io: Io, open: Open): Promise<number> {
  const options = withMoment(command.opts<Record<string, unknown>>());
  const ledgers: Ledger[] = [];
  const given = (option: string) => options[option] as string | undefined;
  const call: Call = {
    io,
    name,
    args: (command.processedArgs as unknown[]).filter(arg => !Array.isArray(arg)) as (string | undefined)[],
    rest: (command.processedArgs as unknown[]).filter(arg => Array.isArray(arg)).flat() as string[],
    options,
    fields,
    json: options['json'] === true,
    url: given('ledger') ?? io.env['CREDENCE_LEDGER'] ?? DEFAULT_LEDGER,
    actor: given('actor') ?? io.env['CREDENCE_ACTOR'] ?? actorFrom(io.loginName()),
    node: nodeOf(given, io),
    pins: pinsOf(given),
    ledger: async to => {
      const ledger = ledgers[0] ?? (await opened(call, to, open));
      if (ledgers.length === 0) ledgers.push(ledger);
      return ledger;
    },
    also: (argv, to) => run(argv, to, open),
  };
  try {
    const answer = await verb.run(call);
    if (answer === undefined) return EXIT.done;
    if (isRefusal(answer)) return refused(answer, call.json, io);
    io.out(
      call.json ? `${JSON.stringify(answer.body)}\n` : `${answer.screen(screenOf(io.columns, io.env)).trimEnd()}\n`,
    );
    return answer.exit ?? EXIT.done;
  } finally {
    for (const ledger of ledgers) await ledger.close();
  }
}

function nodeOf(given: (name: string) => string | undefined, { env }: Io): Call['node'] {
  const data = given('data') ?? env['CREDENCE_DATA'];
  const captures = given('captures') ?? env['CREDENCE_CAPTURES'];
  return { ...(data === undefined ? {} : { data }), ...(captures === undefined ? {} : { captures }) };
}

/** A moment as people say it, made explicit: it is the same one wherever the options go. */
function withMoment(options: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { asOf } = options;
  return typeof asOf === 'string' ? { ...options, asOf: explicit(asOf, Date.now()) } : options;
}

function pinsOf(given: (name: string) => string | undefined): ReadParameters {
  const pins = (['asOf', 'publicBy', 'certainty', 'holdsAt'] as const).map(name => [name, given(name)] as const);
  return Object.fromEntries(pins.filter(([, value]) => value !== undefined));
}

async function opened({ url, actor, node }: Call, to: 'read' | 'write', open: Open): Promise<Ledger> {
  try {
    return await open({ url, actor, create: to === 'write', ...node });
  } catch (error) {
    if (isLedgerError(error, 'invalid-parameter')) throw new UsageError(error.message);
    throw error;
  }
}

function refused(failure: Refusal | LedgerError, json: boolean, io: Io): number {
  const document = documentOf(failure);
  if (json) io.out(`${JSON.stringify(document)}\n`);
  else io.err(refusalText(document));
  return exitOf(document);
}

function withoutVerb(argv: readonly string[], words: readonly string[], io: Io): number {
  const [word] = words;
  if (word === 'version' || (word === undefined && argv.some(arg => arg === '--version' || arg === '-V'))) {
    io.out(`credence ${version()}\n`);
    return EXIT.done;
  }
  if (word === undefined || word === 'help') {
    const asked = word === 'help' || argv.includes('--help') || argv.includes('-h');
    (asked ? io.out : io.err)(helpPage());
    return asked ? EXIT.done : EXIT.usage;
  }
  const members = Object.keys(VERBS).filter(name => name.startsWith(`${word} `));
  if (members.length > 0) {
    io.err(`credence ${word} what? ${members.map(name => `credence ${name}`).join(', ')}\n`);
    return argv.includes('--help') ? EXIT.done : EXIT.usage;
  }
  io.err(
    `credence: no verb is called "${clean(word)}"${meant(word, Object.keys(VERBS))}\ncredence --help lists them\n`,
  );
  return EXIT.usage;
}
