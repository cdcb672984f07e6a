import { describe, expect, it } from "vitest";
import { documentOf, transcript } from "./testing/transcript.ts";

const CONDOR = [
  "+2 SPXW 2026-12-18 P 4750 @20",
  "-2 SPXW 2026-12-18 P 4800 @25",
  "-2 SPXW 2026-12-18 C 5200 @9",
  "+2 SPXW 2026-12-18 C 5360 @2",
];
const AT_5000 = ["--spot", "5000", "--on", "2026-12-01"];

describe("steward margin", () => {
  it("asks the wider wing of a condor, and shows why", async () => {
    const { out, status } = await transcript(["margin", ...CONDOR, ...AT_5000]);
    expect(status).toBe(0);
    expect(out).toContain("Margin on 2026-12-01, exchange minimum, margin account, SPX 5000");
    expect(out).toMatch(/1 {2}iron condor\n +\+2 SPXW 2026-12-18 P 4750 @ 20.00\n/);
    expect(out).toMatch(/pays at 4,750 +−10,000.00\n/);
    expect(out).toMatch(
      /pays at 5,360 +−32,000.00\n +largest loss +32,000.00\n +received for it +\(2,400.00\)/,
    );
    expect(out).toMatch(/\n {2}Requirement +32,000.00\n {2}less proceeds of options sold +−2,400.00\n/);
    expect(out).toMatch(/\n {2}Net deposit +29,600.00$/);
  });

  it("gives the same as a document, whatever the order of the legs", async () => {
    const { document, status } = await documentOf(["margin", ...AT_5000, ...CONDOR]);
    expect(status).toBe(0);
    expect(document).toMatchObject({
      schema: "steward/margin@1",
      at: "2026-12-01T21:00:00Z",
      rules: { minimum: "exchange", account: "margin" },
      ...{ requirement: 32_000, proceeds: 2_400, deposit: 29_600, slack: 0, prices: "given" },
      groups: [
        {
          name: "iron condor",
          requirement: 32_000,
          working: {
            kind: "largest-loss",
            largestLoss: 32_000,
            points: expect.arrayContaining([{ settlement: 5360, payoff: -32_000 }]),
          },
        },
      ],
    });
    const other = await documentOf(["margin", ...CONDOR.toReversed(), ...AT_5000]);
    expect(other.document).toEqual(document);
  });

  it("shows both sides of a strangle in the formula's own numbers", async () => {
    const legs = ["-1 SPXW 2026-12-18 P 4800 @25", "-1 SPXW 2026-12-18 C 5200 @9"];
    const { out } = await transcript(["margin", ...legs, ...AT_5000]);
    expect(out).toMatch(/15 % of 500,000.00 less 20,000.00 out of the money +55,000.00\n/);
    expect(out).toMatch(/or, if more, 10 % of 480,000.00 +48,000.00\n/);
    expect(out).toMatch(
      /greater side: SPXW 2026-12-18 P 4800 +57,500.00\n +premium of SPXW 2026-12-18 C 5200 +900.00/,
    );
    expect(out).toMatch(/lesser side, not asked for +\(55,900.00\)/);
    expect(out).toMatch(/Net deposit +55,000.00$/);
  });

  it.each([
    ["exchange", 5_100],
    ["typical", 6_100],
  ])("takes SPY by the rules of a %s", async (broker, requirement) => {
    const args = [
      "-1 SPY 2026-12-18 C 540 @1",
      "--spot",
      "SPY=500",
      "--on",
      "2026-12-01",
      "--broker",
      broker,
    ];
    expect((await documentOf(["margin", ...args])).document).toMatchObject({ requirement });
  });

  it("covers a call with shares, and tells what an account may still buy", async () => {
    const legs = ["-1 SPY   261218C00510000 @4", "+100 SPY"];
    const args = ["--spot", "500", "--on", "2026-12-01", "--equity", "50000"];
    const { document } = await documentOf(["margin", ...legs, ...args]);
    expect(document).toMatchObject({
      ...{ requirement: 25_000, deposit: 24_600 },
      groups: [{ name: "covered call", shares: 100 }],
      buyingPower: { excess: 25_400, options: 25_400, shares: 50_800, meetsMinimum: true },
    });
    expect((await transcript(["margin", ...legs, ...args])).out).toMatch(
      /Buying power for shares +50,800.00$/,
    );
  });

  it("prices at a volatility, to the cent, and says so", async () => {
    const legs = ["-1 SPXW 2026-12-18 P 4800", "+1 VIX 2026-12-16 C 25 @0.8"];
    const spots = ["--spot", "SPX=5000", "--spot", "VIX=18", "--on", "2026-12-01", "--iv", "0.15"];
    const { out } = await transcript(["margin", ...legs, ...spots]);
    expect(out).toContain("Prices modelled at a volatility of 0.15 where none was given.");
    expect(out).toContain("−1 SPXW 2026-12-18 P 4800 @ 7.84");
    const { document } = await documentOf(["margin", ...legs, ...spots]);
    expect(document).toMatchObject({ prices: "given and modelled", deposit: 55_080 });
  });

  it("does without prices where there are none, and says what is left out", async () => {
    const bare = CONDOR.map((leg) => leg.replace(/ @.*/, ""));
    const { out } = await transcript(["margin", ...bare, ...AT_5000]);
    expect(out).toContain("No prices given: premiums are left out of all amounts");
    expect(out).toMatch(/Net deposit +32,000.00$/);
  });

  it("shows the grid of portfolio margin", async () => {
    const args = ["margin", ...CONDOR, "--spot", "5000", "--on", "2026-12-18", "--portfolio"];
    const { out } = await transcript(args);
    // At the close of the expiration only intrinsic value is left.
    expect(out).toMatch(/−4.8 % +4,760.00 +−8,000.00\n/);
    expect(out).toMatch(/\+6.0 % +5,300.00 +−20,000.00\n/);
    expect(out).toMatch(/Portfolio margin, and net deposit +20,000.00$/);
    expect((await documentOf(args)).document).toMatchObject({
      portfolio: { requirement: 20_000, classes: [{ underlying: "SPX", minimum: 300 }] },
    });
  });

  it("reads legs from standard input", async () => {
    const { out } = await transcript(["margin", "-", ...AT_5000], [...CONDOR, ""]);
    expect(out).toMatch(/Net deposit +29,600.00$/);
  });

  it("prints the working of every formula", async () => {
    const legs = [
      "+1 SPX 2027-12-17 C 6000 @100",
      ...["+1 SPXW 2026-12-18 C 4900 @120", "-1 SPXW 2026-12-18 C 5100 @20"],
      ...["-1 SPXW 2026-12-18 P 4900 @20", "+1 SPXW 2026-12-18 P 5100 @118"],
      ...["+150 SPY", "-1 SPY 2026-12-18 C 490 @13", "-1 VIX 2026-12-16 C 20 @1"],
    ];
    const spots = ["--spot", "SPX=5000", "--spot", "SPY=500", "--spot", "VIX=18", "--on", "2026-12-01"];
    const { out } = await transcript(["margin", ...legs, ...spots]);
    expect(out).toContain("75 % of the price paid, 10,000.00");
    expect(out).toContain("50 % of the difference of strikes, 20,000.00");
    expect(out).toContain("50 % of the shares' 50,000.00");
    expect(out).toMatch(/in the money +1,000.00/);
    expect(out).toContain("50 % of the shares' 25,000.00");
    expect(out).toContain("20 % of 1,800.00 less 200.00 out of the money");
    const { document } = await documentOf(["margin", ...legs, ...spots]);
    expect((document["groups"] as { name: string }[]).map(({ name }) => name)).toEqual([
      ...["long box", "long call", "covered call", "long shares", "uncovered call"],
    ]);
    const cash = ["margin", "-1 SPXW 2026-12-18 P 4800 @25", ...AT_5000, "--cash"];
    expect((await transcript(cash)).out).toMatch(/strikes in cash +480,000.00/);
  });

  it("shows examples in its help", async () => {
    const { out, status } = await transcript(["margin", "--help"]);
    expect(status).toBe(0);
    expect(out).toMatch(/Examples:\n +steward margin/);
  });
});

describe("what steward margin refuses", () => {
  const put = "-1 SPXW 2026-12-18 P 4800 @25";
  it.each([
    ["no legs", [...AT_5000], /expected legs/, {}],
    [
      "a leg that is none",
      ["-1 SPXW P 4800", ...AT_5000],
      /found "-1 SPXW P 4800"/,
      { leg: "-1 SPXW P 4800" },
    ],
    ["an option that is none", [put, "--spto", "5000"], /found "--spto"/, { leg: "--spto" }],
    [
      "a root that is none",
      ["-1 NDX 2026-12-18 P 4800", ...AT_5000],
      /NDX/,
      { leg: "-1 NDX 2026-12-18 P 4800" },
    ],
    ["a date that is none", ["-1 SPXW 2026-02-30 P 4800", ...AT_5000], /2026-02-30/, {}],
    ["a count of nothing", ["-0 SPXW 2026-12-18 P 4800", ...AT_5000], /-0 SPXW/, {}],
    [
      "an expired leg",
      [put, "--spot", "5000", "--on", "2026-12-21"],
      /expired/,
      { leg: "SPXW 2026-12-18 P 4800" },
    ],
    [
      "one price of two",
      [put, "+1 SPXW 2026-12-18 P 4750", ...AT_5000],
      /price of SPXW 2026-12-18 P 4750/,
      { leg: "SPXW 2026-12-18 P 4750" },
    ],
    ["a grid without prices", ["-1 SPXW 2026-12-18 P 4800", ...AT_5000, "--portfolio"], /--iv/, {}],
    ["no spot", [put, "--on", "2026-12-01"], /SPX=…, found none/, { option: "--spot" }],
    ["a spot that is none", [put, "--spot", "SPX=x"], /found SPX=x/, { option: "--spot" }],
    ["one bare spot for two", [put, "+100 SPY", "--spot", "5000"], /SPX=… SPY=…/, { option: "--spot" }],
    ["a future that is none", [put, ...AT_5000, "--vix-future", "x"], /--vix-future/, {}],
    ["a broker that is none", [put, ...AT_5000, "--broker", "mine"], /--broker/, {}],
    ["a volatility that is none", [put, ...AT_5000, "--iv", "-1"], /--iv/, {}],
  ])("%s", async (_, args, message, details) => {
    const { status, document } = await documentOf(["margin", ...args]);
    expect(status).toBe(2);
    expect(document).toMatchObject({ error: { code: "input.invalid", details } });
    expect((document["error"] as { message: string }).message).toMatch(message);
  });

  it("an uncovered call in a cash account", async () => {
    const args = ["margin", "-1 SPXW 2026-12-18 C 5200 @9", ...AT_5000, "--cash"];
    expect(await documentOf(args)).toMatchObject({
      status: 2,
      document: { error: { code: "margin.not-permitted", details: { leg: "SPXW 2026-12-18 C 5200" } } },
    });
  });
});
