import { exchangeMinimum, strategyMargin } from "@steward/margin";
import { type Leg, rootSpec, strikePoints, toModel } from "@steward/model";
import { black76Greeks, inTheMoneyProbability, strictLog as log, touchProbability } from "@steward/pricing";
import { type MarketView, OPTION_MULTIPLIER } from "@steward/strategy";

/** What a trader asks of a condor before it is sold. Dollars are of all contracts. */
export interface CondorFigures {
  /** Risk-neutral, each side at the volatility of its own strike: none of them says that the trade is worth its price. */
  readonly probabilities: {
    /** Both short strikes end out of the money. */
    readonly worthless: number;
    /** It ends between its break-evens. */
    readonly profit: number;
    /** A short strike is touched before the expiration. */
    readonly touch: { readonly put: number; readonly call: number };
  };
  /** Dollars for one index point, for one point more of delta, for one volatility point and for one day. */
  readonly greeks: {
    readonly delta: number;
    readonly gamma: number;
    readonly vega: number;
    readonly theta: number;
  };
  /** Dollars by the exchange's minimum (Cboe rule 10.3): what the account must hold, and what of it the credit does not pay. */
  readonly margin: { readonly requirement: number; readonly deposit: number };
}

interface SoldCondor {
  readonly legs: readonly Leg[];
  readonly contracts: number;
  readonly breakEven: { readonly low: number; readonly high: number };
}

const VOLATILITY_POINT = 0.01;
const DAYS_A_YEAR = 365;

/** Probabilities, Greeks and margin of a condor; undefined where a leg has no mark, or is American: its Greeks are others. */
export function condorFigures(view: MarketView, condor: SoldCondor): CondorFigures | undefined {
  const { legs, contracts, breakEven } = condor;
  const [first] = legs;
  if (first === undefined || rootSpec(first.contract.root).exercise === "american") return undefined;
  const { root, expiration } = first.contract;
  const slice = view.slice(root, expiration);
  const volatilityOf = ({ contract: { right, strike } }: Leg) => slice?.mark(right, strike)?.volatility;
  const put = legs.find(({ contract, ratio }) => ratio < 0 && contract.right === "put");
  const call = legs.find(({ contract, ratio }) => ratio < 0 && contract.right === "call");
  if (slice === undefined || put === undefined || call === undefined) return undefined;
  const [putVolatility, callVolatility] = [volatilityOf(put), volatilityOf(call)];
  if (putVolatility === undefined || callVolatility === undefined) return undefined;

  const { forward, years, discountFactor } = slice;
  const rate = -log(discountFactor) / years;
  const below = (level: number) =>
    inTheMoneyProbability("put", level, { forward, years, volatility: putVolatility });
  const above = (level: number) =>
    inTheMoneyProbability("call", level, { forward, years, volatility: callVolatility });
  const touch = (leg: Leg, volatility: number) =>
    touchProbability({
      spot: forward,
      barrier: strikePoints(leg.contract.strike),
      years,
      volatility,
      drift: 0,
    });

  const greeks = { delta: 0, gamma: 0, vega: 0, theta: 0 };
  const options = [];
  for (const leg of legs) {
    const volatility = volatilityOf(leg);
    if (volatility === undefined) return undefined;
    const { right, strike } = leg.contract;
    const own = black76Greeks({ right, forward, strike: strikePoints(strike), years, volatility, rate });
    const size = leg.ratio * contracts * OPTION_MULTIPLIER;
    greeks.delta += size * own.delta;
    greeks.gamma += size * own.gamma;
    greeks.vega += size * own.vega * VOLATILITY_POINT;
    greeks.theta += (size * own.theta) / DAYS_A_YEAR;
    options.push({ contract: leg.contract, count: leg.ratio * contracts, price: own.price });
  }
  const { underlying } = rootSpec(root);
  const margin = strategyMargin(
    { options },
    { at: view.session.decision, spots: { [underlying]: forward } },
    exchangeMinimum,
  );
  return {
    probabilities: {
      worthless: 1 - below(strikePoints(put.contract.strike)) - above(strikePoints(call.contract.strike)),
      profit: 1 - below(breakEven.low) - above(breakEven.high),
      touch: { put: touch(put, putVolatility), call: touch(call, callVolatility) },
    },
    greeks,
    margin: { requirement: toModel(margin.requirement), deposit: toModel(margin.deposit) },
  };
}
