import { LedgerError } from '@credence/contracts';

/** Where a citation can be looked up: the ledger, the moment, the way there. */
export interface LookUp {
  /** The ledger's id: the same wherever it is kept. */
  readonly ledger: string;
  readonly token: string | null;
  /** When the last event behind the answer was recorded. */
  readonly recordedAt: string | null;
  readonly publicBy?: string;
  readonly link: {
    /** The claim as it stands whenever this is opened: later retractions show here. */
    readonly now: string;
    /** The claim as it was cited. */
    readonly asCited: string;
  };
}

/** What of an answer's pins a citation speaks of. */
export interface CitedPins {
  readonly asOf: { readonly token: string | null; readonly effectiveAt: string | null };
  readonly publicBy?: string;
  readonly certainty?: string;
}

/**
 * @param base - where readers reach the ledger, `https://…`; absent: links are paths
 * @throws invalid-parameter - `base` is no http or https URL
 */
export function lookUp(claim: string, ledger: string, pins: CitedPins, base: string | undefined): LookUp {
  const { token, effectiveAt } = pins.asOf;
  const now = `${baseOf(base)}/v1/claims/${claim}`;
  const axes = [
    ...(token === null ? [] : [`asOf=${token}`]),
    ...(pins.publicBy === undefined ? [] : [`publicBy=${pins.publicBy}`]),
    ...(pins.certainty === undefined || pins.certainty === 'certain' ? [] : [`certainty=${pins.certainty}`]),
  ];
  return {
    ledger,
    token,
    recordedAt: effectiveAt,
    ...(pins.publicBy === undefined ? {} : { publicBy: pins.publicBy }),
    link: { now, asCited: axes.length === 0 ? now : `${now}?${axes.join('&')}` },
  };
}

function baseOf(base: string | undefined): string {
  if (base === undefined) return '';
  const url = URL.canParse(base) ? new URL(base) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    const detail = `found "${base}", wanted the address of a ledger like https://ledger.example`;
    throw new LedgerError('invalid-parameter', `base: ${detail}`, [{ pointer: 'base', code: 'invalid', detail }]);
  }
  return url.href.replace(/\/+$/, '').replace(/\/v1$/, '');
}
