import type { Quote, Stretch } from '@credence/anchoring';
import type { PassageAnswer, PassageItem } from '@credence/views';

/** A passage in its context: to be printed with the `passage` stretches marked. */
export interface AroundAnswer {
  readonly capture: string;
  readonly assertion: string;
  readonly state: string;
  readonly stretches: readonly Stretch[];
}

/** What an anchor is asked for (WIRE.md, "Bodies of writes"). */
export type AnchorQuestion = Omit<Quote, 'position'>;
export type AnchorAnswer = Omit<PassageAnswer, 'voice'>;

/** Where the passages of one capture stand in another. Nothing of it is recorded: taking over a place is a command. */
export interface ReanchoringAnswer {
  readonly capture: string;
  /** The capture whose passages they are. */
  readonly replaces: string;
  /** How many have which state now. */
  readonly states: Readonly<Record<string, number>>;
  readonly items: readonly ReanchoredItem[];
  readonly total: number;
}

export interface ReanchoredItem extends Pick<PassageItem, 'assertion' | 'key' | 'claim' | 'claimKey' | 'exact'> {
  /** As recorded. */
  readonly before: Pick<PassageAnswer, 'state' | 'pieces'>;
  readonly now: Omit<AnchorAnswer, 'exact' | 'capture'>;
}
