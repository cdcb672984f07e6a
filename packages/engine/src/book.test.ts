import { calendarDate, strikePoints } from "@steward/model";
import { defaultFills, heldLayers, type Intent, type MarketView } from "@steward/strategy";
import { describe, expect, test } from "vitest";
import { order, settleAll, type WrittenBook, writtenBook } from "./testing/books.ts";
import { fakeMarket, fakeView } from "./testing/fake-market.ts";
import { condor, dollars, intentOf, reversed, shortLayer, vixCall } from "./testing/structures.ts";

/** A book after intents filled in one session. */
function bookWith(session: string, ...intents: readonly Intent[]): WrittenBook {
  const written = writtenBook(dollars(100_000));
  const view = fakeView({ session });
  for (const intent of intents) {
    const event = order(written.book, intent, { view, fills: defaultFills });
    if (event.kind === "reject") throw new Error(`rejected: ${event.rejection.kind}`);
  }
  return written;
}

/** No book of these tests holds shares. */
const noShares = () => undefined;

const june19 = { expiration: "2019-06-19" };

describe("settle", () => {
  test("settles the opening before the close, each at its instant", () => {
    const { book, journal } = bookWith(
      "2019-06-18",
      intentOf(condor([2960, 2970, 3030, 3040], june19), 2),
      intentOf(vixCall("2019-06-19", 13), 4),
    );
    const market = fakeMarket({ from: "2019-06-18", to: "2019-06-20", day: () => ({ spot: 2965.5 }) });
    const session = calendarDate("2019-06-19");
    settleAll(book, market, session);
    const { open, close } = market.view(session).session;
    expect(journal.slice(2)).toMatchObject([
      { kind: "settlement", knownAt: open, session, payoff: dollars(400), lot: { id: 2 } },
      { kind: "settlement", knownAt: close, session, payoff: dollars(-900), lot: { id: 1 } },
    ]);
    expect(book.ledger.lots).toEqual([]);
    expect(book.roundTrips.map(({ how, closedOn }) => [how, closedOn])).toEqual([
      ["settled", session],
      ["settled", session],
    ]);
  });

  test("asks for nothing before the expiration", () => {
    const { book } = bookWith("2019-06-17", intentOf(vixCall("2019-06-19", 13), 4));
    const market = fakeMarket({ from: "2019-06-17", to: "2019-06-20" });
    settleAll(book, market, calendarDate("2019-06-18"));
    expect(market.asked).toEqual([]);
    settleAll(book, market, calendarDate("2019-06-19"));
    settleAll(book, market, calendarDate("2019-06-20"));
    expect(market.asked).toEqual([["VIX", "2019-06-19", "2019-06-19"]]);
  });

  test("settles in the next session what expired on a day that turned out closed", () => {
    // 2018-12-05 was planned as a session until 2018-12-01.
    const expiration = { expiration: "2018-12-05" };
    const { book } = bookWith("2018-11-30", intentOf(condor([2960, 2970, 3030, 3040], expiration), 1));
    const market = fakeMarket({ from: "2018-11-30", to: "2018-12-07", settle: () => 3033 });
    settleAll(book, market, calendarDate("2018-12-04"));
    expect(book.ledger.lots).toHaveLength(1);
    settleAll(book, market, calendarDate("2018-12-06"));
    expect(market.asked).toEqual([["SPXW", "2018-12-05", "2018-12-06"]]);
    expect(book.roundTrips).toMatchObject([{ closedOn: "2018-12-06", exit: dollars(-300) }]);
  });

  test("leaves open what the data cannot settle", () => {
    const { book } = bookWith("2019-06-18", intentOf(vixCall("2019-06-19", 13), 4));
    const market = fakeMarket({ from: "2019-06-18", to: "2019-06-20", settle: () => undefined });
    settleAll(book, market, calendarDate("2019-06-19"));
    expect(book.ledger.lots).toHaveLength(1);
  });
});

describe("mark", () => {
  const sold = intentOf(condor([2960, 2970, 3030, 3040], june19), 3);
  const held = intentOf(vixCall("2019-07-17", 15), 4);

  test("is the chain's price of every leg, by engine, and with the cash the equity", () => {
    const { book } = bookWith("2019-06-10", sold, held);
    const view = fakeView({ session: "2019-06-11" });
    const price = (root: "SPXW" | "VIX", on: string, right: "put" | "call", points: number): number =>
      view.slice(root, calendarDate(on))?.mark(right, (points * 1000) as never)?.price ?? Number.NaN;
    const { equity, condor: condors, hedge } = book.mark(view, noShares);
    const each =
      price("SPXW", "2019-06-19", "put", 2960) -
      price("SPXW", "2019-06-19", "put", 2970) -
      price("SPXW", "2019-06-19", "call", 3030) +
      price("SPXW", "2019-06-19", "call", 3040);
    // Rounded to the micro-dollar before it is multiplied.
    expect(Math.abs(condors - dollars(300 * each))).toBeLessThanOrEqual(3);
    expect(Math.abs(hedge - dollars(400 * price("VIX", "2019-07-17", "call", 15)))).toBeLessThanOrEqual(4);
    expect(condors).toBeLessThan(0);
    expect(equity).toBe(book.ledger.balances.cash + condors + hedge);
  });

  test("before any quote is what was paid, so that equity has moved by the fees alone", () => {
    const { book } = bookWith("2019-06-10", sold, held);
    const blind = fakeView({ session: "2019-06-11", has: () => false });
    expect(book.mark(blind, noShares).equity).toBe(dollars(100_000) - book.ledger.balances.fees);
  });

  test("stays where a quote is missing, leg by leg, and moves again with the next quote", () => {
    const { book } = bookWith("2019-06-10", sold, held);
    const seen = book.mark(fakeView({ session: "2019-06-11" }), noShares);
    const blind = fakeView({ session: "2019-06-12", has: (root) => root !== "SPXW", vix: 30 });
    const half = book.mark(blind, noShares);
    expect(half.condor).toBe(seen.condor);
    expect(half.hedge).not.toBe(seen.hedge);
    const oneLeg = fakeView({ session: "2019-06-12", index: { isQuoted: (_, points) => points !== 3040 } });
    expect(book.mark(oneLeg, noShares).condor).toBe(seen.condor);
    expect(book.mark(fakeView({ session: "2019-06-12" }), noShares).condor).not.toBe(seen.condor);
  });
});

test("a condor that middles of real quotes mark beyond its width is worth no less than it can settle at", () => {
  const { book } = bookWith("2019-06-10", intentOf(condor([2960, 2970, 3030, 3040], june19), 3));
  const view = fakeView({ session: "2019-06-11" });
  const inverted: MarketView = {
    ...view,
    slice: (root, expiration) => {
      const slice = view.slice(root, expiration);
      const mark = { price: 0, volatility: 0.2, delta: 0 };
      return (
        slice && {
          ...slice,
          mark: (right, at) => ({ ...mark, price: right === "put" && strikePoints(at) === 2970 ? 10.02 : 0 }),
        }
      );
    },
  };
  expect(book.mark(inverted, noShares).condor).toBe(dollars(-3000));
});

test("condors that are delivered tonight have no risk left for tomorrow's budget", () => {
  const spy = { root: "SPY", expiration: "2019-06-19" } as const;
  const { book } = bookWith("2019-06-10", intentOf(condor([2960, 2970, 3030, 3040], spy), 3));
  const [lot] = book.ledger.lots;
  const risk = -1e-6 * ((lot?.worst ?? 0) + (lot?.premium ?? 0));
  expect(risk).toBeGreaterThan(0);
  expect(book.condorRisk(calendarDate("2019-06-18"))).toBeCloseTo(risk, 6);
  expect(book.condorRisk(calendarDate("2019-06-19"))).toBe(0);
});

describe("the hedge", () => {
  const held = intentOf(vixCall("2019-06-19", 15), 4);

  test("is seen by layer, condors are not", () => {
    const { book } = bookWith("2019-06-10", intentOf(condor([2960, 2970, 3030, 3040], june19), 3), held);
    const [, lot] = book.ledger.lots;
    expect(heldLayers(book.positions())).toEqual([
      {
        layer: "short",
        contract: held.structure.legs[0]?.contract,
        contracts: 4,
        openedContracts: 4,
        cost: (-1e-6 * (lot?.premium ?? Number.NaN)) / 400,
      },
    ]);
    expect(book.positions()).toHaveLength(2);
  });

  test("has cash of its own: premiums and fees of its fills, its settlements, nothing of the condors", () => {
    const condors = intentOf(condor([2960, 2970, 3030, 3040], june19), 3);
    const { book, journal } = bookWith("2019-06-10", condors, held);
    const [, fill] = journal;
    const paid = fill?.kind === "fill" ? fill.premium + fill.fees : Number.NaN;
    expect(book.hedgeCash).toBe(paid);
    const market = fakeMarket({
      from: "2019-06-10",
      to: "2019-06-20",
      settle: (root) => (root === "VIX" ? 17.5 : 2900),
    });
    settleAll(book, market, calendarDate("2019-06-19"));
    expect(book.hedgeCash).toBe(paid + dollars(1000));
  });

  test("counts what a sale brought", () => {
    const { book } = bookWith("2019-06-10", held, intentOf(reversed(held.structure), 4, { effect: "close" }));
    const [trip] = book.roundTrips;
    expect(book.hedgeCash).toBe(trip?.result);
    expect(trip).toMatchObject({ how: "closed", purpose: shortLayer });
    expect(book.positions()).toEqual([]);
  });
});
