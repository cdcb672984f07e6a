import { assert, type CalendarDate, daysBetween, nextVixExpirations, previousSession } from "@steward/model";
import {
  assessHedge,
  type HedgeAssessment,
  type HedgeConfig,
  type HedgeLayerConfig,
  type MarketView,
} from "@steward/strategy";
import { callWeight, FULL_CALL_WEIGHT, VXTH_DELTA } from "../reference/vxth.ts";

/** The layers as configured, one of them alone, or calls after VXTH. */
export type HedgeKind = "layers" | "layer" | "vxth";

/** A way to hedge, whatever its budget. */
export interface HedgeRule {
  readonly kind: HedgeKind;
  readonly config: HedgeConfig;
}

/** One month of calls, held until they settle. */
const VXTH_LAYER: HedgeLayerConfig = { name: "vxth", days: 30, contracts: 1, rollDays: 0 };

/**
 * The ways to hedge that are set against each other. A layer alone counts single contracts, so that a budget is spent nearly
 * whole; where only one layer is configured it is not told twice.
 */
export function hedgeRules(config: HedgeConfig): readonly HedgeRule[] {
  const alone = config.layers.length > 1 ? config.layers : [];
  const vxth = { ...config, layers: [VXTH_LAYER], delta: VXTH_DELTA };
  return [
    { kind: "layers", config },
    ...alone.map((layer): HedgeRule => ({ kind: "layer", config: withLayers(config, [layer], 1) })),
    { kind: "vxth", config: { ...vxth, rollAtDelta: undefined, monetise: undefined } },
  ];
}

function withLayers(config: HedgeConfig, layers: readonly HedgeLayerConfig[], contracts: number) {
  return { ...config, layers: layers.map((layer) => ({ ...layer, contracts })) };
}

/** The rule with every roll so many weekdays earlier. VIX options expire on Wednesdays. */
export function rollingEarlier({ kind, config }: HedgeRule, weekdays: number): HedgeRule {
  const layers = config.layers.map((layer) => ({
    ...layer,
    rollDays: earlierRoll(layer.rollDays, weekdays),
  }));
  return { kind, config: { ...config, layers } };
}

const WEDNESDAY = 3;

/** The day to expiration on which a roll falls that is moved by weekdays; on a weekend it falls on the Monday after. */
function earlierRoll(rollDays: number, weekdays: number): number {
  const isWeekend = (days: number): boolean => [0, 6].includes((((WEDNESDAY - days) % 7) + 7) % 7);
  if (weekdays === 0) return rollDays;
  let days = rollDays;
  while (isWeekend(days)) days -= 1;
  for (let moved = 0; moved < weekdays; moved += 1) {
    days += 1;
    while (isWeekend(days)) days += 1;
  }
  return days;
}

/** What a rule would buy in a session, and at what cost a year. */
export function assessRule({ kind, config }: HedgeRule, view: MarketView): HedgeAssessment {
  const assessed = assessHedge(view, config);
  const future = assessed.calls[0]?.slice.forward;
  if (kind !== "vxth" || assessed.yearlyUnitCost === undefined || future === undefined) return assessed;
  const weight = callWeight(future) / FULL_CALL_WEIGHT;
  // Half the weight buys half as much for the same budget, as if a call cost twice as much.
  return weight === 0
    ? nothingOffered(config)
    : { ...assessed, yearlyUnitCost: assessed.yearlyUnitCost / weight };
}

/** VXTH buys once a month, in the session of its roll, and skips the month whose future is out of its range. */
export function mayBuyOn({ kind, config }: HedgeRule, session: CalendarDate): boolean {
  if (kind !== "vxth") return true;
  const before = previousSession(session);
  const [next] = nextVixExpirations(before, 1);
  const [layer] = config.layers;
  assert(next !== undefined && layer !== undefined, `VIX options expire after ${before}`);
  return daysBetween(session, next) <= layer.rollDays && daysBetween(before, next) > layer.rollDays;
}

/** Where there is nothing to buy. */
export function nothingOffered({ layers }: HedgeConfig): HedgeAssessment {
  return { calls: layers.map(() => undefined), yearlyUnitCost: undefined };
}
