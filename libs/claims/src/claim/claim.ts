export interface ClaimState {
  readonly exists: boolean;
}
