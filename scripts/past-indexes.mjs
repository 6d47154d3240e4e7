import { readFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';

const IMPORTS = /^import \{([^}]*)\} from ["']([^"']*\/index\.js)["'];/gm;
const NAMED = /^export \{([^}]*)\} from ["'](\.[^"']*)["'];/gm;
const WHOLE = /^export \* as (\w+) from ["'](\.[^"']*)["'];/gm;

const namesIn = list =>
  list
    .split(',')
    .map(name => name.trim())
    .filter(name => name !== '')
    .map(name => name.split(' as ').map(part => part.trim()));

/** Where each name that an index exports is made: `{ file, name }`; `name` is '*' for a module as a whole. */
const exported = new Map();
function exportsOf(index) {
  const known = exported.get(index);
  if (known !== undefined) return known;
  const found = new Map();
  exported.set(index, found);
  const code = readFileSync(index, 'utf8');
  for (const [, list, path] of code.matchAll(NAMED)) {
    const file = resolve(dirname(index), path);
    for (const [name, as = name] of namesIn(list)) found.set(as, made({ file, name }));
  }
  for (const [, as, path] of code.matchAll(WHOLE)) found.set(as, { file: resolve(dirname(index), path), name: '*' });
  return found;
}

/** An index that only hands on what another has. */
function made(place) {
  return place.file.endsWith(`${sep}index.js`) ? (exportsOf(place.file).get(place.name) ?? place) : place;
}

/**
 * The compiled module with each `import { … } from '…/index.js'` divided into imports of the modules that make the names. A bundler
 * that splits code does it by modules: who imports one name of an index would have all that the index names in its way.
 */
export function pastIndexes(file, code) {
  return code.replace(IMPORTS, (whole, list, path) => {
    const index = resolve(dirname(file), path);
    const places = exportsOf(index);
    const lines = namesIn(list).map(([name, as = name]) => {
      const { file: from, name: named } = places.get(name) ?? { file: index, name };
      const to = relative(dirname(file), from).split(sep).join('/');
      const source = JSON.stringify(to.startsWith('.') ? to : `./${to}`);
      return named === '*' ? `import * as ${as} from ${source};` : `import { ${named} as ${as} } from ${source};`;
    });
    return lines.join(' ') + '\n'.repeat(whole.split('\n').length - 1);
  });
}
