import { readdirSync, readFileSync } from "node:fs";
import { probabilisticSharpe, trackRecord } from "@steward/analytics";
import { returnsOfRun } from "@steward/engine";
import { usualSecondEngine } from "@steward/strategy";
import { describe, expect, it } from "vitest";
import { fixed, percent, signed, signedPercent } from "./format.ts";
import { renderReport } from "./report.ts";
import { fakeInput } from "./testing/fake-input.ts";
import { readMarkup } from "./testing/markup.ts";

const flagship = fakeInput();
const page = renderReport(flagship);
const withoutTiers = fakeInput({
  change: (config) => ({ ...config, condor: { ...config.condor, tiers: [] } }),
});

const VARIANTS = {
  flagship,
  "without a hedge": fakeInput({ change: (config) => ({ ...config, hedge: undefined }) }),
  "without condors": withoutTiers,
  "of 30 sessions": fakeInput({ from: "2018-01-18", to: "2018-03-01" }),
  "that never left the warm-up": fakeInput({ from: "2018-01-02", to: "2018-02-13", warmUp: 500 }),
  "of one session": fakeInput({ from: "2018-01-18", to: "2018-01-18" }),
  "of no session": fakeInput({ from: "2018-01-20", to: "2018-01-21" }),
  "of historical listings": fakeInput({
    change: (config) => ({ ...config, condor: { ...config.condor, listings: "historical" } }),
  }),
  "without years and episodes": {
    ...flagship,
    backtest: {
      ...flagship.backtest,
      hedge: { years: [], episodes: [], resultAYear: undefined, drawdownSaved: undefined, paired: undefined },
    },
  },
};

describe.each(Object.entries(VARIANTS))("a report %s", (_, input) => {
  const rendered = renderReport(input);

  it("is well formed and says who it is", () => {
    const tags = readMarkup(rendered);
    expect(tags.filter(({ name }) => name === "h1")).toHaveLength(1);
    expect(tags.find(({ name }) => name === "h1")?.text.trim()).not.toBe("");
    expect(tags.filter(({ name }) => name === "h2").every(({ text }) => text.trim() !== "")).toBe(true);
  });

  it("prints no number that is none", () => {
    expect(rendered).not.toMatch(/NaN|Infinity|undefined<|\bnull\b/);
  });

  it("has a unique id for each section, and a table beside each drawing", () => {
    const tags = readMarkup(rendered);
    const ids = tags.flatMap(({ attributes }) => (attributes["id"] === undefined ? [] : [attributes["id"]]));
    expect(new Set(ids).size).toBe(ids.length);
    const figures = tags.filter(({ name }) => name === "figure").length;
    expect(tags.filter(({ attributes }) => attributes["role"] === "img")).toHaveLength(2 * figures);
    expect(tags.filter(({ attributes }) => attributes["class"] === "vh")).toHaveLength(figures);
  });

  it("draws inside its frames", () => {
    for (const { name, attributes } of readMarkup(rendered)) {
      if (name !== "rect") continue;
      expect(Number(attributes["width"])).toBeGreaterThanOrEqual(0);
      expect(Number(attributes["x"])).toBeGreaterThanOrEqual(-1);
      expect(Number(attributes["x"]) + Number(attributes["width"])).toBeLessThanOrEqual(841);
    }
  });
});

describe("a report", () => {
  it("loads nothing and runs nothing", () => {
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\((?!#)|https?:|\son[a-z]+=/i);
  });

  it("is the same bytes for the same input", () => {
    expect(renderReport(fakeInput())).toBe(page);
  });

  it("stays small", () => {
    expect(page.length).toBeLessThan(600_000);
  });

  it("escapes what the user named", () => {
    const named = renderReport({
      ...flagship,
      name: '<b>"x"&\'</b>',
      command: "a <script>alert(1)</script>",
    });
    expect(named).not.toContain('<b>"x"');
    expect(named).not.toContain("<script");
    expect(named).toContain("&lt;b&gt;&quot;x&quot;&amp;&#39;&lt;/b&gt;");
    expect(() => readMarkup(named)).not.toThrow();
  });

  it("says that options are modelled, and where expirations did not exist", () => {
    expect(page).toContain("MODELLED OPTIONS");
    expect(page).toContain("HYPOTHETICAL LISTING");
    expect(renderReport(VARIANTS["of historical listings"])).not.toContain("HYPOTHETICAL LISTING");
    expect(renderReport(VARIANTS["without condors"])).not.toContain("HYPOTHETICAL LISTING");
  });

  it("quotes the measured error of every modelled option series", () => {
    for (const { series, detail } of flagship.provenance.series) {
      if (!series.includes("option")) continue;
      expect(page).toContain(`${series}: ${detail.replace(/(\d) %/g, "$1\u00A0%")}`);
    }
  });

  it("never shows a win rate without its interval, its break-even and the average loss", () => {
    const rates = readMarkup(page).filter(({ attributes }) => attributes["class"]?.split(" ").includes("wr"));
    expect(rates.length).toBe(1 + 2 * flagship.backtest.arms.unhedged.tiers.length);
    for (const { text } of rates) {
      expect(text).toMatch(/\d\.\d\u00A0%/);
      expect(text).toMatch(/\d+\.\d to \d+\.\d/);
      expect(text).toMatch(/needs (?:\d+\.\d\u00A0%|n\/a)/);
      expect(text).toMatch(/loses \d+\.\d\d|no loss yet/);
    }
  });

  it("reads win rates in one place only", () => {
    const root = new URL(".", import.meta.url).pathname;
    const readers = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
      .filter((path) =>
        /\bwinRate\b(?!\()|\.wins\b/.test(readFileSync(`${root}${path}`, "utf8").replace(/import .*/g, "")),
      );
    expect(readers).toEqual(["components/win-rate.ts"]);
  });

  it("calls a mean undetermined where its sign turns with volatility", () => {
    const verdicts = flagship.backtest.verdicts.map((verdict) => ({
      ...verdict,
      verdict: "undetermined" as const,
      means: { "0.95": -0.1, "1.00": 0.02, "1.05": 0.1 },
    }));
    const turned = renderReport({ ...flagship, backtest: { ...flagship.backtest, verdicts } });
    expect(turned).toContain("<em>undetermined</em></li>");
    expect(turned).toContain("Undetermined</span>");
    expect(turned).toContain("−0.10 · +0.02 · +0.10");
  });

  it("says how surely the Sharpe ratio is above zero, and that tries are counted elsewhere", () => {
    const record = trackRecord(returnsOfRun(flagship.backtest.arms.hedged.run));
    if (record === undefined) return expect.fail("the flagship's returns vary");
    const share = fixed((probabilisticSharpe(record, 0) ?? 0) * 100, 0);
    expect(page).toContain(`${share}\u00A0% that the true Sharpe ratio is above zero`);
    expect(page).toContain("steward trials counts them and deflates the ratio");
  });

  it("shows where the result came from: parts that sum to what each engine brought", () => {
    const { statistics } = flagship.backtest.arms.hedged;
    const [, part = ""] = /id="attribution">([\s\S]*?)<\/section>/.exec(page) ?? [];
    const together = [...part.matchAll(/<th scope="row">Together<\/th><td>([^<]*)<\/td>/g)].map(
      ([, sum]) => sum,
    );
    const results = [statistics.condorResult, statistics.hedgeResult];
    expect(together).toEqual(results.map((result) => signed(result / 1000, 1)));
    expect(part).toContain("Theta");
  });

  it("holds the account against rules of indices, and says how many did better", () => {
    const [, part = ""] = /id="controls">([\s\S]*?)<\/section>/.exec(page) ?? [];
    const own = flagship.backtest.arms.hedged.statistics.growth?.value ?? 0;
    const ran = flagship.backtest.controls.filter(({ performance }) => performance !== undefined);
    const better = ran.filter(({ performance }) => (performance?.growth ?? 0) > own).length;
    expect(ran.length).toBeGreaterThan(0);
    expect(part).toContain(`<h2>${better === ran.length ? "All" : better} of ${ran.length} index rule`);
    expect([...part.matchAll(/lead-cell/g)]).toHaveLength(ran.length);
    const without = renderReport({ ...flagship, backtest: { ...flagship.backtest, controls: [] } });
    expect(without).not.toContain('id="controls"');
  });

  it("shows the second engine where there is one: its account, its rungs, and how far it goes its own way", () => {
    expect(page).not.toContain('id="second-engine"');
    const gates = { ...usualSecondEngine.gates, contango: -1, vixBelow: 99 };
    const input = fakeInput({
      change: (config) => ({
        ...config,
        secondEngine: { ...usualSecondEngine, gates, minGroups: 0, minScore: -1 },
      }),
    });
    const { sleeve } = input.backtest;
    const [, part = ""] = /id="second-engine">([\s\S]*?)<\/section>/.exec(renderReport(input)) ?? [];
    const [rung] = sleeve?.rungs ?? [];
    expect(part).toContain(`data-label="Trades">${rung?.trades.count}</td>`);
    expect(part).toContain(`${percent(sleeve?.independence.rSquared ?? Number.NaN, 0)} of the first one`);
    expect(part).toContain(signedPercent(rung?.extrinsic?.kept ?? Number.NaN));
    expect(part).toContain(`It entered in ${sleeve?.entries} sessions.`);
    expect(part).not.toContain("NaN");
  });

  it("keeps the order of a trader's questions and ends with the command", () => {
    const ids = [...page.matchAll(/<section class="[^"]*" id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([
      "equity",
      "honesty",
      "tiers",
      "arms",
      "controls",
      "hedge",
      "shocks",
      "attribution",
      "sessions",
      "condors",
      "fills",
      "short-volatility",
      "fees",
      "months",
      "calendar",
      "worst",
      "not-traded",
      "hedge-ledger",
      "configuration",
      "provenance",
    ]);
    expect(page.trimEnd().endsWith(`${flagship.command}</pre></footer></div></body></html>`)).toBe(true);
  });

  it("adds the layers, what is open and their sum to the hedge's result", () => {
    const { hedgeResult } = flagship.backtest.arms.hedged.statistics;
    const ledger = /id="hedge-ledger"[\s\S]*?<\/section>/.exec(page)?.[0] ?? "";
    expect(ledger).toContain(fixed(Math.abs(hedgeResult), 0));
  });
});
