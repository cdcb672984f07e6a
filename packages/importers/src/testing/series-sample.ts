/** A small file in a vendor's own layout, and the one format that it is of. */
export interface SeriesSample {
  readonly format: string;
  readonly name: string;
  readonly text: string;
  /** Facts in it. */
  readonly facts: number;
}
