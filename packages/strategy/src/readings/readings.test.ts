import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fakeView } from "../testing/fake-market.ts";
import { contango, contangoState } from "./contango.ts";
import {
  type DivergencePoint,
  divergence,
  initialDivergence,
  nextDivergence,
  PIVOT_SIDE,
} from "./divergence.ts";
import { initialMacd, macdTurn, nextMacd } from "./macd.ts";
import { initialRsi, nextRsi, rsi } from "./rsi.ts";
import { constantMaturity, vixCurve } from "./vix-curve.ts";

const seed = 1978;
const values = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), { minLength: 40, maxLength: 80 });
const rsiAfter = (path: readonly number[]) => rsi(path.reduce(nextRsi, initialRsi));

describe("constantMaturity", () => {
  const curve = [
    { days: 12, forward: 15 },
    { days: 40, forward: 16.4 },
    { days: 75, forward: 17.1 },
  ];

  test("lies on the line through the futures around it", () => {
    // 18 of 28 days of the way from 15 to 16.4; 20 of 35 from 16.4 to 17.1.
    expect(constantMaturity(curve, 30)).toBeCloseTo(15.9, 12);
    expect(constantMaturity(curve, 60)).toBeCloseTo(16.8, 12);
    expect(constantMaturity(curve, 40)).toBeCloseTo(16.4, 12);
  });

  test("continues the line where even the nearest future lies farther ahead", () => {
    expect(constantMaturity(curve, 5)).toBeCloseTo(14.65, 12);
  });

  test("is not to be had beyond the curve or beside a gap", () => {
    expect(constantMaturity(curve, 76)).toBeUndefined();
    expect(
      constantMaturity([curve[0] ?? { days: 0, forward: 1 }, { days: 40, forward: undefined }], 30),
    ).toBeUndefined();
  });

  test("lies between its two futures, and at a level where the curve is level", () => {
    const forward = fc.double({ min: 5, max: 90, noNaN: true });
    fc.assert(
      fc.property(forward, forward, fc.integer({ min: 10, max: 50 }), (near, far, days) => {
        const between = constantMaturity(
          [
            { days: 10, forward: near },
            { days: 50, forward: far },
          ],
          days,
        );
        expect(between).toBeGreaterThanOrEqual(Math.min(near, far) - 1e-9);
        expect(between).toBeLessThanOrEqual(Math.max(near, far) + 1e-9);
      }),
      { seed },
    );
  });
});

describe("vixCurve", () => {
  // VIX of 2019-06-19, 07-17 and 08-21 settle 16, 44 and 79 days after 2019-06-03.
  const session = "2019-06-03";

  test("reads the monthly futures from the options' forwards", () => {
    const view = fakeView({ session, vixChain: (days) => ({ forward: 14 + days / 20 }) });
    expect(vixCurve(view)).toEqual({
      first: expect.closeTo(14.8, 12),
      second: expect.closeTo(16.2, 12),
      thirtyDays: expect.closeTo(15.5, 12),
      sixtyDays: expect.closeTo(17, 12),
    });
  });

  test("is not to be had while a future is missing", () => {
    expect(vixCurve(fakeView({ session, isWarmingUp: true }))).toBeUndefined();
    expect(vixCurve(fakeView({ session, has: (_, date) => date !== "2019-07-17" }))).toBeUndefined();
  });
});

test("contango is the slope from thirty to sixty days, with a name", () => {
  const curve = { first: 14, second: 16, thirtyDays: 15, sixtyDays: 16.2 };
  expect(contango(curve)).toBeCloseTo(0.08, 12);
  const slopes = [-0.01, 0, 0.0299, 0.03, 0.0799, 0.08, 0.1499, 0.15];
  expect(slopes.map(contangoState)).toEqual([
    "inverted",
    "flat",
    "flat",
    "normal",
    "normal",
    "pronounced",
    "pronounced",
    "extreme",
  ]);
});

describe("rsi", () => {
  // The worked example of StockCharts' ChartSchool page on RSI: closes to four decimals, and its table of the index.
  const closes = [
    44.3389, 44.0902, 44.1497, 43.6124, 44.3278, 44.8264, 45.0955, 45.4245, 45.8433, 46.0826, 45.8931,
    46.0328, 45.614, 46.282, 46.282, 46.0028, 46.0328, 46.4116, 46.2222, 45.6439, 46.2122, 46.2521, 45.7137,
    46.4515, 45.7835, 45.3548, 44.0288, 44.1783, 44.2181, 44.5672, 43.4205, 42.6628, 43.1314,
  ];
  const published = [
    70.53, 66.32, 66.55, 69.41, 66.36, 57.97, 62.93, 63.26, 56.06, 62.38, 54.71, 50.42, 39.99, 41.46, 41.87,
    45.46, 37.3, 33.08, 37.77,
  ];

  test("is the published table's", () => {
    const found = published.map((_, index) => rsiAfter(closes.slice(0, 15 + index)) ?? Number.NaN);
    // The page rounds to two decimals.
    for (const [index, value] of found.entries())
      expect(Math.abs(value - (published[index] ?? 0)), `row ${index}`).toBeLessThan(0.006);
  });

  test("abstains before fourteen changes, is 50 where nothing moves and an end where all moves one way", () => {
    expect(rsiAfter(closes.slice(0, 14))).toBeUndefined();
    expect(rsiAfter(closes.slice(0, 15))).toBeDefined();
    expect(rsiAfter(Array(15).fill(20))).toBe(50);
    expect(rsiAfter(closes.toSorted((left, right) => left - right))).toBe(100);
    expect(rsiAfter(closes.toSorted((left, right) => right - left))).toBe(0);
  });

  test("mirrors where rises are falls, and does not feel a scale", () => {
    fc.assert(
      fc.property(values, (path) => {
        const found = rsiAfter(path) ?? Number.NaN;
        expect(rsiAfter(path.map((value) => -value))).toBeCloseTo(100 - found, 8);
        expect(rsiAfter(path.map((value) => value * 3))).toBeCloseTo(found, 8);
      }),
      { seed },
    );
  });
});

describe("macd", () => {
  const after = (path: readonly number[]) =>
    path.reduce((state, value) => nextMacd(state, value), initialMacd);

  test("of periods 1, 2 and 2, worked by hand", () => {
    // Fast is the value. Slow after 3, 6: 4.5; then +2/3 of the way to 9: 7.5; to 6: 6.5. Lines 1.5, 1.5, -0.5.
    // Signal after two lines: 1.5; then +2/3 of the way to -0.5: 1/6. Histograms 0, -2/3.
    const periods = { fast: 1, slow: 2, signal: 2 };
    const state = [3, 6, 9, 6].reduce((last, value) => nextMacd(last, value, periods), initialMacd);
    expect(state.slow.value).toBeCloseTo(6.5, 12);
    expect(state.histogram).toEqual([expect.closeTo(0, 12), expect.closeTo(-2 / 3, 12)]);
    expect(macdTurn(state)).toEqual({ histogram: expect.closeTo(-2 / 3, 12), direction: "falling" });
  });

  test("of a straight line is half the difference of the periods, and its histogram nothing", () => {
    // An average of n values that rise by one lags by (n - 1) / 2: (25 - 11) / 2.
    const state = after(Array.from({ length: 60 }, (_, index) => index));
    expect(state.fast.value - state.slow.value).toBeCloseTo(7, 10);
    expect(state.histogram.at(-1)).toBeCloseTo(0, 10);
  });

  test("abstains before 35 values, then tells a rise from a fall", () => {
    const accelerating = Array.from({ length: 35 }, (_, index) => (index / 10) ** 3);
    expect(macdTurn(after(accelerating.slice(1)))).toBeUndefined();
    expect(macdTurn(after(accelerating))?.direction).toBe("rising");
    expect(macdTurn(after(accelerating.map((value) => -value)))?.direction).toBe("falling");
    expect(macdTurn(after(Array(40).fill(1)))?.direction).toBe("undecided");
  });

  test("does not feel a level and turns with the sign", () => {
    fc.assert(
      fc.property(values, (path) => {
        const today = after(path).histogram.at(-1) ?? Number.NaN;
        expect(after(path.map((value) => value + 7)).histogram.at(-1)).toBeCloseTo(today, 8);
        expect(after(path.map((value) => -value)).histogram.at(-1)).toBeCloseTo(-today, 8);
      }),
      { seed },
    );
  });
});

describe("divergence", () => {
  /** Straight from corner to corner, four sessions each, with the RSI of the corner all along. */
  const path = (...corners: readonly (readonly [vix: number, rsi: number])[]): readonly DivergencePoint[] =>
    corners.flatMap(([vix, own], index) => {
      const from = corners[index - 1]?.[0] ?? vix;
      return [1, 2, 3, 4].map((step) => ({ vix: from + ((vix - from) * step) / 4, rsi: own }));
    });
  const after = (points: readonly DivergencePoint[]) => points.reduce(nextDivergence, initialDivergence);
  const zigzag = path([14, 50], [20, 70], [15, 40], [21, 65], [16, 45], [17, 50]);

  test("a higher high of VIX with a lower RSI of its future is exhaustion", () => {
    expect(after(zigzag).highs.map(({ vix, rsi: own }) => [vix, own])).toEqual([
      [20, 70],
      [21, 65],
    ]);
    expect(divergence(after(zigzag))).toBe("exhaustion");
    expect(divergence(after(zigzag.map(({ vix }) => ({ vix, rsi: vix }))))).toBe("none");
  });

  test("a lower low with a higher RSI is complacency", () => {
    const mirrored = zigzag.map(({ vix, rsi: own }) => ({ vix: 40 - vix, rsi: 100 - own }));
    expect(divergence(after(mirrored))).toBe("complacency");
  });

  test("a pivot is known only once its right side has passed", () => {
    const peak = path([14, 50], [20, 70], [15, 40]);
    expect(after(peak.slice(0, 8 + PIVOT_SIDE - 1)).highs).toEqual([]);
    expect(after(peak.slice(0, 8 + PIVOT_SIDE)).highs).toEqual([{ vix: 20, rsi: 70, age: PIVOT_SIDE }]);
  });

  test("abstains before two highs and two lows, and is forgotten", () => {
    expect(divergence(after(zigzag.slice(0, 18)))).toBeUndefined();
    const quiet = Array.from({ length: 12 }, (_, index) => ({ vix: 17 + index / 100, rsi: 50 }));
    expect(divergence(after([...zigzag, ...quiet]))).toBe("none");
  });

  test("the future changes nothing that was said before", () => {
    fc.assert(
      fc.property(values, values, (first, second) => {
        const points = (all: readonly number[]) => all.map((vix) => ({ vix, rsi: vix / 2 }));
        const alone = divergence(after(points(first)));
        let [state, then] = [initialDivergence, initialDivergence];
        for (const [index, point] of points([...first, ...second]).entries()) {
          state = nextDivergence(state, point);
          if (index === first.length - 1) then = state;
        }
        expect(divergence(then)).toBe(alone);
      }),
      { seed },
    );
  });
});
