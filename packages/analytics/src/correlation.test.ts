import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bootstrapTogether } from "./bootstrap.ts";
import { commonTail, correlation } from "./correlation.ts";
import { seededRandom } from "./random.ts";

const seed = 1896;
const series = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 3, maxLength: 50 });

describe("correlation", () => {
  test("of a small table, worked by hand", () => {
    // Deviations −1, 0, 1 and −1, 1, 0: products sum to 1, squares to 2 each.
    expect(correlation([1, 2, 3], [1, 3, 2])).toBeCloseTo(0.5, 12);
  });

  test("is one of a rising line, minus one of a falling one, none of what does not vary", () => {
    expect(correlation([1, 2, 4], [3, 5, 9])).toBeCloseTo(1, 12);
    expect(correlation([1, 2, 4], [-3, -5, -9])).toBeCloseTo(-1, 12);
    expect(correlation([1, 2, 4], [7, 7, 7])).toBeUndefined();
    expect(correlation([1], [2])).toBeUndefined();
    expect(correlation([1, 2, 3], [1, 2])).toBeUndefined();
  });

  test("does not ask who comes first, and never leaves −1 to 1", () => {
    fc.assert(
      fc.property(series, (values) => {
        const other = values.map((value, index) => Math.sin(index) - value / 3);
        const found = correlation(values, other);
        expect(correlation(other, values)).toBe(found);
        if (found !== undefined) expect(Math.abs(found)).toBeLessThanOrEqual(1);
      }),
      { seed },
    );
  });
});

describe("commonTail", () => {
  const first = [-4, -3, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const second = [-9, 1, 1, 1, 1, -8, 1, 1, 1, 1, 1];

  test("looks at the worst sessions of the first alone", () => {
    // A tenth of eleven sorted values lies at the second: −4 and −3. Of the second series −9 and −8 are the worst.
    expect(commonTail(first, second, 0.1)).toEqual({
      sessions: 2,
      correlation: expect.closeTo(1, 12),
      mean: -4,
      shared: 0.5,
    });
  });

  test("a second that rests is in nobody's tail", () => {
    expect(
      commonTail(
        first,
        first.map(() => 0),
        0.1,
      ),
    ).toEqual({
      sessions: 2,
      correlation: undefined,
      mean: 0,
      shared: 0,
    });
    expect(commonTail([], [], 0.1)).toBeUndefined();
  });

  test("shares all with itself", () => {
    expect(commonTail(first, first, 0.1)?.shared).toBe(1);
  });
});

describe("bootstrapTogether", () => {
  const options = { random: seededRandom(7), resamples: 300, meanBlock: 3 };
  const first = Float64Array.from({ length: 200 }, (_, index) => Math.sin(index * index));

  test("reshuffles both series by the same blocks, so that what binds them stays", () => {
    const second = first.map((value) => 2 * value);
    const found = bootstrapTogether(
      [first, second],
      ([one, other]) => correlation(one ?? [], other ?? []),
      options,
    );
    expect(found?.value).toBeCloseTo(1, 12);
    expect(found?.low95).toBeCloseTo(1, 12);
  });

  test("has nothing in between for series that are not bound", () => {
    const second = first.map((_, index) => Math.sin(1000 + index * index * index));
    const found = bootstrapTogether(
      [first, second],
      ([one, other]) => correlation(one ?? [], other ?? []),
      options,
    );
    expect(found?.low95).toBeLessThan(0);
    expect(found?.high95).toBeGreaterThan(0);
  });

  test("says nothing of a session, or of series of different length", () => {
    expect(bootstrapTogether([Float64Array.of(1), Float64Array.of(2)], () => 1, options)).toBeUndefined();
    expect(bootstrapTogether([first, first.subarray(1)], () => 1, options)).toBeUndefined();
  });
});
