import { EVENTS } from './events.js';
import { jsonSchemas } from './json-schemas.js';
import { UPCASTS } from './upcasts.js';

/** `ClaimRecorded.v1` -> SHA-256 of its JSON Schema, in hex. */
export type DefinitionHashes = Readonly<Record<string, string>>;

/** What `contracts/frozen.json` holds. */
export interface Frozen {
  /** As the definitions stand; moves with them. */
  readonly unreleased: DefinitionHashes;
  /** By release: as they stood then, for ever. */
  readonly releases: Readonly<Record<string, DefinitionHashes>>;
}

/** The hash of every event definition of today, and of the envelope. @param sha256 - of a UTF-8 text, in hex */
export function definitionHashes(sha256: (text: string) => string): DefinitionHashes {
  const names = new Map<string, string>(
    Object.values(EVENTS).map(({ type, version }) => [type, `${type}.v${String(version)}`]),
  );
  const hashes = Object.values(jsonSchemas()).map(schema => {
    const { title, $id } = schema as { title?: string; $id: string };
    return [names.get(title ?? '') ?? $id.slice($id.lastIndexOf(':') + 1), sha256(JSON.stringify(schema))] as const;
  });
  return Object.fromEntries(hashes.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What an upcast chain has to reach: the version of each type today, and from which versions a step leads on. */
export interface Today {
  readonly hashes: DefinitionHashes;
  readonly versions: Readonly<Record<string, number>>;
  readonly upcasts: Readonly<Record<string, Readonly<Record<number, unknown>>>>;
}

export const today = (hashes: DefinitionHashes): Today => ({
  hashes,
  versions: Object.fromEntries(Object.values(EVENTS).map(({ type, version }) => [type, version])),
  upcasts: UPCASTS,
});

/**
 * Where today's definitions break what a release has frozen: events of that version are on disks that nobody can
 * rewrite, and in proofs.
 *
 * @returns a sentence for each, with what to do; none if all is kept
 */
export function brokenFreezes({ releases }: Pick<Frozen, 'releases'>, { hashes, versions, upcasts }: Today): string[] {
  const broken: string[] = [];
  for (const [release, frozen] of Object.entries(releases))
    for (const [name, hash] of Object.entries(frozen)) {
      if (hashes[name] === hash) continue;
      if (hashes[name] !== undefined) {
        broken.push(
          name === 'envelope'
            ? `the envelope was frozen by ${release} and has changed: put it back, it is the leaf of every proof`
            : `${name} was frozen by ${release} and has changed: put it back, give the new definition version ${String(versionIn(name) + 1)}, and add an upcast from ${String(versionIn(name))} to contracts/src/upcasts.ts`,
        );
        continue;
      }
      const type = name.slice(0, name.lastIndexOf('.v'));
      const current = versions[type];
      if (current === undefined) broken.push(`${name} was frozen by ${release}, and there is no ${type} any more`);
      else
        for (let version = versionIn(name); version < current; version++)
          if (upcasts[type]?.[version] === undefined)
            broken.push(
              `${name} was frozen by ${release}, and contracts/src/upcasts.ts has no step from ${type} v${String(version)}`,
            );
    }
  return [...new Set(broken)];
}

const versionIn = (name: string) => Number(name.slice(name.lastIndexOf('.v') + 2));
