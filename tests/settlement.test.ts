// What each contract settles on, when that is known, and what it pays: through the market, the book and the ledger. Values of
// the index are the closes of the bundled history, opening quotations Cboe's where they are on record.

import type { SettlementEvent } from "@steward/engine";
import { type MarketInputs, marketOf, volatilityHistory } from "@steward/market-model";
import {
  calendarDate,
  formatInstant,
  type IndexBar,
  instantAt,
  monthlySpxExpiration,
  monthlyVixExpiration,
  type OptionContract,
  previousSession,
  type Root,
  sessionsBetween,
  strike,
  toLedger,
  toModel,
  weekday,
} from "@steward/model";
import { defaultFills, type Intent } from "@steward/strategy";
import { describe, expect, it } from "vitest";
import { loadMarketData } from "../apps/cli/src/market-data.ts";
import { order, settleAll, writtenBook } from "../packages/engine/src/testing/books.ts";
import { fakeView } from "../packages/engine/src/testing/fake-market.ts";

const now = instantAt(calendarDate("2024-01-02"), "15:00", "America/New_York");
const { inputs } = await loadMarketData({ data: { store: false, files: {} } }, now);
const bundled = marketOf(volatilityHistory(inputs));

interface Settled {
  readonly event: SettlementEvent | undefined;
  /** Dollars of one contract. */
  readonly pays: number | undefined;
  /** New York. */
  readonly knownAt: string | undefined;
}

/** Buys one call the session before it expires and settles the book in the sessions that follow. */
function settled(
  [root, expiration, points]: readonly [root: Root, expiration: string, strike: number],
  market = bundled,
): Settled {
  const contract: OptionContract = {
    root,
    expiration: calendarDate(expiration),
    right: "call",
    strike: strike(points),
  };
  const intent: Intent = {
    effect: "open",
    purpose: { kind: "hedge", layer: "near" },
    structure: { kind: "call", legs: [{ contract, ratio: 1 }] },
    quantity: 1,
    because: "a call to settle",
  };
  const bought = previousSession(previousSession(contract.expiration));
  const { book, journal } = writtenBook(toLedger(1_000_000));
  // Bought at a made-up quote: what it costs has no say in what it pays.
  const view = fakeView({ session: bought, spot: points });
  const filled = order(book, intent, { view, fills: defaultFills });
  if (filled.kind !== "fill") throw new Error(`rejected: ${filled.rejection.kind}`);
  for (const session of market.sessions) {
    if (session > bought && book.ledger.lots.length > 0) settleAll(book, market, session);
  }
  const event = journal.find((found) => found.kind === "settlement");
  return {
    event,
    pays: event && toModel(event.payoff),
    knownAt: event && formatInstant(event.knownAt),
  };
}

/** An index that stands still, but for what a test says of it. */
function marketOver(
  from: string,
  to: string,
  changes: Readonly<Record<string, Partial<IndexBar>>> = {},
  more: Partial<MarketInputs> = {},
) {
  const index = sessionsBetween(calendarDate(from), calendarDate(to)).map((date) => {
    const bar = { date, open: 5400, high: 5450, low: 5350, close: 5400 };
    return { ...bar, ...changes[date] };
  });
  return marketOf(volatilityHistory({ index, indexSource: "imported", ...more }));
}

describe("a third Friday with AM and PM series side by side", () => {
  // SET of 2005-06-17 was 1222.68; the index closed at 1216.96.
  it("settles SPX on the opening quotation, known at the opening", () => {
    const { event, pays, knownAt } = settled(["SPX", "2005-06-17", 1200]);
    expect(event?.settlement).toEqual({ value: 1222.68, source: "official" });
    expect(pays).toBe(2268);
    expect(knownAt).toBe("2005-06-17T13:30:00Z");
  });

  it("settles SPXW and XSP on the close, known at the close", () => {
    const { event, pays, knownAt } = settled(["SPXW", "2005-06-17", 1200]);
    expect(event?.settlement).toEqual({ value: 1216.96, source: "official" });
    expect(pays).toBe(1696);
    expect(knownAt).toBe("2005-06-17T20:00:00Z");
    expect(settled(["XSP", "2005-06-17", 120]).pays).toBe(169.6);
  });

  it("settles SPX on the index open where no quotation is on record, and labels it; one that is brought counts instead", () => {
    const friday = "2018-03-16";
    const open = inputs.index.find(({ date }) => date === friday)?.open ?? 0;
    const { event } = settled(["SPX", friday, 2700]);
    expect(event?.settlement).toEqual({ value: open, source: "approximated" });
    const values = [{ date: calendarDate(friday), value: 2756.5 }];
    const brought = marketOf(
      volatilityHistory({ ...inputs, spxSettlement: { values, source: "imported", detail: "set.csv" } }),
    );
    const { event: supplied, pays } = settled(["SPX", friday, 2700], brought);
    expect(supplied?.settlement).toEqual({ value: 2756.5, source: "supplied" });
    expect(pays).toBe(5650);
    expect(settled(["SPXW", friday, 2700], brought).event?.settlement.source).toBe("official");
    const row = brought.provenance.find(({ series }) => series === "spx-am-settlement");
    expect(row).toMatchObject({
      source: "imported",
      detail: "set.csv, 1 expirations",
      from: friday,
      to: friday,
    });
  });
});

describe("VIX options", () => {
  it.each([
    ["2019-03-19", 12.35, "Good Friday 2019-04-19"],
    ["2024-06-18", 12.39, "Juneteenth"],
  ])("of %s settle on a Tuesday, for a holiday moves them: VRO %d (%s)", (expiration, value) => {
    const [year = 0, month = 0] = expiration.split("-").map(Number);
    expect(monthlyVixExpiration(year, month)).toBe(expiration);
    expect(weekday(calendarDate(expiration))).toBe("tuesday");
    const market = expiration < "2020" ? bundled : marketOver("2024-06-03", "2024-06-28");
    const { event, pays, knownAt } = settled(["VIX", expiration, 10], market);
    expect(event?.settlement).toEqual({ value, source: "official" });
    expect(pays).toBe(Math.round((value - 10) * 100));
    expect(knownAt).toBe(`${expiration}T13:30:00Z`);
  });

  it("of 2008-10-22 settled on 63.04, where the index had closed at 53.11 the evening before", () => {
    expect(settled(["VIX", "2008-10-22", 30]).pays).toBe(3304);
  });

  it("settle on a value that is brought where none is on record", () => {
    const values = [{ date: calendarDate("2017-05-17"), value: 12.34 }];
    const market = marketOf(
      volatilityHistory({ ...inputs, vixSettlement: { values, source: "imported", detail: "" } }),
    );
    const { event } = settled(["VIX", "2017-05-17", 10], market);
    expect(event?.settlement).toEqual({ value: 12.34, source: "supplied" });
    expect(settled(["VIX", "2017-05-17", 10]).event?.settlement.source).toBe("approximated");
  });
});

describe("days that are not as others", () => {
  it("on a half day the close is at one, and settles what expires", () => {
    const { event, knownAt } = settled(["SPXW", "2019-07-03", 2900]);
    expect(knownAt).toBe("2019-07-03T17:00:00Z");
    expect(event?.settlement).toEqual({ value: 2995.82, source: "official" });
  });

  it.each([
    ["2019-03-08", "2019-03-08T21:00:00Z", "2019-03-11", "2019-03-11T20:00:00Z"],
    ["2019-11-01", "2019-11-01T20:00:00Z", "2019-11-04", "2019-11-04T21:00:00Z"],
  ])(
    "over the Sunday after %s clocks change and New York's four o'clock stays",
    (friday, before, monday, after) => {
      expect(settled(["SPXW", friday, 2700]).knownAt).toBe(before);
      expect(settled(["SPXW", monday, 2700]).knownAt).toBe(after);
    },
  );

  it("Good Friday moves the monthly to Thursday, where both series settle", () => {
    expect(monthlySpxExpiration(2019, 4)).toBe("2019-04-18");
    expect(settled(["SPX", "2019-04-18", 2800]).knownAt).toBe("2019-04-18T13:30:00Z");
    expect(settled(["SPXW", "2019-04-18", 2800]).knownAt).toBe("2019-04-18T20:00:00Z");
  });

  it("2018-12-05, closed for mourning at four days' notice: PM settles on the close before, AM on the opening after", () => {
    const close = inputs.index.find(({ date }) => date === "2018-12-04")?.close;
    const { event } = settled(["SPXW", "2018-12-05", 2600]);
    expect(event?.settlement).toEqual({ value: close, source: "approximated" });
    expect(event?.session).toBe("2018-12-06");
    const open = inputs.index.find(({ date }) => date === "2018-12-06")?.open;
    expect(settled(["SPX", "2018-12-05", 2600]).event?.settlement.value).toBe(open);
  });

  it("2025-01-09, closed at ten days' notice: likewise", () => {
    const market = marketOver("2025-01-02", "2025-01-31", {
      "2025-01-08": { close: 5410.25, high: 5450 },
      "2025-01-10": { open: 5390.5 },
    });
    const evening = settled(["SPXW", "2025-01-09", 5400], market);
    expect(evening.event?.settlement.value).toBe(5410.25);
    expect(evening.event?.session).toBe("2025-01-10");
    expect(evening.pays).toBe(1025);
    expect(settled(["SPX", "2025-01-09", 5300], market).event?.settlement.value).toBe(5390.5);
  });
});
