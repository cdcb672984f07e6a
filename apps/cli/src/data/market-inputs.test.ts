import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calendarDate, type Instant, sessionsBetween } from "@steward/model";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadMarketData } from "../market-data.ts";
import { documentOf, transcript } from "../testing/transcript.ts";

const now = 1_704_225_600_000_000 as Instant;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-inputs-"));
  vi.stubEnv("STEWARD_HOME", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function bring(name: string, ...rows: readonly string[]): Promise<void> {
  writeFileSync(join(folder, name), `${rows.join("\n")}\n`);
  expect(await transcript(["data", "import", join(folder, name)])).toMatchObject({ status: 0, err: "" });
}

async function inputsOf(files = {}) {
  return (await loadMarketData({ data: { store: true, files } }, now)).inputs;
}

describe("a market takes what the store has, series by series", () => {
  const vix = ["date,close", "2017-06-14,12", "2017-06-15,11"];

  it("and says so; what the store lacks stays bundled or modelled", async () => {
    const before = await inputsOf();
    await bring("VIX.csv", ...vix);
    const inputs = await inputsOf();
    expect(inputs.vix).toEqual({
      values: [
        { date: "2017-06-14", value: 12 },
        { date: "2017-06-15", value: 11 },
      ],
      source: "imported",
      detail: "VIX of table in the store",
    });
    expect(inputs.index).toEqual(before.index);
    expect(inputs.vvix).toBeUndefined();

    const { document } = await documentOf(["signal", "--session", "2017-06-15"]);
    const [modelled, earlier] = document["labels"] as string[];
    expect(modelled).not.toMatch(/\bvix,/);
    expect(earlier).toBe("modelled in sessions before, which the account went through: vix");
    expect(document["gates"]).toContainEqual(expect.objectContaining({ reading: 11 }));
    expect(document["provenance"]).toMatchObject({
      series: expect.arrayContaining([
        expect.objectContaining({ series: "vix", source: "imported", detail: "VIX of table in the store" }),
        expect.objectContaining({ series: "vix", source: "modelled" }),
        expect.objectContaining({ series: "spx", source: "bundled" }),
      ]),
    });
  });

  it("opening quotations too, which a named file may hold as well", async () => {
    await bring("SET.csv", "date,close", "2017-06-16,2433.5");
    await bring("VRO.csv", "date,close", "2017-06-21,10.73", "2017-07-19,1000");
    const { spxSettlement, vixSettlement } = await inputsOf();
    expect(spxSettlement?.values).toEqual([{ date: "2017-06-16", value: 2433.5 }]);
    expect(vixSettlement?.values).toEqual([{ date: "2017-06-21", value: 10.73 }]);
    const own = join(folder, "own-set.csv");
    writeFileSync(own, "date,close\n2017-07-21,2471.5\n");
    const { spxSettlement: named } = await inputsOf({ spxSettlement: own });
    expect(named).toMatchObject({ values: [{ date: "2017-07-21", value: 2471.5 }], detail: "own-set.csv" });
  });

  it("and a file that the configuration names goes first, as does the wish to leave the store aside", async () => {
    await bring("VIX.csv", ...vix);
    const own = join(folder, "own.csv");
    writeFileSync(own, "date,close\n2017-06-14,33\n");
    expect((await inputsOf({ vix: own })).vix?.values).toEqual([{ date: "2017-06-14", value: 33 }]);
    expect((await loadMarketData({ data: { store: false, files: {} } }, now)).inputs.vix).toBeUndefined();
  });

  it("as first known: a correction came after the decisions that it would have changed", async () => {
    await bring("VIX.csv", ...vix);
    await bring("VIX.csv", "date,close", "2017-06-14,13", "2017-06-15,11", "2017-06-16,10");
    expect((await inputsOf()).vix?.values.map(({ value }) => value)).toEqual([12, 11, 10]);
  });

  it("and does not let a model take over where a stored series lags, but where it ended", async () => {
    await bring("VIX.csv", ...vix);
    expect(await transcript(["signal", "--session", "2017-06-20"])).toMatchObject({
      status: 1,
      err: expect.stringContaining(
        "expected vix of 2017-06-20, found values up to 2017-06-15; bring it with steward data sync or import",
      ),
    });
    expect(await transcript(["signal", "--session", "2017-09-01"])).toMatchObject({ status: 0, err: "" });
  });

  it("and fills the index up with the bundled one", async () => {
    const later = sessionsBetween(calendarDate("2020-04-16"), calendarDate("2020-04-24"));
    await bring("SPX.csv", "date,open,high,low,close", ...later.map((date) => `${date},2800,2801,2799,2800`));
    const { index, indexSource, indexDetail } = await inputsOf();
    expect(index.at(0)?.date).toBe("2000-01-03");
    expect(index.slice(-7)).toMatchObject(later.map((date) => ({ date, close: 2800 })));
    expect(indexSource).toBe("imported");
    expect(indexDetail).toContain("SPX of table in the store; 5103 other sessions from S&P 500 daily bars");
  });

  it("and refuses an index with a hole, naming it and the way out", async () => {
    await bring("SPX.csv", "date,close", "2020-05-04,2842");
    expect(await transcript(["signal"])).toMatchObject({
      status: 1,
      err: expect.stringMatching(/found none between 2020-04-17 and 2020-05-04 in SPX of table.*data\.store/),
    });
  });

  it("and leaves out what no market printed, counted", async () => {
    await bring("VIX.csv", ...vix, "2017-06-16,1060");
    await bring("vx.csv", "date,expiration,settle", "2008-04-18,2009-01-21,23.1", "2008-04-21,2009-01-21,1");
    const inputs = await inputsOf();
    expect(inputs.vix?.values).toHaveLength(2);
    expect(inputs.vix?.detail).toBe("VIX of table in the store, 1 implausible left out");
    expect(inputs.vixFutures?.settlements).toEqual([
      { date: "2008-04-18", expiration: "2009-01-21", settle: 23.1 },
    ]);
    expect(inputs.vixFutures?.detail).toContain("1 implausible left out");
  });

  it("futures with their settlements, rates and dividends as known at each decision", async () => {
    await bring("vx.csv", "date,expiration,settle", "2019-06-03,2019-06-19,18.325");
    await bring("DFF.csv", "DATE,DFF", "2019-06-03,2.36", "2019-06-04,2.40");
    await bring(
      "ie_data.csv",
      "Date,SP500,Dividend,Earnings",
      "2017-06-01,2430,47,105",
      "2017-09-01,2500,48,107",
    );
    const { vixFutures, rates, dividendYields, index } = await inputsOf();
    expect(vixFutures?.settlements).toEqual([
      { date: "2019-06-03", expiration: "2019-06-19", settle: 18.325 },
    ]);
    // H.15 of a day is out on the next at 16:15, five minutes after the decision.
    expect(rates?.values.map(({ date }) => date)).toEqual(["2019-06-05", "2019-06-06"]);
    expect(rates?.values[0]?.value).toBeCloseTo(365 * Math.log(1 + 2.36 / 36_000), 15);
    const [first] = dividendYields?.values ?? [];
    const close = index.find(({ date }) => date === first?.date)?.close ?? Number.NaN;
    expect(first?.date.slice(0, 7)).toBe("2017-10");
    expect(first?.value).toBeCloseTo(47 / close, 15);
  });
});
