/** The modelled indices and futures against real ones. */

import type { LevelSource } from "@steward/market-model";
import { type CalendarDate, daysBetween, type FutureSettlement, nextSession } from "@steward/model";
import { effectiveSessions } from "../../packages/market-model/src/variance-clock.ts";
import { totalVariance } from "../../packages/market-model/src/variance-level.ts";
import { vixFuture } from "../../packages/market-model/src/vix-futures.ts";
import { byDate, readFutures, readVolatilityIndex } from "./fixtures.ts";
import { LEVELS, type States } from "./sources.ts";
import { Groups } from "./statistics.ts";

/** One session's real and modelled value of an index, in points. */
export interface LevelPair {
  readonly date: CalendarDate;
  readonly real: number;
  readonly model: number;
}

/** An index of the family where both are known; the first two years of modelled VIX are the fold's and count too. */
export function levelPairs(
  states: States,
  name: "vix9d" | "vix" | "vix3m" | "vix6m" | "vvix",
): readonly LevelPair[] {
  const real = byDate(readVolatilityIndex(name));
  return [...states.values()].flatMap(({ bar: { date }, volatility }) => {
    const value = real.get(date);
    return value === undefined || volatility === undefined
      ? []
      : [{ date, real: value, model: volatility.readings[name].value }];
  });
}

/** Errors of the modelled futures in groups of source and month, for sessions with all of the source's indices. */
export function futuresGroups(states: Readonly<Record<LevelSource, States>>): Groups {
  const groups = new Groups();
  const byDay = Map.groupBy(readFutures(), ({ date }) => date);
  for (const [date, listed] of byDay) {
    const months = listed
      .filter(({ expiration }) => expiration > date)
      .toSorted((a, b) => (a.expiration < b.expiration ? -1 : 1))
      .slice(0, 8);
    for (const level of LEVELS) addFutures(groups, level, states[level], months);
  }
  return groups;
}

function addFutures(
  groups: Groups,
  level: LevelSource,
  states: States,
  months: readonly FutureSettlement[],
): void {
  const [first] = months;
  const volatility = first === undefined ? undefined : states.get(first.date)?.volatility;
  if (volatility === undefined || (first?.date ?? "") < "2006-08") return;

  const { vix, vix3m, vix6m } = volatility.readings;
  // VIX6M begins in 2008; before, nothing is measured on real indices.
  if (level === "indices" && [vix, vix3m, vix6m].some(({ source }) => source === "modelled")) return;
  const indices = { vix: vix.value, vix3m: vix3m.value, vix6m: vix6m.value };
  const period = (first?.date ?? "") < "2011" ? "to 2010" : "from 2011";
  for (const [index, { date, expiration, settle }] of months.entries()) {
    const error = vixFuture(indices, daysBetween(date, expiration)) - settle;
    groups.add(`${level} M${index + 1}`, error);
    groups.add(`${level} ${period}`, error);
    groups.add(`${level}`, error);
    groups.add(`${level} share`, error / settle);
  }
}

/** Volatility of one session, in points, against VIX1D since 2023: the square root of the total variance times 252. */
export function oneSessionPairs(states: States): readonly LevelPair[] {
  const real = byDate(readVolatilityIndex("vix1d"));
  return [...states.values()].flatMap(({ bar: { date }, volatility }) => {
    const value = real.get(date);
    if (value === undefined || volatility === undefined) return [];
    const sessions = effectiveSessions({ from: date, to: nextSession(date), fixing: "pm" });
    return [{ date, real: value, model: 100 * Math.sqrt(252 * totalVariance(volatility.curve, sessions)) }];
  });
}
