import { calendarDate, type Right, type Strike, type Structure, strikePoints } from "@steward/model";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CondorProposal, type CondorRefusal, condorWidth, selectCondor } from "./condor.ts";
import type { CondorConfig, TierConfig } from "./config.ts";
import { adverseFills, defaultFills, midFills, presets } from "./presets.ts";
import { tierSize } from "./size.ts";
import { type FakeTerms, fakeSlice } from "./testing/fake-market.ts";

const seed = 112;
const session = calendarDate("2019-06-03");
const expiration = calendarDate("2019-06-04");
const key = { root: "SPXW", session, expiration } as const;
const rounding = 1e-9;

/** One tenth of a percent a session: with a forward of 3000 exactly three points. */
const expectedRange = 0.001;
const liberal: CondorConfig = {
  root: "SPXW",
  sessionsToExpiration: 1,
  tiers: [],
  creditBand: 0.1,
  creditUnit: "points",
  width: 10,
  callWidth: undefined,
  step: 5,
  minCreditShareOfWidth: 0,
  maxCostShareOfCredit: 1,
  expectedRange: "vix",
  listings: "hypothetical",
};
const anyCredit = { creditBand: 20 };
const tier: TierConfig = { name: "balanced", credit: 2, startMultiple: 0, vixBelow: 20 };
const calm: Partial<FakeTerms> = { volatility: 0.28, halfSpread: 0 };

interface Search {
  readonly terms?: Partial<FakeTerms>;
  readonly tier?: Partial<TierConfig>;
  readonly config?: Partial<CondorConfig>;
  readonly fills?: typeof defaultFills;
  readonly expectedRange?: number;
}

function search(options: Search): CondorProposal | CondorRefusal {
  return selectCondor(
    fakeSlice(key, { ...calm, ...options.terms }),
    { ...tier, ...options.tier },
    { ...liberal, ...options.config },
    { expectedRange, fills: defaultFills, on: session, ...options },
  );
}

function found(options: Search): CondorProposal {
  const result = search(options);
  if (result.kind === "refusal") throw new Error(`${result.reason}: ${result.because.join("; ")}`);
  return result;
}

function refusal(options: Search): CondorRefusal["reason"] {
  const result = search(options);
  if (result.kind === "proposal") throw new Error(`expected a refusal, found ${result.because.join("; ")}`);
  return result.reason;
}

function shorts({ shortPut, shortCall }: CondorProposal): readonly number[] {
  return [shortPut, shortCall];
}

describe("the walk starts", () => {
  test.each([
    // Three points a range: 10 ranges are 30 points, 6 steps of 5 on either side of a forward on the grid.
    [10, 3000, [2970, 3030]],
    [10.01, 3000, [2965, 3035]],
    [0, 3000, [3000, 3000]],
    // 3001 × 0.001 × 10 = 30.01: from 3000 down 29.01 points, 6 steps; from 3005 up 26.01 points, 6 steps.
    [10, 3001, [2970, 3035]],
    // 3004 × 0.001 × 10 = 30.04: 26.04 points below 3000, 6 steps; 29.04 above 3005, 6 steps.
    [10, 3004, [2970, 3035]],
    // 30.04 × 0.99 = 29.74: the calls need 28.74 points, 6 steps, the puts 25.74, also 6.
    [9.9, 3004, [2970, 3035]],
    // 31.0 × 0.85: 23.51 points below 3000, 5 steps; 24.49 above 3005, 5 steps.
    [8.5, 3001, [2975, 3030]],
    // 26.13 − 1 = 25.13 points below 3000 need 6 steps, 26.13 − 4 = 22.13 above only 5: the farther side counts.
    [8.7, 3001, [2970, 3035]],
    [8.7, 3004, [2970, 3035]],
  ] as const)(
    "%d expected ranges from %d at %j, both sides at or beyond",
    (startMultiple, forward, expected) => {
      const proposal = found({ tier: { startMultiple }, terms: { forward }, config: anyCredit });
      expect(shorts(proposal)).toEqual(expected);
      const distance = startMultiple * expectedRange * forward;
      expect(forward - proposal.shortPut).toBeGreaterThanOrEqual(distance - rounding);
      expect(proposal.shortCall - forward).toBeGreaterThanOrEqual(distance - rounding);
    },
  );

  test("within 400 rungs, however wide the range", () => {
    const proposal = found({
      expectedRange: 0.5,
      tier: { startMultiple: 1 },
      terms: { volatility: 4 },
      config: anyCredit,
    });
    expect(shorts(proposal)).toEqual([2000, 4000]);
  });
});

describe("the walk", () => {
  // Rungs of a smile whose puts are richer, by the credit of each: what every search below walks on.
  const credits = (terms: Partial<FakeTerms>, count: number): readonly (readonly number[])[] =>
    Array.from({ length: count }, (_, steps) => {
      const proposal = found({
        terms,
        tier: { startMultiple: (steps * 5) / 3 },
        config: anyCredit,
      });
      return [...shorts(proposal), proposal.credit];
    });

  test("pays less the farther it goes", () => {
    const paid = credits({}, 14).map(([, , credit]) => credit ?? 0);
    expect(paid.every((credit, index) => index === 0 || credit < (paid[index - 1] ?? 0))).toBe(true);
  });

  test("goes outward while the credit is above the band", () => {
    const start = found({ tier: { startMultiple: 0 }, config: anyCredit });
    expect(start.credit).toBeGreaterThan(2.1);
    const proposal = found({ tier: { credit: 2 } });
    expect(shorts(proposal)).toEqual([2950, 3050]);
    expect(Math.abs(proposal.credit - 2)).toBeLessThanOrEqual(0.1 + rounding);
    expect(proposal.because).toEqual([
      `started 0.00 expected ranges from the forward 3000.00: 3000/3000 paying ${start.credit.toFixed(2)}`,
      `stepped to 2950/3050 paying ${proposal.credit.toFixed(2)} for a target of 2.00`,
    ]);
  });

  test("goes inward while the credit is below the band", () => {
    const start = found({ tier: { startMultiple: 25 }, config: anyCredit });
    expect(shorts(start)).toEqual([2925, 3075]);
    expect(start.credit).toBeLessThan(1.9);
    expect(shorts(found({ tier: { credit: 2, startMultiple: 25 } }))).toEqual([2950, 3050]);
  });

  test("comes in from where nobody bids", () => {
    const beyond = found({ tier: { credit: 2, startMultiple: 60 } });
    expect(shorts(beyond)).toEqual([2950, 3050]);
    expect(beyond.because[0]).toBe(
      "started 60.00 expected ranges from the forward 3000.00: nobody bids there",
    );
  });

  test("stays where the start pays enough already", () => {
    const start = found({ tier: { startMultiple: 15 }, config: anyCredit });
    const stayed = found({ tier: { startMultiple: 15, credit: start.credit } });
    expect(shorts(stayed)).toEqual(shorts(start));
  });

  test.each([
    ["the puts where their volatility is higher", 1, [2950, 3045]],
    ["the puts where both are equal", 0, [2950, 3045]],
    ["the calls where theirs is higher", -1, [2955, 3050]],
  ] as const)("moves first %s", (_, skew, expected) => {
    const target = found({ terms: { skew }, tier: { startMultiple: 15 }, config: anyCredit });
    expect(shorts(target)).toEqual([2955, 3045]);
    const under = { credit: target.credit - 0.15, startMultiple: 15 };
    const next = found({ terms: { skew }, tier: under, config: { creditBand: 0.14 } });
    expect(shorts(next)).toEqual(expected);
  });

  test("compares volatilities one expected range out, where the strikes are", () => {
    // At 3000 both sides share a volatility; only 30 points out do they differ.
    const terms = { skew: -1 };
    const far = found({ terms, tier: { startMultiple: 1.5 }, config: anyCredit, expectedRange: 0.01 });
    expect(shorts(far)).toEqual([2955, 3045]);
    const under = { credit: far.credit - 0.15, startMultiple: 1.5 };
    expect(shorts(found({ terms, tier: under, config: { creditBand: 0.14 }, expectedRange: 0.01 }))).toEqual([
      2955, 3050,
    ]);
  });

  test("asks for those volatilities on the grid, a whole expected range away", () => {
    const asked: string[] = [];
    const slice = fakeSlice(key, { ...calm, forward: 3001 });
    const watched = {
      ...slice,
      mark: (right: Right, at: Strike) => {
        asked.push(`${right} ${strikePoints(at)}`);
        return slice.mark(right, at);
      },
    };
    const context = { expectedRange: 0.01, fills: defaultFills, on: session };
    selectCondor(watched, tier, { ...liberal, ...anyCredit }, context);
    // 30.01 points are seven steps of five, from 3000 down and from 3005 up.
    expect(asked.slice(0, 2)).toEqual(["put 2965", "call 3040"]);
  });

  test("accepts a credit exactly at either edge of the band", () => {
    const { credit } = found({ tier: { startMultiple: 15 }, config: anyCredit });
    for (const offset of [-0.1, 0.1]) {
      const proposal = found({ tier: { startMultiple: 15, credit: credit + offset } });
      expect(shorts(proposal)).toEqual([2955, 3045]);
    }
    for (const offset of [-0.11, 0.11]) {
      const result = search({ tier: { startMultiple: 15, credit: credit + offset } });
      expect(result.kind === "proposal" && shorts(result)).not.toEqual([2955, 3045]);
    }
  });
});

describe("a proposal", () => {
  test("carries four legs, long wings outside, and the deltas of the shorts", () => {
    const proposal = found({ tier: { credit: 2 } });
    const legs = proposal.structure.legs.map(({ contract, ratio }) => [
      contract.right,
      strikePoints(contract.strike),
      ratio,
    ]);
    expect(legs).toEqual([
      ["put", 2940, 1],
      ["put", 2950, -1],
      ["call", 3050, -1],
      ["call", 3060, 1],
    ]);
    expect(proposal.structure.kind).toBe("iron-condor");
    expect(proposal.structure.legs.every(({ contract }) => contract.expiration === expiration)).toBe(true);
    expect([proposal.longPut, proposal.longCall, proposal.width]).toEqual([2940, 3060, 10]);
    expect(proposal.deltas.put).toBeLessThan(0);
    expect(proposal.deltas.call).toBeGreaterThan(0);
    expect(Math.abs(proposal.midCredit - proposal.cost - proposal.credit)).toBeLessThan(rounding);
    expect(condorWidth(proposal.structure)).toBe(10);
  });

  test("width and step are those of the configuration", () => {
    const proposal = found({ config: { width: 25, step: 25, creditBand: 20 }, tier: { startMultiple: 10 } });
    expect([proposal.longPut, proposal.shortPut, proposal.shortCall, proposal.longCall]).toEqual([
      2925, 2950, 3050, 3075,
    ]);
  });
});

describe("unequal wings", () => {
  const unequal = { ...anyCredit, width: 10, callWidth: 25 };

  test("the call wing has its own width, the wider one is what can be lost", () => {
    const { longPut, shortPut, shortCall, longCall, width } = found({ config: unequal });
    expect([shortPut - longPut, longCall - shortCall, width]).toEqual([10, 25, 25]);
    const narrow = found({ config: { ...anyCredit, width: 25, callWidth: 10 } });
    expect([narrow.shortPut - narrow.longPut, narrow.longCall - narrow.shortCall, narrow.width]).toEqual([
      25, 10, 25,
    ]);
  });

  test("the least credit is a share of the wider wing", () => {
    const { credit } = found({ config: unequal });
    const share = credit / 25;
    expect(refusal({ config: { ...unequal, minCreditShareOfWidth: share * 1.01 } })).toBe(
      "credit-below-floor",
    );
    expect(found({ config: { ...unequal, minCreditShareOfWidth: share * 0.99 } }).credit).toBe(credit);
  });
});

describe("a refusal", () => {
  test("credit-out-of-band: the grid steps over the band", () => {
    expect(refusal({ tier: { credit: 2.07 }, config: { creditBand: 0.01 } })).toBe("credit-out-of-band");
    const result = search({ tier: { credit: 9.95 }, config: { creditBand: 0.01 } });
    expect(result).toMatchObject({ reason: "credit-out-of-band" });
    expect(result.because.at(-1)).toMatch(/^no strikes pay 9\.94 to 9\.96; the nearest pay \d\.\d\d$/);
    expect(result.because[1]).toMatch(/^stepped to 3000\/3000 /);
  });

  test("credit-below-floor: too little for the width", () => {
    const { credit } = found({ tier: { credit: 2 } });
    const share = (points: number) => ({ minCreditShareOfWidth: (credit + points) / 10 });
    expect(refusal({ tier: { credit: 2 }, config: share(0.01) })).toBe("credit-below-floor");
    expect(found({ tier: { credit: 2 }, config: share(0) }).credit).toBe(credit);
  });

  test("delta-above-limit: either short counts, the limit itself passes", () => {
    const { deltas } = found({ tier: { credit: 2 } });
    const [smaller, larger] = [Math.abs(deltas.put), deltas.call].sort((left, right) => left - right);
    const limited = (maxShortDelta = 0) => ({ tier: { credit: 2, maxShortDelta } });
    expect(refusal(limited(smaller))).toBe("delta-above-limit");
    expect(found(limited(larger)).deltas).toEqual(deltas);
    const flipped = { terms: { skew: 3 }, tier: { credit: 2 } };
    expect(Math.abs(found(flipped).deltas.put)).toBeGreaterThan(found(flipped).deltas.call);
    expect(refusal({ ...flipped, tier: { credit: 2, maxShortDelta: found(flipped).deltas.call } })).toBe(
      "delta-above-limit",
    );
  });

  test("cost-above-limit: the fill gives up too much of the credit", () => {
    const { cost, credit } = found({ tier: { credit: 2 } });
    const share = cost / credit;
    expect(refusal({ tier: { credit: 2 }, config: { maxCostShareOfCredit: share - 0.001 } })).toBe(
      "cost-above-limit",
    );
    expect(found({ tier: { credit: 2 }, config: { maxCostShareOfCredit: share } }).cost).toBe(cost);
  });

  test.each([
    ["the start is not quoted", { isQuoted: (_: string, points: number) => points !== 2990 }, 0],
    ["no calls are quoted", { isQuoted: (right: string) => right === "put" }, 0],
    ["no puts are quoted", { isQuoted: (right: string) => right === "call" }, 0],
    ["nobody bids for any leg to be sold", { halfSpread: 20 }, 20],
    ["the long put would lie below zero", { forward: 9, volatility: 9 }, 0],
    ["the long put would lie at zero", { forward: 10, volatility: 9 }, 0],
  ])("not-quoted: %s", (_, terms, startMultiple) => {
    const result = search({ terms, tier: { credit: 2, startMultiple } });
    expect(result).toMatchObject({ kind: "refusal", reason: "not-quoted" });
    expect(result.because).toEqual(["no condor on this expiration can be sold"]);
  });

  test("not-quoted: a short strike has quotes but no mark on either side", () => {
    const slice = fakeSlice(key, calm);
    for (const side of ["put", "call"] as const) {
      const unmarked = {
        ...slice,
        mark: (right: Right, at: Strike) => (right === side ? undefined : slice.mark(right, at)),
      };
      const context = { expectedRange, fills: defaultFills, on: session };
      expect(selectCondor(unmarked, tier, liberal, context)).toMatchObject({ reason: "not-quoted" });
    }
  });

  test("credit-out-of-band: every quoted condor pays too much", () => {
    const terms = { isQuoted: (_: string, points: number) => points > 2960 };
    expect(refusal({ terms, tier: { credit: 2 } })).toBe("credit-out-of-band");
    const rich = { volatility: 9, forward: 20_000 };
    const far = { terms: rich, tier: { credit: 0.7, startMultiple: 1 }, expectedRange: 0.045 };
    expect(refusal(far)).toBe("credit-out-of-band");
    expect(search(far).because[1]).toMatch(/^stepped to 19000\/21000 /);
  });
});

describe("laws on random slices", () => {
  const slices = fc.record({
    forward: fc.integer({ min: 8000, max: 16_000 }).map((quarters) => quarters / 4),
    volatility: fc.double({ min: 0.06, max: 0.6, noNaN: true }),
    skew: fc.integer({ min: -200, max: 300 }).map((hundredths) => hundredths / 100),
    halfSpread: fc.integer({ min: 0, max: 300 }).map((thousandths) => thousandths / 1000),
  });
  const { condor } = presets["flagship"] ?? { condor: liberal };
  const select = (terms: Partial<FakeTerms>, wanted: TierConfig, config = condor) =>
    selectCondor(fakeSlice(key, terms), wanted, config, {
      expectedRange: (terms.volatility ?? 0) / Math.sqrt(252),
      fills: defaultFills,
      on: session,
    });

  test("a lower credit never sits nearer", () => {
    let compared = 0;
    const config = { ...condor, maxCostShareOfCredit: 1, creditBand: 0.2 };
    fc.assert(
      fc.property(slices, (terms) => {
        const proposals = condor.tiers.map((wanted) => select(terms, wanted, config));
        for (const [index, near] of proposals.entries()) {
          for (const far of proposals.slice(0, index)) {
            if (near.kind === "refusal" || far.kind === "refusal") continue;
            compared += 1;
            expect(far.shortPut).toBeLessThanOrEqual(near.shortPut);
            expect(far.shortCall).toBeGreaterThanOrEqual(near.shortCall);
          }
        }
      }),
      { seed, numRuns: 1000 },
    );
    expect(compared).toBeGreaterThan(500);
  });

  test("what is proposed keeps every limit", () => {
    let proposed = 0;
    fc.assert(
      fc.property(slices, fc.constantFrom(...condor.tiers), (terms, wanted) => {
        const result = select(terms, wanted);
        if (result.kind === "refusal") return;
        proposed += 1;
        const { credit, cost, deltas, shortPut, shortCall } = result;
        expect(Math.abs(credit - wanted.credit)).toBeLessThanOrEqual(condor.creditBand + rounding);
        expect(credit).toBeGreaterThanOrEqual(condor.minCreditShareOfWidth * condor.width - rounding);
        expect(cost).toBeLessThanOrEqual(condor.maxCostShareOfCredit * credit + rounding);
        expect(Math.max(-deltas.put, deltas.call)).toBeLessThanOrEqual(wanted.maxShortDelta ?? 1);
        expect(shortPut).toBeLessThanOrEqual(terms.forward);
        expect(shortCall).toBeGreaterThanOrEqual(terms.forward);
      }),
      { seed, numRuns: 1000 },
    );
    expect(proposed).toBeGreaterThan(100);
  });

  test("the same condor in a wider market, or filled worse, pays less and is never bought in a larger size", () => {
    // By whole ticks on both sides: where the ask alone rises, the middle and any share of the spread rise with it.
    const wider = fc.integer({ min: 0, max: 3 }).map((tenths) => tenths / 10);
    const sized = ({ credit, width }: CondorProposal): number =>
      tierSize({ totalRiskShare: 0.03 }, { equity: 1e7, tiers: 3, width, credit }).contracts;
    const at = (terms: Partial<FakeTerms>, fills: typeof defaultFills) =>
      search({ terms, fills, tier: { startMultiple: 12 }, config: anyCredit });
    fc.assert(
      fc.property(slices, wider, (terms, more) => {
        const narrow = at(terms, defaultFills);
        const variants = [
          at({ ...terms, halfSpread: terms.halfSpread + more }, defaultFills),
          at(terms, adverseFills),
        ];
        for (const wide of variants) {
          if (narrow.kind === "refusal" || wide.kind === "refusal") continue;
          if (shorts(narrow).join() !== shorts(wide).join()) continue;
          expect(wide.credit).toBeLessThanOrEqual(narrow.credit + rounding);
          expect(sized(wide)).toBeLessThanOrEqual(sized(narrow));
        }
        const middle = at(terms, midFills);
        if (middle.kind === "proposal" && narrow.kind === "proposal")
          expect(middle.credit).toBeGreaterThanOrEqual(narrow.credit - rounding);
      }),
      { seed, numRuns: 500 },
    );
  });
});

test("condorWidth is the wider wing, legs in any order", () => {
  const leg = (right: "put" | "call", points: number, ratio: number) => ({
    contract: { root: "SPXW" as const, expiration, right, strike: (points * 1000) as Strike },
    ratio,
  });
  const legs = [leg("call", 3055, 1), leg("put", 2950, -1), leg("call", 3045, -1), leg("put", 2925, 1)];
  const uneven: Structure = { kind: "iron-condor", legs };
  expect(condorWidth(uneven)).toBe(25);
  expect(condorWidth({ ...uneven, legs: legs.toReversed() })).toBe(25);
});

describe("credits in other units", () => {
  const shares = { creditUnit: "width", creditBand: 0.02 } as const;

  test("a share of the width finds the condor of so many points", () => {
    const inPoints = found({ tier: { credit: 2 }, config: { creditBand: 0.2 } });
    expect(found({ tier: { credit: 0.2 }, config: shares })).toEqual(inPoints);
    const wide = found({ tier: { credit: 0.2 }, config: { ...shares, width: 20 } });
    expect(wide.credit).toBeGreaterThan(3.6);
    expect(wide.credit).toBeLessThan(4.4);
  });

  test("basis points of the forward keep their meaning as the index grows", () => {
    const credits = [3000, 6000].map((forward) => {
      const terms = { forward, volatility: 0.28, halfSpread: 0 };
      const config = { creditUnit: "basis-points", creditBand: 0.7, width: forward / 300, step: 5 } as const;
      return found({ terms, tier: { credit: 6.7 }, config }).credit / forward;
    });
    for (const credit of credits) expect(Math.abs(credit * 10_000 - 6.7)).toBeLessThanOrEqual(0.7);
  });

  test("the explanation names the target in points", () => {
    expect(found({ tier: { credit: 0.2 }, config: shares }).because.at(-1)).toContain("for a target of 2.00");
  });
});
