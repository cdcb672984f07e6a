import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultFills, midFills } from "../presets.ts";
import { fakeView } from "../testing/fake-market.ts";
import { boxTerms } from "./box-terms.ts";

const session = "2019-06-03";
/** 200 days before 2019-12-20, at a discount factor of 0.98. */
const view = (discountFactor = 0.98, halfSpread = 0.2) =>
  fakeView({ session, spot: 3010, index: { discountFactor, halfSpread } });

describe("the terms of a box", () => {
  test("are those of the year-end monthly expiration, with strikes a tenth from the forward", () => {
    expect(boxTerms(view(), defaultFills)).toMatchObject({
      expiration: "2019-12-20",
      lower: 2700,
      higher: 3300,
    });
    // From September on the year's end is too near.
    const autumn = fakeView({ session: "2019-10-01", spot: 3010, index: { discountFactor: 0.98 } });
    expect(boxTerms(autumn, defaultFills)?.expiration).toBe("2020-12-18");
  });

  test("imply the rate at which the options are discounted, and cost more for the fill", () => {
    const found = boxTerms(view(), defaultFills);
    const implied = (-Math.log(0.98) * 365) / 200;
    // Each of four quotes may lie a tick off its price: 0.2 of 588 points is 0.03 % in 200 days.
    expect(Math.abs((found?.midRate ?? 0) - implied)).toBeLessThan(0.0006);
    expect(found?.rate).toBeGreaterThan(found?.midRate ?? 1);
    expect(boxTerms(view(), midFills)?.rate).toBeCloseTo(found?.midRate ?? 0, 12);
  });

  test("rise with the rate", () => {
    const factor = fc.double({ min: 0.9, max: 0.99, noNaN: true });
    fc.assert(
      fc.property(factor, (discountFactor) => {
        const [low, high] = [
          boxTerms(view(discountFactor + 0.005), defaultFills),
          boxTerms(view(discountFactor), defaultFills),
        ];
        expect(high?.rate).toBeGreaterThan(low?.rate ?? 1);
      }),
      { seed: 1989 },
    );
  });

  test("are not to be had without the chain, or beside a leg that is not quoted", () => {
    expect(boxTerms(fakeView({ session, isWarmingUp: true }), defaultFills)).toBeUndefined();
    const gap = fakeView({ session, spot: 3010, index: { isQuoted: (right) => right === "call" } });
    expect(boxTerms(gap, defaultFills)).toBeUndefined();
  });
});
