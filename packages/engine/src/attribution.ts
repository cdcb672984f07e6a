// Where a day's result came from. What was held overnight is explained step by step from the evening before, what was traded by its
// distance from the mark, and whatever is left is called residual: the parts add up to the change of equity to the micro-dollar.

import {
  addMoney,
  type CalendarDate,
  contractId,
  type Leg,
  type Money,
  type OptionContract,
  strike as strikeOf,
  strikePoints,
  toLedger,
  zeroMoney,
} from "@steward/model";
import { blackPrice, strictExp as exp, strictLog as log, logRatio, normalCdf } from "@steward/pricing";
import { type MarketView, OPTION_MULTIPLIER, type Purpose } from "@steward/strategy";
import type { LedgerEvent } from "./events.ts";
import type { Run, SessionRow } from "./kernel.ts";
import { applyEvent, type Ledger, openLedger } from "./ledger.ts";
import type { Market } from "./ports.ts";

/**
 * The parts of a result. `delta` and `gamma` are of the forward, `vega` of the volatility at the money, `skew` of what the strike's
 * own volatility moved beyond that, `theta` of time alone and `carry` of interest on the option; `spread` is the distance of fills
 * from the mark, `delivery` what shares brought.
 */
export const ATTRIBUTION_PARTS = [
  "delta",
  "gamma",
  "vega",
  "skew",
  "theta",
  "carry",
  "spread",
  "fees",
  "delivery",
  "residual",
] as const;

/** The name of a part. */
export type AttributionPart = (typeof ATTRIBUTION_PARTS)[number];

/** Dollars by part; their sum is the result. */
export type Attribution = Readonly<Record<AttributionPart, Money>>;

/** One session's result, by engine. */
export interface AttributionRow {
  readonly session: CalendarDate;
  readonly condor: Attribution;
  readonly hedge: Attribution;
}

type Engine = "condor" | "hedge";

/** As in the marks of a session: what is no hedge counts with the condors. */
function engineOf({ kind }: Purpose): Engine {
  return kind === "hedge" ? "hedge" : "condor";
}

/** Explains every session of a run that kept all its rows and its journal. */
export function attribute(
  market: Market,
  { rows, journal, ledger: { start } }: Run,
): readonly AttributionRow[] {
  const bySession = Map.groupBy(journal, ({ session }) => session);
  let ledger = openLedger(start);
  let held: readonly Holding[] = [];
  let before: Standing = { condor: start, hedge: zeroMoney };
  return rows.map((row) => {
    const view = market.view(row.session);
    const parts = { condor: new Parts(), hedge: new Parts() };
    const events = bySession.get(row.session) ?? [];
    for (const holding of withoutDelivered(held, events, parts)) {
      const now =
        stateOf(view, holding.contract) ??
        settledState(holding, events) ??
        expiredState(holding, market, row.session);
      explain(parts[holding.engine], holding, now);
    }
    for (const event of events) {
      book(parts, event, view);
      ledger = applyEvent(ledger, event).ledger;
    }
    const after = standingOf(row);
    const result = {
      session: row.session,
      condor: parts.condor.closed(minus(after.condor, before.condor)),
      hedge: parts.hedge.closed(minus(after.hedge, before.hedge)),
    };
    before = after;
    held = holdingsOf(ledger, view, market);
    return result;
  });
}

/** The sum of attributions, part by part. */
export function totalAttribution(attributions: readonly Attribution[]): Attribution {
  const total = (part: AttributionPart): Money => addMoney(...attributions.map((one) => one[part]));
  return Object.fromEntries(ATTRIBUTION_PARTS.map((part) => [part, total(part)])) as Record<
    AttributionPart,
    Money
  >;
}

/** What each engine has brought to date; the start counts as the condors'. */
type Standing = Readonly<Record<Engine, Money>>;

function standingOf({ equity, hedgeCash, marks }: SessionRow): Standing {
  const hedge = addMoney(hedgeCash, marks.hedge);
  return { condor: minus(equity, hedge), hedge };
}

/** A contract at a decision: enough for its Greeks. */
interface ContractState {
  readonly forward: number;
  readonly years: number;
  readonly rate: number;
  readonly volatility: number;
  /** Of the strike next to the forward. */
  readonly atTheMoney: number;
}

/** Contracts held overnight by one engine, signed. */
interface Holding {
  readonly engine: Engine;
  readonly contract: OptionContract;
  readonly quantity: number;
  readonly evening: ContractState | undefined;
  /** Points at which it was marked. */
  readonly price: number;
}

function holdingsOf({ lots }: Ledger, view: MarketView, market: Market): readonly Holding[] {
  const held = new Map<string, Holding>();
  for (const { purpose, legs, quantity } of lots) {
    for (const { contract, ratio } of legs) {
      const engine = engineOf(purpose);
      const key = `${engine} ${contractId(contract)}`;
      const known = held.get(key) ?? {
        engine,
        contract,
        quantity: 0,
        evening: stateOf(view, contract),
        price: priceOf(view, contract, market),
      };
      held.set(key, { ...known, quantity: known.quantity + ratio * quantity });
    }
  }
  return [...held.values()];
}

function stateOf(
  view: MarketView,
  { root, expiration, right, strike }: OptionContract,
): ContractState | undefined {
  const slice = view.slice(root, expiration);
  const mark = slice?.mark(right, strike);
  if (slice === undefined || mark === undefined || !(slice.years > 0)) return undefined;
  const { forward, years, discountFactor, strikeIncrement } = slice;
  const nearest = Math.max(Math.round(forward / strikeIncrement), 1) * strikeIncrement;
  return {
    forward,
    years,
    rate: -log(discountFactor) / years,
    volatility: mark.volatility,
    atTheMoney: slice.mark("call", strikeOf(nearest))?.volatility ?? mark.volatility,
  };
}

/**
 * One step after another, each a revaluation by Black (1976): time passes, the forward moves, the level of volatility, then the
 * strike's own. `delta` is the evening's slope times the move; all curvature of the move is `gamma`'s, which near an expiration
 * is far from its second derivative.
 */
function explain(
  parts: Parts,
  { contract, quantity, evening }: Holding,
  now: ContractState | undefined,
): void {
  if (evening === undefined || now === undefined) return;
  const { rate, forward, volatility } = evening;
  const { years } = now;
  const strike = strikePoints(contract.strike);
  const { right } = contract;
  const factor = exp(-rate * years);
  const priceAt = (at: number, deviation: number): number =>
    blackPrice(right, at, strike, deviation * Math.sqrt(years), factor);
  const total = volatility * Math.sqrt(evening.years);
  const eveningFactor = exp(-rate * evening.years);
  const price = blackPrice(right, forward, strike, total, eveningFactor);
  const d1 = total / 2 - logRatio(strike, forward) / total;
  const delta = eveningFactor * (right === "call" ? normalCdf(d1) : -normalCdf(-d1));
  const leveled = Math.max(volatility + now.atTheMoney - evening.atTheMoney, 0);

  const aged = priceAt(forward, volatility);
  const moved = priceAt(now.forward, volatility);
  const shifted = priceAt(now.forward, leveled);
  const priced = priceAt(now.forward, now.volatility);
  const interest = rate * price * (evening.years - years);
  const slope = delta * (now.forward - forward);
  const size = quantity * OPTION_MULTIPLIER;
  parts.add("theta", size * (aged - price - interest));
  parts.add("carry", size * interest);
  parts.add("delta", size * slope);
  parts.add("gamma", size * (moved - aged - slope));
  parts.add("vega", size * (shifted - moved));
  parts.add("skew", size * (priced - shifted));
}

function priceOf(
  view: MarketView,
  { root, expiration, right, strike }: OptionContract,
  market: Market,
): number {
  const { date } = view.session;
  const mark = expiration > date ? view.slice(root, expiration)?.mark(right, strike)?.price : undefined;
  const share = mark === undefined ? market.shares(root, date)?.close : undefined;
  const beyond = (share ?? strikePoints(strike)) - strikePoints(strike);
  return mark ?? Math.max(right === "call" ? beyond : -beyond, 0);
}

/** What a delivery or a lapse took away before the opening leaves at its mark: shares bring the rest. */
function withoutDelivered(
  held: readonly Holding[],
  events: readonly LedgerEvent[],
  parts: Readonly<Record<Engine, Parts>>,
): readonly Holding[] {
  const gone = new Map<string, number>();
  const take = (engine: Engine, { contract, ratio }: Leg, units: number): void => {
    const key = `${engine} ${contractId(contract)}`;
    gone.set(key, (gone.get(key) ?? 0) + ratio * units);
  };
  for (const event of events) {
    if (event.kind === "exercise" || event.kind === "assignment")
      take(engineOf(event.lot.purpose), event.leg, event.units);
    if (event.kind === "lapse")
      for (const leg of event.lot.legs) take(engineOf(event.lot.purpose), leg, event.lot.quantity);
  }
  if (gone.size === 0) return held;
  return held.map((holding) => {
    const { engine, contract, quantity, price } = holding;
    const units = gone.get(`${engine} ${contractId(contract)}`) ?? 0;
    parts[engine].add("delivery", -units * price * OPTION_MULTIPLIER);
    return { ...holding, quantity: quantity - units };
  });
}

/** An option that is delivered tonight is worth what it is in the money at the close. */
function expiredState(
  { contract, evening }: Holding,
  market: Market,
  session: CalendarDate,
): ContractState | undefined {
  const close = contract.expiration > session ? undefined : market.shares(contract.root, session)?.close;
  return close === undefined || evening === undefined ? undefined : { ...evening, forward: close, years: 0 };
}

/** What a contract settled on, as a state without time. */
function settledState(
  { contract, evening }: Holding,
  events: readonly LedgerEvent[],
): ContractState | undefined {
  const event = events.find(
    (one) =>
      one.kind === "settlement" &&
      one.lot.legs.some((leg) => contractId(leg.contract) === contractId(contract)),
  );
  if (event?.kind !== "settlement" || evening === undefined) return undefined;
  return { ...evening, forward: event.settlement.value, years: 0 };
}

/** Fees, what a fill gave up against the mark, and what shares moved. */
function book(parts: Readonly<Record<Engine, Parts>>, event: LedgerEvent, view: MarketView): void {
  if (event.kind === "reject" || event.kind === "lapse" || event.kind === "settlement") return;
  if (event.kind === "fill") {
    const { purpose, structure, quantity } = event.intent;
    let worth = 0;
    for (const { contract, ratio } of structure.legs) {
      const mark = view.slice(contract.root, contract.expiration)?.mark(contract.right, contract.strike);
      worth += (mark?.price ?? 0) * ratio;
    }
    const own = parts[engineOf(purpose)];
    own.addMoney("spread", addMoney(event.premium, toLedger(worth * OPTION_MULTIPLIER * quantity)));
    own.addMoney("fees", event.fees);
    return;
  }
  if (event.kind === "interest") {
    parts.condor.addMoney("carry", event.cash);
    return;
  }
  const own = parts[engineOf(event.lot.purpose)];
  own.addMoney("delivery", event.cash);
  if (event.kind === "shares") own.addMoney("fees", event.fees);
}

/** A growing sum by part, in dollars until it is closed. */
class Parts {
  readonly #sums = new Map<AttributionPart, Money>();

  add(part: AttributionPart, dollars: number): void {
    this.addMoney(part, toLedger(dollars));
  }

  addMoney(part: AttributionPart, amount: Money): void {
    this.#sums.set(part, addMoney(this.#sums.get(part) ?? zeroMoney, amount));
  }

  /** The parts, with what they leave of a result as the residual. */
  closed(result: Money): Attribution {
    const explained = addMoney(...this.#sums.values());
    this.addMoney("residual", minus(result, explained));
    const of = (part: AttributionPart): Money => this.#sums.get(part) ?? zeroMoney;
    return Object.fromEntries(ATTRIBUTION_PARTS.map((part) => [part, of(part)])) as Record<
      AttributionPart,
      Money
    >;
  }
}

function minus(one: Money, other: Money): Money {
  return (one - other) as Money;
}
