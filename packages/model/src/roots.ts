import type { CalendarDate } from "./calendar-date.ts";
import { type Instant, instantAt } from "./instant.ts";
import { assert, assertNever } from "./invariant.ts";
import { isSession, previousSession, sessionOf } from "./session.ts";

/** The first field of an OSI key, or the code of the future: one root is one contract specification. */
export type Root = "SPX" | "SPXW" | "XSP" | "SPY" | "VIX" | "VX";

export type OptionRoot = Exclude<Root, "VX">;

/** What a contract settles on: the special opening quotation of SPX or VIX, the index close, or (delivered) nothing. */
export type SettlementKind = "SET" | "close" | "VRO" | "none";

/** What never changes about a root's contracts. */
export interface RootSpec {
  readonly root: Root;
  readonly underlying: "SPX" | "XSP" | "SPY" | "VIX";
  readonly kind: "option" | "future";
  readonly exercise: "european" | "american" | "none";
  readonly delivery: "cash" | "physical";
  /** Whether the settlement value is fixed at the opening or at the close. */
  readonly fixing: "am" | "pm";
  readonly settlementValue: SettlementKind;
  /** Dollars per point. */
  readonly multiplier: number;
}

const cashOption = { kind: "option", exercise: "european", delivery: "cash", multiplier: 100 } as const;

/** Cboe and CFE specification pages. XSP was AM-settled until November 2013, which is before its listings begin here. */
const SPECS: Readonly<Record<Root, RootSpec>> = {
  SPX: { ...cashOption, root: "SPX", underlying: "SPX", fixing: "am", settlementValue: "SET" },
  SPXW: { ...cashOption, root: "SPXW", underlying: "SPX", fixing: "pm", settlementValue: "close" },
  XSP: { ...cashOption, root: "XSP", underlying: "XSP", fixing: "pm", settlementValue: "close" },
  SPY: {
    root: "SPY",
    underlying: "SPY",
    kind: "option",
    exercise: "american",
    delivery: "physical",
    fixing: "pm",
    settlementValue: "none",
    multiplier: 100,
  },
  VIX: { ...cashOption, root: "VIX", underlying: "VIX", fixing: "am", settlementValue: "VRO" },
  // Until 2007-03-25 the future was quoted at ten times VIX with multiplier 100: the same dollars per VIX point.
  VX: {
    root: "VX",
    underlying: "VIX",
    kind: "future",
    exercise: "none",
    delivery: "cash",
    fixing: "am",
    settlementValue: "VRO",
    multiplier: 1000,
  },
};

/** From here on expiring weeklys stop with the stocks; before, with all options (SR-CBOE-2011-038; month unsourced). */
const EXPIRING_SERIES_CLOSE_EARLIER_FROM = "2011-05-01";
/** Cboe post on the VIX tick; the weekly series alone had the finer tick before. */
const FINER_VIX_TICK_FROM = "2022-10-03";
const TICK_THRESHOLD = 3;

/** The unchanging facts of a root. */
export function rootSpec(root: Root): RootSpec {
  return SPECS[root];
}

/** Whether a text is the root of options that this product knows. */
export function isOptionRoot(text: string): text is OptionRoot {
  return Object.hasOwn(SPECS, text) && text !== "VX";
}

/** The day on which a tick applies, and whether the price is the net of a complex order (box spreads excepted). */
export interface TickContext {
  readonly on: CalendarDate;
  readonly complex?: boolean;
}

/** The smallest price step, in points, at a price; the net of a complex order may be negative. */
export function tickSize(root: Root, price: number, { on, complex = false }: TickContext): number {
  const isCheap = price < TICK_THRESHOLD;
  switch (root) {
    case "SPX":
    case "SPXW":
      return complex || isCheap ? 0.05 : 0.1;
    case "XSP":
    case "SPY":
      return 0.01;
    case "VIX":
      if (complex) return 0.01;
      if (on < FINER_VIX_TICK_FROM) return isCheap ? 0.05 : 0.1;
      return isCheap ? 0.01 : 0.05;
    case "VX":
      return complex ? 0.01 : 0.05;
    default:
      return assertNever(root);
  }
}

/** A price on the grid of a tick: the nearest step (halves up), the next at or above, or the next at or below. */
export function roundToTick(price: number, tick: number, toward: "nearest" | "up" | "down"): number {
  assert(
    Number.isFinite(price) && tick > 0,
    `a price and its tick must be finite, were ${price} and ${tick}`,
  );
  const steps = price / tick;
  const nearest = Math.round(steps);
  // A price already on the grid stays: 0.15 / 0.05 is 2.9999999999999996.
  const isOnGrid = Math.abs(steps - nearest) < 1e-6;
  const whole =
    isOnGrid || toward === "nearest" ? nearest : toward === "up" ? Math.ceil(steps) : Math.floor(steps);
  // Ticks are whole cents, and adding zero turns −0 into 0.
  return Math.round(whole * tick * 100) / 100 + 0;
}

/**
 * The moment trading in an expiring contract ends, with hindsight: a special closure of the expiration date moves it to
 * the session before, where opening-settled options stop anyhow.
 */
export function lastTradingInstant(root: Root, expiration: CalendarDate): Instant {
  switch (root) {
    case "SPX":
    case "VIX":
      return hoursOf(previousSession(expiration)).optionsClose;
    case "SPXW":
    case "XSP": {
      const last = hoursOf(sessionOnOrBefore(expiration));
      return expiration < EXPIRING_SERIES_CLOSE_EARLIER_FROM ? last.optionsClose : last.close;
    }
    case "SPY":
      return hoursOf(sessionOnOrBefore(expiration)).optionsClose;
    case "VX":
      // The night session counts: it ran to this minute even on 2018-12-05, when the day session was cancelled.
      return instantAt(expiration, "09:00", "America/New_York");
    default:
      return assertNever(root);
  }
}

function sessionOnOrBefore(date: CalendarDate): CalendarDate {
  return isSession(date) ? date : previousSession(date);
}

function hoursOf(date: CalendarDate): { readonly close: Instant; readonly optionsClose: Instant } {
  const session = sessionOf(date);
  assert(session !== undefined, `expected a session on ${date}`);
  return session;
}
