/*
 * `node scripts/freeze.mjs`: records a history that uses every event, for the release that package.json names: its events in
 * test/golden/<release>.ndjson, what they come to in test/golden/<release>.json. Once more, while the release is not frozen.
 * `node scripts/freeze.mjs --release`: freezes the event definitions as they stand. From then on another hash is an error.
 */
import { createReadStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';

const { version: release } = JSON.parse(readFileSync('package.json', 'utf8'));
const FROZEN = join('contracts', 'frozen.json');
const GOLDEN = join('test', 'golden');
const DOSSIER = join('examples', 'back-channel', 'back-channel.dossier.yaml');
/** One needs a view that cannot apply an event, the other a key. */
const NOT_RECORDED = ['EventSetAside', 'SigningKeyAdopted'];

const { unreleased, releases } = JSON.parse(readFileSync(FROZEN, 'utf8'));
if (releases[release] !== undefined) {
  console.error(`${release} is frozen; a new release has a new version in package.json`);
  process.exit(1);
}
await build();
const built = path => import(pathToFileURL(join(process.cwd(), 'dist', path)).href);
const { COMMANDS } = await built('libs/claims/src/index.js');
const { EVENTS } = await built('contracts/src/index.js');
const { ADAPTERS, localLedger } = await built('libs/runtime/src/index.js');

const clock = () => Date.UTC(2026, 10, 24, 8);
const media = await ADAPTERS.find(({ scheme }) => scheme === 'memory:').open('memory:', { clock, create: true });
const ledger = await localLedger(media, { clock, actor: 'ada' });
await imported();
await commanded();

const events = [];
for await (const page of media.events.readAll(null)) events.push(...page);
const types = new Set(events.map(({ type }) => type));
const missing = Object.keys(EVENTS).filter(type => !types.has(type) && !NOT_RECORDED.includes(type));
if (missing.length > 0) console.error(`not in the history: ${missing.join(', ')}; add commands to scripts/freeze.mjs`);

mkdirSync(GOLDEN, { recursive: true });
writeFileSync(join(GOLDEN, `${release}.ndjson`), events.map(event => `${JSON.stringify(lineOf(event))}\n`).join(''));
writeFileSync(join(GOLDEN, `${release}.json`), `${JSON.stringify(await outcome(), null, 2)}\n`);
console.log(`recorded ${events.length} events of ${types.size} types in ${join(GOLDEN, `${release}.ndjson`)}`);

if (process.argv.includes('--release')) {
  if (missing.length > 0) process.exit(1);
  writeFileSync(
    FROZEN,
    `${JSON.stringify({ unreleased, releases: { ...releases, [release]: unreleased } }, null, 2)}\n`,
  );
  console.log(`${release} is frozen: ${Object.keys(unreleased).length} definitions`);
}
process.exit(0);

async function imported() {
  const { rejected } = await ledger.importDossier({
    file: 'back-channel.dossier.yaml',
    bytes: readFileSync(DOSSIER),
    readFile: async name => {
      const path = join(dirname(DOSSIER), name);
      return existsSync(path) ? createReadStream(path) : undefined;
    },
    actor: 'ada',
  });
  if (rejected.length > 0) throw new Error(JSON.stringify(rejected));
}

/** Every command once, with fields of every kind. */
async function commanded() {
  const reason = 'for the recorded history';
  const send = async (command, target, data = {}, words = {}) => {
    if (!COMMANDS.some(({ name }) => name === command)) throw new Error(`no command is called ${command}`);
    const done = await ledger.execute({
      command,
      data,
      words,
      actor: 'ada',
      ...(target === undefined ? {} : { target }),
    });
    if (done.refused !== undefined) throw new Error(`${command}: ${done.detail} ${JSON.stringify(done.errors)}`);
    return done.receipt.id;
  };
  const because = (command, target, data = {}, words = {}) => send(command, target, data, { reason, ...words });

  const anna = await send(
    'RegisterSource',
    undefined,
    { kind: 'person', grade: 'C' },
    { name: 'Anna', gradeReason: reason },
  );
  const paper = await send(
    'RegisterSource',
    undefined,
    { kind: 'record' },
    { name: 'Paper', cite: { title: 'Paper' } },
  );
  await because('DescribeSource', anna, { set: { named: 'to-us' } }, { set: { describedAs: 'a clerk' } });
  await because('GradeSource', anna, { grade: 'B' });
  const withdrawnSource = await because('RetractSource', paper, {
    by: 'publisher',
    assertedAt: { edtf: '2021-05-04' },
  });
  await because('ReinstateSource', paper, { retraction: withdrawnSource });

  const claim = await send(
    'RecordClaim',
    undefined,
    { form: 'state', holdsDuring: { edtf: '2021-05~' } },
    { text: 'The bridge was closed.', topics: ['bridge'] },
  );
  const other = await send('RecordClaim', undefined, {}, { text: 'The bridge was unsafe.' });
  const third = await send('RecordClaim', undefined, {}, { text: 'The bridge was shut.' });
  await because('CorrectClaim', claim, { set: { form: 'event' } }, { set: { note: 'read again' } });
  await because('ReviseClaim', claim, { set: { holdsDuring: { edtf: '2021-05-03/2021-06' } } }, { set: {} });
  await because('ConfirmClaim', claim);
  const superseded = await because('SupersedeClaim', third, { successor: claim });
  await because('ReinstateClaim', third, { retraction: superseded });
  const withdrawn = await because('RetractClaim', third, { by: 'ledger', code: 'entry-error' });
  await because('ReinstateClaim', third, { retraction: withdrawn });

  const said = await send(
    'RecordAssertion',
    claim,
    { source: anna, stance: 'asserts', basis: 'first-hand', assertedAt: { edtf: '2021-05-04' } },
    { locator: 'p. 1' },
  );
  const relayed = await send(
    'RecordAssertion',
    claim,
    {
      source: paper,
      relays: [{ assertion: said, how: 'translation', fidelity: 'weaker' }],
      hold: 'held',
      assertedAt: { edtf: '2021-05-05' },
    },
    { holdReason: 'printed copy in the file' },
  );
  await send(
    'RecordAssertion',
    other,
    { source: anna, stance: { b: '0.4', d: '0.1' }, hold: 'held' },
    { holdReason: 'seen' },
  );
  await because('CorrectAssertion', relayed, { set: { credibility: 2 } }, { set: { locator: 'p. 2' } });
  await because(
    'ReviseAssertion',
    said,
    { assertedAt: { edtf: '2021-06' }, set: { stance: 'no-recall' } },
    { set: {} },
  );
  const withdrawnWords = await because('RetractAssertion', relayed, { by: 'speaker' });
  await because('ReinstateAssertion', relayed, { retraction: withdrawnWords });

  const words = 'The clerk wrote: the bridge was closed on Monday. Nobody answered.\n';
  const taken = async (text, fields = {}) => {
    const document = { target: paper, bytes: [new TextEncoder().encode(text)], mediaType: 'text/plain', actor: 'ada' };
    return (await ledger.capture({ ...document, body: { edition: 'first', retrievedAt: '2021-05-06', ...fields } }))
      .receipt.id;
  };
  const first = await taken(words);
  const quoted = await send(
    'RecordAssertion',
    claim,
    { source: paper, passage: { capture: first } },
    { passage: { exact: 'the bridge was closed last Monday' } },
  );
  const second = await taken(`Later. ${words}`, { replaces: first });
  await because('ReanchorPassage', quoted, { capture: second, start: 24, end: 55 });

  const link = await because('LinkClaims', claim, { to: third, kind: 'tension', phi: '0.5' });
  await because('RemoveClaimLink', link);
  const derivation = await because('RecordDerivation', other, { premises: [claim], polarity: 'for', phi: '0.9' });
  await because('RemoveDerivation', derivation);
  await because('RecordDerivation', other, { premises: [claim], polarity: 'against', phi: '0.2' });
  const decision = await because('RecordDecision', claim, {}, { verdict: 'print', by: 'the desk' });
  await because('ReverseDecision', decision);
  const unit = await because('DeclareUnit', undefined, { members: [anna, paper] });
  await because('ChangeUnitMembers', unit, { remove: [paper] });
  await because('DissolveUnit', unit);
  await because('AdoptPolicy', undefined, { trust: { C: '0.55' } });
}

/** A stored event, with all that its hashes are made of. */
function lineOf({ salts, ...event }) {
  const hex = bytes => Buffer.from(bytes).toString('hex');
  const { id, stream, revision, seq, type, schemaVersion, recordedAt, actor } = event;
  const { commandId, commandHash, correlationId, dataHash, wordsHash, data, words } = event;
  return {
    ...{ id, stream, revision, seq, type, schemaVersion, recordedAt, actor, commandId, commandHash, correlationId },
    ...{ ledger: event.ledger, dataHash, wordsHash, data, words },
    salts: Object.fromEntries(Object.entries(salts).map(([part, salt]) => [part, hex(salt)])),
  };
}

async function outcome() {
  const { head } = await ledger.health();
  const { pins } = await ledger.summary({ after: String(head) });
  const cores = {};
  const { items } = await ledger.claims({ limit: '500' });
  for (const { id, belief } of items) cores[id] = `${belief.status.code} ${belief.coreHash}`;
  const rebuilt = await ledger.rebuild();
  const views = Object.fromEntries(
    rebuilt.items.map(({ view, version, fingerprint }) => [`${view}.v${version}`, fingerprint]),
  );
  return { size: head + 1, root: pins.asOf.root, cores, views };
}
