import type { RoundTrip, Run } from "@steward/engine";
import { strikePoints, toModel } from "@steward/model";
import { OPTION_MULTIPLIER } from "@steward/strategy";

/** A condor's life with the index value on which it ended. */
export interface EndedCondor {
  readonly trip: RoundTrip;
  readonly tier: string;
  /** Points per condor after costs. */
  readonly result: number;
  readonly dollars: number;
  readonly strikes: {
    readonly longPut: number;
    readonly shortPut: number;
    readonly shortCall: number;
    readonly longCall: number;
  };
  /** Undefined where it was closed before it settled. */
  readonly settlement: number | undefined;
  /** Net credit per condor at the fill, in points. */
  readonly credit: number;
}

/** The worst condors of a run by points each; among equals the larger in dollars, then the earlier. */
export function worstCondors(run: Run, most: number): readonly EndedCondor[] {
  return endedCondors(run)
    .toSorted(
      (left, right) =>
        cents(left) - cents(right) ||
        left.dollars - right.dollars ||
        (left.trip.openedOn < right.trip.openedOn ? -1 : 1),
    )
    .slice(0, most);
}

/** Fees of a fraction of a cent must not order equal losses. */
function cents({ result }: EndedCondor): number {
  return Math.round(result * 100);
}

/** Condors in the order of their ends. The n-th round trip is ended by the n-th closing fill or settlement of the journal. */
function endedCondors({ roundTrips, journal }: Run): readonly EndedCondor[] {
  const endings = journal.filter(
    (event) => event.kind === "settlement" || (event.kind === "fill" && event.intent.effect === "close"),
  );
  return roundTrips.flatMap((trip, index) => {
    const { purpose, structure, quantity, result, premium } = trip;
    if (purpose.kind !== "condor") return [];
    const ending = endings[index];
    const [longPut = 0, shortPut = 0, shortCall = 0, longCall = 0] = structure.legs.map(({ contract }) =>
      strikePoints(contract.strike),
    );
    return [
      {
        trip,
        tier: purpose.tier,
        result: toModel(result) / quantity / OPTION_MULTIPLIER,
        dollars: toModel(result),
        strikes: { longPut, shortPut, shortCall, longCall },
        settlement: ending?.kind === "settlement" ? ending.settlement.value : undefined,
        credit: toModel(premium) / quantity / OPTION_MULTIPLIER,
      },
    ];
  });
}
