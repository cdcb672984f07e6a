import { addMoney, type Instant, type Money, negateMoney, type Quote, strikePoints } from "@steward/model";
import {
  adverseFills,
  defaultFees,
  defaultFills,
  type FillConfig,
  type Intent,
  type MarketView,
  midFills,
} from "@steward/strategy";
import { describe, expect, test } from "vitest";
import type { Execution, Rejection } from "./events.ts";
import { quoteVenue } from "./execution.ts";
import { orderFees } from "./fees.ts";
import { applyEvent, type Ledger, openLedger } from "./ledger.ts";
import { fakeView } from "./testing/fake-market.ts";
import { condor, dollars, intentOf, option, reversed, vixCall } from "./testing/structures.ts";

const view = fakeView({ session: "2019-06-03" });
const sold = condor([2960, 2970, 3030, 3040]);
const bought = vixCall("2019-06-19", 15);

type Filled = Extract<Execution, { kind: "fill" }>;

const usual = quoteVenue(defaultFills);

function filled(ledger: Ledger, intent: Intent, fills = defaultFills, at = view): Filled {
  const event = quoteVenue(fills).execute(ledger, intent, at);
  if (event.kind === "reject") throw new Error(`rejected: ${event.rejection.kind}`);
  return event;
}

function rejected(ledger: Ledger, intent: Intent, at = view): Rejection {
  const event = usual.execute(ledger, intent, at);
  if (event.kind === "fill") throw new Error(`filled at ${event.net.price}`);
  return event.rejection;
}

const placed = { knownAt: view.session.decision, session: view.session.date, sequence: 2, bornOn: 1 };

/** A ledger after intents that all fill. */
function ledgerWith(start: Money, ...intents: readonly Intent[]): Ledger {
  return intents.reduce(
    (ledger, intent) => applyEvent(ledger, { ...filled(ledger, intent), ...placed }).ledger,
    openLedger(start),
  );
}

describe("a fill", () => {
  test("of a condor brings its net price on every unit, and takes fees", () => {
    const event = filled(openLedger(dollars(100_000)), intentOf(sold, 7));
    expect(event).toMatchObject({ kind: "fill", intent: { quantity: 7 } });
    expect(event.net.price).toBe(0.95);
    expect(event.premium).toBe(dollars(7 * 95));
    const legs = sold.legs.map((leg) => {
      const quote = view
        .slice("SPXW", leg.contract.expiration)
        ?.quote(leg.contract.right, leg.contract.strike);
      return { leg, quote: quote ?? { bid: 0, ask: 0 } };
    });
    const order = { legs, quantity: 7, effect: "open", on: view.session.date } as const;
    const { total, items } = orderFees(order, defaultFees);
    expect(event).toMatchObject({ fees: total, feeItems: items });
    expect(event.fees).toBeLessThan(0);
  });

  test("of a call costs its price", () => {
    const event = filled(openLedger(dollars(100_000)), intentOf(bought, 4));
    expect(event.net.price).toBeLessThan(0);
    expect(event.premium).toBe(dollars(400 * event.net.price));
  });

  test("is dearer the more of the spread it crosses", () => {
    const ledger = openLedger(dollars(100_000));
    const price = (fills: typeof midFills): number => filled(ledger, intentOf(sold, 1), fills).net.price;
    expect(price(adverseFills)).toBeLessThan(price(defaultFills));
    expect(price(defaultFills)).toBeLessThan(price(midFills));
  });

  test("ends a structure where the intent is its opposite", () => {
    const ledger = ledgerWith(dollars(100_000), intentOf(bought, 4));
    const event = filled(ledger, intentOf(reversed(bought), 4, { effect: "close" }));
    expect(event.premium).toBeGreaterThan(0);
    expect(event.net.price).toBeGreaterThan(0);
  });
});

describe("not-quoted", () => {
  test.each([
    ["no chain for the expiration", fakeView({ session: "2019-06-03", has: () => false })],
    [
      "a strike is missing",
      fakeView({ session: "2019-06-03", index: { isQuoted: (_, points) => points !== 3040 } }),
    ],
    ["the expiration is over", fakeView({ session: "2019-06-04" })],
  ])("%s", (_, market) => {
    expect(rejected(openLedger(dollars(1e6)), intentOf(sold, 1), market)).toEqual({ kind: "not-quoted" });
  });
});

/** The view with the quotes of some slices in other words. */
function requoted(change: (quote: Quote, points: number) => Quote, quotedAt?: Instant): MarketView {
  return {
    ...view,
    slice: (root, expiration) => {
      const slice = view.slice(root, expiration);
      return (
        slice && {
          ...slice,
          ...(quotedAt === undefined ? {} : { quotedAt }),
          quote: (right, at) => {
            const quote = slice.quote(right, at);
            return quote && change(quote, strikePoints(at));
          },
        }
      );
    },
  };
}

const rich = openLedger(dollars(1e6));
const shortPut = sold.legs[1]?.contract;

describe("quotes at which nothing is traded", () => {
  const at = (points: number, changed: Partial<Quote>) =>
    requoted((quote, strike) => (strike === points ? { ...quote, ...changed } : quote));

  test.each([
    ["crossed", at(2970, { ask: 0.05 })],
    ["locked", at(2970, { bid: 2, ask: 2 })],
    ["zero-bid", at(2970, { bid: 0 })],
  ])("%s", (kind, market) => {
    expect(rejected(rich, intentOf(sold, 1), market)).toEqual({ kind, contract: shortPut });
  });

  test("zero-bid: nobody bids for a leg to be sold, in a market that is dead", () => {
    const dead = fakeView({ session: "2019-06-03", index: { volatility: 0.02 } });
    expect(rejected(rich, intentOf(sold, 1), dead)).toMatchObject({ kind: "zero-bid" });
  });

  test("a leg to be bought needs no bid", () => {
    expect(usual.execute(rich, intentOf(sold, 1), at(2960, { bid: 0 })).kind).toBe("fill");
  });
});

describe("stale", () => {
  const minute = 60_000_000;
  const old = (minutes: number): MarketView =>
    requoted((quote) => quote, (view.session.decision - minutes * minute) as Instant);

  test("quotes are taken for as long as configured, and not a minute longer", () => {
    expect(usual.execute(rich, intentOf(sold, 1), old(45)).kind).toBe("fill");
    expect(rejected(rich, intentOf(sold, 1), old(46))).toEqual({
      kind: "stale",
      contract: sold.legs[0]?.contract,
      ageMinutes: 46,
    });
    const patient = quoteVenue({ ...defaultFills, staleAfterMinutes: 60 });
    expect(patient.execute(rich, intentOf(sold, 1), old(46)).kind).toBe("fill");
  });
});

describe("size", () => {
  const thin = requoted((quote, points) =>
    points === 2970 ? { ...quote, bidSize: 5, askSize: 1 } : { ...quote, bidSize: 50, askSize: 50 },
  );
  const filledBy = (beyondSize: FillConfig["beyondSize"], quantity: number): Execution =>
    quoteVenue({ ...defaultFills, beyondSize }).execute(rich, intentOf(sold, quantity), thin);

  test("an order is refused by the side that it needs", () => {
    expect(filledBy("refuse", 5)).toMatchObject({ kind: "fill", intent: { quantity: 5 } });
    expect(filledBy("refuse", 6)).toMatchObject({
      kind: "reject",
      intent: { quantity: 6 },
      rejection: { kind: "size", contract: shortPut, wanted: 6, shown: 5 },
    });
  });

  test("an order is cut to what every quote is good for, with the premium and the fees of that", () => {
    expect(filledBy("cap", 7)).toEqual(filled(rich, intentOf(sold, 5)));
  });

  test("nothing fits a quote that is good for nothing", () => {
    const empty = requoted((quote) => ({ ...quote, bidSize: 0 }));
    const capped = quoteVenue({ ...defaultFills, beyondSize: "cap" });
    expect(capped.execute(rich, intentOf(sold, 1), empty)).toMatchObject({
      rejection: { kind: "size", wanted: 1, shown: 0 },
    });
  });

  test("sizes can be left aside, and quotes without a size are good for all", () => {
    expect(filledBy("ignore", 60)).toMatchObject({ kind: "fill", intent: { quantity: 60 } });
    expect(usual.execute(rich, intentOf(sold, 60), view)).toMatchObject({ intent: { quantity: 60 } });
  });
});

test("fees are those of the configured broker", () => {
  const of = (broker: "tastytrade" | "flat"): number => {
    const event = quoteVenue(defaultFills, { broker }).execute(rich, intentOf(sold, 1), view);
    return event.kind === "fill" ? (event.feeItems?.commission ?? 0) : Number.NaN;
  };
  expect([of("tastytrade"), of("flat")]).toEqual([dollars(-4), dollars(-4 * 0.65)]);
});

describe("undefined-risk", () => {
  const call = (ratio: number, expiration = "2019-06-04") => ({
    contract: option("call", 3030, { expiration }),
    ratio,
  });

  test.each([
    ["a call sold alone", [call(-1)]],
    ["legs of two expirations", [call(-1), call(1, "2019-06-05")]],
  ])("%s", (_, legs) => {
    const intent = intentOf({ kind: "iron-condor", legs }, 1);
    expect(rejected(openLedger(dollars(1e9)), intent)).toEqual({ kind: "undefined-risk" });
  });
});

describe("insufficient-buying-power", () => {
  const intent = intentOf(sold, 7);
  const fill = filled(openLedger(dollars(1e6)), intent);
  /** Seven wings of 1000 dollars, less the premium, and the fees. */
  const required = negateMoney(addMoney(fill.premium, fill.fees, dollars(-7000)));

  test("a condor needs its wings less the credit and the fees, to the last micro-dollar", () => {
    expect(required).toBe(dollars(7000 - 665) - fill.fees);
    expect(usual.execute(openLedger(required), intent, view).kind).toBe("fill");
    const short = (required - 1) as Money;
    expect(rejected(openLedger(short), intent)).toEqual({
      kind: "insufficient-buying-power",
      required,
      available: short,
    });
  });

  test("what open structures could lose is not available", () => {
    const twice = dollars(2 * 6335) - 2 * fill.fees;
    const enough = ledgerWith(twice as Money, intent);
    expect(usual.execute(enough, intent, view).kind).toBe("fill");
    const one = ledgerWith((twice - 1) as Money, intent);
    expect(rejected(one, intent)).toMatchObject({ kind: "insufficient-buying-power", required });
  });

  test("a call needs its price and the fees", () => {
    const call = filled(openLedger(dollars(1e6)), intentOf(bought, 2));
    const cost = negateMoney(addMoney(call.premium, call.fees));
    expect(usual.execute(openLedger(cost), intentOf(bought, 2), view).kind).toBe("fill");
    expect(rejected(openLedger((cost - 1) as Money), intentOf(bought, 2)).kind).toBe(
      "insufficient-buying-power",
    );
  });

  test("an end that costs more than it frees is refused, not a breach of the ledger", () => {
    const ledger = ledgerWith(required, intent);
    const wild = fakeView({ session: "2019-06-03", index: { volatility: 1, halfSpread: 6 } });
    const close = intentOf(reversed(sold), 7, { effect: "close" });
    expect(rejected(ledger, close, wild)).toMatchObject({
      kind: "insufficient-buying-power",
      available: ledger.balances.cash,
    });
    expect(usual.execute(ledger, close, view).kind).toBe("fill");
  });
});

describe("nothing-to-close", () => {
  const ledger = ledgerWith(dollars(100_000), intentOf(bought, 4));
  const close = { effect: "close" } as const;

  test.each([
    ["nothing is open", openLedger(dollars(1e6)), intentOf(reversed(bought), 4, close)],
    ["fewer are open", ledger, intentOf(reversed(bought), 5, close)],
    ["another strike is open", ledger, intentOf(reversed(vixCall("2019-06-19", 16)), 4, close)],
    ["another expiration is open", ledger, intentOf(reversed(vixCall("2019-07-17", 15)), 4, close)],
    [
      "another layer holds it",
      ledger,
      intentOf(reversed(bought), 4, { ...close, purpose: { kind: "hedge", layer: "long" } }),
    ],
    [
      "a condor's tier is no layer",
      ledger,
      intentOf(reversed(bought), 4, { ...close, purpose: { kind: "condor", tier: "short" } }),
    ],
    ["the intent would buy more of the same", ledger, intentOf(bought, 4, close)],
  ])("%s", (_, held, intent) => {
    expect(rejected(held, intent)).toEqual({ kind: "nothing-to-close" });
  });
});
