/*
 * `npm run bench [name …]`: runs the benchmarks and writes docs/performance.md. Ratios within one run are what counts; absolute
 * numbers are of one small and noisy machine on one day.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import process from 'node:process';

const ALL = ['store', 'time', 'http', 'import', 'start', 'belief', 'anchoring'];
const asked = process.argv.slice(2);
const names = (asked.length > 0 ? asked : ALL).filter(name => existsSync(new URL(`./${name}.mjs`, import.meta.url)));
const FILE = 'docs/performance.md';
const show = value => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2));

const sections = existsSync(FILE) ? sectionsIn(readFileSync(FILE, 'utf8')) : new Map();
for (const name of names) {
  process.stderr.write(`${name}\n`);
  const bench = await import(`./${name}.mjs`);
  sections.set(name, section(bench.title ?? name, name, await bench.run()));
}
writeFileSync(
  FILE,
  `${head()}\n${ALL.filter(name => sections.has(name))
    .map(name => sections.get(name))
    .join('\n')}`,
);
process.stderr.write(`wrote ${FILE}\n`);
process.exit(0);

function head() {
  return `# Performance

Written by \`npm run bench\`. Everything is a ratio between contenders that were interleaved in one run, medians of five rounds; the least
and the most of the rounds show what of it is noise. No test depends on these numbers.

`;
}

function section(title, name, { results, targets, notes = [] }) {
  const rows = targets.map(
    ({ what, reach, value, least, most, unit = '' }) =>
      `| ${what} | ${reach === undefined ? '' : `${reach}${unit}`} | ${show(value)}${unit} | ${least === undefined ? '' : `${show(least)} to ${show(most)}`} |`,
  );
  const rates = Object.entries(results).map(
    ([what, { rate, unit = '/s' }]) => `| ${what} | ${Math.round(rate).toLocaleString('en')} ${unit} |`,
  );
  return `## ${title}

<!-- ${name} -->
${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0]?.model.trim()}).

| ratio | to reach | measured | rounds |
|---|---|---|---|
${rows.join('\n')}

| contender | median |
|---|---|
${rates.join('\n')}
${notes.map(note => `\n${note}\n`).join('')}`;
}

function sectionsIn(text) {
  const found = new Map();
  for (const part of text.split(/^(?=## )/m).slice(1)) {
    const name = /<!-- (\w+) -->/.exec(part)?.[1];
    if (name !== undefined) found.set(name, `${part.trimEnd()}\n`);
  }
  return found;
}
