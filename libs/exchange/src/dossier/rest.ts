import { isRefusal, shown } from '@credence/contracts';
import type { Findings } from './entries.js';
import { referencesOf } from './names.js';
import type { Named, Names } from './names.js';
import type { Surveyed } from './survey.js';

/**
 * Finds what each entry that is to be written rests on. What names nothing, or an assertion of another claim, is
 * rejected; then, wave by wave, what rests on something rejected. An unchanged entry is left alone.
 *
 * @param rejected - names of entries that are rejected; grows
 * @returns of each entry, the entries of this file that it names
 */
export async function foundations(
  surveyed: ReadonlyMap<string, Surveyed>,
  rejected: Set<string>,
  names: Names,
  findings: Findings,
): Promise<ReadonlyMap<string, readonly Surveyed[]>> {
  const under = new Map<string, readonly Surveyed[]>();
  const restOn = new Map<string, string[]>();
  const rests = (name: string, on: string) => {
    const list = restOn.get(on);
    if (list === undefined) restOn.set(on, [name]);
    else list.push(name);
  };
  for (const item of surveyed.values()) {
    const { entry, name } = item;
    if (item.state === 'unchanged') {
      const home = entry.section === 'assertions' ? entry.fields['claim'] : undefined;
      if (typeof home === 'string') await names.resolve('claims', home);
      continue;
    }
    const unliftable = notLiftable(item, names);
    if (unliftable !== undefined) {
      rejected.add(name);
      findings.add(entry.place(['target']), unliftable);
      continue;
    }
    const below: Surveyed[] = [];
    const claim = await claimOf(item, names);
    for (const { section, reference, path } of referencesOf(entry)) {
      const on = `${section}/${reference}`;
      const known = names.entry(section, reference);
      if (known !== undefined) {
        below.push(known);
        rests(name, on);
      } else if (rejected.has(on)) {
        rests(name, on);
        continue;
      }
      const named = await names.resolve(section, reference);
      if (isRefusal(named)) {
        // What the entry in the file names in its turn is reported there.
        if (known !== undefined) continue;
        rejected.add(name);
        findings.add(entry.place(path), {
          code: named.refused === 'ambiguous-reference' ? named.refused : 'unknown-reference',
          detail: names.unknown(section, reference, named),
          found: shown(reference),
          wanted: `one of the ${section}`,
        });
      } else if (
        section === 'assertions' &&
        path.includes('relays') &&
        claim !== undefined &&
        named.stream !== claim.stream
      ) {
        rejected.add(name);
        const other = known?.entry.fields['claim'];
        findings.add(entry.place(path), {
          code: 'foreign-relay',
          detail: `"${reference}" is an assertion of another claim${typeof other === 'string' ? `, ${other}` : ''}; relays stay within one claim`,
          found: `an assertion of ${typeof other === 'string' ? `"${other}"` : 'another claim'}`,
          wanted: 'an assertion of the same claim',
        });
      }
    }
    under.set(name, below);
  }
  findings.list.sort((a, b) => a.line - b.line);
  let wave = [...rejected];
  while (wave.length > 0) {
    const next: string[] = [];
    for (const on of wave)
      for (const name of restOn.get(on) ?? []) {
        if (rejected.has(name)) continue;
        rejected.add(name);
        next.push(name);
        restsOnRejected(surveyed.get(name) as Surveyed, on, findings);
      }
    wave = next;
  }
  return under;
}

/** Reports that an entry rests on one that was rejected, at the place where it names it. */
export function restsOnRejected({ entry }: Surveyed, on: string, findings: Findings): void {
  const reference = referencesOf(entry).find(({ section, reference }) => `${section}/${reference}` === on);
  const key = on.slice(on.indexOf('/') + 1);
  findings.add(entry.place(reference?.path ?? []), {
    code: 'rests-on-rejected',
    detail: `"${key}" is rejected, and ${entry.key} rests on it`,
    found: `"${key}"`,
    wanted: 'an entry that is recorded',
  });
}

/** The claim whose assertions an entry relays. */
async function claimOf({ entry }: Surveyed, names: Names): Promise<Named | undefined> {
  const { section, fields } = entry;
  const target = typeof fields['target'] === 'string' ? fields['target'] : '';
  const named =
    section === 'assertions'
      ? await names.resolve('claims', fields['claim'] as string)
      : section === 'changes' && target.startsWith('assertions/')
        ? await names.resolve('assertions', target.slice('assertions/'.length))
        : undefined;
  return named === undefined || isRefusal(named) ? undefined : named;
}

/** A reinstatement lifts a retraction or a supersession, nothing else. */
function notLiftable({ entry }: Surveyed, names: Names) {
  if (entry.section !== 'changes' || entry.fields['kind'] !== 'reinstate') return undefined;
  const [{ section, reference } = { section: 'changes' as const, reference: '' }] = referencesOf(entry);
  const kind = names.entry(section, reference)?.entry.fields['kind'];
  const wanted = section === 'links' ? 'supersedes' : 'retract';
  if (kind === undefined || kind === wanted) return undefined;
  return {
    code: 'not-a-retraction',
    detail: `${section}/${reference} is no ${section === 'links' ? 'supersession' : 'retraction'}: nothing to lift`,
    found: shown(kind),
    wanted: `a target of kind ${wanted}`,
  };
}
