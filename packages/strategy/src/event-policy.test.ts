import { calendarDate } from "@steward/model";
import { describe, expect, test } from "vitest";
import { assess, initialStrategyState } from "./assess.ts";
import type { EventPolicies, StrategyConfig } from "./config.ts";
import { decide } from "./decide.ts";
import { assessEvents } from "./event-policy.ts";
import { presets } from "./presets.ts";
import { fakeView } from "./testing/fake-market.ts";
import type { UpcomingEvent } from "./view.ts";

const monday = "2019-06-03";
const tuesday = calendarDate("2019-06-04");
const ignored: EventPolicies = { fomc: "ignore", cpi: "ignore", jobs: "ignore", ppi: "ignore" };

function event(kind: string, date: string): UpcomingEvent {
  return { kind, date: calendarDate(date) };
}

function assessed(policies: Partial<EventPolicies>, events: readonly UpcomingEvent[], until = tuesday) {
  return assessEvents(fakeView({ session: monday, events }), until, { ...ignored, ...policies });
}

describe("assessEvents", () => {
  test("half, skip and warn, each with its sentence", () => {
    const cpi = [event("cpi", "2019-06-04")];
    expect(assessed({ cpi: "half" }, cpi)).toEqual({
      factor: 0.5,
      because: ["release of consumer prices on 2019-06-04, before the expiration is settled: half size"],
    });
    expect(assessed({ cpi: "skip" }, cpi)).toMatchObject({
      factor: 0,
      because: [expect.stringContaining("no condor")],
    });
    expect(assessed({ cpi: "warn" }, cpi)).toMatchObject({
      factor: 1,
      because: [expect.stringContaining("a warning, no smaller size")],
    });
    expect(assessed({ cpi: "ignore" }, cpi)).toEqual({ factor: 1, because: [] });
  });

  test("counts events after the session and up to the expiration, both told of the calendar's kind", () => {
    const around = ["2019-05-31", "2019-06-03", "2019-06-05"].map((date) => event("fomc", date));
    expect(assessed({ fomc: "skip" }, around)).toEqual({ factor: 1, because: [] });
    expect(assessed({ fomc: "skip" }, around, calendarDate("2019-06-05")).factor).toBe(0);
  });

  test("the strictest policy counts, whatever the order of the kinds", () => {
    const both = [event("fomc", "2019-06-04"), event("ppi", "2019-06-04")];
    expect(assessed({ fomc: "skip", ppi: "half" }, both).factor).toBe(0);
    expect(assessed({ fomc: "half", ppi: "skip" }, both).factor).toBe(0);
    expect(assessed({ fomc: "half", ppi: "half" }, both).factor).toBe(0.5);
    expect(assessed({ fomc: "half", ppi: "warn" }, both).factor).toBe(0.5);
    expect(assessed({ fomc: "half", ppi: "warn" }, both).because).toHaveLength(2);
  });

  test("abstains with a reason where no calendar of the kind is known, or it ended long ago", () => {
    const because = ["no dates are known of the jobs report: they cut no size"];
    expect(assessed({ jobs: "skip" }, [])).toEqual({ factor: 1, because });
    // 61 days and 60 days before the session.
    expect(assessed({ jobs: "skip" }, [event("jobs", "2019-04-03")])).toEqual({ factor: 1, because });
    expect(assessed({ jobs: "skip" }, [event("jobs", "2019-04-04")])).toEqual({ factor: 1, because: [] });
  });
});

describe("the policy in a decision", () => {
  const flagship = presets["flagship"] as StrategyConfig;
  const config: StrategyConfig = {
    ...flagship,
    condor: { ...flagship.condor, creditBand: 0.25, minCreditShareOfWidth: 0, maxCostShareOfCredit: 1 },
  };
  const account = { equity: 1_000_000, condorRisk: 0, peakEquity: 1_000_000, positions: [] };
  const decisionOf = (fomc: EventPolicies["fomc"]) => {
    const rules = { ...config, events: { ...ignored, fomc } };
    const view = fakeView({ session: monday, vix: 14, events: [event("fomc", "2019-06-04")] });
    return decide(assess(view, rules, initialStrategyState).assessment, account, rules);
  };

  test("half sells half the risk of every tier and says so", () => {
    const usual = decisionOf("ignore").tiers;
    const half = decisionOf("half").tiers;
    expect(usual).toHaveLength(3);
    for (const [index, tier] of half.entries()) {
      const whole = usual[index];
      if (tier.action !== "sell" || whole?.action !== "sell") throw new Error("expected sales");
      const each = (10 - tier.proposal.credit) * 100;
      expect(tier.contracts).toBe(Math.floor(5000 / each));
      expect(whole.contracts).toBe(Math.floor(10_000 / each));
      expect(tier.because.join()).toContain("decision of the FOMC on 2019-06-04");
    }
  });

  test("skip sells nothing, for its own reason, and leaves the hedge alone", () => {
    const { tiers, hedge } = decisionOf("skip");
    expect(tiers.map((tier) => tier.action === "none" && tier.reason)).toEqual(["event", "event", "event"]);
    expect(hedge).toEqual(decisionOf("ignore").hedge);
    expect(hedge).toBeDefined();
  });

  test("a gate that is closed anyway is the reason that is told", () => {
    const rules = { ...config, events: { ...ignored, fomc: "skip" as const } };
    const view = fakeView({ session: monday, vix: 30, events: [event("fomc", "2019-06-04")] });
    const { tiers } = assess(view, rules, initialStrategyState).assessment;
    expect(tiers[0]?.condor).toMatchObject({ reason: "vix-gate" });
  });
});
