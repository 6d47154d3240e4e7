import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { withSet } from '@credence/claims';
import type { LedgerEvent } from '@credence/contracts';
import { dossierText } from '../testing/files.js';
import { memoryLedger } from '../testing/memory-ledger.js';
import { importDossier } from './import.js';

type Entry = Readonly<Record<string, unknown>>;
type Sections = Readonly<Record<string, readonly Entry[]>>;

const RUNS = Number(process.env['CREDENCE_PROPERTY_RUNS'] ?? 25);
const pick = (keys: readonly string[]) => fc.constantFrom(...keys);
const some = (keys: readonly string[]) => fc.uniqueArray(pick(keys), { minLength: 1, maxLength: 3 });
const text = fc.constantFrom('one', 'two: # three', 'line\nline', 'é “q”', '2019', 'true');
const date = fc.constantFrom('2019', '2019-04-18', '[2017-01..2018-04]', 'unknown', '1/96/17');
const keyed = (prefix: string, entries: readonly Entry[]) =>
  entries.map((entry, i) => ({ key: `${prefix}-${String(i)}`, ...entry }));
const optional = <T extends Record<string, fc.Arbitrary<unknown>>>(required: string[], fields: T) =>
  fc.record(fields, { requiredKeys: required as never[] });

/** Assertions of one claim, which may relay each other in any way, rings too. */
const assertionsOn = (claim: string, sources: readonly string[]) =>
  fc.integer({ min: 1, max: 5 }).chain(count => {
    const keys = Array.from({ length: count }, (_, i) => `${claim}.a-${String(i)}`);
    return fc.tuple(
      ...keys.map(key =>
        optional(['key', 'claim', 'source'], {
          key: fc.constant(key),
          claim: fc.constant(claim),
          source: pick(sources),
          stance: fc.constantFrom('asserts', 'denies', { b: '0.25', d: '0.5' }),
          basis: fc.constantFrom('first-hand', 'cites', 'unstated'),
          assertedAt: date,
          note: text,
          relays: fc
            .uniqueArray(pick(keys), { maxLength: 2 })
            .map(list => list.filter(other => other !== key))
            .chain(list =>
              fc.tuple(...list.map(relay => fc.constantFrom(relay, { assertion: relay, how: 'verbatim' }))),
            ),
        }),
      ),
    );
  });

const chainOn = (claim: string, i: number, sources: readonly string[]) =>
  fc.array(pick(sources), { minLength: 2, maxLength: 4 }).map(hops => ({
    claim,
    hops: hops.map((source, j) => ({ key: `${claim}.c-${String(i)}-${String(j)}`, source })),
  }));

const dossiers: fc.Arbitrary<Sections> = fc
  .tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([manySources, manyClaims]) => {
    const sources = Array.from({ length: manySources }, (_, i) => `source-${String(i)}`);
    const claims = Array.from({ length: manyClaims }, (_, i) => `claim-${String(i)}`);
    const source = (key: string, i: number) =>
      optional(['key', 'kind', 'name'], {
        key: fc.constant(key),
        kind: fc.constantFrom('person', 'record'),
        name: text,
        grade: fc.constantFrom('A', 'F'),
        cite: fc.constantFrom({ issued: '2019' }, { issued: { 'date-parts': [[2019, 4]] }, volume: 1 }),
        ...(i === 0 ? {} : { copyOf: pick(sources.slice(0, i)) }),
      });
    const claim = (key: string) =>
      optional(['key', 'text'], {
        key: fc.constant(key),
        text,
        holdsDuring: date,
        topics: fc.constant(['x']),
        note: text,
      });
    return fc.record({
      sources: fc.tuple(...sources.map(source)),
      claims: fc.tuple(...claims.map(claim)),
      assertions: fc.tuple(...claims.map(key => assertionsOn(key, sources))).map(lists => lists.flat()),
      chains: fc.tuple(...claims.map((key, i) => chainOn(key, i, sources))),
      units: fc.array(optional([], { members: some(sources) }), { maxLength: 2 }).map(list =>
        keyed(
          'unit',
          list.filter(unit => unit.members),
        ),
      ),
      decisions: fc
        .array(fc.record({ claim: pick(claims), by: text, verdict: text }), { maxLength: 2 })
        .map(list => keyed('decision', list)),
      changes: fc
        .array(fc.record({ target: pick(claims).map(c => `claims/${c}`), kind: fc.constant('confirm') }), {
          maxLength: 2,
        })
        .map(list => keyed('change', list)),
    });
  });

const HEAD = { dossier: 1, id: 'drawn', reason: 'a reason' };
const asText = (sections: Sections) => JSON.stringify({ ...HEAD, ...sections }, null, 1);

/** Everything in the ledger, by name, however it came there: corrections applied, relays in no order. */
function things(events: readonly LedgerEvent[]): string {
  const all = new Map<string, Record<string, unknown>>();
  for (const { type, stream, data, words } of events) {
    const { entry, ...said } = words;
    const name = `${String(entry?.section)}/${String(entry?.key)}`;
    const recorded = withSet({}, { data, words: said });
    const before = all.get(name);
    if (type === 'AssertionCorrected' && before !== undefined)
      all.set(name, withSet(before, { data: data.set, words: said }));
    else all.set(name, { type, stream, ...recorded });
  }
  const plain = Array.from(all, ([name, { reason: _, set: __, ...thing }]) => {
    const relays = (thing['relays'] as object[] | undefined)?.map(relay => JSON.stringify(relay)).sort();
    return JSON.stringify([name, Object.entries({ ...thing, relays }).sort(([a], [b]) => (a < b ? -1 : 1))]);
  });
  return plain.sort().join('\n');
}

const shuffled = (sections: Sections) =>
  fc
    .tuple(
      fc.shuffledSubarray(Object.keys(sections), { minLength: Object.keys(sections).length }),
      ...Object.values(sections).map(list => fc.shuffledSubarray([...list], { minLength: list.length })),
    )
    .map(([order, ...lists]) => {
      const names = Object.keys(sections);
      return Object.fromEntries(
        order.map(name => [name, name === 'changes' ? sections[name] : lists[names.indexOf(name)]]),
      ) as Sections;
    });

describe('any dossier', () => {
  it('imported twice writes nothing the second time', async () => {
    await fc.assert(
      fc.asyncProperty(dossiers, async sections => {
        const ledger = memoryLedger();
        const first = await importDossier(dossierText(asText(sections)), ledger.port);
        const written = (await ledger.events()).length;
        const second = await importDossier(dossierText(asText(sections)), ledger.port);
        return (
          first.rejected.length === 0 &&
          second.new + second.corrected + second.rejected.length + second.gone.length === 0 &&
          second.unchanged === first.new &&
          (await ledger.events()).length === written
        );
      }),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('gives the same things in any order of its entries, and then is unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(
        dossiers.chain(sections => fc.tuple(fc.constant(sections), shuffled(sections))),
        async ([sections, other]) => {
          const [one, two] = [memoryLedger(), memoryLedger()];
          await importDossier(dossierText(asText(sections)), one.port);
          await importDossier(dossierText(asText(other)), two.port);
          const same = things(await one.events()) === things(await two.events());
          const before = (await one.events()).length;
          await importDossier(dossierText(asText(other)), one.port);
          return same && (await one.events()).length === before;
        },
      ),
      { numRuns: RUNS },
    );
  }, 120_000);

  it('cut off anywhere and imported again is whole', async () => {
    await fc.assert(
      fc.asyncProperty(dossiers, fc.nat(30), async (sections, allowed) => {
        let left = allowed;
        const ledger = memoryLedger({
          before: () => {
            if (left-- <= 0)
              throw Object.assign(new Error('no disk'), { name: 'LedgerError', code: 'store-unavailable' });
          },
        });
        await importDossier(dossierText(asText(sections)), ledger.port).catch(() => undefined);
        left = Infinity;
        const answer = await importDossier(dossierText(asText(sections)), ledger.port);
        const whole = memoryLedger();
        await importDossier(dossierText(asText(sections)), whole.port);
        return answer.rejected.length === 0 && things(await ledger.events()) === things(await whole.events());
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
