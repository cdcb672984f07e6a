import { describe, expect, test } from "vitest";
import { presets } from "./presets.ts";
import { beyondRiskProfile, riskProfiles, withRiskProfile } from "./risk-profile.ts";
import { sizeFactors } from "./size-factors.ts";
import { fakeView } from "./testing/fake-market.ts";

const presetNamed = (name: string) => {
  const preset = presets[name];
  if (preset === undefined) throw new Error(`no preset ${name}`);
  return preset;
};
const steward = withRiskProfile(presetNamed("glossary"), "steward");
const promoter = withRiskProfile(presetNamed("glossary"), "promoter");

describe("withRiskProfile", () => {
  test("a steward risks 3 % on the two farthest tiers, a promoter 10 % on three", () => {
    expect(steward.size.totalRiskShare).toBe(0.03);
    expect(steward.condor.tiers.map(({ name }) => name)).toEqual(["conservative", "balanced"]);
    expect(promoter.size.totalRiskShare).toBe(0.1);
    expect(promoter.condor.tiers.map(({ name }) => name)).toEqual(["conservative", "balanced", "aggressive"]);
  });

  test("the farthest tiers are those that pay least, in whatever order they are named", () => {
    const { condor, ...rest } = presetNamed("flagship");
    const turned = { ...rest, condor: { ...condor, tiers: condor.tiers.toReversed() } };
    expect(withRiskProfile(turned, "steward").condor.tiers.map(({ credit }) => credit)).toEqual([0.7, 1.15]);
  });

  test("a sleeve is bound to the same share of its own equity", () => {
    const { secondEngine } = withRiskProfile(presetNamed("evidenceOnly"), "steward");
    expect(secondEngine?.riskShare).toBe(0.03);
    expect(steward.secondEngine).toBeUndefined();
  });

  test("nothing else changes", () => {
    const { condor, size, ...rest } = presetNamed("glossary");
    expect(promoter).toEqual({
      ...rest,
      condor,
      size: { ...size, profile: "promoter", totalRiskShare: 0.1 },
    });
  });
});

describe("beyondRiskProfile", () => {
  const keysOf = (config: typeof steward) => beyondRiskProfile(config).map(({ key }) => key);

  test("is nothing at the bounds, below them, and without a profile", () => {
    expect(keysOf(steward)).toEqual([]);
    expect(keysOf({ ...steward, size: { ...steward.size, totalRiskShare: 0.01 } })).toEqual([]);
    const { size } = steward;
    expect(keysOf({ ...steward, hedge: undefined, size: { ...size, profile: undefined } })).toEqual([]);
  });

  test.each([
    ["risk", { size: { ...steward.size, totalRiskShare: 0.0301 } }, "size.totalRiskShare"],
    ["no hedge", { hedge: undefined }, "hedge"],
    ["a hedge without layers", { hedge: steward.hedge && { ...steward.hedge, layers: [] } }, "hedge"],
    ["a third tier", { condor: promoter.condor }, "condor.tiers"],
    ["a sleeve", { secondEngine: presetNamed("evidenceOnly").secondEngine }, "secondEngine.riskShare"],
  ])("names what goes beyond: %s", (_, change, key) => {
    expect(keysOf({ ...steward, ...change })).toEqual([key]);
  });

  test("lets a promoter go without a hedge, and tells the bound", () => {
    const { size } = promoter;
    expect(
      beyondRiskProfile({ ...promoter, hedge: undefined, size: { ...size, totalRiskShare: 0.2 } }),
    ).toEqual([
      {
        key: "size.totalRiskShare",
        message: "expected at most 10.0 % of equity under the profile promoter, found 0.2",
      },
    ]);
  });
});

test("the record tells the bound as a factor that cuts nothing", () => {
  const view = fakeView({ session: "2019-06-03", spot: 3000 });
  const account = { equity: 1e6, peakEquity: 1e6 };
  const [first] = sizeFactors(view, { factor: 1, because: [] }, account, steward.size);
  expect(first).toEqual({ name: "profile", factor: 1, because: "steward: at most 3.0 % of equity at risk" });
  expect(riskProfiles.steward.riskShare).toBeLessThan(riskProfiles.promoter.riskShare);
});
