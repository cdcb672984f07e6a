// Faults of a price beside other prices: Q16 to Q18 and Q27 to Q32.

import type { QuoteFact } from "@steward/model";
import { blackPrice, impliedTotalVolatility } from "@steward/pricing";
import {
  between,
  cents,
  type FaultKind,
  type SideRows,
  type Spoiled,
  sideFaults,
  uncertainty,
} from "./fault-kind.ts";

/** The kinds of fault that only the forward or the neighbors show. */
export const PRICE_FAULTS: readonly FaultKind[] = [
  {
    rule: "Q16",
    size: "a bid of 1.02 to 2 times the discounted forward (call) or strike (put), 5 points and 8 standard errors more",
    inject: (clean, draw) =>
      sideFaults(clean, draw, ({ carried, right, rows }, index) => {
        const { quote } = rows[index] ?? {};
        if (quote === undefined) return undefined;
        const bound = carried.discountFactor * (right === "call" ? carried.forward : quote.strike / 1000);
        const bid = cents(between(draw, 1.02, 2) * bound + 5 + uncertainty(carried, 0));
        return { bid, ask: bid + 5 };
      }),
  },
  {
    rule: "Q17",
    size: "an ask of 0.3 to 0.98 of intrinsic value, at least half a point, 1 % of the forward and 8 standard errors under it",
    inject: (clean, draw) =>
      sideFaults(clean, draw, ({ carried, right, rows }, index) => {
        const { quote } = rows[index] ?? {};
        if (quote === undefined) return undefined;
        const { forward, discountFactor } = carried;
        const sign = right === "call" ? 1 : -1;
        const intrinsic = discountFactor * sign * (forward - quote.strike / 1000);
        const ask = cents(
          Math.min(
            between(draw, 0.3, 0.98) * intrinsic,
            intrinsic - 0.01 * forward - 0.5 - uncertainty(carried, quote.strike / 1000),
          ),
        );
        return ask > 0.2 ? { ask, bid: cents(0.95 * ask) } : undefined;
      }),
  },
  {
    rule: "Q18",
    size: "bid and ask just over the ask of the option four strikes better, for a spread of at least a point",
    inject: (clean, draw) =>
      sideFaults(clean, draw, (side, index) => {
        const own = side.rows[index]?.quote;
        const better = dominating(side, index, 4);
        if (own === undefined || better === undefined || better.ask < own.ask + 1) return undefined;
        const bid = cents(better.ask + 0.05);
        return { bid, ask: cents(bid + own.ask - own.bid + 0.05) };
      }),
  },
  {
    rule: "Q27",
    size: "a call moved by the spreads of the pair, 0.4 to 20 points and 8 standard errors of the fit",
    inject: (clean, draw) => {
      const puts = putsOf(clean.quotes);
      return sideFaults(clean, draw, ({ carried, right, rows }, index) => {
        const call = rows[index]?.quote;
        if (call === undefined || right !== "call" || rows.length < 30) return undefined;
        const put = puts.get(keyOf(call));
        if (put === undefined) return undefined;
        const size =
          call.ask -
          call.bid +
          put.ask -
          put.bid +
          between(draw, 0.4, 20) +
          uncertainty(carried, call.strike / 1000);
        const shift = cents(draw() < 0.5 && call.bid > size ? -size : size);
        return { bid: cents(call.bid + shift), ask: cents(call.ask + shift) };
      });
    },
  },
  {
    rule: "Q28",
    size: "a bid 0.05 to 3 points over the ask of the next better option",
    inject: (clean, draw) =>
      sideFaults(clean, draw, (side, index) => {
        const own = side.rows[index]?.quote;
        const better = dominating(side, index, 1);
        if (own === undefined || better === undefined) return undefined;
        const bid = cents(better.ask + between(draw, 0.05, 3));
        return { bid, ask: cents(bid + own.ask - own.bid + 0.05) };
      }),
  },
  {
    rule: "Q29",
    size: "a bid 0.1 to 3 points over the chord of the neighbors' asks",
    inject: (clean, draw) =>
      sideFaults(clean, draw, ({ rows }, index) => {
        const own = rows[index]?.quote;
        const low = rows[index - 1]?.quote;
        const high = rows[index + 1]?.quote;
        if (own === undefined || low === undefined || high === undefined) return undefined;
        const weight = (own.strike - low.strike) / (high.strike - low.strike);
        const bid = cents(low.ask + weight * (high.ask - low.ask) + between(draw, 0.1, 3));
        return { bid, ask: cents(bid + own.ask - own.bid + 0.05) };
      }),
  },
  {
    rule: "Q30",
    size: "a bid a tenth, 5 to 50 points and a thousandth of the index over the asks of the next expiration beside its moneyness",
    inject: (clean, draw) => {
      const sides = laterSides(clean.quotes);
      return sideFaults(clean, draw, ({ carried, right, root, expiration, rows }, index) => {
        const own = rows[index]?.quote;
        const later = clean.forwards;
        const next = nextSlice(later, root + expiration);
        if (own === undefined || next === undefined) return undefined;
        const moneyness = own.strike / 1000 / carried.forward;
        if (right === "call" ? moneyness < 1 : moneyness > 1) return undefined;
        const strike = moneyness * next.forward * 1000;
        const asks = sides.get(next.key + right) ?? [];
        const above = asks.findIndex((quote) => quote.strike >= strike);
        const [low, high] = [asks[above - 1], asks[above]];
        if (low === undefined || high === undefined || !(low.ask > 0) || !(high.ask > 0)) return undefined;
        const bid = cents(1.1 * Math.max(low.ask, high.ask) + between(draw, 5, 50) + 0.001 * clean.level);
        return { bid, ask: cents(bid + own.ask - own.bid + 0.1) };
      });
    },
  },
  {
    rule: "Q31",
    size: "an out-of-the-money option of at least 2 points repriced at 1.75 to 3 times its volatility",
    inject: (clean, draw) => {
      // One side of all smiles: a call and a put beside each other would vouch for one another.
      const wanted = draw() < 0.5 ? "call" : "put";
      return sideFaults(clean, draw, ({ carried, right, rows }, index) => {
        const own = rows[index]?.quote;
        if (own === undefined || right !== wanted || index < 4 || index > rows.length - 5) return undefined;
        return repriced(own, { ...carried, right }, between(draw, 1.75, 3));
      });
    },
  },
  {
    rule: "Q32",
    size: "the vendor's volatility doubled to quadrupled and 10 points, or its delta of the other sign, on options of at least 2 points",
    inject: (clean, draw) =>
      sideFaults(clean, draw, ({ carried, right, rows }, index) => {
        const own = rows[index]?.quote;
        if (own === undefined || own.bid < 2 || own.ask > 1.5 * own.bid) return undefined;
        if (right === "call" ? own.strike / 1000 < carried.forward : own.strike / 1000 > carried.forward)
          return undefined;
        if (draw() < 0.5 && own.delta !== undefined && Math.abs(own.delta) > 0.05)
          return { delta: -own.delta };
        if (own.volatility === undefined || !(own.volatility > 0)) return undefined;
        const total = impliedTotalVolatility(
          right,
          carried.forward,
          own.strike / 1000,
          own.ask / carried.discountFactor,
        );
        // Vendors count days in their own way: under three days a doubled volatility can be theirs.
        if (total === undefined || carried.years < 3 / 365) return undefined;
        return { volatility: between(draw, 2, 4) * (total / Math.sqrt(carried.years)) + 0.1 };
      }),
  },
];

/** The option so many strikes toward those that pay more. */
function dominating({ right, rows }: SideRows, index: number, steps: number): QuoteFact | undefined {
  return rows[right === "call" ? index - steps : index + steps]?.quote;
}

function repriced(
  own: QuoteFact,
  {
    right,
    forward,
    discountFactor,
  }: { readonly right: "call" | "put"; readonly forward: number; readonly discountFactor: number },
  factor: number,
): Spoiled | undefined {
  const points = own.strike / 1000;
  if (own.bid < 2 || own.ask > 1.5 * own.bid || (right === "call" ? points < forward : points > forward))
    return undefined;
  const total = impliedTotalVolatility(right, forward, points, (own.bid + own.ask) / 2 / discountFactor);
  if (total === undefined) return undefined;
  const price = blackPrice(right, forward, points, factor * total, discountFactor);
  const half = 0.5 * (own.ask - own.bid);
  return { bid: cents(price - half), ask: cents(price + half) };
}

function keyOf({ root, expiration, strike }: QuoteFact): string {
  return `${root}${expiration}${strike}`;
}

function putsOf(quotes: readonly QuoteFact[]): ReadonlyMap<string, QuoteFact> {
  const puts = quotes.filter(({ right, ask }) => right === "put" && ask > 0);
  return new Map(puts.map((quote) => [keyOf(quote), quote]));
}

function laterSides(quotes: readonly QuoteFact[]): ReadonlyMap<string, readonly QuoteFact[]> {
  const sides = Map.groupBy(quotes, ({ root, expiration, right }) => root + expiration + right);
  return new Map([...sides].map(([key, rows]) => [key, rows.toSorted((a, b) => a.strike - b.strike)]));
}

function nextSlice(
  slices: ReadonlyMap<string, { readonly forward: number; readonly years: number }>,
  key: string,
): { readonly key: string; readonly forward: number } | undefined {
  const sorted = [...slices].toSorted(([, a], [, b]) => a.years - b.years);
  const own = sorted.findIndex(([known]) => known === key);
  const next = sorted[own + 1];
  // In every second slice only: a fault in the later one would move the bound.
  return next === undefined || own % 2 === 1 ? undefined : { key: next[0], forward: next[1].forward };
}
