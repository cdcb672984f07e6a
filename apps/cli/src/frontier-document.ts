import type { FrontierArm, HedgeFrontier, VariantResult } from "@steward/engine";
import { assertNever } from "@steward/model";
import type { Configuration } from "./config/load.ts";
import { labelsOf } from "./labels.ts";
import { centralMarket, type MarketData } from "./market-data.ts";
import { provenanceOf } from "./provenance.ts";

/** A frontier, and what it was computed from. */
export interface Frontier {
  readonly configuration: Configuration;
  readonly data: MarketData;
  readonly result: HedgeFrontier;
}

/** What an arm is called. */
export function armName({ kind, config }: Pick<FrontierArm, "kind" | "config">): string {
  const days = (config.hedge?.layers ?? []).map((layer) => layer.days).join("/");
  switch (kind) {
    case "layers":
      return `layers of ${days} days`;
    case "layer":
      return `${days} days alone`;
    case "vxth":
      return "a month of calls, VXTH-like";
    case "size":
      return "a smaller size instead";
    default:
      return assertNever(kind);
  }
}

/** A frontier as machines read it. Shares of equity; costs and growth are a year. */
export function frontierDocument({ configuration, data, result }: Frontier) {
  const { from, to, unhedged, arms } = result;
  const provenance = provenanceOf(configuration, data, centralMarket(data, configuration.strategy));
  return {
    schema: "steward/frontier@1",
    preset: configuration.name,
    from,
    to,
    sessions: unhedged.sessions,
    unhedged: numbersOf(unhedged),
    arms: arms.map((arm) => ({
      kind: arm.kind,
      name: armName(arm),
      budgetShare: arm.budgetShare,
      spent: arm.spent,
      ...numbersOf(arm.result),
      /** Against the unhedged condors. */
      protection: arm.protection ?? null,
      /** Growth and drawdown less those of the unhedged condors, over the same reshuffled sessions. */
      paired: arm.paired ?? null,
      jitter: arm.jitter ?? null,
    })),
    labels: labelsOf(configuration.strategy, { from, series: provenance.series }),
    provenance,
  } as const;
}

function numbersOf({ growth, volatility, drawdown, sharpe, roundTrips }: VariantResult) {
  return {
    growth: growth ?? null,
    volatility: volatility ?? null,
    drawdown,
    sharpe: sharpe ?? null,
    roundTrips,
  };
}
