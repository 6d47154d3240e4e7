import { isLedgerError } from '@credence/contracts';
import type { Ledger, Pinned, ReadParameters } from '@credence/runtime';
import type { BeliefAnswer, ClaimAnswer, SourceAnswer } from '@credence/views';
import { again } from '../options/again.js';
import { readOptions } from '../options/common.js';
import { claimScreen } from '../screen/claim.js';
import type { Falls, Quotes } from '../screen/claim.js';
import { isSilent } from '../screen/passages.js';
import { readerName, shortReference } from '../screen/names.js';
import { sourceScreen } from '../screen/source.js';
import { cleaned } from '../screen/text.js';
import type { Answer, Call, Verb } from '../verb.js';

/** A claim as an editor needs it: what is believed, how we know, what was decided. A source, if the reference names one. */
export const verb: Verb = {
  define: command => readOptions(command.argument('<claim>', 'a reference to a claim; or sources/<reference>')),
  examples: [
    'credence show gave-tillerson',
    'credence show gave-tillerson --as-of @41',
    'credence show sources/gazette',
  ],
  run: async call => {
    const [reference = ''] = call.args;
    const ledger = await call.ledger('read');
    if (reference.startsWith('sources/')) return sourceAnswer(await ledger.source(reference, call.pins), call);
    try {
      return await claimAnswer(await ledger.claim(reference, call.pins), ledger, call);
    } catch (error) {
      if (!isLedgerError(error, 'not-found')) throw error;
      const source = await ledger.source(reference, call.pins).catch(() => undefined);
      if (source === undefined) throw error;
      return sourceAnswer(source, call);
    }
  },
};

async function claimAnswer(body: Pinned<ClaimAnswer>, ledger: Ledger, call: Call): Promise<Answer> {
  const { json, pins } = call;
  if (json) return { body, screen: () => '' };
  // Under the same token, so that both speak of one moment.
  const { token } = body.pins.asOf;
  const at = { ...pins, ...(token === null ? {} : { asOf: token }) };
  const belief = await ledger.belief(body.id, at);
  const falls = await fallsWith(belief, body, ledger, at);
  const quotes = await quotesOf(body, ledger, at);
  const others = await Promise.all(othersOf(body).map(async id => [id, await nameOf(id, ledger, at)] as const));
  return {
    body,
    screen: screen =>
      claimScreen(
        cleaned(body),
        cleaned(belief.words),
        cleaned(new Map(others)),
        cleaned(falls),
        cleaned(quotes),
        [
          `numbers: ${again({ ...call, name: 'why', args: [shortReference(body)] })}`,
          `what changed and why: ${again({ ...call, name: 'history', args: [shortReference(body)] })}`,
        ],
        screen,
      ),
  };
}

const MOST_QUOTES = 6;
const CONTEXT = '60';

/** The quotations of what is live, each in its context; those with a doubt first. */
async function quotesOf({ assertions }: ClaimAnswer, ledger: Ledger, at: ReadParameters): Promise<Quotes> {
  const all = assertions.flatMap(assertion =>
    assertion.passage === undefined || !assertion.live ? [] : [{ assertion, passage: assertion.passage }],
  );
  const inOrder = all.toSorted((a, b) => Number(isSilent(a.passage.state)) - Number(isSilent(b.passage.state)));
  const shown = await Promise.all(
    inOrder.slice(0, MOST_QUOTES).map(async quoted => {
      const { assertion, passage } = quoted;
      if ((passage.pieces ?? passage.candidates ?? []).length === 0) return quoted;
      const parameters = { ...at, characters: CONTEXT };
      const around = await ledger.around(passage.capture, assertion.id, parameters).catch(() => undefined);
      return around === undefined ? quoted : { ...quoted, around };
    }),
  );
  return { shown, left: all.length - shown.length };
}

/** The one source without whom nothing speaks for the claim, and how many other claims would fall or change with it. */
async function fallsWith(
  { cuts, core }: BeliefAnswer,
  { id, assertions }: ClaimAnswer,
  ledger: Ledger,
  at: ReadParameters,
): Promise<Falls | undefined> {
  const [only, ...more] = [...new Set(core.pro.origins.map(({ source }) => source))];
  const named = assertions.find(({ source }) => source?.id === only)?.source;
  if (cuts.pro.flow.length === 0 || !named || more.length > 0) return undefined;
  const { items, total } = await ledger.impact(`sources/${named.id}`, { ...at, whatIf: 'retracted' });
  const itself = items.find(({ claim }) => claim === id);
  if (itself === undefined) return undefined;
  return { name: readerName(named), falls: itself.before.status.code !== itself.after.status.code, others: total - 1 };
}

const MOST_OTHERS = 20;

/** The claims that this one names: at the other end of a link, as premise, as successor. */
function othersOf({ id, links, derivations, supersededBy }: ClaimAnswer): string[] {
  const named = [
    ...links.flatMap(({ from, to }) => [from, to]),
    ...derivations.flatMap(({ premises }) => premises as string[]),
    ...(supersededBy === undefined ? [] : [supersededBy]),
  ];
  return [...new Set(named)].filter(other => other !== id).slice(0, MOST_OTHERS);
}

async function nameOf(id: string, ledger: Ledger, pins: ReadParameters): Promise<string> {
  const claim = await ledger.claim(id, pins);
  return `${shortReference(claim)} (${claim.text})`;
}

const sourceAnswer = (body: Pinned<SourceAnswer>, call: Call): Answer => ({
  body,
  screen: screen => {
    const history = again({ ...call, name: 'history', args: [`sources/${shortReference(body)}`] });
    return sourceScreen(cleaned(body), [`what changed and why: ${history}`], screen);
  },
});
