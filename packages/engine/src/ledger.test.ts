import { addMoney, InvariantError, type Money, nextSession } from "@steward/model";
import { defaultFills, type Intent } from "@steward/strategy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Book } from "./book.ts";
import type { FillEvent, LedgerEvent, SettlementEvent } from "./events.ts";
import { execute } from "./execution.ts";
import { assertLedger, assertMarked } from "./invariants.ts";
import { applyEvent, type Ledger, openLedger, purposeName, worstSettlement } from "./ledger.ts";
import { fakeMarket, fakeView } from "./testing/fake-market.ts";
import { balanced, condor, dollars, intentOf, reversed, vixCall } from "./testing/structures.ts";

const view = fakeView({ session: "2019-06-03" });
const { date: session, decision: at } = view.session;
const start = dollars(100_000);

function fill(intent: Intent, premium: number, fees = -1.234567): FillEvent {
  const net = { mid: 0, cost: 0, price: 0 };
  return { kind: "fill", at, session, intent, net, premium: dollars(premium), fees: dollars(fees) };
}

function settlement(ledger: Ledger, payoff: number): SettlementEvent {
  const [open] = ledger.open;
  if (open === undefined) throw new Error("nothing is open");
  const value = { value: 3000, source: "official" } as const;
  return { kind: "settlement", at, session, open, settlement: value, payoff: dollars(payoff) };
}

const sold = condor([2960, 2970, 3030, 3040]);
const bought = vixCall("2019-06-19", 15);
const opened = applyEvent(openLedger(start), fill(intentOf(sold, 2), 140)).ledger;

describe("applyEvent", () => {
  test("opening moves cash by premium and fees and remembers the structure", () => {
    expect(opened).toEqual({
      start,
      cash: dollars(100_138.765433),
      flows: { premium: dollars(140), fees: dollars(-1.234567), settlement: 0 },
      open: [
        {
          id: 1,
          purpose: balanced,
          structure: sold,
          quantity: 2,
          worst: dollars(-2000),
          openedOn: session,
          premium: dollars(140),
          fees: dollars(-1.234567),
        },
      ],
      roundTrips: 0,
      nextId: 2,
    });
  });

  test("settling ends the structure: its result is premium, payoff and fees", () => {
    const { ledger, ended } = applyEvent(opened, settlement(opened, -350));
    expect(ledger).toMatchObject({
      cash: dollars(99_788.765433),
      flows: { settlement: dollars(-350) },
      open: [],
      roundTrips: 1,
      nextId: 2,
    });
    expect(ended).toEqual({
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
    });
  });

  test("closing ends it with the fees of both ways", () => {
    const close = fill(intentOf(reversed(sold), 2, { effect: "close" }), -30, -0.5);
    const { ledger, ended } = applyEvent(opened, close);
    expect(ledger).toMatchObject({ cash: dollars(100_108.265433), open: [], roundTrips: 1 });
    expect(ended).toMatchObject({
      how: "closed",
      exit: dollars(-30),
      fees: dollars(-1.734567),
      result: dollars(108.265433),
    });
  });

  test("a rejection changes nothing", () => {
    const intent = intentOf(sold, 2);
    const event: LedgerEvent = { kind: "reject", at, session, intent, rejection: { kind: "not-quoted" } };
    expect(applyEvent(opened, event)).toEqual({ ledger: opened, ended: undefined });
  });

  test("ending what is not open is a bug", () => {
    const close = fill(intentOf(reversed(sold), 1, { effect: "close" }), -30);
    expect(() => applyEvent(opened, close)).toThrow(InvariantError);
    const { ledger } = applyEvent(opened, settlement(opened, 0));
    expect(() => applyEvent(ledger, settlement(opened, 0))).toThrow(InvariantError);
  });

  test("the worst settlement adds up what every open structure can lose", () => {
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

  test("passes what applyEvent made", () => {
    expect(() => assertLedger(before, opened, event)).not.toThrow();
  });

  test.each([
    [
      "cash that flows do not explain",
      { cash: addMoney(opened.cash, 1 as Money) },
      /is the start and its flows/,
    ],
    ["a start that moved", { start: addMoney(start, 1 as Money) }, /is the start and its flows/],
    [
      "a flow that moved alone",
      { flows: { ...opened.flows, settlement: 1 as Money } },
      /is the start and its flows/,
    ],
    ["a structure that was lost", { open: [] }, /never lost/],
    ["a structure that came twice", { open: [...opened.open, ...opened.open] }, /never lost/],
    ["an end without a structure", { roundTrips: 1 }, /never lost/],
    ["an identity that was skipped", { nextId: 3 }, /never lost/],
    ["an end that balances but never was", { open: [], roundTrips: 1, nextId: 2 }, undefined],
  ] as const)("catches %s", (_, mutation, message) => {
    const check = (): void => assertLedger(before, { ...opened, ...mutation }, event);
    if (message === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(message);
  });

  test("catches counts that agree with each other but not with the identities", () => {
    const shifted = (ledger: Ledger): Ledger => ({ ...ledger, nextId: ledger.nextId + 1 });
    expect(() => assertLedger(shifted(before), shifted(opened), event)).toThrow(/open or ended/);
  });

  test("catches fees that are income", () => {
    expect(() => assertLedger(before, opened, { ...event, fees: 1 as Money })).toThrow(/never income/);
    expect(() => assertLedger(before, opened, { ...event, fees: 0 as Money })).not.toThrow();
  });

  test("catches an account that could not pay its worst settlement, by a micro-dollar, after any event", () => {
    const poor = (cash: Money): void => {
      const ledger = { ...opened, start: addMoney(start, cash, -opened.cash as Money), cash };
      assertLedger({ ...before, start: ledger.start }, ledger, event);
    };
    expect(() => poor(dollars(2000))).not.toThrow();
    expect(() => poor(addMoney(dollars(2000), -1 as Money))).toThrow(/worst settlement/);
    const settled = applyEvent(opened, settlement(opened, -100_139)).ledger;
    expect(() => assertLedger(opened, settled, settlement(opened, -100_139))).toThrow(/worst settlement/);
  });
});

describe("assertMarked", () => {
  test("catches equity under the defined-risk floor", () => {
    const floor = addMoney(opened.cash, dollars(-2000));
    expect(() => assertMarked(opened, floor, session)).not.toThrow();
    expect(() => assertMarked(opened, addMoney(floor, -1 as Money), session)).toThrow(/floor/);
  });

  test("catches a structure that outlives its expiration", () => {
    expect(() => assertMarked(opened, opened.cash, session)).not.toThrow();
    expect(() => assertMarked(opened, opened.cash, nextSession(session))).toThrow(/has not outlived/);
  });

  test("catches what is delivered", () => {
    const spy = condor([290, 291, 300, 301], { root: "SPY" });
    const held = applyEvent(openLedger(start), fill(intentOf(spy, 1), 10)).ledger;
    expect(() => assertMarked(held, held.cash, session)).toThrow(/settles in cash/);
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
        const book = new Book(dollars(50_000));
        let index = 0;
        for (const [kind, pick, quantity] of drawn) {
          const current = market.view(market.sessions[index] ?? session);
          if (kind === "settle") {
            index += 1;
            book.settle(market, market.sessions[index] ?? session);
          } else if (kind === "mark") {
            const { equity } = book.mark(current);
            assertMarked(book.ledger, equity, current.session.date);
          } else {
            const intent =
              kind === "open" ? opening(current.session.date, pick, quantity) : closing(book, pick);
            if (intent !== undefined) book.apply(execute(book.ledger, intent, current, defaultFills));
          }
        }

        const moved = book.journal.reduce((total, event) => total + cashOf(event), 0n);
        expect(BigInt(book.ledger.cash)).toBe(50_000_000_000n + moved);
        const results = book.roundTrips.reduce((total, { result }) => total + BigInt(result), 0n);
        const pending = book.ledger.open.reduce(
          (total, { premium, fees }) => total + BigInt(premium + fees),
          0n,
        );
        expect(results + pending).toBe(moved);
        expect(book.ledger.cash + worstSettlement(book.ledger)).toBeGreaterThanOrEqual(0);
        ended += book.roundTrips.length;
        refused += book.journal.filter(({ kind }) => kind === "reject").length;
      }),
      { seed: 1494, numRuns: 300 },
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

  function closing(book: Book, pick: number): Intent | undefined {
    const open = book.ledger.open[pick % Math.max(book.ledger.open.length, 1)];
    return (
      open && intentOf(reversed(open.structure), open.quantity, { effect: "close", purpose: open.purpose })
    );
  }

  function cashOf(event: LedgerEvent): bigint {
    if (event.kind === "reject") return 0n;
    return event.kind === "fill" ? BigInt(event.premium) + BigInt(event.fees) : BigInt(event.payoff);
  }
});
