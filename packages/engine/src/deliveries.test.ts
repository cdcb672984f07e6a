import { seededRandom } from "@steward/analytics";
import { type CalendarDate, type Instant, type Session, strikePoints, toModel } from "@steward/model";
import { defaultFills, type Intent } from "@steward/strategy";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AssignmentConfig, rationalHolders } from "./assignment.ts";
import { closingIntents, Deliveries } from "./deliveries.ts";
import type { FillEvent, LedgerEvent } from "./events.ts";
import { quoteVenue } from "./execution.ts";
import { replay, worstDelivery } from "./ledger.ts";
import { order, type WrittenBook, writtenBook } from "./testing/books.ts";
import { type FakeMarketOptions, fakeMarket, fakeView } from "./testing/fake-market.ts";
import { condor, dollars, intentOf } from "./testing/structures.ts";

/** The third Friday of June 2019 was SPY's ex-date: an exercise for its dividend happens on Thursday the 20th. */
const exDate = "2019-06-21";
const july = { root: "SPY", expiration: "2019-07-19" } as const;
const june = { root: "SPY", expiration: exDate } as const;

interface Story extends Partial<FakeMarketOptions> {
  readonly intents: readonly Intent[];
  readonly from?: string;
  readonly to?: string;
  readonly config?: Partial<AssignmentConfig>;
  readonly seed?: number;
}

/** Opens at the first decision, then lives through nights and mornings; broken structures are closed at the next decision. */
function live({
  intents,
  from = "2019-06-20",
  to = "2019-06-25",
  config,
  seed = 1,
  ...options
}: Story): WrittenBook {
  const market = fakeMarket({
    from,
    to,
    day: () => ({ spot: 300, index: { volatility: 0.1, halfSpread: 0.005 } }),
    shares: () => ({ open: 301, close: 300, dividend: 0 }),
    ...options,
  });
  const written = writtenBook(dollars(1_000_000));
  const { book } = written;
  const deliveries = new Deliveries(
    book,
    { ...rationalHolders, ...config, fees: { broker: "flat" } },
    seededRandom(seed),
  );
  for (const [position, session] of market.sessions.entries()) {
    const view = market.view(session);
    const { open } = view.session;
    deliveries.deliver(market, { knownAt: (open - 1) as Instant, session });
    deliveries.open(market, { knownAt: open, session });
    if (position === 0) for (const intent of intents) openAtADollar(written, intent, view.session);
    const broken =
      config?.onAssignment === "hold" ? [] : closingIntents(book.ledger, view, { fills: defaultFills });
    for (const intent of broken) order(book, intent, { view, fills: defaultFills });
    deliveries.evening(view);
  }
  return written;
}

/** At a fixed price, so that what expires tomorrow can be held though nobody bids for it. */
function openAtADollar(
  { book }: WrittenBook,
  intent: Intent,
  { date: session, decision: knownAt }: Session,
): void {
  const premium = dollars(100 * intent.quantity);
  const net = { mid: 1, cost: 0, price: 1 };
  book.record<FillEvent>(
    { kind: "fill", bornOn: 0, intent, net, premium, fees: dollars(-1) },
    { knownAt, session },
  );
}

function kindsOf({ journal }: WrittenBook): readonly string[] {
  return journal.map(({ session, kind }) => `${session.slice(5)} ${kind}`);
}

const deep = intentOf(condor([290, 295, 270, 280], july), 2);

describe("an assignment before the expiration", () => {
  test("is told the next morning; shares, dividend and the rest of the structure end in the books", () => {
    const dividendOn = (session: CalendarDate): number => (session === exDate ? 1.4316 : 0);
    const story = live({
      intents: [deep],
      shares: (session) => ({ open: 301, close: 300, dividend: dividendOn(session) }),
    });
    // The call at 270 is 30 points in the money with a volatility of 10 % and has no time value left: it is taken.
    expect(kindsOf(story)).toEqual([
      "06-20 fill",
      "06-21 assignment",
      "06-21 dividend",
      "06-21 shares",
      "06-21 fill",
    ]);
    const [, assignment, dividend, shares] = story.journal;
    expect(assignment).toMatchObject({ shares: -200, cash: dollars(54_000), units: 2, leg: { ratio: -1 } });
    expect(dividend).toMatchObject({ cash: dollars(-286.32) });
    expect(shares).toMatchObject({ shares: 200, price: 301.005, cash: dollars(-60_201) });
    const [trip] = story.book.roundTrips;
    const [opening, , , , closing] = story.journal;
    if (opening?.kind !== "fill" || closing?.kind !== "fill") return expect.fail("expected two fills");
    const brought = toModel(opening.premium) + 54_000 - 286.32 - 60_201 + toModel(closing.premium);
    expect(toModel(trip?.result ?? dollars(0))).toBeCloseTo(
      brought + toModel(opening.fees) + toModel(closing.fees),
      6,
    );
    expect(story.book.ledger).toMatchObject({
      lots: [],
      units: { opened: 2, ended: 2 },
      balances: { shares: 0, options: 0 },
    });
  });

  test("may be held on to: shares wait, dividends are owed, the expiration ends it", () => {
    const story = live({
      intents: [intentOf(condor([280, 290, 270, 280], june), 1)],
      config: { onAssignment: "hold" },
      to: "2019-06-26",
    });
    // All calls are in the money: the short one is taken on Thursday, the long one exercised on Friday.
    expect(kindsOf(story)).toEqual(["06-20 fill", "06-21 assignment", "06-24 exercise", "06-24 lapse"]);
    expect(story.book.ledger.lots).toEqual([]);
    expect(story.book.roundTrips[0]).toMatchObject({ how: "delivered", exit: dollars(-1000) });
  });

  test("does not come where waiting is worth something, nor where every holder sleeps", () => {
    const near = intentOf(condor([280, 290, 299, 309], july), 1);
    expect(kindsOf(live({ intents: [near] }))).toEqual(["06-20 fill"]);
    expect(kindsOf(live({ intents: [deep], config: { rationalShare: 0 } }))).toEqual(["06-20 fill"]);
  });

  test("comes for no reason at its rate", () => {
    const near = intentOf(condor([280, 290, 299, 309], july), 1);
    const always = live({ intents: [near], config: { irrationalRate: 252 } });
    expect(kindsOf(always)[1]).toBe("06-21 assignment");
    let assigned = 0;
    for (let seed = 1; seed <= 400; seed += 1) {
      const story = live({ intents: [near], to: "2019-06-21", config: { irrationalRate: 63 }, seed });
      assigned += kindsOf(story).length > 1 ? 1 : 0;
    }
    // One evening at a chance of a quarter: a hundred of four hundred, give or take four deviations of 8.7.
    expect(Math.abs(assigned - 100)).toBeLessThan(35);
  });

  test("of late holders comes on any evening, mostly on the first ones", () => {
    const mornings = Array.from({ length: 40 }, (_, seed) => {
      const story = live({
        intents: [deep],
        config: { rationalShare: 0.3 },
        seed: seed + 1,
        to: "2019-07-05",
      });
      return story.journal.find(({ kind }) => kind === "assignment")?.session ?? "never";
    });
    const first = mornings.filter((morning) => morning === "2019-06-21").length;
    expect(first).toBeGreaterThan(4);
    expect(first).toBeLessThan(22);
    expect(
      mornings.filter((morning) => morning > "2019-06-21" && morning !== "never").length,
    ).toBeGreaterThan(15);
  });
});

describe("an expiration", () => {
  /** Held from the last decision to the morning after. */
  const atClose = (close: number) => ({
    from: "2019-06-21",
    shares: () => ({ open: 301, close, dividend: 0 }),
  });
  const held = intentOf(condor([280, 290, 310, 320], june), 1);

  test("in between lapses", () => {
    expect(kindsOf(live({ intents: [held], ...atClose(300) }))).toEqual(["06-21 fill", "06-24 lapse"]);
  });

  test.each([
    [310, ["06-24 lapse"]],
    [310.009, ["06-24 lapse"]],
    [310.01, ["06-24 assignment", "06-24 lapse", "06-24 shares"]],
    [289.98, ["06-24 assignment", "06-24 lapse", "06-24 shares"]],
  ] as const)("at %s is exercised by exception from one cent on", (close, expected) => {
    const story = live({ intents: [held], ...atClose(close) });
    expect(kindsOf(story).slice(1, 1 + expected.length)).toEqual(expected);
  });

  test("of both calls leaves the width and nothing else", () => {
    const three = { ...held, quantity: 3 };
    const ended = live({ intents: [three], ...atClose(325) });
    expect(kindsOf(ended)).toEqual(["06-21 fill", "06-24 assignment", "06-24 exercise", "06-24 lapse"]);
    expect(ended.book.ledger.balances).toMatchObject({ shares: 0, options: 0 });
    expect(ended.book.roundTrips).toMatchObject([
      { how: "delivered", exit: dollars(-3000), result: dollars(-2701) },
    ]);
  });

  test("follows the price until the deadline where a part of the night's move has happened by then", () => {
    // From 309.90 to an opening at 311: by half of it at 310.45 the call is in the money, by none of it not.
    const night = (close: number, open: number, afterCloseShare: number) =>
      kindsOf(
        live({
          intents: [held],
          from: "2019-06-21",
          shares: () => ({ open, close, dividend: 0 }),
          config: { afterCloseShare },
        }),
      ).slice(1);
    expect(night(309.9, 311, 0)).toEqual(["06-24 lapse"]);
    expect(night(309.9, 311, 0.5)).toEqual(["06-24 assignment", "06-24 lapse", "06-24 shares"]);
    expect(night(310.1, 309, 0.5)).toEqual(["06-24 lapse"]);
    expect(night(310.1, 309, 0)).toEqual(["06-24 assignment", "06-24 lapse", "06-24 shares"]);
  });
});

describe("an announced closure on the expiration", () => {
  // 2018-12-05 was closed, as was known since the first of December: the evening before is the last.
  const closed = { root: "SPY", expiration: "2018-12-05" } as const;
  const short = intentOf(condor([240, 250, 310, 320], closed), 1);
  const ending = (before: number, after: number) =>
    kindsOf(
      live({
        intents: [short],
        from: "2018-12-04",
        to: "2018-12-10",
        shares: (session) => ({
          open: after,
          close: session === "2018-12-04" ? before : after,
          dividend: 0,
        }),
      }),
    );

  test("is judged by the close before it, as settlements are", () => {
    expect(ending(310.1, 309)).toEqual(["12-04 fill", "12-06 assignment", "12-06 lapse", "12-06 shares"]);
    expect(ending(309.9, 311)).toEqual(["12-04 fill", "12-06 lapse"]);
  });
});

describe("risk after an assignment", () => {
  const held = live({
    intents: [intentOf(condor([280, 290, 270, 280], july), 10)],
    config: { onAssignment: "hold" },
    to: "2019-06-21",
  });
  const { ledger } = held.book;

  test("what short shares brought is no free cash: the long call bounds what they owe", () => {
    expect(ledger.lots).toMatchObject([{ shares: -1000 }]);
    // At 280 the shares cost 280,000, from there on the call pays for them; the puts lose all their 10,000 there.
    expect(worstDelivery(ledger)).toBe(dollars(-290_000));
    const view = fakeView({ session: "2019-06-21", spot: 3000 });
    const condors = intentOf(condor([2960, 2970, 3030, 3040], { expiration: "2019-06-24" }), 1500);
    const execution = quoteVenue(defaultFills).execute(ledger, condors, view);
    expect(execution).toMatchObject({ rejection: { kind: "insufficient-buying-power" } });
    expect(ledger.balances.cash).toBeGreaterThan(dollars(1_200_000));
    const few = { ...condors, quantity: 10 };
    expect(quoteVenue(defaultFills).execute(ledger, few, view).kind).toBe("fill");
  });

  test("shares that are owed without a call carry no other risk", () => {
    const naked = {
      ...ledger,
      lots: ledger.lots.map((lot) => ({
        ...lot,
        legs: lot.legs.filter(({ contract }) => contract.right === "put"),
      })),
    };
    expect(worstDelivery(naked)).toBeUndefined();
    const view = fakeView({ session: "2019-06-21", spot: 3000 });
    const one = intentOf(condor([2960, 2970, 3030, 3040], { expiration: "2019-06-24" }), 1);
    expect(quoteVenue(defaultFills).execute(naked, one, view)).toMatchObject({
      rejection: { kind: "insufficient-buying-power", available: 0 },
    });
  });
});

test("the rest of a broken condor is ended though nobody bids for its far wing", () => {
  const story = live({
    intents: [intentOf(condor([100, 295, 270, 280], july), 2)],
    shares: () => ({ open: 301, close: 300, dividend: 0 }),
  });
  const [close] = story.journal.filter((event) => event.kind === "fill" && event.intent.effect === "close");
  if (close?.kind !== "fill") return expect.fail("expected the rest to be closed");
  expect(
    close.intent.structure.legs.map(({ contract, ratio }) => [strikePoints(contract.strike), ratio]),
  ).toEqual([
    [295, 1],
    [280, -1],
  ]);
  expect(story.book.ledger.lots).toMatchObject([{ legs: [{ ratio: 1 }], shares: 0 }]);
});

test("whatever holders do, the books balance, replay to the same bytes and end without shares", () => {
  const strikes = fc.tuple(
    fc.integer({ min: 240, max: 320 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: 40 }),
  );
  const config = fc.record({
    rationalShare: fc.constantFrom(0, 0.5, 1),
    irrationalRate: fc.constantFrom(0, 25, 252),
    afterCloseShare: fc.constantFrom(0, 0.4),
    onAssignment: fc.constantFrom("flatten" as const, "hold" as const),
  });
  const seen = new Set<LedgerEvent["kind"]>();
  fc.assert(
    fc.property(
      fc.array(strikes, { minLength: 1, maxLength: 4 }),
      config,
      fc.nat(1e6),
      (drawn, holders, seed) => {
        const intents = drawn.map(([low, width, gap]) =>
          intentOf(condor([low, low + width, low + width + gap, low + 2 * width + gap], june), 1 + (low % 3)),
        );
        const close = 270 + (seed % 60);
        const { book, journal } = live({
          intents,
          config: holders,
          seed,
          to: "2019-06-27",
          shares: () => ({ open: close + 1, close, dividend: seed % 2 }),
        });
        for (const { kind } of journal) seen.add(kind);
        const again = replay(dollars(1_000_000), JSON.parse(JSON.stringify(journal)));
        expect(JSON.stringify(again)).toBe(JSON.stringify({ ledger: book.ledger, ended: book.roundTrips }));
        expect(book.ledger.lots).toEqual([]);
        const result = book.roundTrips.reduce((total, trip) => total + trip.result, 0);
        expect(book.ledger.balances.cash).toBe(dollars(1_000_000) + result);
      },
    ),
    { seed: 20190621, numRuns: process.env["STEWARD_LONG"] === undefined ? 400 : 10_000 },
  );
  expect([...seen].toSorted((one, other) => (one < other ? -1 : 1))).toEqual([
    "assignment",
    "dividend",
    "exercise",
    "fill",
    "lapse",
    "shares",
  ]);
});
