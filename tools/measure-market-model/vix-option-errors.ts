/** The two stored chains of VIX options against the model on their own futures. */
import { type CalendarDate, calendarDate, daysBetween } from "@steward/model";
import { impliedTotalVolatility, normalCdf } from "@steward/pricing";
import { carryOf } from "../../packages/market-model/src/carry.ts";
import { varianceRatio } from "../../packages/market-model/src/hyperbola.ts";
import {
  atTheMoneyVixVolatility,
  type ShortOptionDiscount,
  vixSmile,
} from "../../packages/market-model/src/vix-slice.ts";
import { type Row, readRows } from "./fixtures.ts";
import type { States } from "./sources.ts";

export interface VixOptionError {
  readonly chain: string;
  readonly term: string;
  readonly bucket: string;
  /** Volatility points, model less real. */
  readonly error: number;
}

export const VIX_TERMS: readonly string[] = ["under 21", "21–49", "50–126", "over 126"];
export const VIX_BUCKETS: readonly string[] = ["above .4", ".2–.4", ".1–.2"];

interface RealCall {
  readonly points: number;
  /** ACT/365. */
  readonly volatility: number;
}

interface RealExpiration {
  readonly date: CalendarDate;
  readonly days: number;
  readonly years: number;
  readonly future: number;
  readonly calls: readonly RealCall[];
}

/** Volatility errors of the calls, on the forward of the chain and the real VVIX of the day. */
export function vixOptionErrors(states: States, discount?: ShortOptionDiscount): readonly VixOptionError[] {
  return [...quotedExpirations(), ...surfaceExpirations()].flatMap((expiration) => {
    const vvix = states.get(expiration.date)?.volatility?.readings.vvix.value;
    return vvix === undefined ? [] : expirationErrors(expiration, vvix, discount);
  });
}

function expirationErrors(
  { date, days, years, future, calls }: RealExpiration,
  vvix: number,
  discount: ShortOptionDiscount | undefined,
): VixOptionError[] {
  const level = atTheMoneyVixVolatility(days, vvix, discount) * Math.sqrt(years);
  const smile = vixSmile(days);
  return calls.flatMap(({ points, volatility }) => {
    const total = volatility * Math.sqrt(years);
    const delta = normalCdf(Math.log(future / points) / total + total / 2);
    const bucket = bucketOf(delta);
    if (bucket === undefined) return [];
    const model =
      (level * Math.sqrt(varianceRatio(smile, Math.log(points / future) / level))) / Math.sqrt(years);
    return [{ chain: date.slice(0, 4), term: vixTermOf(days), bucket, error: 100 * (model - volatility) }];
  });
}

function vixTermOf(days: number): string {
  if (days < 21) return "under 21";
  if (days < 50) return "21–49";
  return days <= 126 ? "50–126" : "over 126";
}

function bucketOf(delta: number): string | undefined {
  if (delta > 0.7 || delta < 0.1) return undefined;
  if (delta > 0.4) return "above .4";
  return delta > 0.2 ? ".2–.4" : ".1–.2";
}

function yearsTo(days: number): number {
  return Math.max(days - 0.29, 0.5) / 365;
}

function quotedExpirations(): readonly RealExpiration[] {
  const rows = readRows("options/vix_2016_cboe_datashop/2016-06-01.csv.gz");
  const date = calendarDate("2016-06-01");
  const { rate } = carryOf(date, { rate: undefined, dividendYield: undefined });
  return [...Map.groupBy(rows, (row) => row["expiration"] ?? "").entries()].flatMap(([text, group]) => {
    const days = daysBetween(date, calendarDate(text));
    if (days < 1) return [];
    const years = yearsTo(days);
    const discountFactor = Math.exp(-rate * years);
    const future = parityFuture(group, discountFactor);
    const calls = group.flatMap((row) => {
      const points = Number(row["strike"]);
      const bid = Number(row["bid"]);
      if (row["right"] !== "C" || !(bid > 0)) return [];
      const mid = (bid + Number(row["ask"])) / 2;
      const total = impliedTotalVolatility("call", future, points, mid / discountFactor);
      return total === undefined ? [] : [{ points, volatility: total / Math.sqrt(years) }];
    });
    return [{ date, days, years, future, calls }];
  });
}

function parityFuture(rows: readonly Row[], discountFactor: number): number {
  const mids = new Map(
    rows
      .filter((row) => Number(row["bid"]) > 0)
      .map((row) => [`${row["right"]} ${row["strike"]}`, (Number(row["bid"]) + Number(row["ask"])) / 2]),
  );
  const pairs = [...new Set(rows.map((row) => row["strike"] ?? ""))].flatMap((points) => {
    const call = mids.get(`C ${points}`);
    const put = mids.get(`P ${points}`);
    return call === undefined || put === undefined
      ? []
      : [{ gap: Math.abs(call - put), future: Number(points) + (call - put) / discountFactor }];
  });
  const nearest = pairs.toSorted((a, b) => a.gap - b.gap).slice(0, 5);
  return nearest.map(({ future }) => future).toSorted((a, b) => a - b)[nearest.length >> 1] ?? 0;
}

function surfaceExpirations(): readonly RealExpiration[] {
  const rows = readRows("options/iv_2023-02-15_vix.csv.gz");
  const date = calendarDate("2023-02-15");
  return [...Map.groupBy(rows, (row) => row["expiration"] ?? "").entries()].map(([text, group]) => {
    const days = daysBetween(date, calendarDate(text));
    const years = yearsTo(days);
    // The surface counts days of a year of 365.25; volatility is put on the model's clock.
    const scale = Math.sqrt(Number(group[0]?.["t_years"]) / years);
    const calls = group
      .filter((row) => row["iv_bid"] !== "" && row["iv_ask"] !== "")
      .map((row) => ({
        points: Number(row["strike"]),
        volatility: (scale * (Number(row["iv_bid"]) + Number(row["iv_ask"]))) / 2,
      }));
    return { date, days, years, future: Number(group[0]?.["forward"]), calls };
  });
}
