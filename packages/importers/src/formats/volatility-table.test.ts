import { blackPrice } from "@steward/pricing";
import { describe, expect, it } from "vitest";
import { readSource } from "../read-source.ts";
import { memorySource } from "../source.ts";
import { lines } from "../testing/files.ts";
import { volatilities } from "../testing/option-samples.ts";
import { volatilityTable } from "./volatility-table.ts";

const importedAt = 1_700_000_000_000_000 as Parameters<typeof readSource>[1]["importedAt"];

async function quotesOf(content: string, name = "iv_2023-02-15_spx.csv") {
  const { facts, remarks } = await readSource(memorySource(name, content), {
    importedAt,
    format: volatilityTable.id,
  });
  return { quotes: facts.flatMap((parsed) => (parsed.table === "quotes" ? [parsed.fact] : [])), remarks };
}

describe("a chain told as volatilities", () => {
  it("is the out-of-the-money option of each strike, at Black's undiscounted prices, and says so", async () => {
    const { quotes, remarks } = await quotesOf(volatilities);
    const priceOf = (volatility: number) =>
      blackPrice("put", 4146.741883, 4100, volatility * Math.sqrt(0.002738), 1);
    expect(quotes[1]).toMatchObject({
      session: "2023-02-15",
      underlying: "SPX",
      root: "SPXW",
      expiration: "2023-02-16",
      strike: 4_100_000,
      right: "put",
      bid: priceOf(0.2103),
      ask: priceOf(0.2161),
      volatility: (0.2103 + 0.2161) / 2,
    });
    expect(quotes[0]).toMatchObject({ right: "put", bid: 0 });
    expect(quotes[0]?.volatility).toBeUndefined();
    expect(quotes[2]).toMatchObject({ right: "call", root: "SPX" });
    expect(remarks.map(({ rule }) => rule)).toEqual([
      ...Array.from({ length: 3 }, () => "quotes.from-volatility"),
      "quotes.root-assumed",
    ]);
  });

  it("of VIX knows its weekly root", async () => {
    const content = lines(
      "expiration,t_years,strike,iv_bid,iv_ask,forward",
      "2023-03-01,0.03833,20,0.9,0.95,20.2",
    );
    expect((await quotesOf(content, "iv_2023-02-15_vix.csv.gz")).quotes[0]).toMatchObject({
      root: "VIXW",
      right: "put",
    });
  });

  it("leaves out what nobody asks for, and refuses a name or a number that says nothing", async () => {
    const header = "expiration,t_years,strike,iv_bid,iv_ask,forward";
    const row = (cells: string) => lines(header, "2023-02-16,0.002738,4100,0.2,0.21,4146.7", cells);
    const { remarks } = await quotesOf(row("2023-02-16,0.002738,4150,0.2,,4146.7"));
    expect(remarks.map(({ rule }) => rule)).toContain("quotes.no-ask");
    await expect(quotesOf(row("2023-02-16,0.002738,4150,0.2,0.21,0"))).rejects.toThrow(/line 3|:3:/);
    await expect(quotesOf(volatilities, "surface.csv")).rejects.toThrow(/named for its session/);
  });
});
