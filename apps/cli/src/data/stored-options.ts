// Real quotes of options out of the store, as much of them as a configuration can come to ask for.

import {
  closingQuotes,
  type QuotedExpiration,
  type QuotedSide,
  type SuppliedQuotes,
} from "@steward/market-model";
import {
  Failure,
  fromDayNumber,
  type IndexBar,
  type Instant,
  InvariantError,
  type OptionRoot,
  rootSpec,
} from "@steward/model";
import { type Batch, lastSnapshots, type MarketStore, type Snapshot } from "@steward/store";
import type { StrategyConfig } from "@steward/strategy";

/** Options that a strategy trades: a root and its farthest expiration in calendar days. */
interface TradedOptions {
  readonly root: OptionRoot;
  readonly days: number;
}

/** Monthly expirations lie up to five weeks beside the days that a layer asks for, and its curve needs the next one. */
const VIX_DAYS_BEYOND = 70;
/** Seven calendar days hold at least three sessions, whatever the holidays. */
const MOST_DAYS_PER_SESSION = 7 / 3;

function tradedBy({ condor, hedge }: StrategyConfig): readonly TradedOptions[] {
  const condors = {
    root: condor.root,
    days: Math.ceil(condor.sessionsToExpiration * MOST_DAYS_PER_SESSION) + 4,
  };
  const layers = hedge?.layers ?? [];
  if (layers.length === 0) return [condors];
  return [condors, { root: "VIX", days: Math.max(...layers.map(({ days }) => days)) + VIX_DAYS_BEYOND }];
}

/** The chains near the close of every session that the store has, of the roots that a strategy trades; undefined: none. */
export async function storedOptions(
  store: MarketStore,
  strategy: StrategyConfig,
  { asOf, index }: { readonly asOf: Instant; readonly index: readonly IndexBar[] },
): Promise<SuppliedQuotes | undefined> {
  const closes = new Map(index.map(({ date, close }) => [date, close]));
  const expirations: QuotedExpiration[] = [];
  let strange = 0;
  const sources = new Set<string>();
  for (const { root, days } of tradedBy(strategy)) {
    const { underlying } = rootSpec(root);
    const daysToExpiration = { least: 1, most: days };
    const selection = {
      underlying,
      root,
      daysToExpiration,
      window: closingQuotes,
      asOf,
      versions: "first",
    } as const;
    for await (const snapshot of lastSnapshots(store, selection)) {
      const close = closes.get(snapshot.session);
      const quoted = expirationsOf(snapshot, root);
      const sound = quoted.filter((one) => isOfThisMarket(one, close));
      strange += quoted.length - sound.length;
      for (const one of sound) expirations.push(one);
      sources.add(snapshot.source);
    }
  }
  if (expirations.length === 0 && strange > 0) {
    const message = `expected chains of the index in the store, found ${strange} expirations whose calls and puts meet more than ${FARTHEST_FORWARD * 100} % away from it; leave the store out (data.store: false), or import them under what they are of`;
    throw new Failure("data.malformed", message, { details: { expirations: strange } });
  }
  if (expirations.length === 0) return undefined;
  const names = [...sources].toSorted((one, other) => (one < other ? -1 : 1)).join(", ");
  const left = strange === 0 ? "" : `, ${strange} expirations far from the index left out`;
  return { expirations, source: "imported", detail: `quotes of ${names} in the store${left}` };
}

/** Calls and puts are worth the same about the forward, and no forward of these expirations is this far from the index. */
const FARTHEST_FORWARD = 0.1;

/** Whether quotes can be of the index that is beside them: another unit or another underlying would corrupt a result in silence. */
function isOfThisMarket({ root, calls, puts }: QuotedExpiration, close: number | undefined): boolean {
  if (root === "VIX" || close === undefined) return true;
  const level = root === "XSP" || root === "SPY" ? close / 10 : close;
  const middles = new Map<number, number>();
  for (const [i, strike] of puts.strikes.entries())
    middles.set(strike, (puts.bids[i] ?? 0) + (puts.asks[i] ?? 0));
  let [nearest, least] = [Number.NaN, Number.POSITIVE_INFINITY];
  for (const [i, strike] of calls.strikes.entries()) {
    const gap = Math.abs(
      (calls.bids[i] ?? 0) + (calls.asks[i] ?? 0) - (middles.get(strike) ?? Number.POSITIVE_INFINITY),
    );
    if (gap < least) [nearest, least] = [strike / 1000, gap];
  }
  return Math.abs(nearest / level - 1) <= FARTHEST_FORWARD;
}

function expirationsOf(snapshot: Snapshot, root: OptionRoot): readonly QuotedExpiration[] {
  const columns = columnsOf(snapshot.quotes);
  const { from, to } = snapshot.rows;
  const found: QuotedExpiration[] = [];
  for (let start = from; start < to; ) {
    const day = columns.expirations[start] ?? 0;
    let end = start;
    while (end < to && columns.expirations[end] === day) end++;
    const { session, occurredAt } = snapshot;
    const calls = sideOf(columns, { from: start, to: end }, columns.call);
    const puts = sideOf(columns, { from: start, to: end }, columns.put);
    found.push({ session, occurredAt, root, expiration: fromDayNumber(day), calls, puts });
    start = end;
  }
  return found;
}

interface QuoteColumns {
  readonly expirations: Int32Array;
  readonly strikes: Int32Array;
  readonly rights: Int32Array;
  readonly bids: Float64Array;
  readonly asks: Float64Array;
  readonly bidSizes: Float64Array;
  readonly askSizes: Float64Array;
  /** How the column of rights writes each. */
  readonly call: number;
  readonly put: number;
}

function columnsOf({ columns }: Batch): QuoteColumns {
  const { expiration, strike, right, bid, ask, bidSize, askSize } = columns;
  if (expiration?.kind !== "date" || strike?.kind !== "integer" || right?.kind !== "label")
    throw new InvariantError("quotes have expirations, strikes and rights");
  if (bid?.kind !== "number" || ask?.kind !== "number") throw new InvariantError("quotes have bids and asks");
  if (bidSize?.kind !== "number" || askSize?.kind !== "number")
    throw new InvariantError("quotes have places for sizes");
  return {
    expirations: expiration.values,
    strikes: strike.values,
    rights: right.values,
    bids: bid.values,
    asks: ask.values,
    bidSizes: bidSize.values,
    askSizes: askSize.values,
    call: right.dictionary.indexOf("call"),
    put: right.dictionary.indexOf("put"),
  };
}

/** The rows of one right. A copy, so that the columns of many sessions need not be kept for the few rows that count. */
function sideOf(
  { strikes, rights, ...prices }: QuoteColumns,
  { from, to }: Snapshot["rows"],
  right: number,
): QuotedSide {
  const rows: number[] = [];
  for (let row = from; row < to; row++) if (rights[row] === right) rows.push(row);
  const picked = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row] ?? 0);
  return {
    strikes: Int32Array.from(rows, (row) => strikes[row] ?? 0),
    bids: picked(prices.bids),
    asks: picked(prices.asks),
    bidSizes: picked(prices.bidSizes),
    askSizes: picked(prices.askSizes),
  };
}
