import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LedgerEvent } from '@credence/contracts';
import type { ImportAnswer } from '../import-port.js';
import { dossierOnDisk } from '../testing/files.js';
import { memoryLedger } from '../testing/memory-ledger.js';
import type { MemoryLedger } from '../testing/memory-ledger.js';
import { importDossier } from './import.js';

const folder = join(
  resolve(process.env['CREDENCE_DATASETS'] ?? join(process.cwd(), '..', 'shared', 'data')),
  'standing-case',
);
const suite = existsSync(folder) ? describe : describe.skip;
const json = <T>(...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8')) as T;
const load = (ledger: MemoryLedger, ...path: string[]) =>
  importDossier(dossierOnDisk(join(folder, ...path)), ledger.port);

interface Assertion {
  readonly claim: string;
  readonly source: string | null;
  readonly hold: string;
  readonly relays: readonly (readonly [string, string])[];
}

const PHI: Readonly<Record<string, string>> = {
  verbatim: '1.0',
  paraphrase: '0.95',
  translation: '0.9',
  inferred: '0.8',
  contested: '0.5',
};

/** Assertions after all changes, keys in place of ids; as expected.json has them. */
function assertionsOf(events: readonly LedgerEvent[], dossier: string): Record<string, Assertion> {
  const keys = new Map<string, string>();
  const all = new Map<string, { claim: string; said: Record<string, unknown> }>();
  for (const event of events) {
    const id = event.stream.slice(event.stream.indexOf('-') + 1);
    const { entry } = event.words;
    if (event.type === 'SourceRegistered' || event.type === 'ClaimRecorded') keys.set(id, entry?.key ?? '');
    if (event.type === 'AssertionRecorded') {
      keys.set(event.data.assertion, entry?.key ?? '');
      if (entry?.dossier === dossier) all.set(event.data.assertion, { claim: id, said: { ...event.data } });
    }
    if (event.type === 'AssertionCorrected') Object.assign(all.get(event.data.assertion)?.said ?? {}, event.data.set);
  }
  return Object.fromEntries(
    Array.from(all, ([id, { claim, said }]): [string, Assertion] => {
      const relays = said['relays'] as { assertion: string; how?: string }[];
      const cites = said['basis'] === 'cites';
      return [
        keys.get(id) as string,
        {
          claim: keys.get(claim) as string,
          source: keys.get(said['source'] as string) ?? null,
          hold: said['hold'] as string,
          relays: relays.map(
            r =>
              [keys.get(r.assertion) as string, PHI[r.how ?? (cites ? 'verbatim' : 'paraphrase')] as string] as const,
          ),
        },
      ];
    }),
  );
}

const count = (events: readonly LedgerEvent[], ...types: string[]) =>
  events.filter(({ type }) => types.includes(type)).length;

suite(
  existsSync(folder) ? 'the standing case' : 'the standing case (the data set standing-case is not at hand)',
  () => {
    let ledger: MemoryLedger;
    let first: ImportAnswer;
    let events: readonly LedgerEvent[];

    beforeAll(async () => {
      ledger = memoryLedger();
      first = await load(ledger, 'dossier.yaml');
      events = await ledger.events();
    });

    it('loads whole: one event for each entry', () => {
      expect(first).toEqual({
        dossier: 'standing-case',
        new: 263,
        unchanged: 0,
        corrected: 0,
        rejected: [],
        warnings: [],
        collided: [],
        gone: [],
      });
      expect(events).toHaveLength(263);
    });

    it('has the counts that are expected', () => {
      const { counts } = json<{ counts: Record<string, number> }>('expected.json');
      expect(count(events, 'SourceRegistered')).toBe(counts['sources']);
      expect(count(events, 'CaptureTaken')).toBe(counts['captures']);
      expect(count(events, 'ClaimRecorded')).toBe(counts['claims']);
      expect(count(events, 'AssertionRecorded')).toBe(counts['assertions']);
      expect(count(events, 'UnitDeclared')).toBe(counts['units']);
      expect(count(events, 'ClaimsLinked')).toBe(counts['links']);
      expect(count(events, 'DerivationRecorded')).toBe(counts['derivations']);
      expect(count(events, 'DecisionRecorded')).toBe(counts['decisions']);
      const relays = Object.values(assertionsOf(events, 'standing-case')).flatMap(a => a.relays);
      expect(relays).toHaveLength(counts['relays'] as number);
    });

    it('has every assertion with its claim, source, hold and relays', () => {
      const expected = json<{ assertions: Record<string, Assertion> }>('expected.json').assertions;
      const found = assertionsOf(events, 'standing-case');
      expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
      const wrong = Object.entries(expected).flatMap(([key, { claim, source, hold, relays }]) => {
        const plain = { claim, source, hold, relays };
        return JSON.stringify(found[key]) === JSON.stringify(plain)
          ? []
          : [{ key, expected: plain, found: found[key] }];
      });
      expect(wrong).toEqual([]);
    });

    it('keeps the captures by their SHA-256', () => {
      const { captures } = json<{ captures: Record<string, { sha256: string }> }>('expected.json');
      expect([...ledger.captures].sort()).toEqual(
        Object.values(captures)
          .map(({ sha256 }) => sha256)
          .sort(),
      );
    });

    it('records what is relayed before what relays it', () => {
      const seen = new Set<string>();
      const early = events.flatMap(event => {
        if (event.type !== 'AssertionRecorded') return [];
        seen.add(event.data.assertion);
        return event.data.relays.filter(relay => 'assertion' in relay && !seen.has(relay.assertion));
      });
      expect(early).toEqual([]);
    });

    it('rehearses without a trace', async () => {
      const other = memoryLedger();
      const answer = await importDossier(
        { ...dossierOnDisk(join(folder, 'dossier.yaml')), dryRun: true },
        other.rehearsal(),
      );
      expect(answer.plan).toHaveLength(263);
      expect({ ...answer, plan: undefined }).toEqual({ ...first, plan: undefined });
      expect(await other.events()).toEqual([]);
      expect(other.captures.size).toBe(0);
    });

    it('again: nothing; edited: three events; edited again: nothing; the first again: two, and a grade reported', async () => {
      const written = async (...path: string[]) => {
        const before = (await ledger.events()).length;
        const answer = await load(ledger, ...path);
        return { answer, events: (await ledger.events()).slice(before) };
      };
      expect((await written('dossier.yaml')).events).toEqual([]);

      const edited = await written('variants', 'edited.yaml');
      const expected = json<
        Record<
          string,
          { events: { entry: string; event: string; reason: string; changes: { path: string; to?: unknown }[] }[] }
        >
      >('variants', 'expected.json')['edited.yaml'];
      expect(
        edited.events.map(({ type, data, words }) => ({
          event: type,
          entry: `${String(words.entry?.section)}/${String(words.entry?.key)}`,
          reason: (words as { reason?: string }).reason,
          set: { ...('set' in data ? data.set : data), ...('set' in words ? words.set : {}) },
        })),
      ).toEqual(
        expected?.events.map(({ event, entry, reason, changes }) => ({
          event,
          entry,
          reason,
          set: Object.fromEntries(
            changes.filter(({ path }) => path !== '/gradeReason').map(({ path, to }) => [path.slice(1), to ?? null]),
          ),
        })),
      );
      expect(edited.answer).toMatchObject({
        new: 0,
        unchanged: 260,
        corrected: 3,
        rejected: [],
        collided: [],
        gone: [],
      });

      expect((await written('variants', 'edited.yaml')).events).toEqual([]);

      const back = await written('dossier.yaml');
      expect(back.events.map(({ words }) => words.entry?.key)).toEqual(['gerson-by-november', 'kb-prince-later']);
      expect(back.answer.warnings).toMatchObject([{ code: 'grade-gone', pointer: '/sources/18/grade' }]);

      expect((await written('variants', 'edited.yaml')).events).toHaveLength(2);
    });

    it('takes thirteen outlets more, a ring among them', async () => {
      const other = memoryLedger();
      await load(other, 'dossier.yaml');
      const before = (await other.events()).length;
      const answer = await load(other, 'variants', 'thirteen-outlets.yaml');
      const added = (await other.events()).slice(before);
      expect(answer).toMatchObject({ dossier: 'thirteen-outlets', new: 26, rejected: [], warnings: [] });
      expect(count(added, 'AssertionRecorded')).toBe(13);
      expect(added.filter(({ type }) => type === 'AssertionCorrected').map(({ words }) => words.entry?.key)).toEqual([
        'o-12',
      ]);
      const { 'o-12': twelve, 'o-13': thirteen } = assertionsOf(await other.events(), 'thirteen-outlets');
      expect(twelve?.relays).toEqual([['o-13', '0.95']]);
      expect(thirteen?.relays).toEqual([['o-12', '0.95']]);
      expect(await load(other, 'variants', 'thirteen-outlets.yaml')).toMatchObject({
        new: 0,
        unchanged: 26,
        corrected: 0,
      });
      expect(await other.events()).toHaveLength(before + added.length);
    });

    it('thirteen outlets before the dossier that they name: every assertion is rejected, with its place', async () => {
      const answer = await load(memoryLedger(), 'variants', 'thirteen-outlets.yaml');
      expect(answer.new).toBe(13);
      expect(answer.rejected.filter(({ code }) => code === 'unknown-reference').length).toBeGreaterThanOrEqual(13);
    });

    interface Broken {
      readonly problems: readonly { readonly pointer: string }[];
      readonly warnings: readonly { readonly pointer: string }[];
      readonly loaded: Readonly<Record<string, number>>;
    }
    const broken = existsSync(folder) ? json<Record<string, Broken>>('variants', 'broken', 'expected.json') : {};
    const variants = Object.keys(broken).filter(name => name.endsWith('.yaml'));

    it.each(variants)('broken/%s says what is wrong, and loads the rest', async name => {
      const { problems, warnings, loaded } = broken[name] as Broken;
      const at = memoryLedger();
      const answer = await load(at, 'variants', 'broken', name);
      expect(answer.rejected.map(({ pointer }) => pointer)).toEqual(problems.map(({ pointer }) => pointer));
      expect(answer.warnings.map(({ pointer }) => pointer)).toEqual(warnings.map(({ pointer }) => pointer));
      for (const problem of answer.rejected) {
        expect(problem.file).toBe(name);
        expect(problem.line).toBeGreaterThan(0);
        expect(problem).toMatchObject({ found: expect.any(String), wanted: expect.any(String) });
      }
      const written = await at.events();
      expect({
        sources: count(written, 'SourceRegistered'),
        claims: count(written, 'ClaimRecorded'),
        assertions: count(written, 'AssertionRecorded'),
      }).toEqual(loaded);
      expect(JSON.stringify(written)).not.toContain('\\r');
      const again = await load(at, 'variants', 'broken', name);
      expect(again.new + again.corrected).toBe(0);
      expect(await at.events()).toHaveLength(written.length);
    });
  },
);

describe('the example back-channel', () => {
  const path = join(process.cwd(), 'examples', 'back-channel', 'back-channel.dossier.yaml');

  it('loads whole, with the counts of its README', async () => {
    const ledger = memoryLedger();
    const answer = await importDossier(dossierOnDisk(path), ledger.port);
    const events = await ledger.events();
    expect(answer).toMatchObject({
      dossier: 'back-channel',
      new: 190,
      rejected: [],
      warnings: [],
      collided: [],
      gone: [],
    });
    expect(count(events, 'ClaimRecorded')).toBe(30);
    expect(count(events, 'SourceRegistered')).toBe(24);
    expect(count(events, 'CaptureTaken')).toBe(11);
    expect(count(events, 'AssertionRecorded')).toBe(105);
    expect(Object.values(assertionsOf(events, 'back-channel')).flatMap(({ relays }) => relays)).toHaveLength(72);
    expect(count(events, 'UnitDeclared')).toBe(2);
    expect(count(events, 'ClaimsLinked')).toBe(5);
    expect(count(events, 'ClaimSuperseded')).toBe(1);
    expect(count(events, 'DerivationRecorded')).toBe(1);
    expect(count(events, 'DecisionRecorded')).toBe(2);
    expect(events.filter(({ words }) => words.entry?.section === 'changes')).toHaveLength(9);
    expect(await importDossier(dossierOnDisk(path), ledger.port)).toMatchObject({
      new: 0,
      unchanged: 190,
      corrected: 0,
    });
    expect(await ledger.events()).toHaveLength(events.length);
  });
});
