import type { CalendarDate, IndexBar } from "@steward/model";
import { strictExp as exp, strictLog as log } from "@steward/pricing";
import { exponentialAverage } from "./exponential-average.ts";

/** ln VIX on logs of realized volatility over 4, 16 and 128 sessions and on the drift over 2 and 16. */
export interface VolatilityIndexCoefficients {
  readonly level: number;
  readonly volatility4: number;
  readonly volatility16: number;
  readonly volatility128: number;
  readonly drift2: number;
  readonly drift16: number;
}

/** Fitted on 2000 to 2025: all that is known, for live use. */
export const FIT_2000_2025: VolatilityIndexCoefficients = {
  level: 0.0038,
  volatility4: 0.2813,
  volatility16: 0.2041,
  volatility128: 0.3534,
  drift2: -0.1165,
  drift16: -0.2781,
};

/** Fitted on 2000 to 2010, so out of sample after. */
export const FIT_2000_2010: VolatilityIndexCoefficients = {
  level: 0.0224,
  volatility4: 0.1835,
  volatility16: 0.3866,
  volatility128: 0.2796,
  drift2: -0.0809,
  drift16: -0.3432,
};

/** Fitted on 2011 to 2025, so out of sample before, though its constants were known only later. */
export const FIT_2011_2025: VolatilityIndexCoefficients = {
  level: -0.0103,
  volatility4: 0.3132,
  volatility16: 0.1136,
  volatility128: 0.4053,
  drift2: -0.137,
  drift16: -0.2619,
};

const FIRST_DATE_OF_EARLY_FIT = "2011-01-01";
const LOWEST_VOLATILITY = 0.03;
const LOWEST_INDEX = 8;
const HIGHEST_INDEX = 120;

/** The fit that has not seen the date: an earlier one from 2011, the later one (look-ahead in constants) before. */
export function unseenFit(date: CalendarDate): VolatilityIndexCoefficients {
  return date >= FIRST_DATE_OF_EARLY_FIT ? FIT_2000_2010 : FIT_2011_2025;
}

/**
 * For each session a volatility index in points from the index's range and close up to that session. Opens are not
 * used: free histories repeat the previous close there. The first 126 values have not warmed up.
 */
export function modelledVolatilityIndex(
  bars: readonly IndexBar[],
  coefficientsAt: (date: CalendarDate) => VolatilityIndexCoefficients = unseenFit,
): Float64Array {
  const { rangeVariances, returns } = dailyMeasures(bars);
  const volatilities = [4, 16, 128].map((halfLife) =>
    exponentialAverage(rangeVariances, halfLife).map((variance) =>
      Math.sqrt(Math.max(variance, LOWEST_VOLATILITY * LOWEST_VOLATILITY)),
    ),
  );
  const drifts = [2, 16].map((halfLife) => exponentialAverage(returns, halfLife));

  return Float64Array.from(bars, ({ date }, index) => {
    const b = coefficientsAt(date);
    const [v4 = 1, v16 = 1, v128 = 1] = volatilities.map((values) => values[index] ?? 1);
    const [m2 = 0, m16 = 0] = drifts.map((values) => ((values[index] ?? 0) * Math.sqrt(252)) / v128);
    const value =
      100 *
      exp(
        b.level +
          b.volatility4 * log(v4) +
          b.volatility16 * log(v16) +
          b.volatility128 * log(v128) +
          b.drift2 * m2 +
          b.drift16 * m16,
      );
    return Math.min(HIGHEST_INDEX, Math.max(LOWEST_INDEX, value));
  });
}

/** Parkinson (1980) variance per year of each session's range, gap from the previous close included; and log returns. */
function dailyMeasures(bars: readonly IndexBar[]): { rangeVariances: Float64Array; returns: Float64Array } {
  const rangeVariances = new Float64Array(bars.length);
  const returns = new Float64Array(bars.length);
  let previous = bars[0]?.close ?? 0;
  for (const [index, { high, low, close }] of bars.entries()) {
    const range = log(Math.max(high, close, previous) / Math.min(low, close, previous));
    rangeVariances[index] = (252 * range * range) / (4 * Math.LN2);
    returns[index] = log(close / previous);
    previous = close;
  }
  return { rangeVariances, returns };
}
