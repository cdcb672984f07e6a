import { type CalendarDate, contractId, daysBetween, type OptionContract } from "@steward/model";
import type { HedgeConfig, HedgeLayerConfig } from "./config.ts";
import { layerCall, yearlyUnitCost } from "./hedge-cost.ts";
import type { Intent } from "./intent.ts";
import { points } from "./verdict.ts";
import type { MarketView } from "./view.ts";

/** A layer's calls that the account holds. */
export interface HeldLayer {
  readonly layer: string;
  readonly contract: OptionContract;
  readonly contracts: number;
}

/** One layer today: what is held, what is done, what comes next. */
export interface LayerDecision {
  readonly layer: string;
  readonly action: "hold" | "open" | "roll" | "wait";
  readonly held:
    | {
        readonly contract: string;
        readonly contracts: number;
        readonly days: number;
        readonly delta: number | undefined;
      }
    | undefined;
  /** The call that is bought today, if any. */
  readonly bought:
    | {
        readonly contract: string;
        readonly contracts: number;
        readonly price: number;
        readonly delta: number;
      }
    | undefined;
  readonly because: string;
}

export interface HedgeDecision {
  /** Hedge units that the budget buys today. */
  readonly units: number;
  /** Expected cost of one unit in a quiet year, in dollars, undefined while the market is not known. */
  readonly yearlyUnitCost: number | undefined;
  readonly yearlyBudget: number;
  readonly layers: readonly LayerDecision[];
  readonly intents: readonly Intent[];
  readonly because: readonly string[];
}

/**
 * The Adaptive Layered VIX Hedge: long VIX calls in layers, always on once opened, rolled by calendar. It never looks at the
 * condors and no gate stops it. Once opened it keeps at least one unit: insurance that lapses after a loss is none.
 */
export function decideHedge(
  view: MarketView,
  config: HedgeConfig,
  account: { readonly equity: number; readonly held: readonly HeldLayer[] },
): HedgeDecision {
  const yearlyBudget = Math.max(account.equity, 0) * config.budgetShare;
  const unitCost = yearlyUnitCost(view, config);
  if (unitCost === undefined) {
    const layers = config.layers.map((layer) => waiting(layer, "VIX options cannot be priced yet"));
    return {
      units: 0,
      yearlyUnitCost: undefined,
      yearlyBudget,
      layers,
      intents: [],
      because: ["VIX options cannot be priced yet"],
    };
  }

  const affordable = Math.floor(yearlyBudget / unitCost);
  const units = account.held.length > 0 ? Math.max(affordable, 1) : affordable;
  const because = [explainUnits({ units, affordable, unitCost, yearlyBudget, config })];

  const intents: Intent[] = [];
  const layers = config.layers.map((layer) => {
    const held = account.held.find((position) => position.layer === layer.name);
    const { decision, wanted } = decideLayer(view, layer, { held, units, delta: config.delta });
    intents.push(...wanted);
    return decision;
  });
  return { units, yearlyUnitCost: unitCost, yearlyBudget, layers, intents, because };
}

function decideLayer(
  view: MarketView,
  layer: HedgeLayerConfig,
  {
    held,
    units,
    delta,
  }: { readonly held: HeldLayer | undefined; readonly units: number; readonly delta: number },
): { readonly decision: LayerDecision; readonly wanted: readonly Intent[] } {
  const status = held === undefined ? undefined : describeHeld(view, held);
  if (status !== undefined && status.days > layer.rollDays) {
    const because = `${status.days} days to expiration, rolled at ${layer.rollDays}`;
    return {
      decision: { layer: layer.name, action: "hold", held: status, bought: undefined, because },
      wanted: [],
    };
  }
  if (units === 0) return { decision: waiting(layer, "the budget does not buy one unit"), wanted: [] };

  const call = layerCall(view, layer, delta);
  if (call === undefined)
    return {
      decision: { ...waiting(layer, "no VIX call is quoted for this layer"), held: status },
      wanted: [],
    };

  const contract: OptionContract = {
    root: "VIX",
    expiration: call.slice.expiration,
    right: "call",
    strike: call.strike,
  };
  const contracts = layer.contracts * units;
  const bought = { contract: contractId(contract), contracts, price: call.price, delta: call.delta };
  const purpose = { kind: "hedge", layer: layer.name } as const;
  const because =
    status === undefined
      ? `opens at ${call.days} days, delta ${points(call.delta)}`
      : `${status.days} days to expiration are at or under ${layer.rollDays}: rolls to ${call.days} days, delta ${points(call.delta)}`;

  const wanted: Intent[] = [];
  if (held !== undefined) {
    wanted.push({
      effect: "close",
      purpose,
      structure: single(held.contract, -1),
      quantity: held.contracts,
      because,
    });
  }
  wanted.push({ effect: "open", purpose, structure: single(contract, 1), quantity: contracts, because });
  return {
    decision: {
      layer: layer.name,
      action: held === undefined ? "open" : "roll",
      held: status,
      bought,
      because,
    },
    wanted,
  };
}

/** The session date on which a held layer reaches its roll, by the calendar day. */
export function daysToRoll(
  session: CalendarDate,
  expiration: CalendarDate,
  { rollDays }: HedgeLayerConfig,
): number {
  return Math.max(daysBetween(session, expiration) - rollDays, 0);
}

function describeHeld(
  view: MarketView,
  { contract, contracts }: HeldLayer,
): NonNullable<LayerDecision["held"]> {
  const mark = view.slice(contract.root, contract.expiration)?.mark(contract.right, contract.strike);
  return {
    contract: contractId(contract),
    contracts,
    days: daysBetween(view.session.date, contract.expiration),
    delta: mark?.delta,
  };
}

function single(contract: OptionContract, ratio: 1 | -1): Intent["structure"] {
  return { kind: "call", legs: [{ contract, ratio }] };
}

function waiting(layer: HedgeLayerConfig, because: string): LayerDecision {
  return { layer: layer.name, action: "wait", held: undefined, bought: undefined, because };
}

function explainUnits({
  units,
  affordable,
  unitCost,
  yearlyBudget,
  config,
}: {
  readonly units: number;
  readonly affordable: number;
  readonly unitCost: number;
  readonly yearlyBudget: number;
  readonly config: HedgeConfig;
}): string {
  const budget = `a yearly budget of $${yearlyBudget.toFixed(0)} against $${unitCost.toFixed(0)} for one unit`;
  if (units > affordable) return `${budget}: too little for one, but a hedge once opened keeps one`;
  if (units === 0) {
    const needed = unitCost / config.budgetShare;
    return `${budget}: none; one unit needs an account of $${needed.toFixed(0)}`;
  }
  return `${budget}: ${units} ${units === 1 ? "unit" : "units"}`;
}
