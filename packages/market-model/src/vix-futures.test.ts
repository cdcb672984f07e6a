import { calendarDate } from "@steward/model";
import { describe, expect, it } from "vitest";
import { futureSettlingOn } from "./futures-curve.ts";
import { forwardVolatility, unboundedVixFuture, vixFuture } from "./vix-futures.ts";

const calm = { vix: 18, vix3m: 18.6, vix6m: 19.2 };
const panic = { vix: 40, vix3m: 33, vix6m: 30 };
const DAYS = [1, 10, 30, 60, 110, 150, 220];

describe("the modelled futures curve", () => {
  // Published reference values, without the bound; to the digits given.
  it.each([
    ["a calm day", calm, [17.9971, 17.9708, 18.0098, 18.2715, 18.5569, 18.6082, 19.003]],
    ["an inverted day", panic, [39.2816, 33.37, 29.7175, 26.6226, 24.8584, 23.9382, 23.1883]],
  ] as const)("is the published one on %s", (_, indices, values) => {
    for (const [index, days] of DAYS.entries()) {
      expect(unboundedVixFuture(indices, days)).toBeCloseTo(values[index] ?? 0, 4);
    }
  });

  it("meets spot at settlement and stays within 3 % of the volatility it is a mean of", () => {
    for (const indices of [calm, panic, { vix: 15, vix3m: 15, vix6m: 15 }]) {
      expect(vixFuture(indices, 0)).toBe(indices.vix);
      for (const days of DAYS) {
        expect(vixFuture(indices, days)).toBeLessThanOrEqual(1.03 * forwardVolatility(indices, days));
      }
    }
  });

  it("is held there where the fitted curve leaves the indices behind", () => {
    const steep = { vix: 30, vix3m: 33, vix6m: 26 };
    expect(unboundedVixFuture(steep, 220)).toBeGreaterThan(0);
    const held = DAYS.filter((days) => vixFuture(steep, days) < unboundedVixFuture(steep, days));
    for (const days of held)
      expect(vixFuture(steep, days)).toBeCloseTo(1.03 * forwardVolatility(steep, days), 12);
    expect(held.length).toBeGreaterThan(0);
  });

  it("has no bound but spot at settlement, and takes each span's rate at its middle", () => {
    expect(forwardVolatility(calm, 0)).toBeCloseTo(18, 12);
    const between = Math.sqrt((18.6 ** 2 * 93 - 18 ** 2 * 30) / 63);
    expect(forwardVolatility(calm, 46.5)).toBeCloseTo(between, 12);
  });

  it("is flat beyond its last knot", () => {
    expect(unboundedVixFuture(calm, 300)).toBe(unboundedVixFuture(calm, 240));
  });
});

describe("a real futures curve", () => {
  const date = calendarDate("2019-06-03");
  const june = { date, expiration: calendarDate("2019-06-19"), settle: 17 };
  const july = { date, expiration: calendarDate("2019-07-17"), settle: 18 };
  const curve = { date, indices: calm, listed: [june, july] };

  it("is used as it is", () => {
    expect(futureSettlingOn(curve, june.expiration)).toBeCloseTo(17, 12);
    expect(futureSettlingOn(curve, july.expiration)).toBe(18);
  });

  it("is interpolated in logarithms between months, spot being the first", () => {
    expect(futureSettlingOn(curve, calendarDate("2019-07-03"))).toBeCloseTo(Math.sqrt(17 * 18), 12);
    expect(futureSettlingOn(curve, calendarDate("2019-06-11"))).toBeCloseTo(Math.sqrt(18 * 17), 12);
  });

  it("goes on beyond its last month in the proportion of the model", () => {
    const beyond = futureSettlingOn(curve, calendarDate("2019-10-16"));
    expect(beyond).toBeCloseTo((18 * vixFuture(calm, 135)) / vixFuture(calm, 44), 12);
  });
});
