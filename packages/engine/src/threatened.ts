// What would have become of threatened condors on each of the three ways: held, ended, shifted.

import { type CalendarDate, nextSession, type Structure } from "@steward/model";
import {
  type HeldPosition,
  type ManagedPosition,
  manageCondors,
  type StrategyConfig,
} from "@steward/strategy";
import type { Run } from "./kernel.ts";
import { firstFrom, orderOnPaper, settledOnPaper } from "./on-paper.ts";
import type { Market } from "./ports.ts";

/** A way out of a threatened side. */
export type Way = "hold" | "exit" | "shift";

/** One side when it was first threatened, and what it would have brought from then on: points per unit after fees. */
export interface ThreatenedTrade {
  readonly session: CalendarDate;
  readonly tier: string;
  readonly quantity: number;
  readonly chosen: Way;
  readonly hold: number;
  readonly exit: number;
  /** Undefined where no shift paid for itself. */
  readonly shift: number | undefined;
  /** The best of the ways that there were less the chosen one. */
  readonly regret: number;
}

/**
 * Follows every side that a run saw threatened on all three ways, at the configured fills and fees: to its settlement, to its end
 * today, and through shifts and ways back until the last of them settles.
 */
export function threatenedTrades(
  market: Market,
  { rows }: Run,
  config: StrategyConfig,
): readonly ThreatenedTrade[] {
  const seen = new Set<string>();
  return rows.flatMap(({ session, decision }) =>
    decision.management.flatMap((managed): readonly ThreatenedTrade[] => {
      const { tier, shifts, openedOn, expiration, threatened } = managed;
      const key = `${tier} ${openedOn} ${expiration} ${threatened?.right}`;
      if (threatened === undefined || shifts > 0 || seen.has(key)) return [];
      seen.add(key);
      const trade = tradeOf(market, managed, session, config);
      return trade === undefined ? [] : [trade];
    }),
  );
}

function tradeOf(
  market: Market,
  { tier, quantity, action, threatened }: ManagedPosition,
  session: CalendarDate,
  config: StrategyConfig,
): ThreatenedTrade | undefined {
  const ending = threatened?.exit?.structure;
  const exit = ending && orderOnPaper(ending, market.view(session), "close", config)?.afterFees;
  const hold = ending && settledOnPaper(market, reversed(ending).legs);
  if (exit === undefined || hold === undefined) return undefined;

  const after =
    threatened?.shift && followShift(market, threatened.shift.structure, { tier, session, config });
  const shift = after === undefined ? undefined : exit + after;
  const chosen: Way = action === "exit" || action === "shift" ? action : "hold";
  const known = [hold, exit, ...(shift === undefined ? [] : [shift])];
  const regret = Math.max(...known) - ({ hold, exit, shift }[chosen] ?? Number.NaN);
  return Number.isNaN(regret) ? undefined : { session, tier, quantity, chosen, hold, exit, shift, regret };
}

function reversed({ kind, legs }: Structure): Structure {
  return { kind, legs: legs.map(({ contract, ratio }) => ({ contract, ratio: -ratio })) };
}

interface Chain {
  readonly tier: string;
  readonly session: CalendarDate;
  readonly config: StrategyConfig;
}

/** What a shifted spread brings until nothing of it is left; undefined where the data end before. */
function followShift(market: Market, first: Structure, { tier, session, config }: Chain): number | undefined {
  const sold = orderOnPaper(first, market.view(session), "open", config);
  if (sold === undefined) return undefined;
  const rules = shiftingOnly(config);
  let total = sold.afterFees;
  let held = heldOf(first, { tier, shifts: 1, openedOn: session, premium: sold.price });

  for (let at = firstFrom(market.sessions, nextSession(session)); ; at += 1) {
    const next = market.sessions[at];
    const expiration = held.structure.legs[0]?.contract.expiration;
    if (next === undefined || expiration === undefined) return undefined;
    if (next >= expiration) {
      const rest = settledOnPaper(market, held.structure.legs);
      return rest === undefined ? undefined : total + rest;
    }
    const view = market.view(next);
    const [managed] = manageCondors(view, [held], rules);
    const [close, open] = managed?.intents ?? [];
    const closed = close && orderOnPaper(close.structure, view, "close", config);
    const opened = open && orderOnPaper(open.structure, view, "open", config);
    if (open === undefined || closed === undefined || opened === undefined) continue;
    total += closed.afterFees + opened.afterFees;
    const shifts = open.purpose.kind === "condor" ? (open.purpose.shifts ?? 0) : 0;
    held = heldOf(open.structure, { tier, shifts, openedOn: next, premium: opened.price });
  }
}

/** The third way alone: no stop and no target ends a shifted spread. */
function shiftingOnly(config: StrategyConfig): StrategyConfig {
  const { management } = config;
  return management === undefined
    ? config
    : {
        ...config,
        management: { ...management, onThreat: "shift", stopMultiple: undefined, targetShare: undefined },
      };
}

function heldOf(
  structure: Structure,
  {
    tier,
    shifts,
    openedOn,
    premium,
  }: {
    readonly tier: string;
    readonly shifts: number;
    readonly openedOn: CalendarDate;
    readonly premium: number;
  },
): HeldPosition {
  return {
    purpose: { kind: "condor", tier, shifts },
    structure,
    quantity: 1,
    openedQuantity: 1,
    openedOn,
    premium,
  };
}

/** What all threatened sides of a run amount to. */
export interface ThreatenedSummary {
  readonly trades: number;
  /** Mean points of each way; shift over those that could be shifted. */
  readonly hold: number;
  readonly exit: number;
  readonly shift: number | undefined;
  readonly shiftable: number;
  /** Of those that could be shifted and lose when held: how many end without a loss when shifted, from the threat on. */
  readonly recovered: number | undefined;
  /** Points that shifting saves of those losses, as a share of them: negative where it loses more. */
  readonly saved: number | undefined;
  /** The worst that a shift brought. */
  readonly worstShift: number | undefined;
  readonly regret: number;
}

/** Sums up; undefined where nothing was threatened. */
export function summarizeThreatened(trades: readonly ThreatenedTrade[]): ThreatenedSummary | undefined {
  if (trades.length === 0) return undefined;
  const shifted = trades.flatMap(({ hold, shift }) => (shift === undefined ? [] : [{ hold, shift }]));
  const losers = shifted.filter(({ hold }) => hold < 0);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const mean = (values: readonly number[]): number => sum(values) / values.length;
  const lost = sum(losers.map(({ hold }) => hold));
  return {
    trades: trades.length,
    hold: mean(trades.map(({ hold }) => hold)),
    exit: mean(trades.map(({ exit }) => exit)),
    shift: shifted.length === 0 ? undefined : mean(shifted.map(({ shift }) => shift)),
    shiftable: shifted.length,
    recovered:
      losers.length === 0 ? undefined : losers.filter(({ shift }) => shift >= 0).length / losers.length,
    saved: losers.length === 0 ? undefined : 1 - sum(losers.map(({ shift }) => shift)) / lost,
    worstShift: shifted.length === 0 ? undefined : Math.min(...shifted.map(({ shift }) => shift)),
    regret: mean(trades.map(({ regret }) => regret)),
  };
}
