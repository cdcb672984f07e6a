// The 36 rules as one table, in the order of their numbers.

import { butterfly, calendar, vertical } from "./arbitrage-rules.ts";
import { dominated, overBound, underIntrinsic } from "./bound-rules.ts";
import { backward, disagreement, frozen, restated } from "./history-rules.ts";
import { lagging, offLevel, offVix, parity } from "./parity-rules.ts";
import { crossed, locked, noSize, offTick, positive, wide, zeroBid } from "./quote-rules.ts";
import type { QualityRule } from "./rule.ts";
import { duplicate, incomplete, unpaired } from "./structure-chain-rules.ts";
import { listing, schema, sentinel, strikeGrid, symbol } from "./structure-rules.ts";
import { future, outsideSession, shiftedClock, tooOld, wrongDay } from "./time-rules.ts";
import { offSmile, vendor } from "./volatility-rules.ts";

/** Every rule of option-chain quality, Q1 to Q36. */
export const QUALITY_RULES: readonly QualityRule[] = [
  schema,
  symbol,
  duplicate,
  strikeGrid,
  listing,
  sentinel,
  incomplete,
  unpaired,
  positive,
  crossed,
  locked,
  zeroBid,
  wide,
  noSize,
  offTick,
  overBound,
  underIntrinsic,
  dominated,
  tooOld,
  future,
  backward,
  frozen,
  lagging,
  outsideSession,
  shiftedClock,
  wrongDay,
  parity,
  vertical,
  butterfly,
  calendar,
  offSmile,
  vendor,
  offLevel,
  offVix,
  restated,
  disagreement,
];
