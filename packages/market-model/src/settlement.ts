import type { SettlementValue } from "@steward/engine";
import {
  assertNever,
  type CalendarDate,
  isPlannedSession,
  isSession,
  officialSettlement,
  previousSession,
  type Root,
} from "@steward/model";

import { sharePrice } from "./spy-shares.ts";

/** The prices of one session that settlements need, in points. */
export interface SettlementSession {
  readonly date: CalendarDate;
  readonly open: number;
  readonly close: number;
}

/** What is known when a settlement is asked for, and nothing later. */
export interface SettlementSources {
  /** The first session with data on or after the date; undefined if that has not come yet. */
  readonly sessionFrom: (date: CalendarDate) => SettlementSession | undefined;
  /** The last session with data before the date. */
  readonly sessionBefore: (date: CalendarDate) => SettlementSession | undefined;
  /** What the user knows the expiration to have settled on. */
  readonly supplied: (root: Root, expiration: CalendarDate) => number | undefined;
  /** The VIX future that settles on the date, as the last session before the date closed. */
  readonly lastFuture: (expiration: CalendarDate) => number | undefined;
}

/**
 * What an expiration settled on. The index close is official; an opening quotation only where one is on record
 * or supplied, else the index open (SPX) or the last close of the future (VIX) stands in for it.
 */
export function settlementOf(
  root: Root,
  expiration: CalendarDate,
  sources: SettlementSources,
): SettlementValue | undefined {
  const official = officialSettlement(root, expiration);
  if (official !== undefined) return { value: official.value, source: "official" };
  const supplied = sources.supplied(root, expiration);
  if (supplied !== undefined) return { value: supplied, source: "supplied" };

  switch (root) {
    case "SPXW":
      return closeOf(expiration, sources);
    case "XSP": {
      const close = closeOf(expiration, sources);
      return close === undefined ? undefined : { value: close.value / 10, source: close.source };
    }
    case "SPX": {
      const session = sources.sessionFrom(expiration);
      return session === undefined ? undefined : { value: session.open, source: "approximated" };
    }
    case "VIX":
    case "VX": {
      const future = sources.lastFuture(expiration);
      return future === undefined ? undefined : { value: future, source: "approximated" };
    }
    case "SPY": {
      const close = closeOf(expiration, sources);
      return close === undefined
        ? undefined
        : { value: sharePrice(close.value, expiration), source: "approximated" };
    }
    default:
      return assertNever(root);
  }
}

/**
 * The close that settles a PM expiration. On a special closure announced by the evening of the session before, that
 * session's close, as on 2018-12-05; on one that came later, the next close there was.
 */
function closeOf(expiration: CalendarDate, sources: SettlementSources): SettlementValue | undefined {
  const wasForeseen = !isSession(expiration) && !isPlannedSession(expiration, previousSession(expiration));
  const session = wasForeseen ? sources.sessionBefore(expiration) : sources.sessionFrom(expiration);
  if (session === undefined) return undefined;
  return { value: session.close, source: session.date === expiration ? "official" : "approximated" };
}
