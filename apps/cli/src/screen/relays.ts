/** How an assertion takes over what the next hop says, in words that stand before the next hop's name. */
export function relayWords({ how, fidelity }: { readonly how?: string; readonly fidelity?: string }): string {
  if (fidelity !== undefined && fidelity !== 'faithful') return FIDELITY[fidelity] ?? fidelity;
  return how === undefined ? 'on the strength of' : (HOW[how] ?? how);
}

const HOW: Readonly<Record<string, string>> = {
  verbatim: 'word for word from',
  paraphrase: 'from',
  translation: 'translated from',
  inferred: 'inferred from',
  contested: 'by a contested reading from',
};

const FIDELITY: Readonly<Record<string, string>> = {
  weaker: 'says less than',
  stronger: 'says more than',
  adds: 'adds to',
  drops: 'leaves out part of',
  misattributed: 'wrongly named as from',
};
