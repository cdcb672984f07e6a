import type { Slice } from "@steward/model";
import { type FillConfig, type Intent, type MarketView, type QuotedLeg, quoteFault } from "@steward/strategy";
import type { Rejection } from "./events.ts";

const MICROS_PER_MINUTE = 60_000_000;

/** An order that its quotes can take, with fewer units than wanted where the quotes are too small for all. */
interface MetOrder {
  readonly kind: "met";
  readonly intent: Intent;
  readonly legs: readonly QuotedLeg[];
}

/** Reads the quotes of an order's legs, or says why they are none to trade at. */
export function meetQuotes(intent: Intent, view: MarketView, fills: FillConfig): MetOrder | Rejection {
  const legs: QuotedLeg[] = [];
  for (const leg of intent.structure.legs) {
    const { contract } = leg;
    const slice = view.slice(contract.root, contract.expiration);
    const quote = slice?.quote(contract.right, contract.strike);
    if (slice === undefined || quote === undefined) return { kind: "not-quoted" };
    const ageMinutes = ageOf(slice, view);
    if (ageMinutes > fills.staleAfterMinutes) return { kind: "stale", contract, ageMinutes };
    legs.push({ leg, quote });
  }
  return quoteFault(legs) ?? withinSizes(intent, legs, fills);
}

function ageOf({ quotedAt }: Slice, { session }: MarketView): number {
  return quotedAt === undefined ? 0 : (session.decision - quotedAt) / MICROS_PER_MINUTE;
}

function withinSizes(
  intent: Intent,
  legs: readonly QuotedLeg[],
  { beyondSize }: FillConfig,
): MetOrder | Rejection {
  if (beyondSize === "ignore") return { kind: "met", intent, legs };
  let quantity = intent.quantity;
  for (const { leg, quote } of legs) {
    const shown = (leg.ratio < 0 ? quote.bidSize : quote.askSize) ?? Number.POSITIVE_INFINITY;
    const each = Math.abs(leg.ratio);
    const fitting = Math.floor(shown / each);
    if (fitting >= quantity) continue;
    if (beyondSize === "refuse" || fitting === 0)
      return { kind: "size", contract: leg.contract, wanted: each * quantity, shown };
    quantity = fitting;
  }
  return { kind: "met", intent: quantity === intent.quantity ? intent : { ...intent, quantity }, legs };
}
