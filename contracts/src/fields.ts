import { Type } from '@sinclair/typebox';
import type { Static, TObject, TProperties, TSchema } from '@sinclair/typebox';
import { AnyText, Clearable, Closed, Fraction, OneOf, Ref, Sha256Hex, Short, Text, Verbatim } from './schema.js';
import * as vocabulary from './vocabulary.js';

/*
 * The fields of the ledger's things, each in its part: `data` is what rules reason with, `words` is what people wrote
 * (DESIGN.md §2). A field with a foot in both (a date and what was said of it, a passage and its quotation) is an object
 * in each part under the same name, so a flat body, as doors and dossiers have it, is the deep merge of the two parts.
 */

/** A date as people give it: an EDTF string kept verbatim, whether it was stated or deduced, and from which captures. */
export const DateData = Short('edtf', {
  edtf: Type.String({ maxLength: 200, pattern: '^[^\\u0000-\\u001f\\u007f\\ud800-\\udfff]*$' }),
  how: Type.Optional(OneOf(vocabulary.DATE_HOWS)),
  from: Type.Optional(Type.Array(Ref('captures'), { maxItems: 50 })),
});
export type DateData = Static<typeof DateData>;
export const DateWords = Closed({ said: Type.Optional(Text(1000)) });

/** CSL-JSON fields (names and shapes of the CSL schema); `issued` may be an EDTF string. */
export const Cite = Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$' }), Type.Unknown(), {
  maxProperties: 60,
});

export const PassageData = Closed({
  capture: Ref('captures'),
  /** The source whose capture it is, where that is not the asserting source. */
  of: Type.Optional(Ref('sources')),
  page: Type.Optional(Type.Union([Type.Integer({ minimum: 0 }), Text(40)])),
  pdfPage: Type.Optional(Type.Integer({ minimum: 1 })),
  voice: Type.Optional(OneOf(vocabulary.VOICES)),
});
export const PassageWords = Closed({
  exact: Text(20_000),
  prefix: Type.Optional(Verbatim(2000)),
  suffix: Type.Optional(Verbatim(2000)),
});

/** A stretch of an extracted text; offsets count Unicode code points, `end` is exclusive. */
const Piece = Closed({
  start: Type.Integer({ minimum: 0 }),
  end: Type.Integer({ minimum: 0 }),
  pdfPage: Type.Optional(Type.Integer({ minimum: 1 })),
});

/** Where the words of a passage were found in the extracted text of its capture, and how well; it is stored, and stays. */
export const place = {
  data: {
    state: OneOf(vocabulary.PASSAGE_STATES),
    pieces: Type.Array(Piece, { maxItems: 1000 }),
    differs: Type.Optional(Type.Array(OneOf(vocabulary.DIFFERS), { maxItems: vocabulary.DIFFERS.length })),
    /** Of an altered one: 1 less the share of characters to change. */
    score: Type.Optional(Fraction),
    /** Of an ambiguous one: the places in question. */
    candidates: Type.Optional(Type.Array(Piece, { maxItems: 20 })),
  },
  words: {
    /** What stands there: `exact` where it is set otherwise than the quotation, and the words around it. */
    found: Type.Optional(
      Closed({
        exact: Type.Optional(AnyText(40_000)),
        prefix: Type.Optional(AnyText(200)),
        suffix: Type.Optional(AnyText(200)),
      }),
    ),
  },
};

/** A passage as recorded: as given, with its place. Without a state no text of the capture was extracted. */
export const RecordedPassageData = Closed({
  ...PassageData.properties,
  ...Type.Partial(Type.Object(place.data)).properties,
});
export const RecordedPassageWords = Closed({ ...PassageWords.properties, ...place.words });

export const Relay = Type.Union([
  Short('assertion', {
    assertion: Ref('assertions'),
    how: Type.Optional(OneOf(vocabulary.HOWS)),
    fidelity: Type.Optional(OneOf(vocabulary.FIDELITIES)),
  }),
  Closed({ unknown: Type.Literal(true) }),
]);
export type Relay = Static<typeof Relay>;
export const RelayWords = Closed({ fidelityReason: Type.Optional(Text()) });

/** A stance word, or an opinion as decimal strings with b + d <= 1. */
export const Stance = Type.Union([OneOf(vocabulary.STANCES), Closed({ b: Fraction, d: Fraction })]);
export type Stance = Static<typeof Stance>;

const Topics = Type.Array(Text(200), { maxItems: 200, uniqueItems: true });

export const source = {
  data: {
    kind: OneOf(vocabulary.SOURCE_KINDS),
    named: OneOf(vocabulary.NAMED),
    copyOf: Type.Optional(Ref('sources')),
    grade: Type.Optional(OneOf(vocabulary.GRADES)),
  },
  words: {
    name: Text(1000),
    describedAs: Type.Optional(Text(1000)),
    gradeReason: Type.Optional(Text()),
    cite: Type.Optional(Cite),
  },
};

export const sourceDescription = {
  data: {
    kind: Type.Optional(source.data.kind),
    named: Type.Optional(source.data.named),
    copyOf: Clearable(Ref('sources')),
  },
  words: {
    name: Type.Optional(source.words.name),
    describedAs: Clearable(Text(1000)),
    cite: Clearable(Cite),
  },
};

export const capture = {
  data: {
    sha256: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    size: Type.Integer({ minimum: 0 }),
    mediaType: Type.String({ maxLength: 255, pattern: '^[\\x21-\\x7e]+/[\\x21-\\x7e]+( ?;[\\x20-\\x7e]+)?$' }),
    retrievedAt: Type.Optional(DateData),
    derivedFrom: Type.Optional(Ref('captures')),
    replaces: Type.Optional(Ref('captures')),
    /** The bytes were kept without a text, because somebody said so. */
    withoutText: Type.Optional(Type.Boolean()),
  },
  words: {
    url: Type.Optional(Text(4000)),
    edition: Type.Optional(Text(1000)),
    tool: Type.Optional(Text(1000)),
    file: Type.Optional(Text(1000)),
    retrievedAt: Type.Optional(DateWords),
  },
};

/** The text that was extracted of a capture: a file of its own, named by its SHA-256, as is the map of its pages. */
export const CapturedText = Closed({
  sha256: Sha256Hex,
  /** In Unicode code points. */
  length: Type.Integer({ minimum: 0 }),
  pages: Type.Optional(Sha256Hex),
  extractor: Closed({ name: Text(100), version: Text(100) }),
});

export const claim = {
  data: { form: OneOf(vocabulary.CLAIM_FORMS), holdsDuring: Type.Optional(DateData) },
  words: {
    text: Text(10_000),
    holdsDuring: Type.Optional(DateWords),
    topics: Type.Optional(Topics),
    entities: Type.Optional(Topics),
    note: Type.Optional(Text(20_000)),
  },
};

export const claimCorrection = {
  data: { form: Type.Optional(claim.data.form), holdsDuring: Clearable(DateData) },
  words: {
    text: Type.Optional(claim.words.text),
    holdsDuring: Type.Optional(DateWords),
    topics: Clearable(Topics),
    entities: Clearable(Topics),
    note: Clearable(Text(20_000)),
  },
};

export const claimRevision = {
  data: { holdsDuring: DateData },
  words: { holdsDuring: Type.Optional(DateWords) },
};

const Relays = Type.Array(Relay, { maxItems: 200 });
const RelaysWords = Type.Array(RelayWords, { maxItems: 200 });

/** An assertion as recorded: defaults are filled in, so an old event never depends on a later default. */
export const assertion = {
  data: {
    source: Type.Optional(Ref('sources')),
    stance: Type.Optional(Stance),
    basis: OneOf(vocabulary.BASES),
    relays: Relays,
    support: Type.Optional(OneOf(vocabulary.SUPPORTS)),
    hold: OneOf(vocabulary.HOLDS),
    onBehalfOf: Type.Optional(Ref('sources')),
    assertedAt: DateData,
    passage: Type.Optional(PassageData),
    credibility: Type.Optional(Type.Integer({ minimum: 1, maximum: 6 })),
    headline: Type.Optional(Type.Boolean()),
  },
  words: {
    stanceReason: Type.Optional(Text()),
    relays: Type.Optional(RelaysWords),
    holdReason: Type.Optional(Text()),
    assertedAt: Type.Optional(DateWords),
    passage: Type.Optional(PassageWords),
    locator: Type.Optional(Text(1000)),
    codedBy: Type.Optional(Text(128)),
    note: Type.Optional(Text(20_000)),
  },
};

export const assertionCorrection = {
  data: {
    stance: Clearable(Stance),
    basis: Type.Optional(assertion.data.basis),
    relays: Type.Optional(Relays),
    support: Clearable(OneOf(vocabulary.SUPPORTS)),
    hold: Type.Optional(assertion.data.hold),
    onBehalfOf: Clearable(Ref('sources')),
    assertedAt: Type.Optional(DateData),
    passage: Clearable(PassageData),
    credibility: Clearable(Type.Integer({ minimum: 1, maximum: 6 })),
    headline: Clearable(Type.Boolean()),
  },
  words: {
    stanceReason: Clearable(Text()),
    relays: Type.Optional(RelaysWords),
    holdReason: Clearable(Text()),
    assertedAt: Type.Optional(DateWords),
    passage: Type.Optional(PassageWords),
    locator: Clearable(Text(1000)),
    codedBy: Clearable(Text(128)),
    note: Clearable(Text(20_000)),
  },
};

/** What the source says now: only these may change, from the revision's own date on. */
export const assertionRevision = {
  data: {
    stance: Clearable(Stance),
    basis: Type.Optional(assertion.data.basis),
    passage: Clearable(PassageData),
  },
  words: {
    stanceReason: Clearable(Text()),
    passage: Type.Optional(PassageWords),
    locator: Clearable(Text(1000)),
    note: Clearable(Text(20_000)),
  },
};

/** A change of the record: an optional code, the date of what made us change it, and a reason, always. */
export const change = {
  data: { code: Type.Optional(OneOf(vocabulary.CHANGE_CODES)), assertedAt: Type.Optional(DateData) },
  words: { assertedAt: Type.Optional(DateWords), reason: Text() },
};

export const withdrawal = {
  data: { ...change.data, by: OneOf(vocabulary.WITHDRAWERS) },
  words: change.words,
};

export const link = {
  data: { to: Ref('claims'), kind: OneOf(vocabulary.LINK_KINDS), phi: Type.Optional(Fraction) },
  words: { reason: Text() },
};

export const derivation = {
  data: {
    premises: Type.Array(Ref('claims'), { minItems: 1, maxItems: 100, uniqueItems: true }),
    polarity: OneOf(vocabulary.POLARITIES),
    phi: Type.Optional(Fraction),
  },
  words: { reason: Text() },
};

export const decision = {
  data: {},
  words: { verdict: Text(), by: Text(1000), reason: Text() },
};

const Members = Type.Array(Ref('sources'), { maxItems: 10_000, uniqueItems: true });
export const unit = { data: { members: Members }, words: { reason: Text() } };
export const unitMembers = {
  data: { add: Type.Optional(Members), remove: Type.Optional(Members) },
  words: { reason: Text() },
};

const Own = Type.Unsafe<readonly [b: string, d: string]>(Type.Array(Fraction, { minItems: 2, maxItems: 2 }));
const each = <const K extends readonly string[], T extends TSchema>(names: K, schema: T) =>
  Closed(Object.fromEntries(names.map(name => [name, schema])) as unknown as Record<K[number], T>);

/** The numbers of the belief model (BELIEF.md §2, §3, §6): conventions, not calibrated facts. */
export const policy = {
  data: {
    /** W: the evidence at which belief is one half. Small, so that sums of micro-units stay exact integers. */
    weight: Type.Integer({ minimum: 1, maximum: 10 }),
    /** a: what stands for the claim where nothing is known. */
    baseRate: Fraction,
    /** Trust by grade. Below 1, or a source could supply without limit. */
    trust: each(vocabulary.GRADES, Fraction),
    /** The most that a source named to nobody is trusted. */
    trustUnnamed: Fraction,
    /** Grades whose own assertions compete and never add, and which carry no independent chain. */
    pooledGrades: Type.Array(OneOf(vocabulary.GRADES), { maxItems: 7, uniqueItems: true }),
    /** Own opinion [b, d] by stance. */
    stances: each(vocabulary.STANCES, Own),
    /** phi by how a relay was made. */
    relays: each(vocabulary.HOWS, Fraction),
    /** How a relay was made where nobody said. */
    defaultRelay: OneOf(vocabulary.HOWS),
    /** The share of its trust at which an assertion of unstated basis supplies. */
    unstatedShare: Fraction,
    /** The share of its evidence that counts of a source that says yes and no. */
    contradictionShare: Fraction,
    /** The least b (or d) of a pro (or con) origin; the other lies below it. */
    originThreshold: Fraction,
    /** Chains needed for `corroborated` and `refuted`. */
    independentChains: Type.Integer({ minimum: 1, maximum: 100 }),
    /** `corroborated` with less belief is `thin`. */
    thinBelow: Fraction,
    /** `disputed` with less on its weaker side is `lopsided`. */
    lopsidedBelow: Fraction,
    /** The greatest u of high and of moderate confidence; a word of probability needs at least the latter. */
    confidence: Closed({ high: Fraction, moderate: Fraction }),
  },
  words: { reason: Text() },
};

/** As a command gives them: what is left out is p1's, also inside `trust`, `stances`, `relays` and `confidence`. */
export const policyGiven = {
  data: {
    ...Type.Partial(Type.Object(policy.data)).properties,
    trust: Type.Optional(partly(policy.data.trust)),
    stances: Type.Optional(partly(policy.data.stances)),
    relays: Type.Optional(partly(policy.data.relays)),
    confidence: Type.Optional(partly(policy.data.confidence)),
  },
  words: policy.words,
};

function partly<T extends TProperties>(schema: TObject<T>) {
  return Type.Partial(schema, { additionalProperties: false });
}
