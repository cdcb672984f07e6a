import { calendarDate, type Instant } from "@steward/model";
import type { Trial } from "@steward/store/trials";
import { expect, test } from "vitest";
import { loadConfiguration } from "./config/load.ts";
import { standingOf, trialOf } from "./trials.ts";

const range = { from: calendarDate("2018-01-02"), to: calendarDate("2018-12-31") };
const now = 1_700_000_000_000_000 as Instant;

/** Five years of sessions with the moments of the example in Bailey and Lopez de Prado 2014: monthly there, kept per session. */
function trialNamed(configuration: string, sharpe: number | undefined, from = range.from): Trial {
  const moments = {
    skewness: sharpe === undefined ? undefined : -3,
    kurtosis: sharpe === undefined ? undefined : 10,
  };
  return {
    configuration,
    name: configuration,
    data: "d",
    ...range,
    from,
    engine: "0",
    periods: 1250,
    sharpe,
    ...moments,
    firstRun: now,
  };
}

test("a trial knows its rules, data, range and the moments of its returns", () => {
  const returns = Float64Array.of(0.01, -0.02, 0.01, 0.03);
  const trial = trialOf(loadConfiguration({}), { fingerprint: "abc" }, { ...range, returns, now });
  expect(trial).toMatchObject({ name: "flagship", data: "abc", ...range, periods: 4, firstRun: now });
  expect(trial.configuration).toMatch(/^[0-9a-f]{16}$/);
  expect(trial.sharpe).toBeCloseTo(0.0075 / 0.020615528, 6);
  const idle = trialOf(
    loadConfiguration({}),
    { fingerprint: "abc" },
    { ...range, returns: new Float64Array(5), now },
  );
  expect(idle).toMatchObject({ sharpe: undefined, skewness: undefined, kurtosis: undefined });
  expect(standingOf(idle, [idle])).toBeUndefined();
});

test("the first trial is the best of nothing: no luck to explain it", () => {
  const first = trialNamed("a", 0.1);
  const standing = standingOf(first, [first]);
  expect(standing).toMatchObject({ tried: 1, luck: 0 });
  expect(standing?.deflated).toBe(standing?.probabilistic);
  expect(standingOf(first, [])).toEqual(standing);
});

test("while few were tried, luck spreads as the ratios of worthless rules do", () => {
  const trials = ["a", "b", "c"].map((name) => trialNamed(name, 0.05));
  const [first] = trials;
  if (first === undefined) return expect.fail("three trials");
  // Best of three by Bailey and Lopez de Prado: 0.5228 quantile-weighted deviations of 1 / sqrt(1249), times sqrt(252).
  const standing = standingOf(first, trials);
  const best = 0.4227843351 * 0.4307272993 + 0.5772156649 * 1.1626107;
  expect(standing?.luck).toBeCloseTo((best / Math.sqrt(1249)) * Math.sqrt(252), 3);
});

test("of ten over the same range, luck spreads as they do; a range of its own has no peers", () => {
  const ratios = [0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1];
  const trials = ratios.map((ratio) => trialNamed(`c${ratio}`, ratio));
  const best = trialNamed("c0.1", 0.1);
  const among = standingOf(best, trials);
  // Deviation of the ratios 0.030277; the best of ten worth 1.5746 of it.
  expect(among?.luck).toBeCloseTo(0.0302765 * 1.5746 * Math.sqrt(252), 3);
  const other = trialNamed("c0.1", 0.1, calendarDate("2017-01-03"));
  expect(standingOf(other, [...trials, other])?.luck).toBeCloseTo(
    (1.5746 / Math.sqrt(1249)) * Math.sqrt(252),
    3,
  );
});

test("the more were tried, the less a result is worth; the same configuration on other data is no other one", () => {
  const best = trialNamed("best", 0.08);
  const others = Array.from({ length: 500 }, (_, index) => trialNamed(`v${index}`, 0.02 * ((index % 7) - 3)));
  const values = [1, 20, 100, 500].map((count) => standingOf(best, others.slice(0, count))?.deflated ?? 1);
  expect(values.toSorted((left, right) => right - left)).toEqual(values);
  const again = { ...best, data: "later" };
  expect(standingOf(best, [best, again])?.tried).toBe(1);
});
