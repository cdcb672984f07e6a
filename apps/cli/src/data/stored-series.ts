import type { Located } from "@steward/market-model";
import type { EventFact, FactTable, Instant, ObservationFact, SeriesSource } from "@steward/model";
import { type Answer, barsOf, eventsOf, futuresOf, type MarketStore, observationsOf } from "@steward/store";
import { EVENT_KINDS } from "@steward/strategy";
import { BAR_SERIES, type FoundSeries, FUTURES_PRODUCT, type SeriesPlace } from "./market-series.ts";

/** What the store holds, each fact as first known: a correction came after the decisions that it would have changed. */
export function storedSeries(store: MarketStore, asOf: Instant): SeriesPlace {
  const asked = { asOf, versions: "first" } as const;
  return {
    bars: async (name) => {
      const series = BAR_SERIES[name];
      const answer = await barsOf(store, { series, ...asked });
      return answer && foundIn(store, { table: "bars", subject: series, asOf }, answer);
    },
    futures: async () => {
      const product = FUTURES_PRODUCT;
      const answer = await futuresOf(store, { product, ...asked });
      return answer && foundIn(store, { table: "futures", subject: product, asOf }, answer);
    },
  };
}

/** A series that is published late, as first released. */
export async function storedObservations(
  store: MarketStore,
  series: string,
  asOf: Instant,
): Promise<FoundSeries<ObservationFact> | undefined> {
  const answer = await observationsOf(store, { series, asOf, versions: "first" });
  return answer && foundIn(store, { table: "observations", subject: series, asOf }, answer);
}

/** What the store was told of events that size a condor, every version of it. */
export async function storedEvents(store: MarketStore, asOf: Instant): Promise<readonly EventFact[]> {
  const answers = await Promise.all(
    EVENT_KINDS.map(async (kind) => await eventsOf(store, { kind, asOf, versions: "all" })),
  );
  return answers.flatMap((answer) => answer?.facts ?? []);
}

interface Subject {
  readonly table: FactTable;
  readonly subject: string;
  readonly asOf: Instant;
}

function foundIn<Fact>(
  store: MarketStore,
  { table, subject, asOf }: Subject,
  { source, facts }: Answer<readonly Fact[]>,
): FoundSeries<Fact> {
  const path = `${subject} of ${source} in the store`;
  const rows = facts.map((fact): Located<Fact> => ({ fact, path }));
  return { rows, source: wayInto(store, { table, subject, asOf }, source), detail: path };
}

/** Whether the first of its imports was a download or a file. */
function wayInto(store: MarketStore, { table, subject, asOf }: Subject, source: string): SeriesSource {
  const [first] = store.partitionsOf(table, subject, asOf).filter((partition) => partition.source === source);
  const brought = store.imports().find(({ id }) => id === first?.importId);
  return brought?.name.startsWith("http") === true ? "downloaded" : "imported";
}
