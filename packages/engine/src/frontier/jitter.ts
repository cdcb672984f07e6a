import { quantile } from "@steward/analytics";
import type { Protection } from "../protection.ts";

/** A number over several runs. */
export interface Band {
  readonly low5: number;
  readonly median: number;
  readonly high95: number;
}

/** How a protection fares where its rolls fall on other days and what it trades on is a session old. */
export interface Jitter {
  readonly runs: number;
  readonly costAYear: Band;
  readonly drawdownSaved: Band;
  /** Undefined where a run saved nothing: there is no price of it. */
  readonly costPerPoint: Band | undefined;
}

/** The distribution of protections; undefined where runs are too short for one. */
export function jitterOf(measured: readonly (Protection | undefined)[]): Jitter | undefined {
  const protections = measured.filter((each) => each !== undefined);
  const costAYear = bandOf(protections.map((each) => each.costAYear));
  const drawdownSaved = bandOf(protections.map((each) => each.drawdownSaved));
  if (costAYear === undefined || drawdownSaved === undefined) return undefined;
  const priced = protections.flatMap(({ costPerPoint }) =>
    costPerPoint === undefined ? [] : [costPerPoint],
  );
  const costPerPoint = priced.length === protections.length ? bandOf(priced) : undefined;
  return { runs: protections.length, costAYear, drawdownSaved, costPerPoint };
}

function bandOf(values: readonly number[]): Band | undefined {
  const sorted = values.toSorted((left, right) => left - right);
  const [low5, median, high95] = [0.05, 0.5, 0.95].map((share) => quantile(sorted, share));
  return low5 === undefined || median === undefined || high95 === undefined
    ? undefined
    : { low5, median, high95 };
}
