import { calendarDate } from "@steward/model";
import { describe, expect, it } from "vitest";
import { bundledIndex, fixtureSeries, hasFixtures, positionOf } from "./testing/index-history.ts";
import {
  FIT_2000_2010,
  FIT_2000_2025,
  FIT_2011_2025,
  modelledVolatilityIndex,
  unseenFit,
  type VolatilityIndexCoefficients,
} from "./volatility-index.ts";

const bars = bundledIndex();

// Published reference values; relative tolerance 1e-3, the histories of two vendors differing in the last digits.
const REFERENCE: readonly (readonly [
  string,
  VolatilityIndexCoefficients,
  readonly (readonly [string, number])[],
])[] = [
  [
    "2000 to 2025",
    FIT_2000_2025,
    [
      ["2000-12-29", 25.8627],
      ["2008-10-10", 75.5475],
      ["2017-06-15", 11.0492],
      ["2018-02-02", 15.4153],
      ["2018-02-05", 27.4067],
    ],
  ],
  [
    "2000 to 2010",
    FIT_2000_2010,
    [
      ["2000-12-29", 26.2961],
      ["2008-10-10", 75.1421],
      ["2017-06-15", 10.5606],
      ["2018-02-02", 14.0561],
      ["2018-02-05", 24.1372],
    ],
  ],
];

describe("the modelled volatility index", () => {
  for (const [name, coefficients, rows] of REFERENCE) {
    const modelled = modelledVolatilityIndex(bars, () => coefficients);
    it.each(rows)(`with the fit of ${name} is on %s what was published`, (date, value) => {
      expect(Math.abs((modelled[positionOf(bars, date)] ?? 0) / value - 1)).toBeLessThan(1e-3);
    });
  }

  it("uses constants that have not seen the decade", () => {
    expect(unseenFit(calendarDate("2010-12-31"))).toBe(FIT_2011_2025);
    expect(unseenFit(calendarDate("2011-01-03"))).toBe(FIT_2000_2010);
  });

  it("does not read the open", () => {
    const shifted = bars.slice(0, 300).map((bar) => ({ ...bar, open: bar.close * 3 }));
    expect(modelledVolatilityIndex(shifted)).toEqual(modelledVolatilityIndex(bars.slice(0, 300)));
  });

  it.skipIf(!hasFixtures)("is within two points of VIX on average", () => {
    const modelled = modelledVolatilityIndex(bars);
    const vix = new Map(fixtureSeries("vol/vix.csv", 4).map(({ date, value }) => [date, value]));
    const errors = bars
      .map(({ date }, index) => Math.abs((modelled[index] ?? 0) - (vix.get(date) ?? Number.NaN)))
      .filter((error, index) => index >= 252 && !Number.isNaN(error));
    expect(errors.length).toBeGreaterThan(4500);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(2);
  });
});
