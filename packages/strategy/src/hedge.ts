import { contractId, daysBetween, type OptionContract } from "@steward/model";
import type { HedgeConfig, HedgeLayerConfig } from "./config.ts";
import type { HedgeAssessment } from "./hedge-assessment.ts";
import type { LayerCall } from "./hedge-cost.ts";
import { type Monetised, monetise } from "./hedge-monetise.ts";
import type { HeldLayer } from "./held.ts";
import type { Intent } from "./intent.ts";
import { points } from "./verdict.ts";
import type { MarketView } from "./view.ts";

/** One layer today: what is held, what is done, what comes next. */
export interface LayerDecision {
  readonly layer: string;
  readonly action: "hold" | "open" | "roll" | "monetise" | "wait";
  readonly held: HeldStatus | undefined;
  /** The call that is bought today, if any. */
  readonly bought:
    | {
        readonly contract: string;
        readonly contracts: number;
        readonly price: number;
        readonly delta: number;
      }
    | undefined;
  /** What is sold after a spike. */
  readonly monetised: Omit<Monetised, "intents" | "because"> | undefined;
  readonly because: string;
}

export interface HeldStatus {
  readonly contract: string;
  readonly contracts: number;
  readonly days: number;
  /** Calendar days until the layer is rolled. */
  readonly daysToRoll: number;
  readonly mark: number | undefined;
  readonly delta: number | undefined;
}

export interface HedgeDecision {
  /** Hedge units that the budget buys today. */
  readonly units: number;
  /** Expected cost of one unit in a quiet year, in dollars, undefined while the market is not known. */
  readonly yearlyUnitCost: number | undefined;
  readonly yearlyBudget: number;
  readonly layers: readonly LayerDecision[];
  readonly intents: readonly Intent[];
  readonly because: string;
}

/**
 * The Adaptive Layered VIX Hedge: long VIX calls in layers, always on once opened, rolled by calendar. It never looks at the
 * condors and no gate stops it. Once opened it keeps at least one unit: insurance that lapses after a loss is none.
 */
export function decideHedge(
  view: MarketView,
  config: HedgeConfig,
  { yearlyUnitCost, calls }: HedgeAssessment,
  account: { readonly equity: number; readonly held: readonly HeldLayer[] },
): HedgeDecision {
  const yearlyBudget = Math.max(account.equity, 0) * config.budgetShare;
  const affordable = yearlyUnitCost === undefined ? 0 : Math.floor(yearlyBudget / yearlyUnitCost);
  const isOpen = account.held.length > 0;
  const units = isOpen ? Math.max(affordable, 1) : affordable;

  const held = config.layers.map((layer) => currentOf(account.held, layer));
  const decided = config.layers.map((layer, index) =>
    decideLayer(view, layer, {
      held: held[index],
      longer: config.monetise && nextLonger(view, config, { held, layer }),
      units,
      call: calls[index],
      config,
    }),
  );
  return {
    units,
    yearlyUnitCost,
    yearlyBudget,
    layers: decided.map(({ decision }) => decision),
    intents: decided.flatMap(({ intents }) => intents),
    because: explainUnits({
      units,
      affordable,
      yearlyUnitCost,
      yearlyBudget,
      budgetShare: config.budgetShare,
    }),
  };
}

/** A layer's live calls: the farthest ones. Nearer ones are left over from a roll that nobody bid for. */
function currentOf(held: readonly HeldLayer[], { name }: HedgeLayerConfig): HeldLayer | undefined {
  const own = held.filter(({ layer }) => layer === name);
  return own.reduce<HeldLayer | undefined>(
    (last, each) => (last === undefined || each.contract.expiration > last.contract.expiration ? each : last),
    undefined,
  );
}

/** What a gain may buy more of: the calls of the next longer layer, unless they are rolled or sold themselves today. */
function nextLonger(
  view: MarketView,
  config: HedgeConfig,
  { held, layer }: { readonly held: readonly (HeldLayer | undefined)[]; readonly layer: HedgeLayerConfig },
): HeldLayer | undefined {
  const [next] = config.layers
    .flatMap((other, index) => {
      const calls = held[index];
      return calls === undefined || other.days <= layer.days ? [] : [{ other, calls }];
    })
    .toSorted((left, right) => left.other.days - right.other.days);
  if (next === undefined || rollReason(describeHeld(view, next.calls, next.other), next.other, config))
    return undefined;
  const isSold = config.monetise !== undefined && monetise(view, config.monetise, next.calls, undefined);
  return isSold ? undefined : next.calls;
}

/** Why a layer is rolled today; undefined where it is not. A delta that is not known rolls nothing. */
function rollReason(
  { days, daysToRoll, delta }: HeldStatus,
  { rollDays }: HedgeLayerConfig,
  { rollAtDelta }: HedgeConfig,
): string | undefined {
  if (daysToRoll === 0) return `${days} days to expiration, at or under ${rollDays}`;
  if (rollAtDelta === undefined || delta === undefined || delta < rollAtDelta) return undefined;
  return `delta ${points(delta)}, at or over ${points(rollAtDelta)}`;
}

interface LayerContext {
  readonly held: HeldLayer | undefined;
  readonly longer: HeldLayer | undefined;
  readonly config: HedgeConfig;
  readonly units: number;
  readonly call: LayerCall | undefined;
}

function decideLayer(
  view: MarketView,
  layer: HedgeLayerConfig,
  { held, longer, units, call, config }: LayerContext,
): { readonly decision: LayerDecision; readonly intents: readonly Intent[] } {
  const status = held && describeHeld(view, held, layer);
  const stay = (action: "hold" | "wait", because: string) => ({
    decision: { layer: layer.name, action, held: status, bought: undefined, monetised: undefined, because },
    intents: [],
  });
  const rolls = status && rollReason(status, layer, config);
  if (held !== undefined && status !== undefined && rolls === undefined) {
    const monetised = config.monetise && monetise(view, config.monetise, held, longer);
    if (monetised === undefined)
      return stay("hold", `${status.days} days to expiration, rolled at ${layer.rollDays}`);
    const { intents, because, ...told } = monetised;
    return {
      decision: {
        layer: layer.name,
        action: "monetise",
        held: status,
        bought: undefined,
        monetised: told,
        because,
      },
      intents,
    };
  }
  if (units === 0) return stay("wait", "the budget does not buy one unit");
  if (call === undefined) return stay("wait", "no VIX call is quoted for this layer");

  return held === undefined || status === undefined || rolls === undefined
    ? openLayer(layer, call, units)
    : rollLayer(view, layer, { held, status, call, units, rolls });
}

function openLayer(
  layer: HedgeLayerConfig,
  call: LayerCall,
  units: number,
): { readonly decision: LayerDecision; readonly intents: readonly Intent[] } {
  const because = `opens at ${call.days} days, delta ${points(call.delta)}`;
  const { bought, intent } = buy(layer, call, { units, because });
  return {
    decision: { layer: layer.name, action: "open", held: undefined, bought, monetised: undefined, because },
    intents: [intent],
  };
}

function rollLayer(
  view: MarketView,
  layer: HedgeLayerConfig,
  {
    held,
    status,
    call,
    units,
    rolls,
  }: {
    readonly held: HeldLayer;
    readonly status: HeldStatus;
    readonly call: LayerCall;
    readonly units: number;
    readonly rolls: string;
  },
): { readonly decision: LayerDecision; readonly intents: readonly Intent[] } {
  const { root, expiration, right, strike } = held.contract;
  const hasBid = (view.slice(root, expiration)?.quote(right, strike)?.bid ?? 0) > 0;
  const sale = hasBid ? "" : "; nobody bids for the old calls, they are left to expire";
  const because = `${rolls}: rolls to ${call.days} days, delta ${points(call.delta)}${sale}`;

  const { bought, intent } = buy(layer, call, { units, because });
  const close: Intent = {
    effect: "close",
    purpose: intent.purpose,
    structure: { kind: "call", legs: [{ contract: held.contract, ratio: -1 }] },
    quantity: held.contracts,
    because,
  };
  return {
    decision: { layer: layer.name, action: "roll", held: status, bought, monetised: undefined, because },
    intents: hasBid ? [close, intent] : [intent],
  };
}

function buy(
  layer: HedgeLayerConfig,
  { slice, strike, price, delta }: LayerCall,
  { units, because }: { readonly units: number; readonly because: string },
): { readonly bought: NonNullable<LayerDecision["bought"]>; readonly intent: Intent } {
  const contract: OptionContract = { root: "VIX", expiration: slice.expiration, right: "call", strike };
  const contracts = layer.contracts * units;
  return {
    bought: { contract: contractId(contract), contracts, price, delta },
    intent: {
      effect: "open",
      purpose: { kind: "hedge", layer: layer.name },
      structure: { kind: "call", legs: [{ contract, ratio: 1 }] },
      quantity: contracts,
      because,
    },
  };
}

function describeHeld(
  view: MarketView,
  { contract, contracts }: HeldLayer,
  { rollDays }: HedgeLayerConfig,
): HeldStatus {
  const mark = view.slice(contract.root, contract.expiration)?.mark(contract.right, contract.strike);
  const days = daysBetween(view.session.date, contract.expiration);
  return {
    contract: contractId(contract),
    contracts,
    days,
    daysToRoll: Math.max(days - rollDays, 0),
    mark: mark?.price,
    delta: mark?.delta,
  };
}

function explainUnits({
  units,
  affordable,
  yearlyUnitCost,
  yearlyBudget,
  budgetShare,
}: {
  readonly units: number;
  readonly affordable: number;
  readonly yearlyUnitCost: number | undefined;
  readonly yearlyBudget: number;
  readonly budgetShare: number;
}): string {
  if (yearlyUnitCost === undefined) return "VIX options cannot be priced yet";
  const budget = `a yearly budget of $${yearlyBudget.toFixed(0)} against $${yearlyUnitCost.toFixed(0)} for one unit`;
  if (units > affordable) return `${budget}: too little for one, but a hedge once opened keeps one`;
  if (units === 0)
    return `${budget}: none; one unit needs an account of $${(yearlyUnitCost / budgetShare).toFixed(0)}`;
  return `${budget}: ${units} ${units === 1 ? "unit" : "units"}`;
}
