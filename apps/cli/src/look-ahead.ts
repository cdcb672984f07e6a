import { randomIndex, seededRandom } from "@steward/analytics";
import { type Falsifiable, findLeaks, type Leak } from "@steward/engine";
import type { MarketInputs, QuotedSide } from "@steward/market-model";
import { type CalendarDate, Failure, nextSession, sessionOf } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import { centralMarket, dataUpTo, type MarketData, withInputs } from "./market-data.ts";

/** What a search for knowledge of the future found. */
export interface LookAhead {
  readonly sessions: number;
  readonly cuts: readonly CalendarDate[];
  readonly leaks: readonly Leak[];
}

/** Sessions before the first that is decided: the model settles in a year. */
const WARM_UP = 300;

/** Takes the future away from, and falsifies it for, so many sessions drawn by a seed. */
export function lookAhead(
  data: MarketData,
  strategy: StrategyConfig,
  {
    cuts: count,
    seed,
    onProgress,
  }: { readonly cuts: number; readonly seed: number; readonly onProgress?: (share: number) => void },
): LookAhead {
  const sessions = data.inputs.index.map(({ date }) => date);
  const decided = sessions.slice(WARM_UP, -1);
  const [from] = decided;
  if (from === undefined || decided.length < count) {
    const message = `expected at least ${WARM_UP + count + 1} sessions of data to look for leaks in, found ${sessions.length}`;
    throw new Failure("data.missing", message);
  }
  const random = seededRandom(seed);
  const drawn = Array.from({ length: count }, () => decided[randomIndex(random, decided.length)] ?? from);
  const cuts = [...new Set(drawn)].toSorted((one, two) => (one < two ? -1 : 1));
  const plan = { config: strategy, from, cuts, ...(onProgress === undefined ? {} : { onProgress }) };
  return { sessions: decided.length, cuts, leaks: findLeaks(falsifiable(data, strategy), plan) };
}

/** The market as records are made of it. */
export function falsifiable(data: MarketData, strategy: StrategyConfig): Falsifiable<MarketData> {
  return { data, marketOf: (own) => centralMarket(own, strategy), cut: dataUpTo, poison: poisonedAfter };
}

/** The same data with everything after a session made nonsense of: prices that jump, volatilities out of any range. */
export function poisonedAfter(data: MarketData, session: CalendarDate): MarketData {
  const { inputs } = data;
  const isLater = ({ date }: { readonly date: CalendarDate }): boolean => date > session;
  const index = inputs.index.map((bar, position) => {
    if (!isLater(bar)) return bar;
    const close = position % 2 === 0 ? bar.close * 3 : bar.close / 3;
    return { ...bar, open: close, high: close * 1.5, low: close / 1.5, close };
  });
  const series = SERIES.flatMap((name) => {
    const own = inputs[name];
    if (own === undefined) return [];
    const values = own.values.map((row) => (isLater(row) ? { ...row, value: row.value * 7 + 1 } : row));
    return [[name, { ...own, values }] as const];
  });
  const { vixFutures, options, events } = inputs;
  const decided = sessionOf(session)?.decision ?? 0;
  const poisoned: MarketInputs = {
    ...inputs,
    index,
    ...Object.fromEntries(series),
    // Whatever was told later is told of the session after.
    ...(events === undefined
      ? {}
      : {
          events: {
            ...events,
            facts: events.facts.map((fact) =>
              fact.knownAt > decided ? { ...fact, date: nextSession(session), knownAt: fact.knownAt } : fact,
            ),
          },
        }),
    ...(vixFutures === undefined
      ? {}
      : {
          vixFutures: {
            ...vixFutures,
            settlements: vixFutures.settlements.map((row) =>
              isLater(row) ? { ...row, settle: row.settle * 5 } : row,
            ),
          },
        }),
    ...(options === undefined
      ? {}
      : {
          options: {
            ...options,
            expirations: options.expirations.map((one) =>
              one.session > session ? { ...one, calls: tripled(one.calls), puts: tripled(one.puts) } : one,
            ),
          },
        }),
  };
  return withInputs(poisoned);
}

const SERIES = [
  "vix9d",
  "vix",
  "vix3m",
  "vix6m",
  "vvix",
  "rates",
  "dividendYields",
  "spxSettlement",
  "vixSettlement",
] as const;

function tripled(side: QuotedSide): QuotedSide {
  return { ...side, bids: side.bids.map((bid) => 3 * bid), asks: side.asks.map((ask) => 3 * ask) };
}
