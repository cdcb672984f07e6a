/** Real chains of SPX options, each expiration on the forward that put-call parity implies. */
import {
  type CalendarDate,
  calendarDate,
  daysBetween,
  monthOf,
  type Right,
  thirdFriday,
  yearOf,
} from "@steward/model";
import { blackPrice, impliedTotalVolatility, normalCdf } from "@steward/pricing";
import { carryOf } from "../../packages/market-model/src/carry.ts";
import { effectiveSessions } from "../../packages/market-model/src/variance-clock.ts";
import { listFiles, type Row, readRows } from "./fixtures.ts";

export type Block = "2011" | "2018" | "2019" | "2022-23";

/** One quoted out-of-the-money option; deltas are absolute and undiscounted. */
export interface RealOption {
  readonly right: Right;
  readonly points: number;
  readonly bid: number;
  readonly ask: number;
  readonly mid: number;
  readonly total: number;
  readonly delta: number;
}

export interface RealSlice {
  readonly block: Block;
  readonly date: CalendarDate;
  readonly expiration: CalendarDate;
  readonly fixing: "am" | "pm";
  /** Whether the quotes were taken at the close, with the official indices. */
  readonly isSynchronous: boolean;
  readonly days: number;
  /** Effective sessions to expiration. */
  readonly sessions: number;
  readonly forward: number;
  readonly discountFactor: number;
  /** Total volatility at the forward. */
  readonly atTheMoney: number;
  /** Puts up to just above the forward and calls from just below it, by strike. */
  readonly puts: readonly RealOption[];
  readonly calls: readonly RealOption[];
}

/** Calendar days to the last expiration that counts. */
export const LONGEST_DAYS = 45;
/** Hours of the session left in snapshots whose time is unknown: half of it. */
const UNKNOWN_HOURS_LEFT = 3.25;
const SURFACE_DATE = "2023-02-15";

/** Every expiration of one to 45 days in the stored chains, oldest first. */
export function readSlices(closes: ReadonlyMap<CalendarDate, number>): readonly RealSlice[] {
  const folders: readonly (readonly [Block, string])[] = [
    ["2011", "options/spx_2011_ivolatility/"],
    ["2018", "options/spxw_2018_eom_historicaloptiondata/"],
    ["2019", "options/spx_2019_cboe_delayed/"],
    ["2022-23", "options/spx_cboe_quotedata/"],
  ];
  const chains = folders.flatMap(([block, folder]) =>
    listFiles(folder).flatMap((file) => chainSlices(block, readRows(file), closes)),
  );
  return [...chains, ...surfaceSlices()];
}

interface StrikeQuotes {
  call?: { bid: number; ask: number };
  put?: { bid: number; ask: number };
}

type Chain = ReadonlyMap<number, StrikeQuotes>;

function chainSlices(
  block: Block,
  rows: readonly Row[],
  closes: ReadonlyMap<CalendarDate, number>,
): RealSlice[] {
  const byExpiration = Map.groupBy(rows, (row) => `${row["root"]} ${row["expiration"]}`);
  return [...byExpiration.entries()].flatMap(([key, group]) => {
    const [root, expiration = ""] = key.split(" ");
    const [first] = group;
    const date = calendarDate(first?.["quote_date"] ?? "");
    const isOnClose = Math.abs(Number(first?.["underlying_price"]) - (closes.get(date) ?? 0)) < 0.1;
    const slice = sliceOf({
      block,
      date,
      expiration: calendarDate(expiration),
      fixing: root === "SPX" ? "am" : "pm",
      isSynchronous: block !== "2019" || isOnClose,
      chain: chainOf(group),
    });
    return slice === undefined ? [] : [slice];
  });
}

function chainOf(rows: readonly Row[]): Chain {
  const chain = new Map<number, StrikeQuotes>();
  for (const row of rows) {
    const points = Number(row["strike"]);
    const quotes = chain.get(points) ?? {};
    const quote = { bid: Number(row["bid"]), ask: Number(row["ask"]) };
    if (row["right"] === "C") quotes.call = quote;
    else quotes.put = quote;
    chain.set(points, quotes);
  }
  return chain;
}

interface ChainOfDay extends Pick<RealSlice, "block" | "date" | "expiration" | "fixing" | "isSynchronous"> {
  readonly chain: Chain;
}

function sliceOf(from: ChainOfDay): RealSlice | undefined {
  const { date, expiration, fixing, chain } = from;
  const days = daysBetween(date, expiration);
  if (days < 1 || days > LONGEST_DAYS) return undefined;

  const { rate } = carryOf(date, { rate: undefined, dividendYield: undefined });
  const discountFactor = Math.exp((-rate * days) / 365);
  const forward = parityForward(chain, discountFactor);
  return forward === undefined ? undefined : finished(from, { days, forward, discountFactor, fixing });
}

/** The median of K + (C − P)/D over the ten strikes where call and put are nearest in price. */
function parityForward(chain: Chain, discountFactor: number): number | undefined {
  const pairs = [...chain.entries()].flatMap(([points, { call, put }]) => {
    if (call === undefined || put === undefined || call.bid <= 0 || put.bid <= 0) return [];
    const gap = (call.bid + call.ask - put.bid - put.ask) / 2;
    return [{ gap: Math.abs(gap), forward: points + gap / discountFactor }];
  });
  const nearest = pairs.toSorted((a, b) => a.gap - b.gap).slice(0, 10);
  const sorted = nearest.map(({ forward }) => forward).toSorted((a, b) => a - b);
  return sorted.length < 5 ? undefined : sorted[sorted.length >> 1];
}

function finished(
  { chain, ...day }: ChainOfDay,
  known: Pick<RealSlice, "days" | "forward" | "discountFactor" | "fixing">,
): RealSlice | undefined {
  const { date: from, expiration: to, isSynchronous } = day;
  const hoursLeft = isSynchronous ? 0 : UNKNOWN_HOURS_LEFT;
  const sessions = effectiveSessions({ from, to, fixing: known.fixing, hoursLeft });
  const options = [...chain.entries()]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([points, { call, put }]) => [
      ...optionOf(known, "put", points, put),
      ...optionOf(known, "call", points, call),
    ]);
  const puts = options.filter(({ right, delta }) => right === "put" && delta <= 0.6);
  const calls = options.filter(({ right, delta }) => right === "call" && delta <= 0.6);
  const atTheMoney = totalAt([...puts, ...calls], known.forward);
  return atTheMoney === undefined || puts.length < 6 || calls.length < 6
    ? undefined
    : { ...day, ...known, sessions, atTheMoney, puts, calls };
}

function optionOf(
  { forward, discountFactor }: Pick<RealSlice, "forward" | "discountFactor">,
  right: Right,
  points: number,
  quote: { bid: number; ask: number } | undefined,
): RealOption[] {
  if (quote === undefined || quote.bid <= 0 || quote.ask < quote.bid) return [];
  const mid = (quote.bid + quote.ask) / 2;
  const total = impliedTotalVolatility(right, forward, points, mid / discountFactor);
  if (total === undefined || !(total > 0)) return [];
  const d1 = Math.log(forward / points) / total + total / 2;
  return [{ right, points, ...quote, mid, total, delta: right === "call" ? normalCdf(d1) : normalCdf(-d1) }];
}

/** Volatility at the forward: the mean of put and call at each neighboring strike, linear between. */
function totalAt(options: readonly RealOption[], forward: number): number | undefined {
  const byStrike = Map.groupBy(options, ({ points }) => points);
  const known = [...byStrike.entries()]
    .map(([points, both]) => ({
      points,
      total: both.reduce((sum, { total }) => sum + total, 0) / both.length,
    }))
    .toSorted((a, b) => a.points - b.points);
  const left = known.findLast(({ points }) => points <= forward);
  const right = known.find(({ points }) => points > forward);
  if (left === undefined || right === undefined) return undefined;
  return left.total + ((right.total - left.total) * (forward - left.points)) / (right.points - left.points);
}

/** The surface of implied volatilities of one evening, turned back into quotes. */
function surfaceSlices(): RealSlice[] {
  const rows = readRows("options/iv_2023-02-15_spx.csv.gz");
  const date = calendarDate(SURFACE_DATE);
  return [...Map.groupBy(rows, (row) => row["expiration"] ?? "").entries()].flatMap(([text, group]) => {
    const expiration = calendarDate(text);
    const days = daysBetween(date, expiration);
    const forward = Number(group[0]?.["forward"]);
    // Which of a third Friday's two settlements the surface holds is not said.
    const isAmbiguous = expiration === thirdFriday(yearOf(expiration), monthOf(expiration));
    if (days < 1 || days > LONGEST_DAYS || isAmbiguous) return [];

    const { rate } = carryOf(date, { rate: undefined, dividendYield: undefined });
    const discountFactor = Math.exp((-rate * days) / 365);
    const root = Math.sqrt(Number(group[0]?.["t_years"]));
    const chain = new Map<number, StrikeQuotes>();
    for (const row of group) {
      const points = Number(row["strike"]);
      const right: Right = points < forward ? "put" : "call";
      const price = (volatility: string | undefined): number =>
        volatility === "" || volatility === undefined
          ? 0
          : blackPrice(right, forward, points, Number(volatility) * root, discountFactor);
      chain.set(points, { [right]: { bid: price(row["iv_bid"]), ask: price(row["iv_ask"]) } });
    }
    const block = "2022-23";
    const slice = finished(
      { block, date, expiration, fixing: "pm", isSynchronous: true, chain },
      { days, forward, discountFactor, fixing: "pm" },
    );
    return slice === undefined ? [] : [slice];
  });
}
