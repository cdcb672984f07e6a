// Volatilities of a slice against its own smile and against the vendor's: Q31, Q32.

import type { QuoteFact } from "@steward/model";
import { normalCdf } from "@steward/pricing";
import { fitOf, type QuoteChain, type QuoteSlice } from "./chain.ts";
import { abstains, finite, type Outcome, type PlacedFault, type SliceRule } from "./rule.ts";
import type { SmileStrike } from "./smile-strikes.ts";

/** Decimals per year: what an index option can be quoted at, the last day apart. */
const LOWEST_VOLATILITY = 0.01;
const HIGHEST_VOLATILITY = 5;
/** Years: on the last day a tick is worth any volatility. */
const FIRST_RANGE_YEARS = 1 / 365;
/** Median absolute deviations of the slice's own residuals. */
const OUTLIER_DEVIATIONS = 8;
/** Share of the local fit: smiles bend by as much between listed strikes of the wings. */
const OUTLIER_SHARE = 0.05;
/** Neighbors on each side: three, so that one wrong neighbor does not move the median of nine chords. */
const NEIGHBORS = 3;
const LEAST_STRIKES = 9;
/** Share of the volatility: vendors differ in day count, rate and forward. */
const VENDOR_SHARE = 0.1;
/** Days: a vendor counts whole days or sessions. */
const VENDOR_DAYS = 1.5;
/** Decimals: absolute part of the same. */
const VENDOR_POINTS = 0.02;
/** Of delta, undiscounted. */
const VENDOR_DELTA = 0.08;

/** Q31. A volatility off its smile. */
export const offSmile: SliceRule = {
  id: "Q31",
  name: "volatility.off-smile",
  title: "an implied volatility beyond reason, or off the smile of its neighbors",
  severity: "flag",
  scope: "slice",
  threshold: `${LOWEST_VOLATILITY} to ${HIGHEST_VOLATILITY} a year; the whole of bid to ask over ${OUTLIER_DEVIATIONS} MAD and ${OUTLIER_SHARE} from the median of nine chords`,
  check: checkSmile,
};

/** Q32. The vendor's own numbers. */
export const vendor: SliceRule = {
  id: "Q32",
  name: "volatility.vendor",
  title: "the vendor's volatility or delta does not belong to the vendor's quote",
  severity: "flag",
  scope: "slice",
  threshold: `volatility within bid and ask, but for ${VENDOR_SHARE} of it, ${VENDOR_POINTS} and ${VENDOR_DAYS} days; delta within ${VENDOR_DELTA}`,
  check: checkVendor,
};

function checkSmile(slice: QuoteSlice): Outcome {
  if (fitOf(slice) === undefined) return abstains("no forward");
  if (!(slice.years > 0)) return abstains("no time is left");
  return [...rangeFaults(slice), ...outliers(slice.smile.filter(({ bid }) => bid > 0))];
}

function rangeFaults({ smile, years }: QuoteSlice): readonly PlacedFault[] {
  const root = Math.sqrt(years);
  return smile.flatMap(({ bid, bidTotal, askTotal, row }): PlacedFault[] => {
    if (bid > 0 && askTotal !== undefined && askTotal < LOWEST_VOLATILITY * root) {
      return [
        {
          row,
          message: "the ask's volatility is too low",
          value: finite(askTotal / root),
          limit: LOWEST_VOLATILITY,
        },
      ];
    }
    if (years < FIRST_RANGE_YEARS || bidTotal <= HIGHEST_VOLATILITY * root) return [];
    return [
      {
        row,
        message: "the bid's volatility is too high",
        value: finite(bidTotal / root),
        limit: HIGHEST_VOLATILITY,
      },
    ];
  });
}

function outliers(smile: readonly SmileStrike[]): readonly PlacedFault[] {
  if (smile.length < LEAST_STRIKES) return [];
  const fits = smile.map((_, index) => localFit(smile, index));
  const residuals = smile.flatMap(({ midTotal }, index) => {
    const fit = fits[index];
    return midTotal === undefined || fit === undefined ? [] : [Math.abs(midTotal - fit)];
  });
  const deviation = median(residuals);
  return smile.flatMap(({ bidTotal, askTotal, row }, index): PlacedFault[] => {
    const fit = fits[index];
    if (fit === undefined) return [];
    const distance = Math.max(bidTotal - fit, fit - (askTotal ?? fit));
    const limit = OUTLIER_DEVIATIONS * deviation + OUTLIER_SHARE * fit;
    if (distance <= limit) return [];
    return [
      { row, message: "total volatility off the smile", value: finite(distance), limit: finite(limit) },
    ];
  });
}

/** The median of the chords between neighbors on the left and on the right, at the place between; none at the ends. */
function localFit(smile: readonly SmileStrike[], index: number): number | undefined {
  const x = smile[index]?.x ?? 0;
  const chords: number[] = [];
  for (let left = Math.max(index - NEIGHBORS, 0); left < index; left += 1) {
    const low = smile[left];
    for (let right = index + 1; right <= index + NEIGHBORS; right += 1) {
      const high = smile[right];
      if (low?.midTotal === undefined || high?.midTotal === undefined) continue;
      chords.push(low.midTotal + ((high.midTotal - low.midTotal) * (x - low.x)) / (high.x - low.x));
    }
  }
  return chords.length < NEIGHBORS ? undefined : median(chords);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function checkVendor(slice: QuoteSlice, { quotes }: QuoteChain): Outcome {
  const { smile, years } = slice;
  if (fitOf(slice) === undefined) return abstains("no forward");
  if (!(years > 0)) return abstains("no time is left");
  const faults: PlacedFault[] = [];
  let compared = 0;
  for (const own of smile) {
    const quote = quotes[own.row];
    if (quote === undefined || own.bid === 0) continue;
    if (quote.volatility !== undefined || quote.delta !== undefined) compared += 1;
    const fault = vendorFault(quote, own, years);
    if (fault !== undefined) faults.push(fault);
  }
  return compared === 0 ? abstains("the vendor gives no volatility and no delta") : faults;
}

function vendorFault(
  { volatility, delta }: QuoteFact,
  own: SmileStrike,
  years: number,
): PlacedFault | undefined {
  const { bidTotal, midTotal, askTotal, row } = own;
  if (volatility !== undefined && volatility > 0 && askTotal !== undefined) {
    const shortest = Math.max(years - VENDOR_DAYS / 365, years / 3);
    const low = (bidTotal / Math.sqrt(years + VENDOR_DAYS / 365)) * (1 - VENDOR_SHARE) - VENDOR_POINTS;
    const high = (askTotal / Math.sqrt(shortest)) * (1 + VENDOR_SHARE) + VENDOR_POINTS;
    if (volatility < low)
      return { row, message: "the vendor's volatility is too low", value: volatility, limit: finite(low) };
    if (volatility > high)
      return { row, message: "the vendor's volatility is too high", value: volatility, limit: finite(high) };
  }
  if (delta === undefined || midTotal === undefined || !(midTotal > 0)) return undefined;
  const d1 = -own.x / midTotal + 0.5 * midTotal;
  const expected = own.right === "call" ? normalCdf(d1) : -normalCdf(-d1);
  return Math.abs(delta - expected) > VENDOR_DELTA
    ? { row, message: `the vendor's delta belongs to another option`, value: delta, limit: finite(expected) }
    : undefined;
}
