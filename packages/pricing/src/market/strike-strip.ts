// One term of the volatility index by the Cboe rules (Cboe VIX White Paper, "The VIX index calculation: step by step").

import { PricingError } from "../pricing-error.ts";
import { strictExp } from "../strict-math.ts";
import { byStrike, isPair, isTwoSided, type PairedQuote, requireFits } from "./paired-quote.ts";

/** One expiration of a replication: minutes to its settlement, its interest rate and what is quoted in it. */
export interface ReplicationTerm {
  readonly minutes: number;
  /** Continuously compounded, as a decimal. */
  readonly rate: number;
  readonly quotes: readonly PairedQuote[];
}

/** What one strike adds. */
export interface StrikeContribution {
  readonly strike: number;
  /** The option whose mid is used; at K0 the mean of both. */
  readonly option: "put" | "call" | "both";
  readonly mid: number;
  /** Half the distance between the neighbors in use, at the ends the whole distance to the only one. */
  readonly spacing: number;
  /** spacing / strike^2 * exp(rate * years) * mid; the term's variance is 2 / years times the sum less the adjustment. */
  readonly contribution: number;
}

/** A term's variance with everything on the way to it. */
export interface TermVariance {
  readonly minutes: number;
  readonly years: number;
  readonly rate: number;
  /** The strike of the smallest difference between call and put mid, from which the forward is read. */
  readonly parityStrike: number;
  readonly forward: number;
  /** The first strike at or under the forward. */
  readonly k0: number;
  readonly strikesUsed: number;
  readonly lowestStrike: number;
  readonly highestStrike: number;
  readonly contributions: readonly StrikeContribution[];
  /** (forward / k0 - 1)^2 / years. */
  readonly adjustment: number;
  /** Yearly variance, as a decimal squared. */
  readonly variance: number;
}

/** Why a term has no variance: no strike with both options quoted, none under the forward, or a strip of fewer than three. */
export type TermRefusal =
  | {
      readonly reason: "no-pair" | "no-strike-under-forward" | "too-few-strikes" | "variance-not-positive";
    }
  /** The mean of call and put at K0 takes both, and at `strike` one has no bid, is crossed or is missing. */
  | { readonly reason: "center-not-quoted"; readonly strike: number };

export const MINUTES_PER_YEAR: number = 525_600;

const LEAST_STRIKES = 3;

/** The term's variance, or why it has none. */
export function termVariance({ minutes, rate, quotes }: ReplicationTerm): TermVariance | TermRefusal {
  const sorted = byStrike(quotes);
  const years = minutes / MINUTES_PER_YEAR;
  const growth = requireFits("rate", rate, strictExp(rate * years));
  const nearest = smallestGap(sorted);
  if (nearest === undefined) return { reason: "no-pair" };

  const forward = nearest.strike + growth * (callMid(nearest) - putMid(nearest));
  const center = sorted.findLastIndex(({ strike }) => strike <= forward);
  const atCenter = sorted[center];
  if (atCenter === undefined) return { reason: "no-strike-under-forward" };
  if (!isPair(atCenter)) return { reason: "center-not-quoted", strike: atCenter.strike };

  const strip = [
    ...untilTwoZeroBids(sorted.slice(0, center).reverse(), "put").reverse(),
    {
      strike: atCenter.strike,
      option: "both" as const,
      mid: 0.5 * (callMid(atCenter) + putMid(atCenter)),
    },
    ...untilTwoZeroBids(sorted.slice(center + 1), "call"),
  ];
  if (strip.length < LEAST_STRIKES) return { reason: "too-few-strikes" };

  const contributions = strip.map((entry, index) => contributionOf(entry, spacingAt(strip, index), growth));
  const sum = contributions.reduce((total, { contribution }) => total + contribution, 0);
  const offset = forward / atCenter.strike - 1;
  const adjustment = (offset * offset) / years;
  const variance = (2 / years) * sum - adjustment;
  if (!Number.isFinite(variance)) {
    const message = "expected quotes whose variance fits a double, found one that does not";
    throw new PricingError("pricing.out-of-range", "quotes", message);
  }
  if (!(variance > 0)) return { reason: "variance-not-positive" };
  return {
    minutes,
    years,
    rate,
    parityStrike: nearest.strike,
    forward,
    k0: atCenter.strike,
    strikesUsed: strip.length,
    lowestStrike: strip[0]?.strike ?? atCenter.strike,
    highestStrike: strip.at(-1)?.strike ?? atCenter.strike,
    contributions,
    adjustment,
    variance,
  };
}

/** The lower strike where two gaps are equal. */
function smallestGap(sorted: readonly PairedQuote[]): PairedQuote | undefined {
  const gap = (quote: PairedQuote): number => Math.abs(callMid(quote) - putMid(quote));
  return sorted
    .filter(isPair)
    .reduce<PairedQuote | undefined>(
      (best, quote) => (best === undefined || gap(quote) < gap(best) ? quote : best),
      undefined,
    );
}

type StripEntry = Pick<StrikeContribution, "strike" | "option" | "mid">;

/** Outward from K0: a zero bid is left out, and after two in a row so is everything beyond. A crossed quote is no bid. */
function untilTwoZeroBids(outward: readonly PairedQuote[], option: "put" | "call"): StripEntry[] {
  const kept: StripEntry[] = [];
  let zeroBids = 0;
  for (const quote of outward) {
    const [bid, ask] = option === "put" ? [quote.putBid, quote.putAsk] : [quote.callBid, quote.callAsk];
    if (isTwoSided(bid, ask)) {
      zeroBids = 0;
      kept.push({ strike: quote.strike, option, mid: 0.5 * (bid + ask) });
    } else {
      zeroBids += 1;
      if (zeroBids === 2) break;
    }
  }
  return kept;
}

function spacingAt(strip: readonly StripEntry[], index: number): number {
  const own = strip[index]?.strike ?? 0;
  const below = strip[index - 1]?.strike;
  const above = strip[index + 1]?.strike;
  if (below === undefined) return (above ?? own) - own;
  return above === undefined ? own - below : 0.5 * (above - below);
}

function contributionOf(
  { strike, option, mid }: StripEntry,
  spacing: number,
  growth: number,
): StrikeContribution {
  return { strike, option, mid, spacing, contribution: (spacing / (strike * strike)) * growth * mid };
}

function callMid({ callBid, callAsk }: PairedQuote): number {
  return 0.5 * (callBid + callAsk);
}

function putMid({ putBid, putAsk }: PairedQuote): number {
  return 0.5 * (putBid + putAsk);
}
