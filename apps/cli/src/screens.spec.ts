import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADD_A_PERSON, terminal } from './testing.js';
import type { Terminal } from './testing.js';

/** Tokens and ids are other ones in every ledger. */
const steady = (screen: string) =>
  screen.replace(/@(\d+)\.[0-9a-f]{32}/g, '@$1.…').replace(/\b[a-z2-7]{10}\b(?=\))/g, '…');

describe('screens', () => {
  let at: Terminal;
  let claim: string;

  const made = async (...argv: string[]) => (await at.json<{ id: string }>(...argv)).id;
  const shown = async (...argv: string[]) => {
    const { code, out, err } = await at.type(...argv);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return steady(out);
  };

  beforeAll(async () => {
    at = await terminal();
    const person = await made(...ADD_A_PERSON);
    const minutes = await made('source', 'add', 'Minutes of the hearing', '--kind', 'record');
    const paper = await made(
      'source',
      'add',
      'The Gazette',
      '--kind',
      'organisation',
      '--named',
      'nobody',
      '--described-as',
      'a paper',
    );
    claim = await made('record', 'The harbour master gave the council a five-page memo.', '--holds-during', '2017-03~');
    const said = await made(
      'assert',
      claim,
      '--source',
      person,
      '--stance',
      'asserts',
      '--basis',
      'first-hand',
      '--asserted-at',
      '2018-04-11',
      '--locator',
      'p. 4',
    );
    const minuted = await made(
      'assert',
      claim,
      '--source',
      minutes,
      '--relays',
      said,
      '--asserted-at',
      '2018-04-11',
      '--locator',
      'at 4',
      '--hold',
      'held',
      '--hold-reason',
      'read',
    );
    await made(
      'assert',
      claim,
      '--source',
      paper,
      '--relays',
      JSON.stringify({ assertion: minuted, fidelity: 'weaker' }),
      '--asserted-at',
      '2018-05',
      '--locator',
      'p. 3',
      '--hold',
      'held',
      '--hold-reason',
      'read',
    );
    await made('assert', claim, '--hold', 'unknown', '--relays', said);
    await made(
      'correct',
      claim,
      '--text',
      'The harbour master gave the council a two-page memo.',
      '--reason',
      'the page has two',
    );
    await made('decide', claim, '--by', 'desk', '--verdict', 'print it', '--reason', 'one witness');
  });
  afterAll(() => at.close());

  it('show: what is believed, in words, and how we know', async () =>
    expect(await shown('show', claim)).toBe(`The harbour master gave the council a two-page memo.
ATTRIBUTED to Nora Winter. 2 mentions, 1 origin. No denial seen.
You may print: According to Nora Winter, as Minutes of the hearing reports: The harbour master gave
               the council a two-page memo.
Not yet:       The harbour master gave the council a two-page memo.
When:          about Mar 2017

HOW WE KNOW                                        HELD           SAID
 a paper, p. 3                                     yes            May 2018
 └ says less than Minutes of the hearing, at 4     yes            11 Apr 2018
    └ from Nora Winter, p. 4: says so, first-hand  own words: no  11 Apr 2018
 an unknown source                                 unknown        date unknown
 └ from Nora Winter, p. 4: says so, first-hand     own words: no  11 Apr 2018
IF NORA WINTER FALLS: this falls.

DECIDED
 desk, 2026-11-24: print it (one witness)

as of @10, 2026-11-24 08:00:00 UTC · @10.…
numbers: credence why ${claim.slice(0, 10)}
what changed and why: credence history ${claim.slice(0, 10)}
`));

  it('chain: every path, a place at each hop, the longest last', async () =>
    expect(await shown('chain', claim)).toBe(`The harbour master gave the council a two-page memo.
2 chains, the longest with 3 hops.

1. 2 hops, to Nora Winter
   Minutes of the hearing
   at 4 · 11 Apr 2018 · held
     └ from Nora Winter
       p. 4 · 11 Apr 2018 · cited, not seen

2. 3 hops, to Nora Winter
   a paper
   p. 3 · May 2018 · held
     └ says less than Minutes of the hearing
       at 4 · 11 Apr 2018 · held
       └ from Nora Winter
         p. 4 · 11 Apr 2018 · cited, not seen

as of @10, 2026-11-24 08:00:00 UTC · @10.…
`));

  it('history: when, who, what and why, and what changed from what to what', async () => {
    const screen = await shown('history', claim);
    expect(screen).toContain(`@9   2026-11-24 08:00:00  anna  claim corrected     the page has two
    text: The harbour master gave the council a five-page memo. → The harbour master gave the
      council a two-page memo.`);
    expect(screen).toContain('@4   2026-11-24 08:00:00  anna  claim recorded');
  });

  it('show as of the event before a correction: the text before it', async () => {
    expect(await shown('show', claim, '--as-of', '@8')).toContain('five-page memo');
    expect(await shown('list', '--as-of', '@8')).toContain('five-page memo');
  });

  it('list: status, mentions and origins before the text', async () =>
    expect(await shown('list')).toBe(`STATUS      MENTIONS  ORIGINS  CLAIM
attributed         2        1  ${claim.slice(0, 10)}  The harbour master gave the council a two-page memo.
as of @10, 2026-11-24 08:00:00 UTC · @10.…
`));

  it('summary: in words and numbers', async () =>
    expect(await shown('summary')).toMatch(`1 claim, 3 sources, 4 assertions.
2 mentions in documents that we hold; they go back to 1 origin.

CLAIMS  STATUS
     1  attributed  one source says so; print whose word it is
`));

  it('source list: no grade beside a person’s name', async () => {
    const screen = await shown('source', 'list');
    expect(screen).toMatch(/person +judged +\S+ +Nora Winter/);
    expect(screen).not.toMatch(/grade C/);
  });

  it('impact: what would fall with a source', async () => {
    const { items } = await at.json<{ items: { id: string; name: string }[] }>('source', 'list');
    const person = items.find(({ name }) => name === 'Nora Winter')?.id ?? '';
    expect(await shown('impact', person, '--what-if', 'dropped')).toMatch(
      /^1 claim would change\. Nothing was written\./,
    );
  });

  it('why: every number, each under what is made of it', async () =>
    expect(await shown('why', claim)).toContain(`
BELIEF
 b 0.475000   d 0.000000   u 0.525000   a 0.500000   P 0.737500
 status attributed by rule 7; 2 mentions; policy p1

FOR IT: 1,809,524 micro-units, 1 independent
 Nora Winter: own b 1.000000, d 0.000000; rho 0.475000; supplies 1,809,524
   HOP                     GRADE  t         phi       HOLD   EVENT
   Nora Winter             C      0.500000  0.950000  cited  @5     p. 4 · 11 Apr 2018
   Minutes of the hearing  F      1.000000  1.000000  held   @6     paraphrase · at 4 · 11 Apr 2018
 no more can come because of Nora Winter (as origin)
 no chain is left without Nora Winter
   CARRIES  FROM                     TO
 1,809,524  Nora Winter (as origin)  Nora Winter
 1,809,524  Nora Winter              Minutes of the hearing
 1,809,524  Minutes of the hearing   us

AGAINST IT: nothing

ADDS NOTHING
 a paper: repeats an origin that is counted already

LEFT OUT
 an unknown source: no document that we hold leads to it

CODED OTHERWISE
`));

  it('say of a date that nobody can read that it is kept as written, and show it so', async () => {
    const out = await shown('record', 'It rained on the day of the hearing.', '--holds-during', '1/96/17');
    expect(out).toContain('Kept as written, and undated, for it is no date that can be read: 1/96/17');
    const [, id = ''] = out.split('\n');
    expect(await shown('show', id)).toContain('1/96/17 (unreadable date)');
  });

  it('never put quotation marks around words', async () => {
    for (const verb of ['show', 'chain', 'history']) expect(await shown(verb, claim)).not.toMatch(/["“”„«»]/);
  });
});

describe('a terminal', () => {
  it('has colours, unless NO_COLOR says otherwise', async () => {
    for (const [env, coloured] of [
      [{}, true],
      [{ NO_COLOR: '1' }, false],
      [{ TERM: 'dumb' }, false],
    ] as const) {
      const at = await terminal({ columns: 80, env });
      await at.type('record', 'A claim.');
      expect((await at.type('list')).out.includes('\u001b[')).toBe(coloured);
      await at.close();
    }
  });

  it('is not obeyed by what people wrote', async () => {
    const at = await terminal({ columns: 80, env: { NO_COLOR: '1' } });
    const { code } = await at.type('record', 'Red \u009b31m and turned \u202e.');
    expect(code).toBe(0);
    expect((await at.type('list')).out).toContain('Red \\u009b31m and turned \\u202e.');
    await at.close();
  });
});
