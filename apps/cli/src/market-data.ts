import { createHash } from "node:crypto";
import type { Market, ShortVolScale } from "@steward/engine";
import { type MarketInputs, marketOf, volatilityHistory } from "@steward/market-model";
import {
  type CalendarDate,
  countSessions,
  Failure,
  type Instant,
  instantAt,
  sessionOf,
} from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";
import type { DataConfig } from "./config/load.ts";
import { existingStore } from "./data/home.ts";
import { marketInputs } from "./data/market-inputs.ts";
import { VOLATILITY_NAMES } from "./data/market-series.ts";

/** The data of a run, and a fingerprint of every number in it. */
export interface MarketData {
  readonly inputs: MarketInputs;
  readonly firstSession: CalendarDate;
  readonly lastSession: CalendarDate;
  readonly fingerprint: string;
}

/** The data of a run; without a strategy no quotes of options. */
export interface DataWanted {
  readonly data: DataConfig;
  readonly strategy?: StrategyConfig | undefined;
}

/**
 * Gathers the data of a run: files that the configuration names, what the store holds unless the configuration says
 * otherwise, and the bundled index. An index that lacks a session between its first and its last, or a file that covers none
 * of them, is refused: either would become a number without a word.
 */
export async function loadMarketData(
  { data: { files, store: usesStore }, strategy }: DataWanted,
  now: Instant,
): Promise<MarketData> {
  const store = usesStore ? await existingStore() : undefined;
  try {
    const data = withInputs(await marketInputs({ files, store, strategy, now }));
    assertSuppliedCover(data, files);
    return data;
  } finally {
    store?.close();
  }
}

/** Sessions that a feed may lag behind before its series counts as one that has ended. */
const MOST_LAG = 10;

/**
 * Refuses a record whose own session a file does not reach, or that the store's series has not reached yet: a model must not
 * take over unasked. Where a stored series ended long before, the model stands in and the record says so.
 */
export function requireSuppliedOn(
  session: CalendarDate,
  { inputs }: MarketData,
  { files }: DataConfig,
): void {
  for (const name of VOLATILITY_NAMES) {
    const values = inputs[name]?.values;
    if (values === undefined || values.some(({ date }) => date === session)) continue;
    const last = values.findLast(({ date }) => date < session)?.date;
    const isNamed = files[name] !== undefined;
    if (!isNamed && (last === undefined || countSessions(last, session) > MOST_LAG)) continue;
    const next = isNamed
      ? `leave data.${name} out to have it modelled`
      : "bring it with steward data sync or import";
    const message = `expected ${name} of ${session}, found values up to ${last ?? "no date"}; ${next}`;
    throw new Failure("data.missing", message, { details: { session, series: name } });
  }
}

function assertSuppliedCover(
  { inputs, firstSession, lastSession }: MarketData,
  files: DataConfig["files"],
): void {
  const isWithin = ({ date }: { readonly date: CalendarDate }): boolean =>
    date >= firstSession && date <= lastSession;
  const supplies = [
    ...VOLATILITY_NAMES.map((name) => ({ name, rows: inputs[name]?.values })),
    { name: "vixFutures", rows: inputs.vixFutures?.settlements ?? [] } as const,
  ];
  for (const { name, rows } of supplies) {
    if (files[name] === undefined || rows?.some(isWithin) === true) continue;
    const message = `expected data.${name} to cover sessions from ${firstSession} to ${lastSession}, found none`;
    throw new Failure("data.missing", message, { details: { series: name } });
  }
}

/** The same data as it stood at the end of a session: everything later is gone. */
export function dataUpTo({ inputs }: MarketData, to: CalendarDate): MarketData {
  return withInputs(cutAfter(inputs, to));
}

/** Data of inputs, with their first and last session and their fingerprint. */
export function withInputs(inputs: MarketInputs): MarketData {
  const first = inputs.index[0];
  const last = inputs.index.at(-1);
  if (first === undefined || last === undefined) {
    throw new Failure(
      "data.missing",
      `expected index history, found no session in ${inputs.indexDetail ?? "it"}`,
    );
  }
  return { inputs, firstSession: first.date, lastSession: last.date, fingerprint: fingerprintOf(inputs) };
}

/** The modelled market at each scale of short volatility, over one history of states. */
export function scaledMarkets(
  { inputs }: MarketData,
  config: StrategyConfig,
): Readonly<Record<ShortVolScale, Market>> {
  const history = volatilityHistory(inputs);
  const widths = widthsOf(config);
  return {
    "0.95": marketOf(history, { shortVolScale: 0.95, widths }),
    "1.00": marketOf(history, { widths }),
    "1.05": marketOf(history, { shortVolScale: 1.05, widths }),
  };
}

/** The modelled market at the measured level of volatility. */
export function centralMarket({ inputs }: MarketData, config: StrategyConfig): Market {
  return marketOf(volatilityHistory(inputs), { widths: widthsOf(config) });
}

/** An expiration that nobody listed had no quotes of its time: it is quoted as its kind is since it exists. */
function widthsOf({ condor }: StrategyConfig): "time" | "recent" {
  return condor.listings === "hypothetical" ? "recent" : "time";
}

function cutAfter(inputs: MarketInputs, to: CalendarDate): MarketInputs {
  const upTo = ({ date }: { readonly date: CalendarDate }): boolean => date <= to;
  const cut: MarketInputs = { ...inputs, index: inputs.index.filter(upTo) };
  const series = DAILY_SERIES.flatMap((name) => {
    const own = inputs[name];
    return own === undefined ? [] : [[name, { ...own, values: own.values.filter(upTo) }] as const];
  });
  const { vixFutures: futures, options, events } = inputs;
  const end = sessionOf(to)?.decision ?? instantAt(to, "16:10", "America/New_York");
  return {
    ...cut,
    ...(options === undefined
      ? {}
      : {
          options: { ...options, expirations: options.expirations.filter(({ session }) => session <= to) },
        }),
    ...(events === undefined
      ? {}
      : { events: { ...events, facts: events.facts.filter(({ knownAt }) => knownAt <= end) } }),
    ...Object.fromEntries(series),
    ...(futures === undefined
      ? {}
      : { vixFutures: { ...futures, settlements: futures.settlements.filter(upTo) } }),
  };
}

/** Every series of one value a session. */
const DAILY_SERIES = [
  ...VOLATILITY_NAMES,
  "rates",
  "dividendYields",
  "spxSettlement",
  "vixSettlement",
] as const;

function fingerprintOf(inputs: MarketInputs): string {
  const hash = createHash("sha256");
  for (const { date, open, high, low, close } of inputs.index)
    hash.update(`${date},${open},${high},${low},${close}\n`);
  for (const name of DAILY_SERIES) {
    for (const { date, value } of inputs[name]?.values ?? []) hash.update(`${name},${date},${value}\n`);
  }
  for (const { date, expiration, settle } of inputs.vixFutures?.settlements ?? []) {
    hash.update(`vx,${date},${expiration},${settle}\n`);
  }
  for (const { kind, reference, date, status, knownAt } of inputs.events?.facts ?? []) {
    hash.update(`event,${kind},${reference},${date},${status},${knownAt}\n`);
  }
  for (const { session, occurredAt, root, expiration, calls, puts } of inputs.options?.expirations ?? []) {
    hash.update(`${root},${session},${occurredAt},${expiration}\n`);
    for (const { strikes, bids, asks } of [calls, puts]) hash.update(strikes).update(bids).update(asks);
  }
  return hash.digest("hex").slice(0, 16);
}
