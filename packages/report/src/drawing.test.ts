import { calendarDate } from "@steward/model";
import { describe, expect, it } from "vitest";
import { dateTicks } from "./axis.ts";
import { binsOf } from "./charts/histogram.ts";
import { bare, dollars, fixed, percent, signed, signedDollars } from "./format.ts";
import { html } from "./html.ts";
import { monthReturns } from "./month-returns.ts";
import { declutter } from "./svg.ts";
import { divergingSize, divergingStep } from "./theme.ts";
import { thin } from "./thin.ts";

describe("numbers", () => {
  it("carry a true minus, commas and no sign on zero", () => {
    expect(fixed(-29040.4, 0)).toBe("\u221229,040");
    expect(fixed(-0.04, 1)).toBe("0.0");
    expect(signed(0.04, 1)).toBe("0.0");
    expect(signed(1234567.891, 2)).toBe("+1,234,567.89");
    expect(bare(-0.013)).toBe("\u22121.3");
  });

  it("keep their unit", () => {
    expect(percent(0.928)).toBe("92.8\u00A0%");
    expect(html`<p>${"at 5 % of 3 %"}</p>`.markup).toBe("<p>at 5\u00A0% of 3\u00A0%</p>");
    expect(dollars(-0.4)).toBe("\u2212$0");
    expect(signedDollars(-0.4)).toBe("$0");
    expect(signedDollars(2960)).toBe("+$2,960");
  });
});

describe("thinning", () => {
  it("keeps the ends and every extreme of a pixel column", () => {
    const values = Float64Array.from(
      { length: 10_000 },
      (_, index) => Math.sin(index / 40) * (index === 5_003 ? 9 : 1),
    );
    const kept = thin(values, 300);
    expect(kept.length).toBeLessThanOrEqual(602);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(9_999);
    const extreme = values.reduce(
      (at, value, index) => (Math.abs(value) > Math.abs(values[at] ?? 0) ? index : at),
      0,
    );
    expect(kept).toContain(extreme);
    expect(kept).toEqual(kept.toSorted((left, right) => left - right));
  });

  it("leaves short series alone", () => {
    expect(thin([3, 1, 2], 300)).toEqual([0, 1, 2]);
    expect(thin([], 300)).toEqual([]);
  });
});

describe("axes", () => {
  it("tick years over long spans, months over shorter ones and Mondays over weeks", () => {
    const labels = (from: string, to: string): readonly string[] =>
      dateTicks(calendarDate(from), calendarDate(to), 6).map(({ label }) => label);
    expect(labels("2000-01-03", "2020-04-17")).toEqual(["2000", "2004", "2008", "2012", "2016", "2020"]);
    expect(labels("2017-03-01", "2017-10-13")).toEqual(["Mar", "May", "Jul", "Sep"]);
    expect(labels("2018-01-18", "2018-02-13")).toEqual(["22 Jan", "29 Jan", "5 Feb", "12 Feb"]);
  });

  it("declutter without leaving the bounds or the order", () => {
    const placed = declutter([10, 11, 95, 99], { gap: 14, low: 0, high: 100 });
    expect(placed).toEqual([10, 24, 86, 100]);
  });
});

describe("histograms", () => {
  it("have an edge at zero and lose no value", () => {
    const values = [-9.4, -0.001, 0.001, 0.6, 0.6, 1.5];
    const bins = binsOf(values);
    expect(bins.reduce((total, { count }) => total + count, 0)).toBe(values.length);
    expect(bins.some(({ from, to }) => from < -1e-9 && to > 1e-9)).toBe(false);
  });
});

describe("colors", () => {
  it("take nine steps, the middle for what is near zero", () => {
    expect(divergingStep(0.004, 0.01)).toBe(4);
    expect(divergingStep(-0.5, 0.01)).toBe(0);
    expect(divergingStep(0.5, 0.01)).toBe(8);
    expect(divergingSize([])).toBeGreaterThan(0);
  });
});

describe("months", () => {
  it("count from the close before and compound to the year", () => {
    const sessions = ["2019-12-30", "2019-12-31", "2020-01-02", "2020-02-28"].map((text) =>
      calendarDate(text),
    );
    const [first, second] = monthReturns(sessions, [100, 110, 121, 60.5]);
    expect(first?.months[11]).toBeCloseTo(0.1, 12);
    expect(second?.months[0]).toBeCloseTo(0.1, 12);
    expect(second?.months[1]).toBeCloseTo(-0.5, 12);
    expect(second?.total).toBeCloseTo(-0.45, 12);
    expect(second?.months[2]).toBeUndefined();
  });
});
