import type { Right } from "@steward/model";

/** One side of a slice in columns, strikes ascending in points. */
export interface SideQuotes {
  readonly right: Right;
  readonly strikes: Float64Array;
  readonly bids: Float64Array;
  readonly asks: Float64Array;
  /** Places in the snapshot. */
  readonly rows: Int32Array;
}
