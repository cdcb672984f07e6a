/** Credit of ten-point condors on real chains, and what the model says of the same strikes. */
import type { LevelSource } from "@steward/market-model";
import { blackPrice } from "@steward/pricing";
import type { SmileCoefficients } from "../../packages/market-model/src/smile.ts";
import type { RealOption, RealSlice } from "./chains.ts";
import type { SmileCase } from "./smile-errors.ts";
import { LEVELS, type ModelSmile, modelSmile, type States, shapeOnly, totalAt } from "./sources.ts";

export const TARGETS: readonly number[] = [0.7, 1.15, 1.6];
const WIDTH = 10;
const LONGEST_DAYS = 9;
/** A chain whose nearest condor misses the target by more has none. */
const TOLERANCE = 0.2;

export interface CondorError {
  readonly slice: RealSlice;
  readonly smileCase: SmileCase;
  readonly target: number;
  readonly real: number;
  readonly model: number;
}

interface Side {
  readonly short: RealOption;
  readonly long: RealOption;
  readonly credit: number;
}

/** Every condor that the chains of one to nine days offer at the targets, priced in every case. */
export function condorErrors(
  slices: readonly RealSlice[],
  states: Readonly<Record<LevelSource, States>>,
  coefficients?: SmileCoefficients,
): readonly CondorError[] {
  return slices
    .filter(({ days }) => days <= LONGEST_DAYS)
    .flatMap((slice) => {
      const models: readonly (readonly [SmileCase, ModelSmile | undefined])[] = [
        ["shape", shapeOnly(slice, states.indices.get(slice.date), coefficients)],
        ...LEVELS.map(
          (level) => [level, modelSmile(slice, states[level].get(slice.date), coefficients)] as const,
        ),
      ];
      return TARGETS.flatMap((target) => {
        const condor = solveCondor(slice, target);
        if (condor === undefined) return [];
        const real = condor.put.credit + condor.call.credit;
        return models.flatMap(([smileCase, model]) =>
          model === undefined
            ? []
            : [{ slice, smileCase, target, real, model: modelCredit(slice, model, condor) }],
        );
      });
    });
}

interface Condor {
  readonly put: Side;
  readonly call: Side;
}

/** The pair of spreads of nearly equal delta whose middle credit comes nearest to the target. */
function solveCondor(slice: RealSlice, target: number): Condor | undefined {
  const puts = spreadsOf(slice.puts, -WIDTH);
  const calls = spreadsOf(slice.calls, WIDTH);
  let best: Condor | undefined;
  let miss = target * TOLERANCE;
  for (const put of puts) {
    const call = calls.reduce<Side | undefined>(
      (found, side) =>
        found === undefined ||
        Math.abs(side.short.delta - put.short.delta) < Math.abs(found.short.delta - put.short.delta)
          ? side
          : found,
      undefined,
    );
    if (call === undefined) continue;
    const gap = Math.abs(put.credit + call.credit - target);
    if (gap < miss) {
      miss = gap;
      best = { put, call };
    }
  }
  return best;
}

function spreadsOf(options: readonly RealOption[], width: number): readonly Side[] {
  const byStrike = new Map(options.map((option) => [option.points, option]));
  return options.flatMap((short) => {
    const long = byStrike.get(short.points + width);
    return long === undefined || short.delta > 0.5 ? [] : [{ short, long, credit: short.mid - long.mid }];
  });
}

function modelCredit(slice: RealSlice, model: ModelSmile, { put, call }: Condor): number {
  const price = ({ right, points }: RealOption): number =>
    blackPrice(right, slice.forward, points, totalAt(model, points, slice.forward), slice.discountFactor);
  return price(put.short) - price(put.long) + price(call.short) - price(call.long);
}
