import { type TradeStatistics, tradeStatistics } from "@steward/analytics";
import { daysBetween, toModel } from "@steward/model";
import { BIG_TOP_CONDITIONS, OPTION_MULTIPLIER } from "@steward/strategy";
import { type Arm, type ArmOptions, measureArm } from "./arm.ts";
import { type FinancingResult, measureFinancing } from "./financing.ts";
import { type Independence, measureIndependence } from "./independence.ts";
import type { Run } from "./kernel.ts";
import type { RoundTrip } from "./ledger.ts";
import { worstPayoff } from "./payoff.ts";
import type { Market } from "./ports.ts";

/** One rung of the sleeve's ladder: what it opened and settled, in points per unit after fees. */
export interface RungStatistics {
  readonly rung: string;
  readonly trades: TradeStatistics;
  /** Of condors, as shares of the margin that secured them; undefined where the rung buys. */
  readonly extrinsic: Extrinsic | undefined;
}

/** Their legs are sold out of the money: all that they bring is extrinsic value. */
export interface Extrinsic {
  readonly collected: number;
  /** After settlement and fees. */
  readonly kept: number;
}

/** In how many sessions the literal "big top" filter could be read, its conditions held, and all of them at once. */
export interface BigTopCount {
  readonly sessions: number;
  readonly conditions: Readonly<Record<(typeof BIG_TOP_CONDITIONS)[number], number>>;
  readonly all: number;
}

/** What the second engine earned, and how far on its own. */
export interface SleeveResult {
  readonly arm: Arm;
  readonly rungs: readonly RungStatistics[];
  /** Sessions in which it entered. */
  readonly entries: number;
  readonly bigTop: BigTopCount;
  readonly independence: Independence;
  /** What its loan cost; left out where it has none. */
  readonly financing?: FinancingResult;
}

/** Measures the sleeve's run in a market beside the unhedged first engine's. */
export function measureSleeve(
  market: Market,
  { run, first }: { readonly run: Run; readonly first: Run },
  options: ArmOptions & { readonly equityPremium: number },
): SleeveResult {
  const financing = measureFinancing(run, market.view, options.equityPremium);
  return {
    arm: measureArm(run, [], options),
    rungs: rungsOf(run),
    entries: run.rows.filter(({ decision }) => decision.secondEngine?.action === "enter").length,
    bigTop: bigTopCount(run),
    independence: measureIndependence(first, run, options),
    ...(financing && { financing }),
  };
}

function rungsOf({ roundTrips }: Run): readonly RungStatistics[] {
  const byRung = Map.groupBy(roundTrips, ({ purpose }) =>
    purpose.kind === "sleeve" ? purpose.rung : undefined,
  );
  const nearestFirst = [...byRung].toSorted(([, left], [, right]) => shortest(left) - shortest(right));
  return nearestFirst.flatMap(([rung, own]) => {
    const trades = tradeStatistics(
      own.map(({ result, quantity }) => toModel(result) / quantity / OPTION_MULTIPLIER),
    );
    return rung === undefined || trades === undefined ? [] : [{ rung, trades, extrinsic: extrinsicOf(own) }];
  });
}

/** Days of the trip that was soonest over. */
function shortest(trips: readonly RoundTrip[]): number {
  return Math.min(...trips.map(({ openedOn, closedOn }) => daysBetween(openedOn, closedOn)));
}

function extrinsicOf(trips: readonly RoundTrip[]): Extrinsic | undefined {
  if (trips.some(({ structure }) => structure.kind !== "iron-condor")) return undefined;
  const sum = (amountOf: (trip: RoundTrip) => number): number =>
    trips.reduce((total, trip) => total + amountOf(trip), 0);
  const margin = sum(
    ({ structure, quantity }) => -(worstPayoff(structure) ?? 0) * quantity * OPTION_MULTIPLIER,
  );
  return {
    collected: sum(({ premium }) => toModel(premium)) / margin,
    kept: sum(({ result }) => toModel(result)) / margin,
  };
}

function bigTopCount({ rows }: Run): BigTopCount {
  const read = rows.flatMap(({ decision }) => decision.secondEngine?.bigTop ?? []);
  const conditions = {
    "vix-above-mean": 0,
    "implied-over-realized": 0,
    "steep-curve": 0,
    "index-overbought": 0,
  };
  for (const top of read) for (const name of BIG_TOP_CONDITIONS) conditions[name] += top[name] ? 1 : 0;
  const all = read.filter((top) => BIG_TOP_CONDITIONS.every((name) => top[name])).length;
  return { sessions: read.length, conditions, all };
}
