import type { Backtest } from "@steward/engine";
import { describe, expect, it } from "vitest";
import { headline } from "./headline.ts";
import { describeStudy, type ReportInput } from "./study.ts";
import { fakeInput } from "./testing/fake-input.ts";

const base = fakeInput();

interface Outcome {
  readonly hedged?: number;
  readonly unhedged?: number;
  readonly smaller?: number;
  readonly depths?: { readonly hedged: number; readonly smaller: number };
  readonly hedge?: Partial<Backtest["hedge"]>;
}

function withOutcome({
  hedged = 0.02,
  unhedged = 0.03,
  smaller = 0.025,
  depths,
  hedge,
}: Outcome): ReportInput {
  const { arms } = base.backtest;
  const shaped = (
    arm: Backtest["arms"]["hedged"],
    growth: number,
    depth = -0.3,
  ): Backtest["arms"]["hedged"] => {
    const estimate = {
      value: growth,
      low95: growth - 0.02,
      high95: growth + 0.02,
      low50: growth,
      high50: growth,
    };
    const { drawdown } = arm.statistics;
    const deep = drawdown && { ...drawdown, depth: { ...drawdown.depth, value: depth } };
    return { ...arm, statistics: { ...arm.statistics, growth: estimate, drawdown: deep } };
  };
  return {
    ...base,
    backtest: {
      ...base.backtest,
      arms: {
        hedged: shaped(arms.hedged, hedged, depths?.hedged),
        unhedged: shaped(arms.unhedged, unhedged),
        smaller: shaped(arms.smaller, smaller, depths?.smaller),
      },
      hedge: { ...base.backtest.hedge, ...hedge },
    },
  };
}

function titleOf(outcome: Outcome): string {
  return headline(describeStudy(withOutcome(outcome))).title;
}

describe("the headline", () => {
  it("says what the hedge cost and that it made the drawdown shallower", () => {
    expect(titleOf({ hedge: { resultAYear: -0.015, drawdownSaved: 0.034 } })).toBe(
      "The hedge cost 1.5 points a year and made the deepest drawdown 3.4 points shallower.",
    );
  });

  it("says a failure plainly", () => {
    const depths = { hedged: -0.35, smaller: -0.36 };
    expect(titleOf({ depths, hedge: { resultAYear: -0.015, drawdownSaved: -0.05 } })).toBe(
      "The hedge cost 1.5 points a year and made the deepest drawdown 5.0 points deeper.",
    );
  });

  it("names the smaller position where that did what the hedge did not", () => {
    const depths = { hedged: -0.35, smaller: -0.2 };
    expect(titleOf({ depths, hedge: { resultAYear: -0.015, drawdownSaved: -0.05 } })).toContain(
      "A smaller position made it shallower.",
    );
    const both = titleOf({
      depths,
      hedged: 0.01,
      smaller: 0.02,
      hedge: { resultAYear: -0.01, drawdownSaved: 0.02 },
    });
    expect(both).toContain("A smaller position did better on both.");
  });

  it("starts with the condors where they lost money", () => {
    expect(titleOf({ unhedged: -0.032, hedge: { resultAYear: -0.009, drawdownSaved: -0.09 } })).toBe(
      "The condors lost 3.2\u00A0% a year. The hedge cost 0.9 points a year and made the deepest drawdown 9.0 points deeper.",
    );
  });

  it("says what is not known", () => {
    expect(titleOf({ hedge: { resultAYear: undefined, drawdownSaved: undefined } })).toBe(
      "What the hedge cost a year is not known.",
    );
  });

  it("finds nothing in a few sessions", () => {
    const short = fakeInput({ from: "2018-01-18", to: "2018-03-01" });
    expect(headline(describeStudy(short)).title).toBe("30 sessions: too few for a finding.");
  });
});
