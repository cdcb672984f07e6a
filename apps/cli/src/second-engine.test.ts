import { describe, expect, it } from "vitest";
import { documentOf, transcript } from "./testing/transcript.ts";

const sleeve = ["--set", "secondEngine.structure=deferred-condor"];
/** A calm evening with a steep curve of VIX futures. */
const calm = ["signal", "--session", "2017-06-15", ...sleeve];

interface Engine {
  readonly enabled: boolean;
  readonly action: string;
  readonly gates: readonly { readonly name: string; readonly verdict: string }[];
  readonly readings: readonly { readonly name: string; readonly vote: number; readonly available: boolean }[];
  readonly account: { readonly equity: number };
  readonly because: string;
}

describe("the second engine of a record", () => {
  it("has its gates, readings with votes, score and an account of its own", async () => {
    const { status, document } = await documentOf(calm);
    expect(status).toBe(0);
    const engine = document["secondEngine"] as Engine;
    expect(engine).toMatchObject({ enabled: true, structure: "deferred-condor" });
    expect(engine.gates.map(({ name }) => name)).toEqual([
      "second-engine:contango",
      "second-engine:vix",
      "second-engine:confluence",
    ]);
    expect(engine.readings.map(({ name }) => name)).toEqual([
      "contango",
      "rsi-divergence",
      "rsi-cash",
      "macd",
    ]);
    for (const { vote, available } of engine.readings) {
      expect(available).toBe(true);
      expect(Math.abs(vote)).toBeLessThanOrEqual(1);
    }
    expect(engine.account.equity).toBeGreaterThan(0);
  });

  it("leaves the first engine as it is without one", async () => {
    const { document } = await documentOf(calm);
    const { document: alone } = await documentOf(["signal", "--session", "2017-06-15"]);
    for (const part of ["gates", "tiers", "sizing", "alvh", "account", "market"])
      expect(document[part]).toEqual(alone[part]);
    expect(alone["secondEngine"]).toEqual({
      enabled: false,
      action: "none",
      because: "this configuration runs no second engine",
    });
  });

  it("abstains with a reason while the volatility model warms up", async () => {
    const { document } = await documentOf(["signal", "--session", "2000-01-04", ...sleeve]);
    const engine = document["secondEngine"] as Engine;
    expect(engine.action).toBe("none");
    expect(engine.gates.map(({ verdict }) => verdict)).toEqual(["abstain", "abstain", "abstain"]);
    expect(engine.because).toContain("VIX or a future of its curve is missing");
  });

  it("stands on the ticket, and step by step in the explanation", async () => {
    const { out: ticket } = await transcript(calm);
    expect(ticket).toMatch(/^Second engine: .+\.$/m);
    expect(ticket).toMatch(/^ {2}Its paper account: \$\d/m);
    const { document } = await documentOf(calm);
    const { status, out } = await transcript(["explain", String(document["id"]), ...sleeve]);
    expect(status).toBe(0);
    expect(out).toMatch(/^ {2}second-engine:contango: (pass|block), the VIX curve is /m);
    expect(out).toMatch(/^ {2}macd \(momentum\): votes /m);
  });

  it("shows what it enters, leg by leg, where all gates are open", async () => {
    // With every gate open, a Friday sells the week that has come within 21 days: 2017-07-07.
    const open = ["gates.contango=-1", "gates.vixBelow=99", "minGroups=0", "minScore=-1"];
    const set = open.flatMap((setting) => ["--set", `secondEngine.${setting}`]);
    const friday = ["signal", "--session", "2017-06-16", ...sleeve, ...set];
    const { document } = await documentOf(friday);
    const engine = document["secondEngine"] as Engine & { readonly orders: readonly object[] };
    expect(engine.action).toBe("enter");
    expect(engine.orders).toMatchObject([{ rung: "deferred-condor", expiration: "2017-07-07" }]);
    const { out } = await transcript(friday);
    expect(out).toMatch(
      /^ {2}OPEN \d+ x deferred-condor \d+\/\d+\/\d+\/\d+ for \+\d\.\d\d, at most −\$[\d,]+\.$/m,
    );
  });
});

describe("a second engine in a configuration", () => {
  it("is refused where its bounds cross, or where its structure is not known", async () => {
    const crossed = await transcript([...calm, "--set", "secondEngine.condor.leastDays=30"]);
    expect(crossed.status).toBe(2);
    expect(crossed.err).toContain(
      "secondEngine.condor.leastDays: expected no more than mostDays 21, found 30",
    );
    const unknown = await transcript(["signal", "--set", "secondEngine.structure=straddle"]);
    expect(unknown.status).toBe(2);
  });
});

describe("a backtest beside a second engine", () => {
  const year = ["backtest", "--from", "2016-06-01", "--to", "2017-12-29"];

  it("has the sleeve among its arms and tells how far it goes its own way", async () => {
    const { status, document } = await documentOf([...year, ...sleeve]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      arms: { sleeve: { startEquity: 250_000, hedgeResult: 0, rungs: [{ rung: "deferred-condor" }] } },
    });
    const { correlation } = document["independence"] as { correlation: { value: number; low95: number } };
    expect(correlation.low95).toBeLessThanOrEqual(correlation.value);
    const { document: alone } = await documentOf(year);
    expect(alone["arms"]).not.toHaveProperty("sleeve");
    expect(alone).not.toHaveProperty("independence");
    expect(alone["sensitivity"]).toEqual(document["sensitivity"]);
  });

  it("says what its loan cost, and what it is to be compared with", async () => {
    const loan = ["--set", "secondEngine.financing.kind=box"];
    const { document } = await documentOf([...year, ...sleeve, ...loan]);
    const { financing } = document as {
      financing: Record<"borrowed" | "boxRate" | "billRate" | "marginRate", number>;
    };
    expect(financing.borrowed).toBe(125_000);
    expect(financing.boxRate).toBeGreaterThan(financing.billRate);
    expect(financing.marginRate).toBeCloseTo(financing.billRate + 0.015, 12);
    const { out } = await transcript([...year, ...sleeve, ...loan]);
    expect(out).toMatch(/Boxes lent it \$125,000 at \d\.\d\d % a year/);
    const { document: record } = await documentOf([...calm, ...loan]);
    expect(record["secondEngine"]).toMatchObject({
      financing: { kind: "box", share: 0.5, today: { expiration: "2017-12-15" } },
    });
    const tooMuch = await transcript([...calm, ...loan, "--set", "secondEngine.riskShare=0.6"]);
    expect(tooMuch.err).toContain("secondEngine.riskShare: expected at most 0.5 beside a loan, found 0.6");
  });

  it("shows its row and its table", async () => {
    const { out } = await transcript([...year, ...sleeve]);
    expect(out).toMatch(/^ {2}second engine +[+−]\d/m);
    expect(out).toMatch(/^ {2}deferred-condor +\d+ +\d+\.\d %/m);
    expect(out).toMatch(/Correlation with the unhedged first engine [+−]\d\.\d\d/);
  });
});
