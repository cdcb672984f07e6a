import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  averageDrawdown,
  conditionalDrawdown,
  deepestDrawdown,
  drawdowns,
  ulcerIndex,
  underwater,
} from "./drawdown.ts";
import { deepestDrawdownOf, returnsOf } from "./path.ts";

describe("drawdowns", () => {
  test("lists every fall, deepest first, with the day of recovery or none", () => {
    //              0    1    2   3    4    5   6    7   8
    const equity = [100, 120, 90, 120, 130, 65, 110, 60, 80];
    expect(drawdowns(equity)).toEqual([
      { depth: 60 / 130 - 1, peak: 4, trough: 7, recovered: undefined, sessions: 4 },
      { depth: 90 / 120 - 1, peak: 1, trough: 2, recovered: 3, sessions: 2 },
    ]);
    expect(deepestDrawdown(equity)).toEqual(drawdowns(equity)[0]);
  });

  test.each([
    [
      "touching the peak again recovers",
      [10, 9, 10, 9],
      [
        [0, 1, 2],
        [2, 3, undefined],
      ],
    ],
    [
      "equal depths keep their order in time",
      [10, 5, 20, 10, 20],
      [
        [0, 1, 2],
        [2, 3, 4],
      ],
    ],
    ["the first of equal lows is the trough", [10, 8, 9, 8, 11], [[0, 1, 4]]],
    ["the last of equal highs is the peak", [10, 10, 9, 10], [[1, 2, 3]]],
    ["a fall from the first value", [10, 9], [[0, 1, undefined]]],
    ["a rise has none", [1, 2, 3, 3], []],
    ["one value has none", [1], []],
    ["nothing has none", [], []],
  ])("%s", (_, equity, expected) => {
    expect(drawdowns(equity).map(({ peak, trough, recovered }) => [peak, trough, recovered])).toEqual(
      expected,
    );
  });

  test("an equity that never fell has no deepest", () => {
    expect(deepestDrawdown([1, 2])).toBeUndefined();
  });
});

test("underwater is the distance below the highest so far", () => {
  expect([...underwater([100, 50, 200, 150])]).toEqual([0, -0.5, 0, -0.25]);
  expect([...underwater([-1, -2])]).toEqual([0, 0]);
  expect([...underwater([0, 0, -1])]).toEqual([0, 0, 0]);
});

test("averageDrawdown counts each fall once, however long", () => {
  // A fall of a half over three sessions and one of a tenth over one.
  expect(averageDrawdown([100, 60, 50, 60, 100, 90, 100])).toBeCloseTo(-0.3, 14);
  expect(averageDrawdown([1, 2])).toBeUndefined();
});

test("conditionalDrawdown is the mean of the deepest sessions under water", () => {
  // Twenty sessions: the deepest two of them 40 % and 50 % under.
  const equity = [...new Array<number>(16).fill(100), 50, 60, 90, 100];
  expect(conditionalDrawdown(equity, 0.05)).toBe(-0.5);
  expect(conditionalDrawdown(equity, 0.1)).toBeCloseTo(-0.45, 14);
  expect(conditionalDrawdown([1, 2], 0.05)).toBe(0);
  expect(conditionalDrawdown([], 0.05)).toBeUndefined();
});

test("ulcerIndex is the root of the mean square under water, over all values, as a share", () => {
  // Under water by 0, 30 %, 40 % and 0: √((0.09 + 0.16) / 4).
  expect(ulcerIndex([100, 70, 60, 100])).toBeCloseTo(0.25, 14);
  expect(ulcerIndex([1, 2, 3])).toBe(0);
  expect(ulcerIndex([])).toBeUndefined();
});

describe("laws", () => {
  const equities = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 40 });

  test("the deepest is the lowest point under water, and that of the compounded returns", () => {
    fc.assert(
      fc.property(equities, (equity) => {
        const depth = deepestDrawdown(equity)?.depth ?? 0;
        expect(depth).toBe(Math.min(...underwater(equity)));
        expect(deepestDrawdownOf(returnsOf(equity))).toBeCloseTo(depth, 12);
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  test("falls do not overlap, and every session under water lies in exactly one", () => {
    fc.assert(
      fc.property(equities, (equity) => {
        const covered = new Array<number>(equity.length).fill(0);
        for (const { peak, trough, recovered } of drawdowns(equity)) {
          expect(peak < trough && trough < (recovered ?? equity.length)).toBe(true);
          expect((equity[recovered ?? -1] ?? Number.POSITIVE_INFINITY) >= (equity[peak] ?? 0)).toBe(true);
          for (let at = peak + 1; at < (recovered ?? equity.length); at += 1)
            covered[at] = (covered[at] ?? 0) + 1;
        }
        expect(covered).toEqual([...underwater(equity)].map((depth) => (depth < 0 ? 1 : 0)));
      }),
      { seed: 12, numRuns: 1000 },
    );
  });

  test("a unit of money changes nothing: equity eight times as large has the same falls, bit for bit", () => {
    fc.assert(
      fc.property(equities, (equity) => {
        const larger = equity.map((value) => 8 * value);
        expect(drawdowns(larger)).toEqual(drawdowns(equity));
        expect(ulcerIndex(larger)).toBe(ulcerIndex(equity));
      }),
      { seed: 13, numRuns: 500 },
    );
  });

  test("the lengths of all falls are the sessions under water and one for each recovery", () => {
    fc.assert(
      fc.property(equities, (equity) => {
        const falls = drawdowns(equity);
        const under = underwater(equity).filter((depth) => depth < 0).length;
        const recoveries = falls.filter(({ recovered }) => recovered !== undefined).length;
        expect(falls.reduce((total, { sessions }) => total + sessions, 0)).toBe(under + recoveries);
      }),
      { seed: 14, numRuns: 500 },
    );
  });

  test("measures of depth are in order: average, deepest; Ulcer between zero and the deepest", () => {
    fc.assert(
      fc.property(equities, (equity) => {
        const deepest = deepestDrawdown(equity)?.depth ?? 0;
        const rounding = 1e-12;
        expect(averageDrawdown(equity) ?? 0).toBeGreaterThanOrEqual(deepest - rounding);
        expect(conditionalDrawdown(equity, 0.05)).toBeGreaterThanOrEqual(deepest - rounding);
        expect(ulcerIndex(equity)).toBeLessThanOrEqual(-deepest + rounding);
      }),
      { seed: 15, numRuns: 500 },
    );
  });
});
