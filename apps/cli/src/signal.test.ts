import { describe, expect, it } from "vitest";
import { documentOf, transcript } from "./testing/transcript.ts";

interface Tier {
  tier: string;
  action: string;
  credit?: number;
  contracts?: number;
  maxLoss?: number;
  legs?: { strike: number; quantity: number; right: string }[];
  breakEven?: { low: number; high: number };
}

describe("steward signal", () => {
  it("records the session of 2018-02-05 with its gates, all blocked by VIX", async () => {
    const { status, document } = await documentOf(["signal", "--session", "2018-02-05"]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      schema: "steward/signal@1",
      session: "2018-02-05",
      decision: { utc: "2018-02-05T21:10:00Z", chicago: "15:10:00", newYork: "16:10:00" },
    });
    const gates = document["gates"] as { verdict: string; reading: number; threshold: number }[];
    expect(gates).toHaveLength(3);
    for (const { verdict, reading, threshold } of gates) {
      expect(verdict).toBe("block");
      expect(reading).toBeGreaterThan(threshold);
    }
    expect((document["tiers"] as Tier[]).map(({ action }) => action)).toEqual(["none", "none", "none"]);
    expect(document["alvh"]).toMatchObject({ enabled: true });
    expect(document["secondEngine"]).toMatchObject({ action: "none" });
    expect(document["reasons"]).toContain("No condor today.");
  });

  it("sells condors in a calm session, each with four covered legs and its arithmetic right", async () => {
    const { document } = await documentOf(["signal", "--session", "2017-06-15"]);
    const sold = (document["tiers"] as Tier[]).filter(({ action }) => action === "sell");
    expect(sold.length).toBeGreaterThan(0);
    for (const { legs = [], credit = 0, contracts = 0, maxLoss = 0, breakEven } of sold) {
      const [longPut, shortPut, shortCall, longCall] = legs.map(({ strike }) => strike);
      expect([longPut, longCall]).toEqual([(shortPut ?? 0) - 10, (shortCall ?? 0) + 10]);
      expect(legs.reduce((net, { quantity }) => net + quantity, 0)).toBe(0);
      expect(maxLoss).toBeCloseTo(contracts * (10 - credit) * 100, 6);
      expect(breakEven?.low).toBeCloseTo((shortPut ?? 0) - credit, 9);
      expect(breakEven?.high).toBeCloseTo((shortCall ?? 0) + credit, 9);
    }
  });

  it("says the same twice, to the byte", async () => {
    const first = await transcript(["signal", "--session", "2015-08-24", "--json"]);
    expect(await transcript(["signal", "--session", "2015-08-24", "--json"])).toEqual(first);
  });

  it("abstains with a reason before the volatility model has warmed up", async () => {
    const { status, document } = await documentOf(["signal", "--session", "2000-01-04"]);
    expect(status).toBe(0);
    expect(document["gates"]).toMatchObject([
      { verdict: "abstain" },
      { verdict: "abstain" },
      { verdict: "abstain" },
    ]);
    expect(document["market"]).toMatchObject({ volatility: null, expectedRange: null });
  });

  it("names every modelled series, in its labels and in its provenance", async () => {
    const { document } = await documentOf(["signal", "--session", "2018-02-02"]);
    const provenance = document["provenance"] as { series: { series: string; source: string; to: string }[] };
    const modelled = provenance.series
      .filter(({ source }) => source === "modelled")
      .map(({ series }) => series);
    expect(modelled).toEqual(expect.arrayContaining(["vix", "vix-futures", "spxw-options", "vix-options"]));
    expect((document["labels"] as string[])[0]).toContain(modelled.join(", "));
    for (const { to } of provenance.series) expect(to <= "2018-02-02").toBe(true);
  });

  it("prints a ticket for people", async () => {
    const { out, err } = await transcript(["signal", "--session", "2018-02-05"]);
    expect(out).toContain("Steward signal for 2018-02-05, decided 15:10 Chicago (16:10 New York)");
    expect(out).toContain("No condor today.");
    expect(out).toContain("(modelled)");
    expect(err).toBe("");
  });

  it.each([
    ["a Saturday", "2018-02-03", 2, "session.closed"],
    ["a holiday", "2018-07-04", 2, "session.closed"],
    ["a special closure", "2012-10-29", 2, "session.closed"],
    ["a date after the data", "2024-07-03", 1, "session.beyond-data"],
    ["a date before the data", "1999-12-31", 1, "session.beyond-data"],
    ["a date before the calendar", "1887-01-01", 1, "session.beyond-data"],
    ["a day that is none", "2018-02-30", 2, "input.invalid"],
    ["no date at all", "yesterday", 2, "input.invalid"],
  ])("refuses %s with its code", async (_what, session, expected, code) => {
    const { status, document } = await documentOf(["signal", "--session", session]);
    expect(status).toBe(expected);
    expect(document).toMatchObject({ error: { code } });
    const { status: plain, err, out } = await transcript(["signal", "--session", session]);
    expect([plain, out]).toEqual([expected, ""]);
    expect(err).toMatch(new RegExp(`^steward: ${code}: expected .* found `));
  });

  it("suggests the nearest preset", async () => {
    const { status, document } = await documentOf(["signal", "--preset", "flagshp"]);
    expect(status).toBe(2);
    expect(document).toMatchObject({
      error: { code: "config.unknown-preset", message: expect.stringContaining("did you mean flagship?") },
    });
  });
});
