import type { CalendarDate, SeriesProvenance } from "@steward/model";
import type { StrategyConfig } from "@steward/strategy";

/** Since then SPXW has had an expiration on every weekday: before, a daily condor could not have been traded. */
const EVERY_WEEKDAY_LISTED = "2022-05-19";

/** What must stand beside every number of a result, so that it is not taken for more than it is. */
export function labelsOf(
  { condor }: StrategyConfig,
  {
    from,
    to,
    provenance,
  }: {
    readonly from: CalendarDate;
    readonly to: CalendarDate;
    readonly provenance: readonly SeriesProvenance[];
  },
): readonly string[] {
  const modelled = provenance.filter(({ source }) => source === "modelled").map(({ series }) => series);
  const isHypothetical = condor.listings === "hypothetical" && from < EVERY_WEEKDAY_LISTED;
  return [
    ...(modelled.length > 0 ? [`modelled: ${modelled.join(", ")}`] : []),
    ...(isHypothetical
      ? [
          `hypothetical listing: before ${EVERY_WEEKDAY_LISTED} ${condor.root} had no expiration on every weekday of ${from} to ${to}`,
        ]
      : []),
    "cash earns no interest",
    "fees of the earliest known date are applied to all earlier dates",
    "education and research, no advice",
  ];
}
