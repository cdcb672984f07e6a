import {
  type CalendarDate,
  isListedExpiration,
  type Leg,
  plannedSessionAfter,
  type Right,
} from "@steward/model";
import type { ManagementConfig, StrategyConfig } from "./config.ts";
import { expectedRange } from "./expected-range.ts";
import type { HeldPosition } from "./held.ts";
import type { Intent } from "./intent.ts";
import { closingOrder, type PricedOrder, sideOf, spreadOrder } from "./spread-order.ts";
import { points } from "./verdict.ts";
import type { MarketView } from "./view.ts";

export type ManagementAction = "hold" | "stop" | "target" | "exit" | "shift" | "roll-back";

/** One open condor, or what is left of one, at today's decision. Points are per unit. */
export interface ManagedPosition {
  readonly tier: string;
  readonly shifts: number;
  readonly openedOn: CalendarDate;
  readonly expiration: CalendarDate;
  readonly quantity: number;
  /** What it would cost to end, expected fill included; undefined where it cannot be ended at quotes. */
  readonly costToClose: number | undefined;
  /** The side in danger; undefined where neither is. */
  readonly threatened: ThreatenedSide | undefined;
  readonly action: ManagementAction;
  readonly because: string;
  readonly intents: readonly Intent[];
}

/** A side that is threatened, with the three ways there are: hold it, end it, shift it. */
export interface ThreatenedSide {
  readonly right: Right;
  readonly short: number;
  readonly delta: number;
  /** Ends the side; undefined where quotes do not allow it. */
  readonly exit: PricedOrder | undefined;
  /** Sells the same spread later, as far out as the credit carries; undefined where no credit does, or no shift is left. */
  readonly shift: PricedOrder | undefined;
}

/** Condors and their shifts, each with what is done about it. Expired ones are the settlement's. */
export function manageCondors(
  view: MarketView,
  positions: readonly HeldPosition[],
  config: StrategyConfig,
): readonly ManagedPosition[] {
  const { management } = config;
  if (management === undefined) return [];
  return positions.flatMap((position) => {
    const [leg] = position.structure.legs;
    const isOpen = leg !== undefined && leg.contract.expiration > view.session.date;
    return position.purpose.kind === "condor" && isOpen
      ? [
          manageCondor(
            view,
            { position, tier: position.purpose.tier, shifts: position.purpose.shifts ?? 0 },
            config,
            management,
          ),
        ]
      : [];
  });
}

interface Condor {
  readonly position: HeldPosition;
  readonly tier: string;
  readonly shifts: number;
}

function manageCondor(
  view: MarketView,
  condor: Condor,
  config: StrategyConfig,
  management: ManagementConfig,
): ManagedPosition {
  const { position, tier, shifts } = condor;
  const { legs } = position.structure;
  const whole = closingOrder(view, legs, config.fills);
  const costToClose = whole && -whole.net.price;
  const threatened = threatenedSide(view, condor, config, management);
  const decided = (
    action: ManagementAction,
    because: string,
    intents: readonly Intent[] = [],
  ): ManagedPosition => ({
    tier,
    shifts,
    openedOn: position.openedOn,
    expiration: expirationOf(legs),
    quantity: position.quantity,
    costToClose,
    threatened,
    action,
    because,
    intents: intents.map((intent) => ({ ...intent, because })),
  });

  if (whole === undefined || costToClose === undefined) return decided("hold", "it is not quoted");
  const ends = (because: string, action: ManagementAction) =>
    decided(action, because, [closing(position, whole)]);
  const { targetShare, stopMultiple } = management;
  const { premium } = position;
  const told = `costs ${points(costToClose)} to end and brought ${points(premium)}`;
  if (targetShare !== undefined && costToClose <= (1 - targetShare) * premium)
    return ends(`${told}: the target`, "target");
  if (stopMultiple !== undefined && costToClose >= stopMultiple * premium)
    return ends(`${told}: the stop`, "stop");

  const back = rollBack(view, condor, whole, { config, management });
  if (back !== undefined) return decided("roll-back", back.because, back.intents);
  if (threatened === undefined) return decided("hold", `${told}: neither side is threatened`);
  return decideThreatened(condor, threatened, management, decided);
}

function decideThreatened(
  { position, tier, shifts }: Condor,
  { right, short, delta, exit, shift }: ThreatenedSide,
  { onThreat, maxShifts }: ManagementConfig,
  decided: (action: ManagementAction, because: string, intents?: readonly Intent[]) => ManagedPosition,
): ManagedPosition {
  const threat = `the ${right} at ${short} is threatened, delta ${points(delta)}`;
  if (onThreat === "hold") return decided("hold", `${threat}: held as configured`);
  if (exit === undefined) return decided("hold", `${threat}, but cannot be ended at quotes: held`);
  if (onThreat === "exit")
    return decided("exit", `${threat}: ended for ${points(-exit.net.price)}`, [closing(position, exit)]);
  if (shifts >= maxShifts) return decided("hold", `${threat} after ${shifts} shifts: held to settlement`);
  if (shift === undefined) return decided("hold", `${threat}, but no shift pays for itself: held`);
  const net = shift.net.price + exit.net.price;
  const [leg] = shift.structure.legs;
  return decided(
    "shift",
    `${threat}: shifted to ${leg?.contract.expiration} for a credit of ${points(net)}`,
    [closing(position, exit), opening({ tier, shifts: shifts + 1, quantity: position.quantity }, shift)],
  );
}

/** The side whose short strike is nearer to the money by delta, if it is in danger. */
function threatenedSide(
  view: MarketView,
  { position: { structure }, shifts }: Condor,
  config: StrategyConfig,
  management: ManagementConfig,
): ThreatenedSide | undefined {
  let worst: { readonly right: Right; readonly short: number; readonly delta: number } | undefined;
  for (const right of ["put", "call"] as const) {
    const side = sideOf(structure, right);
    const delta = side && deltaOf(view, side.legs);
    if (side === undefined || delta === undefined) continue;
    if (
      isThreatened(view, { ...side, right, delta }, config, management) &&
      Math.abs(delta) > Math.abs(worst?.delta ?? 0)
    )
      worst = { right, short: side.short, delta };
  }
  const side = worst && sideOf(structure, worst.right);
  if (worst === undefined || side === undefined) return undefined;
  const exit = closingOrder(view, side.legs, config.fills);
  const shift =
    exit === undefined || shifts >= management.maxShifts
      ? undefined
      : shiftOf(view, { ...side, right: worst.right }, -exit.net.price, { config, management });
  return { ...worst, exit, shift };
}

function isThreatened(
  view: MarketView,
  {
    right,
    short,
    delta,
    legs,
  }: { readonly right: Right; readonly short: number; readonly delta: number; readonly legs: readonly Leg[] },
  { condor }: StrategyConfig,
  { threatDelta, threatRange }: ManagementConfig,
): boolean {
  if (Math.abs(delta) >= threatDelta) return true;
  const [leg] = legs;
  const forward = leg && view.slice(leg.contract.root, leg.contract.expiration)?.forward;
  const day = view.volatility && expectedRange(condor.expectedRange, view.volatility, 1);
  if (forward === undefined || day === undefined) return false;
  const distance = right === "put" ? forward - short : short - forward;
  return distance <= threatRange * day * forward;
}

function deltaOf(view: MarketView, legs: readonly Leg[]): number | undefined {
  const short = legs.find(({ ratio }) => ratio < 0)?.contract;
  return short && view.slice(short.root, short.expiration)?.mark(short.right, short.strike)?.delta;
}

interface Rules {
  readonly config: StrategyConfig;
  readonly management: ManagementConfig;
}

/** More steps outward than any credit carries. */
const MOST_STEPS = 200;

/** The same width at the later expiration, from the strike held outward as long as it pays what ending the side costs. */
function shiftOf(
  view: MarketView,
  {
    right,
    short,
    width,
    legs,
  }: { readonly right: Right; readonly short: number; readonly width: number; readonly legs: readonly Leg[] },
  cost: number,
  { config: { condor, fills }, management: { shiftSessions } }: Rules,
): PricedOrder | undefined {
  const expiration = plannedSessionAfter(view.session.date, shiftSessions);
  if (expiration <= expirationOf(legs) || !isListed(condor, expiration)) return undefined;
  const slice = view.slice(condor.root, expiration);
  if (slice === undefined) return undefined;
  let found: PricedOrder | undefined;
  for (let step = 0; step <= MOST_STEPS; step += 1) {
    const at = short + (right === "put" ? -step : step) * condor.step;
    const order = spreadOrder(view, slice, { right, short: at, width }, fills);
    if (order === undefined || order.net.price < cost - ROUNDING) break;
    found = order;
  }
  return found;
}

/** Prices are sums of ticks in binary. */
const ROUNDING = 1e-9;

/**
 * A shifted spread that the index has left behind goes back to the usual expiration: it is ended and sold at the same strikes
 * there, if all that the shift and the way back bring is a credit.
 */
function rollBack(
  view: MarketView,
  { position, tier, shifts }: Condor,
  whole: PricedOrder,
  { config: { condor, fills }, management: { rollBackDelta } }: Rules,
): { readonly because: string; readonly intents: readonly Intent[] } | undefined {
  const { legs } = position.structure;
  const delta = deltaOf(view, legs);
  if (shifts === 0 || delta === undefined || Math.abs(delta) > rollBackDelta) return undefined;
  const expiration = plannedSessionAfter(view.session.date, condor.sessionsToExpiration);
  const right = legs[0]?.contract.right;
  const side = right && sideOf(position.structure, right);
  const slice = view.slice(condor.root, expiration);
  if (
    right === undefined ||
    side === undefined ||
    slice === undefined ||
    expiration >= expirationOf(legs) ||
    !isListed(condor, expiration)
  )
    return undefined;
  const near = spreadOrder(view, slice, { right, ...side }, fills);
  const total = near && position.premium + whole.net.price + near.net.price;
  if (near === undefined || total === undefined || near.net.price <= 0 || total < -ROUNDING) return undefined;
  return {
    because: `the ${right} at ${side.short} is out of danger, delta ${points(delta)}: back to ${expiration}, ${points(total)} since the shift`,
    intents: [
      closing(position, whole),
      opening({ tier, shifts: shifts + 1, quantity: position.quantity }, near),
    ],
  };
}

function isListed({ root, listings }: StrategyConfig["condor"], expiration: CalendarDate): boolean {
  return listings === "hypothetical" || isListedExpiration(root, expiration);
}

function expirationOf(legs: readonly Leg[]): CalendarDate {
  return legs.reduce(
    (last, { contract }) => (contract.expiration > last ? contract.expiration : last),
    "" as CalendarDate,
  );
}

function closing({ purpose, quantity }: HeldPosition, { structure }: PricedOrder): Intent {
  return { effect: "close", purpose, structure, quantity, because: "" };
}

/** The second leg of a roll: it is given only where the first has ended the old spread. */
function opening(
  { tier, shifts, quantity }: { readonly tier: string; readonly shifts: number; readonly quantity: number },
  { structure }: PricedOrder,
): Intent {
  return {
    effect: "open",
    purpose: { kind: "condor", tier, shifts },
    structure,
    quantity,
    because: "",
    follows: true,
  };
}
