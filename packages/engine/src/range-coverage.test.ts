import { calendarDate } from "@steward/model";
import { expect, test } from "vitest";
import { rangeCoverage } from "./range-coverage.ts";
import { fakeMarket } from "./testing/fake-market.ts";

const range = { from: calendarDate("2019-06-03"), to: calendarDate("2019-06-14") };
/** VIX 15.8745: a day is expected to move 1 %. Ten sessions, nine moves: four of 0.5 %, three of 1.2 %, two of 3 %. */
const moves = [0.005, 0.012, 0.005, 0.03, 0.005, 0.012, 0.03, 0.005, 0.012];
const spots = [3000];
for (const move of moves) spots.push((spots.at(-1) ?? 0) * (1 + move));
const market = fakeMarket({
  from: "2019-06-03",
  to: "2019-06-28",
  day: (index) => ({ spot: spots[index] ?? 3000, vix: 15.874507866387544 }),
});

const shares = (options: Partial<Parameters<typeof rangeCoverage>[1]> = {}) =>
  rangeCoverage(market, { ...range, formulas: ["vix"], multiples: [1, 1.25, 4], ahead: 1, ...options });

test("counts closes within multiples of the range that was expected", () => {
  const all = shares().filter(({ vix }) => vix.below === Number.POSITIVE_INFINITY && vix.from === 0);
  expect(all.map(({ multiple, sessions, inside }) => [multiple, sessions, inside?.value])).toEqual([
    [1, 9, 4 / 9],
    [1.25, 9, 7 / 9],
    [4, 9, 1],
  ]);
  expect(all.every(({ inside }) => inside !== undefined && inside.low95 <= inside.value)).toBe(true);
});

test("parts the sessions by VIX: every session is in one regime", () => {
  const [all, calm, middle, high] = shares({ multiples: [1] });
  expect([all, calm, middle, high].map((each) => each?.sessions)).toEqual([9, 0, 9, 0]);
  expect(calm?.inside).toBeUndefined();
});

test("several sessions ahead the range grows by the root of their number", () => {
  // Over four sessions 2 % is expected; the five spans move 5.3 %, 5.3 %, 5.3 %, 7.8 %, 5.3 % and 6 %: none stays within.
  const [all] = shares({ multiples: [2], ahead: 4 });
  expect(all?.sessions).toBe(6);
  const path = spots.slice(4).map((spot, index) => Math.abs(spot / (spots[index] ?? 1) - 1));
  expect(all?.inside?.value).toBe(path.filter((move) => move <= 0.04).length / 6);
});

test("a range that ends before a close has nothing to count", () => {
  expect(shares({ to: range.from }).every(({ sessions }) => sessions === 0)).toBe(true);
});
