export interface UnitState {
  readonly exists: boolean;
}
