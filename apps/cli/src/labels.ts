import { type CalendarDate, everyWeekdaySince, listingRules, type SeriesProvenance } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";

/** What a result rests on: its first session and its series. */
interface Labelled {
  readonly from: CalendarDate;
  readonly series: readonly SeriesProvenance[];
  /** Of a record: its session, so that it can say which options of it are real. */
  readonly session?: CalendarDate;
}

/** What must stand beside every number of a result, so that it is not taken for more than it is. */
export function labelsOf(
  { condor, hedge }: StrategyConfig,
  { from, series, session }: Labelled,
): readonly string[] {
  const modelled = [
    ...new Set(series.filter(({ source }) => source === "modelled").map((one) => one.series)),
  ];
  const quoted = series
    .filter((one) => one.source !== "modelled" && one.to === session && one.series.endsWith("-options"))
    .map((one) => one.series);
  const vixSince = listingRules("VIX")[0]?.firstExpiration;
  const isVixHypothetical = hedge !== undefined && vixSince !== undefined && from < vixSince;
  // Where no day of the data had all expirations, everything before the end of time is hypothetical.
  const listedSince = everyWeekdaySince(condor.root);
  const isHypothetical =
    condor.listings === "hypothetical" && (listedSince === undefined || from < listedSince);
  const hypothetical = `hypothetical listing: ${condor.root} has had an expiration on every weekday only since ${listedSince ?? "never"}; quotes are as wide as since 2017`;
  return [
    ...(modelled.length > 0 ? [`modelled: ${modelled.join(", ")}`] : []),
    ...(quoted.length > 0 ? [`real quotes in this session: ${quoted.join(", ")}`] : []),
    ...(isHypothetical && condor.tiers.length > 0 ? [hypothetical] : []),
    ...(isVixHypothetical ? [`hypothetical listing: VIX options have existed only since ${vixSince}`] : []),
    "cash earns no interest",
    "fees of the earliest known date are applied to all earlier dates",
    "education and research, no advice",
  ];
}
