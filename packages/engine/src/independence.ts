import {
  bootstrapTogether,
  type CommonTail,
  commonTail,
  correlation,
  type Estimate,
} from "@steward/analytics";
import { toModel } from "@steward/model";
import { type ArmOptions, bootstrapOf, returnsOfRun } from "./arm.ts";
import { EPISODES, type Episode } from "./hedge-effect.ts";
import type { Run, SessionRow } from "./kernel.ts";

/** What two accounts earned over a named fall of the index, as shares of their equity at its start. */
export interface SharedEpisode extends Episode {
  readonly first: number;
  readonly sleeve: number;
}

/** How far the second engine goes its own way: what it is for, as much as for its return. */
export interface Independence {
  /** Of the sessions' returns of both; undefined where one account never moved. */
  readonly correlation: Estimate | undefined;
  /** Share of the sleeve's variance that a straight line through the first engine's returns explains. */
  readonly rSquared: number | undefined;
  /** The first engine's worst one in twenty sessions, and the sleeve in them. */
  readonly tail: CommonTail | undefined;
  readonly episodes: readonly SharedEpisode[];
}

/** One in twenty, as the expected shortfall of the accounts. */
const WORST_SHARE = 0.05;

/** Sets the sleeve against the unhedged first engine over the same sessions. */
export function measureIndependence(first: Run, sleeve: Run, options: ArmOptions): Independence {
  const returns = [returnsOfRun(first), returnsOfRun(sleeve)] as const;
  const together = bootstrapTogether(
    returns,
    ([one = returns[0], other = returns[1]]) => correlation(one, other),
    bootstrapOf(first, options),
  );
  const bound = correlation(...returns);
  return {
    correlation: together,
    rSquared: bound === undefined ? undefined : bound ** 2,
    tail: commonTail(...returns, WORST_SHARE),
    episodes: EPISODES.flatMap((episode) => {
      const [own, other] = [between(first.rows, episode), between(sleeve.rows, episode)];
      return own === undefined || other === undefined ? [] : [{ ...episode, first: own, sleeve: other }];
    }),
  };
}

function between(rows: readonly SessionRow[], { from, to }: Episode): number | undefined {
  const [start, end] = [from, to].map((date) => rows.find(({ session }) => session === date));
  return start && end && toModel(end.equity) / toModel(start.equity) - 1;
}
