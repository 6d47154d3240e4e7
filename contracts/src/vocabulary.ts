/** The closed vocabularies of the ledger (WIRE.md, "Dossier"). Order is the order in which messages list them. */
export const SOURCE_KINDS = ['person', 'organisation', 'group', 'record'] as const;
export const NAMED = ['publicly', 'to-us', 'nobody'] as const;
export const GRADES = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;
export const CLAIM_FORMS = [
  'event',
  'state',
  'negative',
  'utterance',
  'identity',
  'opinion',
  'counterfactual',
] as const;
export const STANCES = [
  'asserts',
  'denies',
  'implies',
  'likely',
  'believes',
  'apparently',
  'no-recall',
  'no-comment',
  'not-established',
  'spoke-unseen',
  'no-recall-expected',
] as const;
export const BASES = ['first-hand', 'record', 'own-reporting', 'cites', 'unstated'] as const;
export const HOWS = ['verbatim', 'paraphrase', 'translation', 'inferred', 'contested'] as const;
export const FIDELITIES = ['faithful', 'weaker', 'stronger', 'adds', 'drops', 'misattributed'] as const;
export const SUPPORTS = ['each', 'together', 'unclear'] as const;
export const HOLDS = ['held', 'cited', 'redacted', 'unknown'] as const;
export const VOICES = ['speaker', 'reporter'] as const;
export const PASSAGE_STATES = ['exact', 'normalised', 'moved', 'altered', 'ambiguous', 'lost'] as const;
/** How a place may be set otherwise than the quotation and still hold its words. */
export const DIFFERS = [
  'white-space',
  'quotation-marks',
  'dashes',
  'ligatures',
  'hyphenation',
  'letter-case',
  'blank-before-punctuation',
] as const;
export const LINK_KINDS = ['complement', 'contrary', 'narrower', 'same-as', 'tension'] as const;
export const POLARITIES = ['for', 'against'] as const;
export const WITHDRAWERS = ['speaker', 'publisher', 'ledger'] as const;
export const CHANGE_CODES = ['entry-error', 'source-changed', 'new-evidence', 'legal', 'other'] as const;
/** How a citation can be written out. */
export const CITATION_STYLES = ['chicago-note', 'apa', 'csl-json'] as const;
export type CitationStyle = (typeof CITATION_STYLES)[number];
export const DATE_HOWS = ['stated', 'deduced'] as const;

/** What a reference can name; on the command line `<section>/<reference>` says which is meant. */
export const SECTIONS = [
  'sources',
  'captures',
  'claims',
  'assertions',
  'units',
  'links',
  'derivations',
  'decisions',
  'changes',
] as const;
export type Section = (typeof SECTIONS)[number];

/** The streams of the ledger: `<category>-<id>`. */
export const CATEGORIES = ['ledger', 'source', 'claim', 'unit', 'policy'] as const;
export type Category = (typeof CATEGORIES)[number];
