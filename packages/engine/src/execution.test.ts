import { addMoney, type Money, negateMoney } from "@steward/model";
import { adverseFills, defaultFills, type Intent, midFills } from "@steward/strategy";
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
    expect(event.fees).toBe(orderFees(legs, 7, view.session.date));
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
    ["nobody bids for a leg to be sold", fakeView({ session: "2019-06-03", index: { volatility: 0.02 } })],
    ["the expiration is over", fakeView({ session: "2019-06-04" })],
  ])("%s", (_, market) => {
    expect(rejected(openLedger(dollars(1e6)), intentOf(sold, 1), market)).toEqual({ kind: "not-quoted" });
  });
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
