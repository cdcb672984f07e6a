/** Quoted half-spreads of real chains against the rule. */
import { type CalendarDate, calendarDate, daysBetween } from "@steward/model";
import { SPX_QUOTING, XSP_QUOTING } from "../../packages/market-model/src/spread.ts";
import { LONGEST_DAYS, type RealSlice } from "./chains.ts";
import { listFiles, readRows } from "./fixtures.ts";
import type { States } from "./sources.ts";

export interface SpreadError {
  readonly regime: string;
  readonly bucket: string;
  readonly real: number;
  readonly model: number;
}

export const PRICES: readonly string[] = ["below .3", ".3–1", "1–3", "3–10", "10–40"];
const BOUNDS = [0.3, 1, 3, 10, 40];

/** Real and modelled half-spreads of the out-of-the-money options, with the stress of the day's real VIX. */
export function spreadErrors(slices: readonly RealSlice[], states: States): readonly SpreadError[] {
  return slices.flatMap((slice) => {
    const volatility = states.get(slice.date)?.volatility;
    // The surface's quotes are volatilities turned back into prices: no ticks, so no spreads.
    if (volatility === undefined || slice.date === "2023-02-15") return [];
    const regime = regimeOf(slice.block, slice.days, volatility.readings.vix.value);
    return [...slice.puts, ...slice.calls].flatMap(({ mid, bid, ask, delta }) => {
      const bucket = bucketOf(mid);
      if (bucket === undefined || delta > 0.5) return [];
      return [{ regime, bucket, real: (ask - bid) / 2, model: SPX_QUOTING.halfSpread(mid, volatility.day) }];
    });
  });
}

function regimeOf(block: string, days: number, vix: number): string {
  if (block === "2011") return days <= 20 ? "2011, to 20 days" : "2011, 21–45 days";
  if (block === "2018") return vix < 16 ? "2018, VIX < 16" : vix < 25 ? "2018, VIX 16–25" : "2018, VIX > 25";
  if (block === "2019") return vix < 18 ? "2019, VIX < 18" : "2019, VIX > 18";
  return "2023-09-14";
}

function bucketOf(price: number): string | undefined {
  return PRICES[BOUNDS.findIndex((bound) => price < bound)];
}

/** The one chain of XSP; its buckets are a tenth of those of SPX. */
export function xspErrors(states: States): readonly SpreadError[] {
  return listFiles("options/xsp_cboe_quotedata/").flatMap((file) =>
    readRows(file).flatMap((row) => {
      const volatility = states.get(row["quote_date"] as CalendarDate)?.volatility;
      const [bid, ask, spot, points] = ["bid", "ask", "underlying_price", "strike"].map((name) =>
        Number(row[name]),
      );
      if (volatility === undefined || bid === undefined || ask === undefined || !(bid > 0) || ask <= bid)
        return [];
      const days = daysBetween(calendarDate(row["quote_date"] ?? ""), calendarDate(row["expiration"] ?? ""));
      if (days > LONGEST_DAYS) return [];
      const isOutOfTheMoney = (row["right"] === "C") === (points ?? 0) > (spot ?? 0);
      const mid = (bid + ask) / 2;
      const bucket = bucketOf(10 * mid);
      if (!isOutOfTheMoney || bucket === undefined) return [];
      return [
        {
          regime: "XSP 2023-09-14",
          bucket,
          real: (ask - bid) / 2,
          model: XSP_QUOTING.halfSpread(mid, volatility.day),
        },
      ];
    }),
  );
}
