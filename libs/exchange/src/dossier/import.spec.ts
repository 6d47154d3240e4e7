import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { LedgerError } from '@credence/contracts';
import type { ImportAnswer } from '../import-port.js';
import { dossierText } from '../testing/files.js';
import { memoryLedger } from '../testing/memory-ledger.js';
import type { MemoryLedger } from '../testing/memory-ledger.js';
import { readDossier } from './dossier.js';
import { importDossier } from './import.js';
import type { DossierRequest } from './import.js';

const HEAD = 'dossier: 1\nid: test\nreason: "checked"\n';
const SOURCES = `sources:
  - { key: anna, kind: person, name: Anna, grade: C, gradeReason: "exercise value" }
  - { key: gazette, kind: organisation, name: Gazette, cite: { issued: 2019 } }
`;
const CLAIMS = `claims:
  - { key: closed, text: "The bridge was closed.", holdsDuring: 2019 }
  - { key: unsafe, text: "The bridge was unsafe." }
`;
const BASE = HEAD + SOURCES + CLAIMS;

type Options = Partial<Pick<DossierRequest, 'reason' | 'dryRun'>> & { readonly files?: Record<string, string> };

/** Imports, and says what was written. */
async function into(ledger: MemoryLedger, text: string, { files, ...options }: Options = {}) {
  const before = (await ledger.events()).length;
  const answer = await importDossier({ ...dossierText(text, files), ...options }, ledger.port);
  const events = (await ledger.events()).slice(before);
  return { answer, events, types: events.map(({ type }) => type) };
}

const fresh = async (text: string, options?: Options) => {
  const ledger = memoryLedger();
  return { ledger, ...(await into(ledger, text, options)) };
};

const complaints = ({ rejected }: ImportAnswer) => rejected.map(({ pointer, code }) => `${pointer} ${code}`);
const dataOf = (events: readonly { readonly type: string; readonly data: unknown }[], type: string) =>
  events.filter(event => event.type === type).map(({ data }) => data as Record<string, unknown>);

describe('promise 11, bounded: a dossier of more entries than fit', () => {
  const text = `${BASE}chains:\n  - { claim: closed, hops: [gazette, { source: anna, stance: asserts }] }\n`;
  const read = (most: number) => readDossier('case.yaml', Buffer.from(text), most);

  it('is refused whole, and says how many they are; hops of chains are entries', async () => {
    expect(await read(5)).toEqual({
      problems: [expect.objectContaining({ pointer: '', code: 'too-large', found: '6 entries' })],
    });
    expect(await read(6)).toMatchObject({ head: { id: 'test' } });
  });
});

describe('an entry', () => {
  it('carries its name and the hash of its content', async () => {
    const { events } = await fresh(BASE);
    expect(events[0]?.words.entry).toEqual({
      dossier: 'test',
      section: 'sources',
      key: 'anna',
      contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('takes an unquoted phi as it is written', async () => {
    const { events } = await fresh(
      `${BASE}derivations:\n  - { key: d, conclusion: unsafe, premises: [closed], phi: 0.50, reason: x }\n`,
    );
    expect(dataOf(events, 'DerivationRecorded')).toMatchObject([{ phi: '0.50', polarity: 'for' }]);
  });

  it('is dated by its source, where it is not dated itself', async () => {
    const { events } = await fresh(
      `${BASE}assertions:\n  - { key: a, claim: closed, source: gazette, stance: asserts }\n`,
    );
    expect(dataOf(events, 'AssertionRecorded')).toMatchObject([
      { assertedAt: { edtf: '2019' }, hold: 'cited', basis: 'unstated' },
    ]);
  });

  it('that names its own dossier names itself', async () => {
    const { answer } = await fresh(`${BASE}assertions:\n  - { key: a, claim: "test:closed", source: "test:anna" }\n`);
    expect(answer).toMatchObject({ new: 5, rejected: [] });
  });

  it.each([
    [
      'a grade without any reason',
      `dossier: 1\nid: t\nsources:\n  - { key: s, kind: person, name: S, grade: A }\n`,
      ['/sources/0/gradeReason required'],
    ],
    [
      'held without a reason',
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, hold: held }\n`,
      ['/assertions/0/holdReason required'],
    ],
    [
      'a stance that needs a reason',
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, stance: no-recall-expected }\n`,
      ['/assertions/0/stanceReason required'],
    ],
    [
      'b + d over 1',
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, stance: { b: 0.6, d: 0.6 } }\n`,
      ['/assertions/0/stance too-much'],
    ],
    [
      'a date as a mapping',
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, assertedAt: {2018-06-05,2018-06-15} }\n`,
      ['/assertions/0/assertedAt wrong-type'],
    ],
    [
      'a typo in a relay',
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, relays: [ { assertion: b, hwo: verbatim } ] }\n`,
      ['/assertions/0/relays/0/hwo unknown-field'],
    ],
    [
      'a member twice',
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, source: gazette }\n`,
      ['/assertions/0/source duplicate-member'],
    ],
    ['no key', `${BASE}units:\n  - { members: [anna], reason: x }\n`, ['/units/0/key required']],
    ['a bad key', `${BASE}units:\n  - { key: "A B", members: [anna] }\n`, ['/units/0/key pattern']],
    [
      'a relay to itself',
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, relays: [a] }\n`,
      ['/assertions/0/relays/0 itself'],
    ],
    [
      'a claim linked to itself',
      `${BASE}links:\n  - { key: l, from: closed, to: closed, kind: tension, reason: x }\n`,
      ['/links/0/to itself'],
    ],
    [
      'no reason anywhere',
      'dossier: 1\nid: t\nclaims:\n  - { key: c, text: C }\ndecisions:\n  - { key: d, claim: c, by: me, verdict: print }\n',
      ['/decisions/0/reason required'],
    ],
    ['a section that is no list', `${BASE}units: { key: u }\n`, ['/units wrong-type']],
    ['an unknown section', `${BASE}assertion: []\n`, ['/assertion unknown-field']],
    ['a section twice', `${BASE}claims: []\n`, ['/claims duplicate-member']],
    [
      'control characters',
      `${BASE}decisions:\n  - { key: d, claim: closed, by: me, verdict: "a\\u0001b" }\n`,
      ['/decisions/0/verdict pattern'],
    ],
    [
      'a lone surrogate',
      `${BASE}decisions:\n  - { key: d, claim: closed, by: me, verdict: "a\\ud800b" }\n`,
      ['/decisions/0/verdict pattern'],
    ],
    [
      'a file that is missing',
      `${BASE}captures:\n  - { key: c, source: anna, file: gone.txt }\nassertions:\n  - { key: a, claim: closed, source: anna, passage: { capture: c, exact: x } }\n`,
      ['/captures/0/file file-not-found', '/assertions/0/passage/capture rests-on-rejected'],
    ],
    [
      'a source that is a copy of itself through another',
      `${HEAD}sources:\n  - { key: a, kind: record, name: A, copyOf: b }\n  - { key: b, kind: record, name: B, copyOf: a }\n`,
      ['/sources/0 invalid-body', '/sources/1/copyOf rests-on-rejected'],
    ],
    [
      'a reinstatement of no retraction',
      `${BASE}changes:\n  - { key: c, target: claims/closed, kind: confirm }\n  - { key: d, target: changes/c, kind: reinstate }\n`,
      ['/changes/1/target not-a-retraction'],
    ],
    [
      'a retraction by nobody',
      `${BASE}changes:\n  - { key: c, target: claims/closed, kind: retract }\n`,
      ['/changes/0/by required'],
    ],
    [
      'a change that the target has not',
      `${BASE}changes:\n  - { key: c, target: sources/anna, kind: confirm }\n`,
      ['/changes/0/target unknown-value'],
    ],
    [
      'an unknown field in a set',
      `${BASE}changes:\n  - { key: c, target: claims/closed, kind: correct, set: { txt: x } }\n`,
      ['/changes/0/set/txt unknown-field'],
    ],
    [
      'a revision without a date',
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna }\nchanges:\n  - { key: c, target: assertions/a, kind: revise, set: { stance: denies } }\n`,
      ['/changes/0/assertedAt required'],
    ],
  ])('with %s is rejected at its place', async (_, text, places) => {
    const { answer } = await fresh(text);
    expect(complaints(answer)).toEqual(places);
  });

  it.each(['units', 'links', 'derivations', 'decisions', 'changes'])(
    'of %s that rests on a rejected one is rejected',
    async section => {
      const on: Record<string, string> = {
        units: '{ key: x, members: [bad, anna] }',
        links: '{ key: x, from: bad, to: closed, kind: tension }',
        derivations: '{ key: x, conclusion: closed, premises: [bad] }',
        decisions: '{ key: x, claim: bad, by: me, verdict: print }',
        changes: '{ key: x, target: claims/bad, kind: confirm }',
      };
      const { answer } = await fresh(
        `${HEAD}${SOURCES}  - { key: bad, kind: nothing, name: B }\n${CLAIMS}  - { key: bad, text: 3, form: nothing }\n${section}:\n  - ${on[section] ?? ''}\n`,
      );
      expect(answer.rejected.map(({ code }) => code)).toEqual(['unknown-value', 'unknown-value', 'rests-on-rejected']);
      expect(answer.new).toBe(4);
    },
  );

  it('that the ledger refuses is rejected, and the rest goes on', async () => {
    const { ledger } = await fresh(
      `${BASE}changes:\n  - { key: c, target: claims/closed, kind: retract, by: ledger }\n`,
    );
    const { answer } = await into(
      ledger,
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna }\n  - { key: b, claim: unsafe, source: anna }\n  - { key: c, claim: closed, source: anna, relays: [a] }\ndecisions:\n  - { key: d, claim: closed, by: me, verdict: print nothing }\nchanges:\n  - { key: c, target: claims/closed, kind: retract, by: ledger }\n`,
    );
    expect(complaints(answer)).toEqual(['/assertions/0 claim-retracted', '/assertions/2/relays/0 rests-on-rejected']);
    expect(answer).toMatchObject({ new: 2, unchanged: 5 });
  });
});

describe('a chain', () => {
  it('is assertions, each relaying the next; how belongs to the relay to the next', async () => {
    const { events } = await fresh(
      `${BASE}chains:\n  - claim: closed\n    hops:\n      - { source: gazette, how: verbatim, fidelity: weaker, fidelityReason: "less" }\n      - { source: anna, stance: asserts }\n`,
    );
    const [anna, gazette] = dataOf(events, 'AssertionRecorded');
    expect(events.filter(e => e.type === 'AssertionRecorded').map(e => e.words.entry?.key)).toEqual([
      'closed.anna',
      'closed.gazette',
    ]);
    expect(gazette?.['relays']).toEqual([{ assertion: anna?.['assertion'], how: 'verbatim', fidelity: 'weaker' }]);
  });

  it('may name an assertion by its source, wherever it stands, and adds the relay to it', async () => {
    const { events, answer } = await fresh(
      `${BASE}chains:\n  - { claim: closed, hops: [gazette, anna] }\n  - { claim: closed, hops: [ { key: n, source: gazette, note: other } ] }\nassertions:\n  - { key: a, claim: closed, source: anna }\n  - { key: g, claim: unsafe, source: gazette }\n`,
    );
    expect(answer.rejected).toEqual([]);
    expect(dataOf(events, 'AssertionRecorded').map(({ relays }) => (relays as unknown[]).length)).toEqual([0, 0, 1]);
  });

  it.each([
    [
      'a source of two assertions',
      '{ claim: closed, hops: [ { source: anna }, gazette ] }',
      '/chains/0/hops/1 ambiguous-reference',
    ],
    ['nothing known', '{ claim: closed, hops: [ { source: anna }, nobody ] }', '/chains/0/hops/1 unknown-reference'],
    [
      'an assertion of another claim',
      '{ claim: unsafe, hops: [ { source: anna }, one ] }',
      '/chains/0/hops/1 foreign-relay',
    ],
    [
      'no source and no key',
      '{ claim: closed, hops: [ { source: anna }, { hold: unknown } ] }',
      '/chains/0/hops/1/key required',
    ],
    [
      'an unknown stance',
      '{ claim: closed, hops: [ { source: anna }, { key: x, source: anna, stance: asserted } ] }',
      '/chains/0/hops/1/stance unknown-value',
    ],
    [
      'a how without a next hop',
      '{ claim: closed, hops: [ { source: anna, how: verbatim } ] }',
      '/chains/0/hops/0/how no-next-hop',
    ],
    [
      'the key of another',
      '{ claim: closed, hops: [ { key: one, source: anna } ] }',
      '/chains/0/hops/0/key duplicate-key',
    ],
    ['an unknown claim', '{ claim: nothing, hops: [ { source: anna } ] }', '/chains/0/claim unknown-reference'],
    ['a field of its own', '{ claim: closed, hops: [ { source: anna } ], note: x }', '/chains/0/note unknown-field'],
  ])('with %s is rejected at its place', async (_, chain, place) => {
    const { answer } = await fresh(
      `${BASE}assertions:\n  - { key: one, claim: closed, source: gazette }\n  - { key: two, claim: closed, source: gazette }\nchains:\n  - ${chain}\n`,
    );
    expect(complaints(answer)[0]).toBe(place);
    expect(answer.new).toBe(6);
  });

  it('written out is the same: moving a hop into assertions is no edit', async () => {
    const { ledger } = await fresh(
      `${BASE}chains:\n  - { claim: closed, hops: [ { source: gazette, how: verbatim }, { source: anna } ] }\n`,
    );
    const { answer } = await into(
      ledger,
      `${BASE}assertions:\n  - { key: closed.gazette, source: gazette, claim: closed, relays: [ { how: verbatim, assertion: closed.anna } ] }\n  - { key: closed.anna, claim: closed, source: anna }\n`,
    );
    expect(answer).toMatchObject({ new: 0, unchanged: 6, gone: [] });
  });
});

describe('an unknown relay', () => {
  it('is an assertion of its own, with nothing behind it', async () => {
    const { events } = await fresh(
      `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, relays: [ { unknown: true } ] }\n`,
    );
    const [unknown, anna] = dataOf(events, 'AssertionRecorded');
    expect(unknown).toMatchObject({ hold: 'unknown', relays: [], assertedAt: { edtf: 'unknown' } });
    expect(unknown).not.toHaveProperty('source');
    expect(anna?.['relays']).toEqual([{ assertion: unknown?.['assertion'] }]);
  });
});

describe('a ring', () => {
  const ring = `${BASE}assertions:
  - { key: a, claim: closed, source: anna, relays: [b] }
  - { key: b, claim: closed, source: gazette, relays: [c] }
  - { key: c, claim: closed, source: anna, relays: [a] }
  - { key: d, claim: closed, source: gazette, relays: [a, b] }
`;
  it('is closed by a correction', async () => {
    const { types, events, ledger } = await fresh(ring);
    expect(types.filter(type => type.startsWith('Assertion'))).toEqual([
      'AssertionRecorded',
      'AssertionRecorded',
      'AssertionRecorded',
      'AssertionRecorded',
      'AssertionCorrected',
    ]);
    expect(events.at(-1)?.words.entry?.key).toBe('a');
    expect((await into(ledger, ring)).types).toEqual([]);
  });

  it('that was cut off before it was closed is closed by the next import', async () => {
    let stop = true;
    const ledger = memoryLedger({
      before: ({ command }) => {
        if (stop && command === 'CorrectAssertion') throw new LedgerError('store-unavailable', 'no disk');
      },
    });
    const noReason = ring.replace('reason: "checked"\n', '');
    await expect(importDossier(dossierText(noReason), ledger.port)).rejects.toMatchObject({
      code: 'store-unavailable',
      message: expect.stringContaining('import it again to go on'),
    });
    stop = false;
    const { answer, types } = await into(ledger, noReason);
    expect(types).toEqual(['AssertionCorrected']);
    expect(answer.rejected).toEqual([]);
    expect((await into(ledger, noReason)).types).toEqual([]);
  });
});

describe('an import that is cut off', () => {
  it.each([0, 1, 3, 5, 7])('after %i commands goes on where it stopped', async allowed => {
    const text = `${BASE}assertions:\n  - { key: a, claim: closed, source: anna, relays: [b] }\n  - { key: b, claim: closed, source: gazette }\nunits:\n  - { key: u, members: [anna, gazette] }\nlinks:\n  - { key: l, from: closed, to: unsafe, kind: tension }\n`;
    let left = allowed;
    const ledger = memoryLedger({
      before: () => {
        if (left-- <= 0) throw new LedgerError('store-unavailable', 'no disk');
      },
    });
    await expect(importDossier(dossierText(text), ledger.port)).rejects.toMatchObject({ code: 'store-unavailable' });
    left = Infinity;
    const { answer } = await into(ledger, text);
    expect(answer.new + answer.unchanged).toBe(8);
    expect(await ledger.events()).toHaveLength(8);
  });
});

describe('an edited entry', () => {
  const claim = (text: string, more = '') =>
    `dossier: 1\nid: test\n${SOURCES}claims:\n  - { key: closed, text: "${text}"${more} }\n`;

  it('needs a reason', async () => {
    const { ledger } = await fresh(claim('A'));
    expect(complaints((await into(ledger, claim('B'))).answer)).toEqual(['/claims/0 reason-required']);
    const { events } = await into(ledger, claim('B'), { reason: 'misread' });
    expect(events).toMatchObject([{ type: 'ClaimCorrected', words: { reason: 'misread', set: { text: 'B' } } }]);
  });

  it('A, B, A, B is four edits', async () => {
    const { ledger } = await fresh(claim('A'));
    for (const text of ['B', 'A', 'B', 'A'])
      expect((await into(ledger, claim(text), { reason: 'again' })).types).toEqual(['ClaimCorrected']);
  });

  it('clears the fields that are gone', async () => {
    const { ledger } = await fresh(claim('A', ', holdsDuring: 2019, note: n, topics: [t]'));
    const { events } = await into(ledger, claim('A'), { reason: 'r' });
    expect(events).toMatchObject([
      { data: { set: { holdsDuring: null } }, words: { set: { note: null, topics: null } } },
    ]);
    expect((await into(ledger, claim('A'), { reason: 'r' })).types).toEqual([]);
  });

  it('written in another way is no edit', async () => {
    const { ledger } = await fresh(claim('A', ', holdsDuring: 2019, topics: [x]'));
    const other = `{ "id": "test", "dossier": 1, "claims": [ { "topics": [ "x" ], "holdsDuring": { "edtf": "2019" }, "text": "A", "key": "closed" } ] }`;
    const { answer } = await into(ledger, other);
    expect(answer).toMatchObject({ new: 0, unchanged: 1, rejected: [], gone: ['sources/anna', 'sources/gazette'] });
  });

  it('that says a default outright changes nothing, and needs no reason', async () => {
    const { ledger } = await fresh(claim('A'));
    expect((await into(ledger, claim('A', ', form: event'))).answer).toMatchObject({
      unchanged: 3,
      corrected: 0,
      rejected: [],
    });
  });

  it('of a source is graded and described: two events', async () => {
    const { ledger } = await fresh(BASE);
    const edited = BASE.replace(
      'name: Anna, grade: C, gradeReason: "exercise value"',
      'name: Anne, grade: B, gradeReason: "better"',
    );
    const { events, answer } = await into(ledger, edited);
    expect(events).toMatchObject([
      { type: 'SourceGraded', data: { grade: 'B' }, words: { reason: 'better' } },
      { type: 'SourceDescribed', words: { reason: 'checked', set: { name: 'Anne' } } },
    ]);
    expect(answer.corrected).toBe(1);
    expect((await into(ledger, edited)).types).toEqual([]);
  });

  it('of a source, cut off between the two, goes on', async () => {
    let stop = true;
    const ledger = memoryLedger({
      before: ({ command }) => {
        if (stop && command === 'DescribeSource') throw new LedgerError('store-unavailable', 'no disk');
      },
    });
    await into(ledger, BASE);
    const edited = BASE.replace('name: Anna, grade: C', 'name: Anne, grade: B');
    await expect(importDossier(dossierText(edited), ledger.port)).rejects.toMatchObject({ code: 'store-unavailable' });
    stop = false;
    expect((await into(ledger, edited)).types).toEqual(['SourceDescribed']);
    expect((await into(ledger, edited)).types).toEqual([]);
  });

  const assertion = (fields: string) =>
    `${BASE}assertions:\n  - { key: a, claim: closed, source: gazette${fields} }\n  - { key: b, claim: closed, source: anna }\n`;

  it('of an assertion is a correction; a gone default comes back', async () => {
    const { ledger } = await fresh(
      assertion(', stance: asserts, basis: record, hold: held, holdReason: r, assertedAt: 2001, relays: [b]'),
    );
    const { events } = await into(ledger, assertion(', stance: denies'));
    expect(events).toMatchObject([
      {
        type: 'AssertionCorrected',
        data: { set: { stance: 'denies', basis: 'unstated', hold: 'cited', assertedAt: { edtf: '2019' }, relays: [] } },
        words: { set: { holdReason: null } },
      },
    ]);
    expect((await into(ledger, assertion(', stance: denies'))).types).toEqual([]);
  });

  it('keeps the date that its source had when it was recorded', async () => {
    const { ledger } = await fresh(assertion(''));
    const redated = (text: string) => text.replace('issued: 2019', 'issued: 2020');
    expect((await into(ledger, redated(assertion('')))).types).toEqual(['SourceDescribed']);
    const { events } = await into(ledger, redated(assertion(', note: n')));
    expect(events).toMatchObject([{ data: { set: {} }, words: { set: { note: 'n' } } }]);
    expect(events[0]?.data).not.toHaveProperty('set.assertedAt');
  });

  it('order of relays says nothing', async () => {
    const three = (relays: string) =>
      `${assertion('')}  - { key: c, claim: closed, source: anna, relays: [${relays}] }\n`;
    const { ledger } = await fresh(three('a, b'));
    expect((await into(ledger, three('b, a'))).types).toEqual([]);
  });

  it('cannot change its claim, its source, nor be a capture or a change', async () => {
    const files = { 'a.txt': 'one', 'b.txt': 'one', 'c.txt': 'two' };
    const text = `${assertion('')}captures:\n  - { key: c, source: anna, file: a.txt }\nchanges:\n  - { key: x, target: claims/closed, kind: confirm }\n`;
    const { ledger } = await fresh(text, { files });
    const at = async (from: string, to: string) =>
      complaints((await into(ledger, text.replace(from, to), { files })).answer);
    expect(await at('key: a, claim: closed', 'key: a, claim: unsafe')).toEqual(['/assertions/0/claim cannot-change']);
    expect(await at('source: gazette }', 'source: anna }')).toEqual(['/assertions/0/source cannot-change']);
    expect(await at('file: a.txt', 'file: c.txt')).toEqual(['/captures/0 cannot-change']);
    expect(await at('kind: confirm', 'kind: confirm, reason: other')).toEqual(['/changes/0 cannot-change']);
    expect(await at('file: a.txt', 'file: b.txt')).toEqual([]);
    expect(await at('reason: "checked"', 'reason: "other"')).toEqual([]);
  });

  it('of a unit changes its members', async () => {
    const unit = (members: string) => `${BASE}units:\n  - { key: u, members: [${members}] }\n`;
    const { ledger } = await fresh(unit('anna'));
    const { events } = await into(ledger, unit('gazette'));
    expect(events).toMatchObject([
      { type: 'UnitMembersChanged', data: { add: [expect.any(String)], remove: [expect.any(String)] } },
    ]);
    expect((await into(ledger, unit('gazette'))).types).toEqual([]);
  });

  it('of a link, a derivation, a decision is removed and recorded anew, a supersession lifted', async () => {
    const rest = (word: string) => `${BASE}  - { key: third, text: T }
links:
  - { key: l, from: closed, to: unsafe, kind: narrower, reason: ${word} }
  - { key: s, from: closed, to: third, kind: supersedes, reason: ${word} }
derivations:
  - { key: d, conclusion: unsafe, premises: [closed], reason: ${word} }
decisions:
  - { key: e, claim: closed, by: me, verdict: ${word} }
`;
    const { ledger } = await fresh(rest('one'));
    const { types } = await into(ledger, rest('two'));
    expect([...types].sort()).toEqual([
      'ClaimLinkRemoved',
      'ClaimReinstated',
      'ClaimSuperseded',
      'ClaimsLinked',
      'DecisionRecorded',
      'DecisionReversed',
      'DerivationRecorded',
      'DerivationRemoved',
    ]);
    expect((await into(ledger, rest('two'))).types).toEqual([]);
    expect((await into(ledger, rest('one'))).types).toHaveLength(8);
  });

  it('that is rejected does not take down what is unchanged on it, but what is new', async () => {
    const on = (text: string, more = '') =>
      `${claim(text)}assertions:\n  - { key: a, claim: closed, source: anna }\n${more}`;
    const { ledger } = await fresh(on('A'));
    const { answer } = await into(ledger, on('B', '  - { key: b, claim: closed, source: anna }\n'));
    expect(complaints(answer)).toEqual(['/claims/0 reason-required', '/assertions/1/claim rests-on-rejected']);
    expect(answer.unchanged).toBe(3);
  });

  describe('and elsewhere, too,', () => {
    const edit = async (ledger: MemoryLedger, set: Record<string, unknown>) => {
      const [recorded] = (await ledger.events()).filter(({ type }) => type === 'ClaimRecorded');
      const stream = recorded?.stream ?? '';
      await ledger.elsewhere({
        command: 'CorrectClaim',
        stream,
        target: stream.slice('claim-'.length),
        data: { set: {} },
        words: { set, reason: 'mine' },
      });
    };

    it('on the same field collides, and is not applied', async () => {
      const { ledger } = await fresh(claim('A'));
      await edit(ledger, { text: 'X' });
      const { answer, types } = await into(ledger, claim('B'), { reason: 'r' });
      expect(types).toEqual([]);
      expect(answer.collided).toMatchObject([{ entry: 'claims/closed', detail: expect.stringContaining('text') }]);
    });

    it('on another field does not', async () => {
      const { ledger } = await fresh(claim('A'));
      await edit(ledger, { note: 'X' });
      const { events, answer } = await into(ledger, claim('B'), { reason: 'r' });
      expect(events).toMatchObject([{ words: { set: { text: 'B' } } }]);
      expect(answer.collided).toEqual([]);
    });

    it('to the same is no collision', async () => {
      const { ledger } = await fresh(claim('A'));
      await edit(ledger, { text: 'B' });
      expect((await into(ledger, claim('B'))).answer).toMatchObject({ unchanged: 3, collided: [], rejected: [] });
    });

    it('by a change of the same dossier does not', async () => {
      const changed = (text: string) =>
        `${claim(text)}changes:\n  - { key: x, target: claims/closed, kind: correct, reason: r, set: { text: X } }\n`;
      const { ledger } = await fresh(changed('A'));
      expect((await into(ledger, changed('B'), { reason: 'r' })).types).toEqual(['ClaimCorrected']);
    });
  });

  it('an unchanged one is left alone, whatever happened since', async () => {
    const { ledger } = await fresh(
      `${BASE}changes:\n  - { key: x, target: claims/closed, kind: retract, by: ledger }\n`,
    );
    expect((await into(ledger, BASE)).answer).toMatchObject({ unchanged: 4, gone: ['changes/x'], rejected: [] });
  });
});

describe('changes', () => {
  it('apply in file order after the rest, and may lift each other', async () => {
    const { types, answer } = await fresh(
      `changes:
  - { key: r, target: assertions/a, kind: retract, by: speaker, assertedAt: 2020 }
  - { key: u, target: changes/r, kind: reinstate }
  - { key: v, target: assertions/a, kind: revise, assertedAt: 2021, set: { stance: denies, passage: { capture: c, exact: x } } }
  - { key: q, target: claims/closed, kind: retract, by: ledger }
  - { key: w, target: changes/q, kind: reinstate }
  - { key: s, target: sources/anna, kind: retract, by: publisher }
  - { key: t, target: changes/s, kind: reinstate }
  - { key: g, target: sources/anna, kind: grade, set: { grade: D } }
  - { key: h, target: sources/anna, kind: correct, set: { describedAs: "a neighbour", cite: null } }
  - { key: i, target: claims/closed, kind: revise, set: { holdsDuring: 2019/2020 } }
${BASE}captures:
  - { key: c, source: gazette, file: c.txt }
assertions:
  - { key: a, claim: closed, source: anna, stance: asserts }
`,
      { files: { 'c.txt': 'x' } },
    );
    expect(answer.rejected).toEqual([]);
    expect(types.slice(-10)).toEqual([
      'AssertionRetracted',
      'AssertionReinstated',
      'AssertionRevised',
      'ClaimRetracted',
      'ClaimReinstated',
      'SourceRetracted',
      'SourceReinstated',
      'SourceGraded',
      'SourceDescribed',
      'ClaimRevised',
    ]);
  });
});

describe('captures', () => {
  it('of another source are named with it, and voiced by a reporter', async () => {
    const { events, ledger } = await fresh(
      `${BASE}captures:\n  - { key: c, source: gazette, file: c.txt }\nassertions:\n  - { key: a, claim: closed, source: anna, passage: { capture: c, exact: x, page: 158 } }\n  - { key: g, claim: closed, source: gazette, passage: { capture: c, exact: x } }\n`,
      { files: { 'c.txt': 'x' } },
    );
    const [a, g] = dataOf(events, 'AssertionRecorded');
    const [taken] = dataOf(events, 'CaptureTaken');
    const gazette = events.find(({ words }) => words.entry?.key === 'gazette')?.stream.slice('source-'.length);
    expect(taken).toMatchObject({ mediaType: 'text/plain', size: 1 });
    expect(a).toMatchObject({
      hold: 'cited',
      passage: { capture: taken?.['sha256'], of: gazette, voice: 'reporter', page: 158 },
    });
    expect(g).toMatchObject({ hold: 'held', passage: { capture: taken?.['sha256'], voice: 'speaker' } });
    expect(ledger.captures.size).toBe(1);
  });

  it('may come before what they are derived from', async () => {
    const { events, answer } = await fresh(
      `${BASE}captures:\n  - { key: t, source: anna, file: t.txt, derivedFrom: c }\n  - { key: c, source: gazette, file: c.txt }\n`,
      { files: { 'c.txt': 'x', 't.txt': 'y' } },
    );
    expect(answer.rejected).toEqual([]);
    expect(events.filter(({ type }) => type === 'CaptureTaken').map(({ words }) => words.entry?.key)).toEqual([
      'c',
      't',
    ]);
  });
});

it('an import tells its progress', async () => {
  const seen: [number, number][] = [];
  await importDossier(
    { ...dossierText(BASE), onProgress: (done, total) => seen.push([done, total]) },
    memoryLedger().port,
  );
  expect(seen).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
  ]);
});

it('the example of the reference page imports', async () => {
  const page = readFileSync('docs/reference/dossier.md', 'utf8');
  const example = /```yaml\n(dossier: 1\n[\s\S]*?)```/.exec(page)?.[1] ?? '';
  expect((await fresh(example)).answer).toMatchObject({ dossier: 'bridge', new: 5, rejected: [], warnings: [] });
});
