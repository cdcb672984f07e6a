import { type CalendarDate, everyWeekdaySince, listingRules, type SeriesProvenance } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";

/** What a result rests on: its first session and its series. */
interface Labelled {
  readonly from: CalendarDate;
  readonly series: readonly SeriesProvenance[];
  /** Of a record: its session, so that it can say what of it is real and what was not before. */
  readonly session?: CalendarDate;
}

/** What must stand beside every number of a result, so that it is not taken for more than it is. */
export function labelsOf(
  { condor, hedge, secondEngine }: StrategyConfig,
  { from, series, session }: Labelled,
): readonly string[] {
  const rows = series.filter(({ source }) => source === "modelled");
  const modelled = new Set(
    rows.filter(({ to }) => session === undefined || to === session).map((one) => one.series),
  );
  const modelledBefore = new Set(rows.map((one) => one.series).filter((name) => !modelled.has(name)));
  const quoted = series
    .filter((one) => one.source !== "modelled" && one.to === session && one.series.endsWith("-options"))
    .map((one) => one.series);
  const vixSince = listingRules("VIX")[0]?.firstExpiration;
  const holdsVixOptions = hedge !== undefined || secondEngine?.structure.startsWith("vix") === true;
  const isVixHypothetical = holdsVixOptions && vixSince !== undefined && from < vixSince;
  // Where no day of the data had all expirations, everything before the end of time is hypothetical.
  const listedSince = everyWeekdaySince(condor.root);
  const isHypothetical =
    condor.listings === "hypothetical" && (listedSince === undefined || from < listedSince);
  const hypothetical = `hypothetical listing: ${condor.root} has had an expiration on every weekday only since ${listedSince ?? "never"}; quotes are as wide as since 2017`;
  return [
    ...(modelled.size > 0 ? [`modelled: ${[...modelled].join(", ")}`] : []),
    ...(modelledBefore.size > 0
      ? [`modelled in sessions before, which the account went through: ${[...modelledBefore].join(", ")}`]
      : []),
    ...(quoted.length > 0 ? [`real quotes in this session: ${quoted.join(", ")}`] : []),
    ...(isHypothetical && (condor.tiers.length > 0 || secondEngine !== undefined) ? [hypothetical] : []),
    ...(isVixHypothetical ? [`hypothetical listing: VIX options have existed only since ${vixSince}`] : []),
    "cash earns no interest",
    "fees of the earliest known date are applied to all earlier dates",
    "education and research, no advice",
  ];
}
