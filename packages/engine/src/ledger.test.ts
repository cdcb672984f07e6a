import { addMoney, InvariantError, type Money, negateMoney, nextSession } from "@steward/model";
import { defaultFills, type Intent } from "@steward/strategy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Book } from "./book.ts";
import type { FillEvent, LedgerEvent, SettlementEvent } from "./events.ts";
import { assertLedger, assertMarked } from "./invariants.ts";
import { applyEvent, type Ledger, openLedger, purposeName, replay, worstSettlement } from "./ledger.ts";
import { order, settleAll, writtenBook } from "./testing/books.ts";
import { fakeMarket, fakeView } from "./testing/fake-market.ts";
import { balanced, condor, dollars, intentOf, reversed, vixCall } from "./testing/structures.ts";

const view = fakeView({ session: "2019-06-03" });
const { date: session, decision: knownAt } = view.session;
const start = dollars(100_000);
const place = { knownAt, session, sequence: 2 };

function fill(intent: Intent, premium: number, fees = -1.234567): FillEvent {
  const net = { mid: 0, cost: 0, price: 0 };
  return { kind: "fill", ...place, bornOn: 1, intent, net, premium: dollars(premium), fees: dollars(fees) };
}

function settlement(ledger: Ledger, payoff: number): SettlementEvent {
  const [lot] = ledger.lots;
  if (lot === undefined) throw new Error("nothing is open");
  const value = { value: 3000, source: "official" } as const;
  return { kind: "settlement", ...place, lot, settlement: value, payoff: dollars(payoff) };
}

const sold = condor([2960, 2970, 3030, 3040]);
const bought = vixCall("2019-06-19", 15);
const opened = applyEvent(openLedger(start), fill(intentOf(sold, 2), 140)).ledger;

describe("applyEvent", () => {
  test("opening posts premium against options and fees, and remembers the lot", () => {
    expect(opened).toEqual({
      start,
      balances: {
        capital: dollars(-100_000),
        cash: dollars(100_138.765433),
        options: dollars(-140),
        shares: 0,
        realized: 0,
        fees: dollars(1.234567),
        interest: 0,
      },
      lots: [
        {
          id: 1,
          purpose: balanced,
          structure: sold,
          legs: sold.legs,
          closedLegs: 0,
          closedCash: 0,
          quantity: 2,
          openedQuantity: 2,
          worst: dollars(-2000),
          openedOn: session,
          premium: dollars(140),
          fees: dollars(-1.234567),
          shares: 0,
          sharesCash: 0,
        },
      ],
      units: { opened: 2, ended: 0 },
      nextId: 2,
    });
  });

  test("settling ends the lot: its result is premium, payoff and fees", () => {
    const { ledger, ended } = applyEvent(opened, settlement(opened, -350));
    expect(ledger).toMatchObject({
      balances: { cash: dollars(99_788.765433), options: 0, realized: dollars(210), fees: dollars(1.234567) },
      lots: [],
      units: { opened: 2, ended: 2 },
      nextId: 2,
    });
    expect(ended).toEqual([
      {
        purpose: balanced,
        structure: sold,
        quantity: 2,
        openedOn: session,
        closedOn: session,
        how: "settled",
        premium: dollars(140),
        exit: dollars(-350),
        fees: dollars(-1.234567),
        result: dollars(-211.234567),
      },
    ]);
  });

  test("closing ends it with the fees of both ways", () => {
    const close = fill(intentOf(reversed(sold), 2, { effect: "close" }), -30, -0.5);
    const { ledger, ended } = applyEvent(opened, close);
    expect(ledger).toMatchObject({
      balances: { cash: dollars(100_108.265433), realized: dollars(-110) },
      lots: [],
    });
    expect(ended).toMatchObject([
      { how: "closed", exit: dollars(-30), fees: dollars(-1.734567), result: dollars(108.265433) },
    ]);
  });

  test("closing a part ends the oldest units first, each with its share to the micro-dollar", () => {
    const both = applyEvent(opened, fill(intentOf(sold, 3), 300, -2)).ledger;
    const close = fill(intentOf(reversed(sold), 4, { effect: "close" }), -100.000001, -0.000003);
    const { ledger, ended } = applyEvent(both, close);
    expect(ended.map(({ quantity, premium, exit }) => [quantity, premium, exit])).toEqual([
      [2, dollars(140), dollars(-50)],
      [2, dollars(200), dollars(-50.000001)],
    ]);
    expect(ended.map(({ fees }) => fees)).toEqual([dollars(-1.234568), dollars(-1.333335)]);
    expect(ledger.lots).toMatchObject([
      { id: 2, quantity: 1, premium: dollars(100), fees: dollars(-0.666667), worst: dollars(-1000) },
    ]);
    expect(ledger.balances.options).toBe(dollars(-100));
    expect(() => assertLedger(both, ledger, close)).not.toThrow();
  });

  test("closing one side leaves the other with all that has been paid and brought", () => {
    const puts = { ...sold, legs: sold.legs.filter(({ contract }) => contract.right === "put") };
    const close = fill(intentOf(reversed(puts), 2, { effect: "close" }), -500, -0.5);
    const { ledger, ended } = applyEvent(opened, close);
    expect(ended).toEqual([]);
    expect(ledger.units).toEqual({ opened: 2, ended: 0 });
    // 100,138.765433 less 500 less 0.5; the options account holds what the lot has brought: 140 − 500.
    expect(ledger.balances).toMatchObject({
      cash: dollars(99_638.265433),
      options: dollars(360),
      realized: 0,
      fees: dollars(1.734567),
    });
    expect(ledger.lots).toMatchObject([
      { quantity: 2, closedLegs: 2, closedCash: dollars(-500), worst: dollars(-2000), premium: dollars(140) },
    ]);
    expect(ledger.lots[0]?.legs.map(({ contract }) => contract.right)).toEqual(["call", "call"]);
    expect(() => assertLedger(opened, ledger, close)).not.toThrow();

    const done = applyEvent(ledger, settlement(ledger, 0));
    expect(done.ended).toMatchObject([
      {
        quantity: 2,
        premium: dollars(140),
        exit: dollars(-500),
        result: dollars(-361.734567),
        structure: sold,
      },
    ]);
    expect(done.ledger.balances).toMatchObject({ options: 0, realized: dollars(360) });
  });

  test("closing one side of some units parts the lot", () => {
    const puts = { ...sold, legs: sold.legs.filter(({ contract }) => contract.right === "put") };
    const close = fill(intentOf(reversed(puts), 1, { effect: "close" }), -250);
    const { ledger } = applyEvent(opened, close);
    expect(ledger.lots.map(({ id, quantity, legs, worst }) => [id, quantity, legs.length, worst])).toEqual([
      [1, 1, 4, dollars(-1000)],
      [2, 1, 2, dollars(-1000)],
    ]);
    expect(ledger.units).toEqual({ opened: 2, ended: 0 });
    expect(() => assertLedger(opened, ledger, close)).not.toThrow();
  });

  test("a rejection changes nothing", () => {
    const intent = intentOf(sold, 2);
    const event: LedgerEvent = {
      kind: "reject",
      ...place,
      bornOn: 1,
      intent,
      rejection: { kind: "not-quoted" },
    };
    expect(applyEvent(opened, event)).toEqual({ ledger: opened, ended: [] });
  });

  test("ending what is not open is a bug", () => {
    const close = fill(intentOf(reversed(sold), 3, { effect: "close" }), -30);
    expect(() => applyEvent(opened, close)).toThrow(InvariantError);
    const { ledger } = applyEvent(opened, settlement(opened, 0));
    expect(() => applyEvent(ledger, settlement(opened, 0))).toThrow(InvariantError);
  });

  test("the worst settlement adds up what every lot can lose", () => {
    const both = applyEvent(opened, fill(intentOf(bought, 4), -500)).ledger;
    expect(worstSettlement(both)).toBe(dollars(-2000));
    expect(worstSettlement(openLedger(start))).toBe(0);
  });

  test("purposes are named by engine and part", () => {
    expect(purposeName(balanced)).toBe("condor:balanced");
    expect(purposeName({ kind: "hedge", layer: "long" })).toBe("hedge:long");
  });
});

describe("assertLedger", () => {
  const before = openLedger(start);
  const event = fill(intentOf(sold, 2), 140);
  const { balances, lots } = opened;
  const one = 1 as Money;

  test("passes what applyEvent made", () => {
    expect(() => assertLedger(before, opened, event)).not.toThrow();
  });

  test.each([
    [
      "cash from nowhere",
      { balances: { ...balances, cash: addMoney(balances.cash, one) } },
      /add up to nothing/,
    ],
    [
      "capital that moved",
      { balances: { ...balances, capital: addMoney(balances.capital, one), realized: negateMoney(one) } },
      /capital/,
    ],
    [
      "a cost that no lot has",
      { balances: { ...balances, options: addMoney(balances.options, one), realized: negateMoney(one) } },
      /open options cost/,
    ],
    [
      "shares that no lot has",
      { balances: { ...balances, shares: one, realized: negateMoney(one) } },
      /held shares cost/,
    ],
    [
      "a lot that was lost",
      { balances: { ...balances, options: dollars(0), realized: dollars(-140) }, lots: [] },
      /open or ended/,
    ],
    ["an end without a lot", { units: { opened: 2, ended: 1 } }, /open or ended/],
    ["a lot that grew", { lots: lots.map((lot) => ({ ...lot, quantity: 3 })) }, /open or ended/],
  ] as const)("catches %s", (_, mutation, message) => {
    expect(() => assertLedger(before, { ...opened, ...mutation }, event)).toThrow(message);
  });

  test("catches units that come back to life", () => {
    const { ledger } = applyEvent(opened, settlement(opened, 0));
    expect(() => assertLedger(ledger, opened, event)).toThrow(/back to life/);
  });

  test("catches an order that met the market before it was born", () => {
    expect(() => assertLedger(before, opened, { ...event, bornOn: 2 })).toThrow(
      /after the event that bore it/,
    );
  });

  test("catches fees that are income", () => {
    expect(() => assertLedger(before, opened, { ...event, fees: 1 as Money })).toThrow(/never income/);
    expect(() => assertLedger(before, opened, { ...event, fees: 0 as Money })).not.toThrow();
  });

  test("catches an account that could not pay its worst settlement, by a micro-dollar, after any event", () => {
    const poor = (cash: Money): void => {
      const capital = negateMoney(addMoney(cash, negateMoney(dollars(138.765433))));
      const ledger = { ...opened, balances: { ...balances, cash, capital } };
      assertLedger({ ...before, balances: { ...before.balances, capital } }, ledger, event);
    };
    expect(() => poor(dollars(2000))).not.toThrow();
    expect(() => poor(addMoney(dollars(2000), -1 as Money))).toThrow(/worst settlement/);
    const settled = applyEvent(opened, settlement(opened, -100_139)).ledger;
    expect(() => assertLedger(opened, settled, settlement(opened, -100_139))).toThrow(/worst settlement/);
  });
});

describe("assertMarked", () => {
  const { cash } = opened.balances;

  test("catches equity under the defined-risk floor", () => {
    const floor = addMoney(cash, dollars(-2000));
    expect(() => assertMarked(opened, floor, session)).not.toThrow();
    expect(() => assertMarked(opened, addMoney(floor, -1 as Money), session)).toThrow(/floor/);
  });

  test("catches a lot that outlives its expiration; what is delivered waits for the morning after", () => {
    const expiration = nextSession(session);
    expect(() => assertMarked(opened, cash, session)).not.toThrow();
    expect(() => assertMarked(opened, cash, expiration)).toThrow(/has not outlived/);
    const spy = condor([290, 291, 300, 301], { root: "SPY" });
    const held = applyEvent(openLedger(start), fill(intentOf(spy, 1), 10)).ledger;
    expect(() => assertMarked(held, held.balances.cash, expiration)).not.toThrow();
    expect(() => assertMarked(held, held.balances.cash, nextSession(expiration))).toThrow(/has not outlived/);
  });
});

describe("random histories", () => {
  type Command = readonly ["open" | "close" | "settle" | "mark", pick: number, quantity: number];

  const commands: fc.Arbitrary<readonly Command[]> = fc.array(
    fc.tuple(
      fc.constantFrom("open", "open", "close", "settle", "mark"),
      fc.nat(50),
      fc.integer({ min: 1, max: 30 }),
    ),
    { minLength: 10, maxLength: 60 },
  );
  const market = fakeMarket({
    from: "2019-06-03",
    to: "2019-08-30",
    day: (index) => ({ spot: 3000 + 40 * Math.sin(index), vix: 14 + (index % 5) }),
  });

  test("keep the invariants and balance in exact integers, whatever fills, is refused or settles", () => {
    let ended = 0;
    let refused = 0;
    fc.assert(
      fc.property(commands, (drawn) => {
        const { book, journal } = writtenBook(dollars(50_000));
        let index = 0;
        for (const [kind, pick, quantity] of drawn) {
          const current = market.view(market.sessions[index] ?? session);
          if (kind === "settle") {
            index += 1;
            settleAll(book, market, market.sessions[index] ?? session);
          } else if (kind === "mark") {
            const { equity } = book.mark(current, () => undefined);
            assertMarked(book.ledger, equity, current.session.date);
          } else {
            const intent =
              kind === "open" ? opening(current.session.date, pick, quantity) : closing(book, pick, quantity);
            if (intent !== undefined) order(book, intent, { view: current, fills: defaultFills });
          }
        }

        const moved = journal.reduce((total, event) => total + cashOf(event), 0n);
        expect(BigInt(book.ledger.balances.cash)).toBe(50_000_000_000n + moved);
        const results = book.roundTrips.reduce((total, { result }) => total + BigInt(result), 0n);
        const pending = book.ledger.lots.reduce(
          (total, { premium, fees }) => total + BigInt(premium + fees),
          0n,
        );
        expect(results + pending).toBe(moved);
        expect(book.ledger.balances.cash + worstSettlement(book.ledger)).toBeGreaterThanOrEqual(0);
        const replayed = replay(dollars(50_000), JSON.parse(JSON.stringify(journal)));
        expect(JSON.stringify(replayed)).toBe(
          JSON.stringify({ ledger: book.ledger, ended: book.roundTrips }),
        );
        ended += book.roundTrips.length;
        refused += journal.filter(({ kind }) => kind === "reject").length;
      }),
      { seed: 1494, numRuns: process.env["STEWARD_LONG"] === undefined ? 300 : 10_000 },
    );
    expect(Math.min(ended, refused)).toBeGreaterThan(200);
  });

  function opening(on: typeof session, pick: number, quantity: number): Intent {
    if (pick % 3 === 0) return intentOf(vixCall("2019-09-18", 10 + pick), quantity);
    const expiration = nextSession(on);
    const put = 2935 + 5 * (pick % 15);
    const call = 3000 + 5 * (pick % 11);
    return intentOf(condor([put - 10, put, call, call + 10], { expiration }), quantity);
  }

  /** All of a lot or a part of it, sometimes more than there is. */
  function closing(book: Book, pick: number, quantity: number): Intent | undefined {
    const lot = book.ledger.lots[pick % Math.max(book.ledger.lots.length, 1)];
    const units = lot && (pick % 2 === 0 ? lot.quantity : quantity);
    return lot && intentOf(reversed(lot.structure), units ?? 1, { effect: "close", purpose: lot.purpose });
  }

  function cashOf(event: LedgerEvent): bigint {
    if (event.kind === "settlement") return BigInt(event.payoff);
    return event.kind === "fill" ? BigInt(event.premium) + BigInt(event.fees) : 0n;
  }
});
