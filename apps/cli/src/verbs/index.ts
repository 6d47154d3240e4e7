import type { Verb } from '../verb.js';

/** A verb in the list of verbs; its file is loaded when it is called. */
export interface Listed {
  readonly about: string;
  load(): Promise<{ readonly verb: Verb }>;
}

/** Every verb, in the order of the help page. A new verb is a file beside this one and a line here. */
export const VERBS: Readonly<Record<string, Listed>> = {
  serve: { about: 'serve a ledger over HTTP', load: () => import('./serve.js') },
  demo: { about: 'see the main job done in a ledger that is thrown away', load: () => import('./demo.js') },
  summary: { about: 'the whole ledger in numbers', load: () => import('./summary.js') },
  list: { about: 'claims, newest first, each with its status', load: () => import('./list.js') },
  show: { about: 'a claim: what is believed, and how we know', load: () => import('./show.js') },
  why: { about: 'the belief in a claim, with every number that leads to it', load: () => import('./why.js') },
  chain: { about: 'who has it from whom, back to the origin', load: () => import('./chain.js') },
  history: { about: 'who changed what, when and why', load: () => import('./history.js') },
  timeline: { about: 'when belief in a claim changed, and by what', load: () => import('./timeline.js') },
  diff: { about: 'a claim at two moments: what is other, and by what', load: () => import('./diff.js') },
  blame: { about: 'who set each value of a claim, when, why, on which source', load: () => import('./blame.js') },
  changes: {
    about: 'what changed in what we believe, since yesterday or any moment',
    load: () => import('./changes.js'),
  },
  cite: { about: 'a citation of a claim that anyone can look up', load: () => import('./cite.js') },
  impact: { about: 'what rests on a source, and what would fall with it', load: () => import('./impact.js') },
  record: { about: 'enter a claim', load: () => import('./record.js') },
  assert: { about: 'enter that a source asserts, denies or relays a claim', load: () => import('./assert.js') },
  capture: { about: 'keep a document as retrieved, and its text', load: () => import('./capture.js') },
  'quotes check': { about: 'quotations that are not found as they stand', load: () => import('./quotes-check.js') },
  'quotes reanchor': { about: 'take over another place for a quotation', load: () => import('./quotes-reanchor.js') },
  'source add': { about: 'enter a source', load: () => import('./source-add.js') },
  'source list': { about: 'sources, newest first', load: () => import('./source-list.js') },
  'source grade': { about: 'grade how reliable a source is', load: () => import('./source-grade.js') },
  'source describe': { about: 'correct what is on record about a source', load: () => import('./source-describe.js') },
  correct: { about: 'our record was wrong: correct it', load: () => import('./correct.js') },
  revise: { about: 'the world or the speaker changed', load: () => import('./revise.js') },
  supersede: { about: 'replace a claim by another', load: () => import('./supersede.js') },
  confirm: { about: 'a claim was checked again, unchanged', load: () => import('./confirm.js') },
  retract: { about: 'withdraw a claim, a source or an assertion', load: () => import('./retract.js') },
  reinstate: { about: 'lift a retraction or a supersession', load: () => import('./reinstate.js') },
  link: { about: 'say how one claim bears on another', load: () => import('./link.js') },
  derive: { about: 'infer a claim from others', load: () => import('./derive.js') },
  unit: { about: 'declare that sources are under one control', load: () => import('./unit.js') },
  policy: {
    about: 'the numbers that belief is computed with, or others from now on',
    load: () => import('./policy.js'),
  },
  decide: { about: 'put down an editorial decision on a claim', load: () => import('./decide.js') },
  import: { about: 'load a file into the ledger', load: () => import('./import.js') },
  'log checkpoint': { about: 'the newest signed checkpoint', load: () => import('./log-checkpoint.js') },
  'log key': { about: 'the key that checkpoints are verified with', load: () => import('./log-key.js') },
  verify: { about: 'read every event and recompute every hash', load: () => import('./verify.js') },
  doctor: { about: 'look for what is wrong, and say what to do about it', load: () => import('./doctor.js') },
  rebuild: { about: 'build the read models anew while they are read', load: () => import('./rebuild.js') },
  migrate: { about: 'move a ledger from a folder to a cluster', load: () => import('./migrate.js') },
  backup: { about: 'copy the ledger, also while it is served', load: () => import('./backup.js') },
  restore: { about: 'make a ledger from a backup, once all of it is checked', load: () => import('./restore.js') },
  'set-aside': { about: 'let the views pass an event that they cannot apply', load: () => import('./set-aside.js') },
};

export interface Found {
  /** `source add` */
  readonly name: string;
  readonly listed: Listed;
  /** What follows the verb, and the options that went before it. */
  readonly args: readonly string[];
}

/** Options that may stand before the verb and have a value. */
const VALUED = [
  '--ledger',
  '--actor',
  '--as-of',
  '--public-by',
  '--certainty',
  '--holds-at',
  '--idempotency-key',
  '--data',
  '--captures',
];

/** The verb that the arguments name: its first word, or its first two. */
export function verbIn(argv: readonly string[]): { readonly words: readonly string[]; readonly found?: Found } {
  let i = 0;
  while (i < argv.length && argv[i]?.startsWith('-') === true) i += VALUED.includes(argv[i] as string) ? 2 : 1;
  const before = argv.slice(0, i);
  const words = argv.slice(i, i + 2).filter(word => !word.startsWith('-'));
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(' ');
    const listed = words.length >= length && Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
    if (listed !== undefined) return { words, found: { name, listed, args: [...before, ...argv.slice(i + length)] } };
  }
  return { words };
}
