import { calendarDate, strike } from "@steward/model";
import { normalCdf } from "@steward/pricing";
import { describe, expect, it } from "vitest";
// The fakes of a row below: packages do not export them.
import { fakeView } from "../../../packages/strategy/src/testing/fake-market.ts";
import { condorFigures } from "./condor-figures.ts";
import { documentOf, transcript } from "./testing/transcript.ts";

const expiration = calendarDate("2019-06-07");
const leg = (right: "put" | "call", points: number, ratio: number, root: "SPXW" | "SPY" = "SPXW") => ({
  contract: { root, expiration, right, strike: strike(points) },
  ratio,
});
const condor = {
  legs: [leg("put", 2890, 1), leg("put", 2900, -1), leg("call", 3100, -1), leg("call", 3130, 1)],
  contracts: 3,
  breakEven: { low: 2898.5, high: 3101.5 },
};
// A flat volatility of 20 % on a forward of 3000, no interest.
const view = fakeView({ session: "2019-06-03", spot: 3000, index: { volatility: 0.2 } });

describe("condorFigures", () => {
  const figures = condorFigures(view, condor);
  const years = view.slice("SPXW", expiration)?.years ?? Number.NaN;
  const total = 0.2 * Math.sqrt(years);
  /** Under a lognormal price with the forward as its mean. */
  const below = (level: number) => normalCdf(Math.log(level / 3000) / total + total / 2);

  it("probabilities are those of the lognormal price between the strikes and the break-evens", () => {
    expect(figures?.probabilities.worthless).toBeCloseTo(below(3100) - below(2900), 10);
    expect(figures?.probabilities.profit).toBeCloseTo(below(3101.5) - below(2898.5), 10);
    // By reflection a touch is nearly twice as likely as an end beyond.
    const put = figures?.probabilities.touch.put ?? Number.NaN;
    expect(put / below(2900)).toBeGreaterThan(1.9);
    expect(put / below(2900)).toBeLessThan(2.1);
  });

  it("Greeks are what the marks do when the world moves a little", () => {
    const worth = (at: Parameters<typeof fakeView>[0]) => {
      const slice = fakeView(at).slice("SPXW", expiration);
      return condor.legs.reduce(
        (sum, { contract, ratio }) =>
          sum + 300 * ratio * (slice?.mark(contract.right, contract.strike)?.price ?? Number.NaN),
        0,
      );
    };
    const at = (spot: number, volatility: number) =>
      worth({ session: "2019-06-03", spot, index: { volatility, forward: spot } });
    expect(figures?.greeks.delta).toBeCloseTo((at(3000.5, 0.2) - at(2999.5, 0.2)) / 1, 2);
    expect(figures?.greeks.gamma).toBeCloseTo(at(3001, 0.2) - 2 * at(3000, 0.2) + at(2999, 0.2), 2);
    expect(figures?.greeks.vega).toBeCloseTo(at(3000, 0.205) - at(3000, 0.195), 0);
    expect(figures?.greeks.theta).toBeGreaterThan(0);
  });

  it("margin is the wider wing of every contract, less the credit", () => {
    expect(figures?.margin.requirement).toBe(3 * 30 * 100);
    expect(figures?.margin.deposit).toBeLessThan(9000);
  });

  it("says nothing of what is not quoted, or American", () => {
    const blind = fakeView({ session: "2019-06-03", has: () => false });
    expect(condorFigures(blind, condor)).toBeUndefined();
    const american = { ...condor, legs: [leg("put", 290, 1, "SPY"), leg("put", 291, -1, "SPY")] };
    expect(condorFigures(view, american)).toBeUndefined();
  });
});

describe("steward explain", () => {
  it("makes a record again, the same, and tells every step", async () => {
    const { document } = await documentOf(["signal", "--session", "2017-06-15"]);
    const id = String(document["id"]);
    const { status, out } = await transcript(["explain", id]);
    expect(status).toBe(0);
    const text = out;
    expect(text).toContain(`Record ${id}: made again, the same.`);
    expect(text).toContain("vix:balanced: pass, VIX");
    expect(text).toMatch(/risk-neutral: worthless \d\d\.\d %/);
    expect(text).toContain("Hedge");
    const again = await documentOf(["explain", id]);
    expect(again.document).toEqual(document);
  });

  it("refuses a record that another configuration made, and what is no name", async () => {
    const { document } = await documentOf(["signal", "--session", "2017-06-15"]);
    const other = await documentOf(["explain", String(document["id"]), "--set", "condor.width=5"]);
    expect(other.status).toBe(1);
    expect(other.document["error"]).toMatchObject({
      code: "record.not-reproduced",
      details: { expected: document["id"] },
    });
    expect((await documentOf(["explain", "yesterday"])).document["error"]).toMatchObject({
      code: "input.invalid",
    });
  });
});
