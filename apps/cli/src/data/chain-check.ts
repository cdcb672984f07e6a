import {
  type CalendarDate,
  calendarDate,
  formatInstant,
  type Instant,
  previousSession,
  type QuoteFact,
  sessionOf,
} from "@steward/model";
import {
  type Finding,
  type QualityContext,
  type Severity,
  type SliceForward,
  validateChain,
} from "@steward/quality";
import { barsOf, chainOf, factsOf, type MarketStore, type StoredChain } from "@steward/store";
import { measuredText, ruleName } from "./row-check.ts";

/** What the rules say of one stored chain. */
export interface ChainJudgement {
  readonly underlying: string;
  readonly session: CalendarDate;
  readonly source: string;
  /** When the quotes stood, UTC. */
  readonly at: string;
  readonly quotes: number;
  /** `degraded`: to be trusted less; `halts`: no entry may rest on it. */
  readonly state: "sound" | "degraded" | "halts";
  readonly findings: readonly FindingCount[];
  /** What parity says of each expiration. */
  readonly forwards: readonly SliceForward[];
}

/** How often a rule found something, with the first of it. */
export interface FindingCount {
  readonly rule: string;
  readonly severity: Severity;
  readonly count: number;
  readonly example: string;
}

/** Which chain to judge. */
export interface ChainName {
  readonly underlying: string;
  readonly session: CalendarDate;
  /** The source that holds most of it, if left out. */
  readonly source?: string | undefined;
  /** The instant whose knowledge counts. */
  readonly asOf: Instant;
}

/** Holds a stored chain to all rules, beside what else the store knows of its session. Undefined where there is no such chain. */
export async function judgeChain(store: MarketStore, name: ChainName): Promise<ChainJudgement | undefined> {
  const chain = await chainOf(store, name);
  if (chain === undefined) return undefined;
  const report = validateChain(quotesOf(chain), await contextOf(store, chain, name));
  return {
    underlying: name.underlying,
    session: chain.session,
    source: chain.source,
    at: formatInstant(chain.occurredAt),
    quotes: report.rows,
    state: report.haltsEntries ? "halts" : report.isDegraded ? "degraded" : "sound",
    findings: countsOf(report.findings),
    forwards: report.forwards,
  };
}

/** The chains of the store that an import touched, or all of them, by underlying and session. */
export function chainsIn(store: MarketStore, importId?: number): readonly Omit<ChainName, "asOf">[] {
  const partitions = store
    .partitions("quotes")
    .filter((partition) => importId === undefined || partition.importId === importId);
  const names = partitions.map(({ subject, source }) => `${subject}/${source}`);
  return [...new Set(names)]
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => {
      const [underlying = "", session = "", source = ""] = name.split("/");
      return { underlying, session: calendarDate(session), source };
    });
}

function quotesOf({ quotes }: StoredChain): readonly QuoteFact[] {
  return factsOf(quotes) as unknown as readonly QuoteFact[];
}

/** From here on the close of an index is the value of the chain's instant. */
const CLOSE_MINUTES = 15;

async function contextOf(
  store: MarketStore,
  { session, source, occurredAt }: StoredChain,
  { underlying, asOf }: ChainName,
): Promise<QualityContext> {
  const [bar] = (await barsOf(store, { series: underlying, from: session, to: session, asOf }))?.facts ?? [];
  const [vix] = (await barsOf(store, { series: "VIX", from: session, to: session, asOf }))?.facts ?? [];
  const close = sessionOf(session)?.close;
  const isAtClose = close !== undefined && Math.abs(occurredAt - close) <= CLOSE_MINUTES * 60_000_000;
  const before = previousChain(store, { underlying, source, session });
  const prior =
    before === undefined ? undefined : await chainOf(store, { underlying, session: before, source, asOf });
  return {
    ...(bar === undefined ? {} : { bar }),
    ...(vix === undefined || !isAtClose ? {} : { publishedVix: vix.close }),
    ...(prior === undefined ? {} : { priorSession: quotesOf(prior) }),
  };
}

/** The last session before of which the same source holds a chain, if it is recent. */
function previousChain(
  store: MarketStore,
  {
    underlying,
    source,
    session,
  }: { readonly underlying: string; readonly source: string; readonly session: CalendarDate },
): CalendarDate | undefined {
  const recent = previousSession(session);
  return store
    .partitionsOf("quotes", `${underlying}/${recent}`, Number.MAX_SAFE_INTEGER as Instant)
    .some((partition) => partition.source === source)
    ? recent
    : undefined;
}

function countsOf(findings: readonly Finding[]): readonly FindingCount[] {
  const groups = Map.groupBy(findings, ({ rule, severity }) => `${rule} ${severity}`);
  return [...groups.values()].flatMap((found): readonly FindingCount[] => {
    const [first] = found;
    if (first === undefined) return [];
    const { rule, severity } = first;
    return [{ rule: ruleName(rule), severity, count: found.length, example: exampleOf(first) }];
  });
}

function exampleOf({ contract, root, expiration, message, value, limit }: Finding): string {
  const place =
    contract === undefined
      ? [root, expiration].filter((part) => part !== undefined).join(" ")
      : `${contract.root} ${contract.expiration} ${contract.strike / 1000} ${contract.right}`;
  return `${place === "" ? "" : `${place}: `}${message}${measuredText(value, limit)}`;
}
