import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentOf, transcript } from "./testing/transcript.ts";
import { signed } from "./text/format.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-cli-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("steward", () => {
  it("answers a wrong command, a wrong option and no command with one line and exit 2", async () => {
    expect(await transcript(["backtset"])).toMatchObject({
      status: 2,
      err: expect.stringMatching(/did you mean backtest/i),
    });
    expect(await transcript(["signal", "--sesion", "x"])).toMatchObject({
      status: 2,
      err: expect.stringContaining("--session"),
    });
    expect(await transcript([])).toMatchObject({
      status: 2,
      out: "",
      err: expect.stringContaining("see steward --help"),
    });
  });

  it.each(["signal", "backtest", "frontier", "price", "implied-volatility", "calendar"])(
    "shows examples in the help of %s",
    async (command) => {
      const { status, out } = await transcript([command, "--help"]);
      expect(status).toBe(0);
      expect(out).toMatch(/Examples?:\n/);
      expect(out).toContain(`steward ${command}`);
    },
  );

  it("finds the installation sound", async () => {
    const { status, document } = await documentOf(["doctor"]);
    expect(document).toMatchObject({ schema: "steward/doctor@1", ok: true });
    expect(status).toBe(0);
  });
});

describe("steward price and implied-volatility", () => {
  const hull = { model: "european", right: "call", spot: 42, strike: 40, years: 0.5, rate: 0.1 };

  it("prices lines and inverts them", async () => {
    const { out } = await transcript(["price"], [JSON.stringify({ ...hull, volatility: 0.2 })]);
    const priced = JSON.parse(out);
    // Hull, Options, Futures and Other Derivatives, example 15.6, to the four digits printed.
    expect(priced.price).toBeCloseTo(4.7594, 4);
    expect(Object.keys(priced)).toEqual(["price", "delta", "gamma", "vega", "theta", "rho"]);

    const inverted = await transcript(
      ["implied-volatility"],
      [JSON.stringify({ ...hull, price: priced.price })],
    );
    expect(JSON.parse(inverted.out).volatility).toBeCloseTo(0.2, 12);
  });

  it("answers each bad line with its own error and goes on", async () => {
    const lines = [
      "not json",
      JSON.stringify({ ...hull, volatility: 0.2, strik: 1 }),
      JSON.stringify({ ...hull, volatility: "0.2" }),
      JSON.stringify({ ...hull, volatility: -0.2 }),
      JSON.stringify({ ...hull, model: "bermudan", volatility: 0.2 }),
      JSON.stringify({ ...hull, model: "black76", volatility: 0.2 }),
      JSON.stringify({ ...hull, volatility: 0.2 }),
    ];
    const { status, out, err } = await transcript(["price"], lines);
    const answers = out.split("\n").map((line) => JSON.parse(line));
    expect(answers.map(({ error }) => error?.code)).toEqual([
      "input.invalid",
      "input.unknown-key",
      "input.invalid",
      "pricing.negative-volatility",
      "input.invalid",
      "input.invalid",
      undefined,
    ]);
    expect(answers[1].error).toMatchObject({
      line: 2,
      message: expect.stringContaining("did you mean strike?"),
    });
    expect(answers[6].price).toBeGreaterThan(4);
    expect([status, err]).toEqual([
      0,
      "steward: pricing.refused-lines: 6 of 7 lines were refused, see their errors",
    ]);
  });

  it("says why a price has no volatility", async () => {
    const lines = [1, 43].map((price) => JSON.stringify({ ...hull, price }));
    const { out } = await transcript(["implied-volatility"], lines);
    const codes = out.split("\n").map((line) => JSON.parse(line).error.code);
    expect(codes).toEqual(["pricing.below-intrinsic", "pricing.above-bound"]);
  });
});

describe("steward calendar", () => {
  it("shows the closure of 2018-12-05 and what it did to expirations", async () => {
    const { document } = await documentOf([
      "calendar",
      "--from",
      "2018-12-04",
      "--to",
      "2018-12-06",
      "--root",
      "SPXW",
    ]);
    expect((document["sessions"] as { date: string }[]).map(({ date }) => date)).toEqual([
      "2018-12-04",
      "2018-12-06",
    ]);
    expect(document["expirations"]).toEqual([
      expect.objectContaining({
        root: "SPXW",
        expiration: "2018-12-05",
        settlement: "pm",
        lastTrading: "2018-12-04T21:00:00Z",
        settledOn: "2018-12-04",
      }),
    ]);
  });

  it("moves the close and the decision of a half day", async () => {
    const { document } = await documentOf(["calendar", "--from", "2023-11-24", "--to", "2023-11-24"]);
    expect(document["sessions"]).toEqual([
      expect.objectContaining({
        close: "2023-11-24T18:00:00Z",
        decision: "2023-11-24T18:10:00Z",
        halfDay: true,
      }),
    ]);
  });

  it.each([
    [["--from", "2018-01-02", "--to", "2018-01-01"], "--from before --to"],
    [["--from", "1980-01-02", "--to", "2018-01-01"], "which the calendar knows"],
    [["--from", "2018-01-02", "--to", "2018-01-05", "--root", "VIXX"], "did you mean VIX?"],
  ])("refuses %j", async (args, message) => {
    const { status, err } = await transcript(["calendar", ...args]);
    expect([status, err]).toEqual([2, expect.stringContaining(message)]);
  });
});

describe("steward backtest", () => {
  const range = ["--from", "2017-01-03", "--to", "2017-03-31"];

  it("reports arms, sessions, reasons for no trade and every modelled series", async () => {
    const { status, document } = await documentOf(["backtest", ...range]);
    expect(status).toBe(0);
    expect(document).toMatchObject({ schema: "steward/backtest@1", preset: "flagship", sessions: 62 });
    expect(Object.keys(document["arms"] as object)).toEqual(["unhedged", "hedged", "smaller"]);
    const { sessions, byReason } = document["noTrade"] as {
      sessions: number;
      byReason: Record<string, number>;
    };
    expect(Object.values(byReason).reduce((total, count) => total + count, 0)).toBe(sessions);
    const { series, seed } = document["provenance"] as {
      series: { source: string; detail: string }[];
      seed: number;
    };
    expect(seed).toBe(42);
    expect(series.filter(({ source }) => source === "modelled").length).toBeGreaterThan(6);
  });

  it("tells growth at the middle, by default and across the spread together: summary, JSON and report", async () => {
    const report = join(folder, "fills.html");
    const { document } = await withFiles([...range, "--report", report]);
    const { mid, default: usual, adverse } = document.sensitivity.hedged.fills;
    expect(mid).toBeGreaterThan(usual);
    expect(usual).toBeGreaterThan(adverse);
    const shown = [mid, usual, adverse].map((growth) => signed(growth * 100, 1));

    const summary = (await transcript(["backtest", ...range])).out.split("\n");
    const heads = summary.findIndex((line) => line.includes("Growth a year at"));
    expect(summary[heads]).toMatch(/mid fills +default +adverse/);
    expect(summary[heads + 1]?.match(/[+\u2212][\d.]+(?= %)/g)?.slice(0, 3)).toEqual(shown);

    const [, table = ""] = readFileSync(report, "utf8").split("Growth a year by fills, hedged</caption>");
    const cells = [
      ...table
        .split("</table>", 1)
        .join()
        .matchAll(/<td>([^<]+)<\/td>/g),
    ].map(([, cell]) => cell);
    expect(cells).toEqual(shown);
  });

  it("gives the same bytes twice and others with another seed", async () => {
    const first = await transcript(["backtest", ...range, "--json"]);
    expect(await transcript(["backtest", ...range, "--json"])).toEqual(first);
    expect((await transcript(["backtest", ...range, "--seed", "7", "--json"])).out).not.toBe(first.out);
  });

  it("writes the report and a ledger whose cash adds up", async () => {
    const report = join(folder, "report.html");
    const ledger = join(folder, "ledger.csv");
    const { status, err, document } = await withFiles([...range, "--report", report, "--ledger", ledger]);
    expect([status, err]).toEqual([0, `wrote ${report}\nwrote ${ledger}`]);
    expect(readFileSync(report, "utf8")).toMatch(/^<!doctype html>/i);

    const [header = "", ...rows] = readFileSync(ledger, "utf8").trimEnd().split("\n");
    const columns = header.split(",");
    const cells = rows.map((row) =>
      Object.fromEntries(row.split(",").map((cell, index) => [columns[index], cell])),
    );
    for (const { event, fees, detail = "" } of cells.filter((row) => row["event"] === "fill")) {
      const items = [...detail.matchAll(/[a-z0-9-]+ (-\d+\.\d{6})/g)].map(([, amount]) => Number(amount));
      expect([event, items.reduce((sum, amount) => sum + amount, 0).toFixed(6)]).toEqual(["fill", fees]);
    }
    const total = (name: string): number => cells.reduce((sum, row) => sum + Number(row[name] ?? 0), 0);
    const { startEquity, endEquity } = document.arms.hedged;
    const openAtEnd = document.arms.hedged.openMarks;
    expect(startEquity + total("premium") + total("fees") + total("payoff") + openAtEnd).toBeCloseTo(
      endEquity,
      4,
    );
  });

  it("fails with exit 1 where a file cannot be written", async () => {
    const { status, err } = await transcript([
      "backtest",
      ...range,
      "--report",
      join(folder, "no", "where.html"),
    ]);
    expect([status, err]).toEqual([1, expect.stringMatching(/^steward: output\.failed: cannot write /)]);
  });

  it.each([
    [["--from", "2018-01-02", "--to", "2017-01-01"], 2],
    [["--to", "2025-01-01"], 1],
    [["--from", "2020-04-18"], 1],
    [["--from", "2017-06-17", "--to", "2017-06-18"], 2],
    [["--report", "same", "--ledger", "same"], 2],
    [["--seed", "x"], 2],
    [["--preset", "flagship", "--config", "x.yaml"], 2],
  ])("refuses %j", async (args, expected) => {
    const { status, err } = await transcript(["backtest", ...args]);
    expect([status, err]).toEqual([expected, expect.stringMatching(/^steward: [a-z.-]+: expected /)]);
  });

  async function withFiles(args: readonly string[]) {
    const { status, out, err } = await transcript(["backtest", ...args, "--json"]);
    return { status, err, document: JSON.parse(out) };
  }
});

describe("series that a user brings", () => {
  const index = [
    "date,open,high,low,close",
    "2017-06-14,10,11,9,10",
    "2017-06-15,10,11,9,10",
    "2017-06-16,10,11,9,10",
  ];
  const vix = ["date,close", "2017-06-14,12", "2017-06-15,11"];

  function configOf(files: Readonly<Record<string, readonly string[]>>): string {
    const entries = Object.entries(files).map(([series, rows]) => {
      writeFileSync(join(folder, `${series}.csv`), `${rows.join("\n")}\n`);
      return `${series}: ${series}.csv`;
    });
    const path = join(folder, "own.yaml");
    writeFileSync(path, `data: { ${entries.join(", ")} }\n`);
    return path;
  }

  it("replace the model in their sessions, and a record beyond their end is refused", async () => {
    const config = configOf({ vix });
    const { document } = await documentOf(["signal", "--config", config, "--session", "2017-06-15"]);
    expect(document["gates"]).toContainEqual(expect.objectContaining({ reading: 11 }));
    expect(await transcript(["signal", "--config", config, "--session", "2017-06-16"])).toMatchObject({
      status: 1,
      err: expect.stringContaining("expected vix of 2017-06-16, found values up to 2017-06-15"),
    });
  });

  it("are refused where they cover no session, or where the index has a hole", async () => {
    const late = ["date,close", "2019-06-03,12"];
    expect(await transcript(["signal", "--config", configOf({ index, vix: late })])).toMatchObject({
      status: 1,
      err: expect.stringContaining("expected data.vix to cover sessions"),
    });
    const holed = index.filter((row) => !row.startsWith("2017-06-15"));
    expect(await transcript(["signal", "--config", configOf({ index: holed })])).toMatchObject({
      status: 1,
      err: expect.stringContaining("found none between 2017-06-14 and 2017-06-16"),
    });
  });

  it("change the fingerprint of the data, and their folder does not change the result", async () => {
    const args = (config: string) => ["signal", "--config", config, "--session", "2017-06-15", "--json"];
    const first = (await transcript(args(configOf({ index, vix })))).out;
    const other = (
      await transcript(args(configOf({ index, vix: ["date,close", "2017-06-14,12.5", "2017-06-15,11"] })))
    ).out;
    const fingerprint = (out: string): string => JSON.parse(out).provenance.dataFingerprint;
    expect(fingerprint(other)).not.toBe(fingerprint(first));
    expect(first).not.toContain(folder);
  });
});

describe("steward doctor --lookahead", () => {
  it("takes the future away from drawn sessions and finds no decision that knew it", async () => {
    const { status, document } = await documentOf([
      "doctor",
      "--lookahead",
      "--preset",
      "condorOnly",
      "--cuts",
      "2",
    ]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      schema: "steward/look-ahead@1",
      ok: true,
      leaks: [],
      configuration: "condorOnly",
    });
    expect(document["cuts"]).toHaveLength(2);
    const again = await documentOf(["doctor", "--lookahead", "--preset", "condorOnly", "--cuts", "2"]);
    expect(again.document).toEqual(document);
    expect(await transcript(["doctor", "--lookahead", "--cuts", "0"])).toMatchObject({ status: 2 });
  });
});

describe("steward backtest --skipped", () => {
  const args = ["backtest", "--from", "2018-01-02", "--to", "2018-12-31", "--skipped"] as const;

  it("tells what sessions without a condor would have brought, by tier and reason", async () => {
    const { status, out } = await transcript([...args]);
    expect(status).toBe(0);
    expect(out).toMatch(/Skipped +because +sessions +condors +would win +needs +mean, points +95 % interval/);
    expect(out).toMatch(/conservative +vix-gate +\d+/);
    const { document } = await documentOf([...args]);
    const skipped = document["skipped"] as { tier: string; reason: string; sessions: number }[];
    const { byReason } = document["noTrade"] as { byReason: Record<string, number> };
    const gated = skipped.find(({ tier, reason }) => tier === "conservative" && reason === "vix-gate");
    expect(gated?.sessions).toBe(byReason["vix-gate"]);
  });

  it("is left out unless asked for", async () => {
    const { document } = await documentOf(["backtest", "--from", "2018-01-02", "--to", "2018-03-01"]);
    expect(document).not.toHaveProperty("skipped");
  });

  it("tells what a word means, in any of its names, and suggests the nearest", async () => {
    const { out } = await transcript(["glossary", "expected", "range"]);
    expect(out).toMatch(/^expected range: one standard deviation of the index/);
    expect((await transcript(["glossary", "set"])).out).toMatch(/^VRO, SET: special opening quotations/);
    expect((await transcript(["glossary"])).out.split("\n").length).toBeGreaterThan(60);
    const unknown = await transcript(["glossary", "regrett"]);
    expect(unknown.status).toBe(2);
    expect(unknown.err).toContain("regret");
  });
});
