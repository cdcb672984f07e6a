import type { MonetiseConfig } from "./config.ts";
import type { HeldLayer } from "./held.ts";
import type { Intent } from "./intent.ts";
import { OPTION_MULTIPLIER } from "./size.ts";
import { points } from "./verdict.ts";
import type { MarketView } from "./view.ts";

/** Part of a layer sold after a spike, and what of its gain is spent on a longer one. Dollars before fees. */
export interface Monetised {
  readonly sold: number;
  readonly proceeds: number;
  readonly gain: number;
  /** Calls of the longer layer that are bought, and what they cost at their ask at most. */
  readonly bought: number;
  readonly spent: number;
  readonly because: string;
  readonly intents: readonly Intent[];
}

/**
 * The temporal vega martingale: once a layer's bid has gained so much over what it cost, a share of it is sold, once until it is
 * rolled, and at most a share of the gain buys more of the next longer layer's calls. Counted at the bid and at the ask, so the
 * purchase never needs new cash. Undefined while there is nothing to do; abstains where nobody bids.
 */
export function monetise(
  view: MarketView,
  { gain: least, sellShare, reinvestShare }: MonetiseConfig,
  held: HeldLayer,
  longer: HeldLayer | undefined,
): Monetised | undefined {
  const bid = quoteOf(view, held)?.bid ?? 0;
  const hasSold = held.contracts < held.openedContracts;
  const sold = Math.min(Math.max(Math.floor(held.contracts * sellShare), 1), held.contracts - 1);
  if (hasSold || sold < 1 || bid < held.cost * (1 + least)) return undefined;

  const proceeds = bid * sold * OPTION_MULTIPLIER;
  const gain = (bid - held.cost) * sold * OPTION_MULTIPLIER;
  const ask = longer === undefined ? undefined : quoteOf(view, longer)?.ask;
  const each = (ask ?? 0) * OPTION_MULTIPLIER;
  const bought = each > 0 ? Math.floor((gain * reinvestShare) / each) : 0;
  const told = `bid ${points(bid)} against a cost of ${points(held.cost)}: sells ${sold} of ${held.contracts}`;
  const because =
    longer === undefined || bought === 0
      ? `${told} and keeps the cash`
      : `${told} and buys ${bought} of layer ${longer.layer} from the gain`;
  return {
    sold,
    proceeds,
    gain,
    bought,
    spent: bought * each,
    because,
    intents: [
      order(held, { effect: "close", quantity: sold, because }),
      ...(longer === undefined || bought === 0
        ? []
        : [order(longer, { effect: "open", quantity: bought, because })]),
    ],
  };
}

function quoteOf(view: MarketView, { contract: { root, expiration, right, strike } }: HeldLayer) {
  return view.slice(root, expiration)?.quote(right, strike);
}

function order(
  { layer, contract }: HeldLayer,
  rest: Pick<Intent, "effect" | "quantity" | "because">,
): Intent {
  const ratio = rest.effect === "open" ? 1 : -1;
  return {
    ...rest,
    purpose: { kind: "hedge", layer },
    structure: { kind: "call", legs: [{ contract, ratio }] },
  };
}
