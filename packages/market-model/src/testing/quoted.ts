import type { CalendarDate, OptionRoot, Slice, Strike } from "@steward/model";
import { sessionOf } from "@steward/model";
import type { QuotedExpiration, QuotedSide } from "../option-quotes.ts";

/** How to quote a slice. */
export interface Quoting {
  /** Points, ascending. */
  readonly strikes: readonly number[];
  /** Points from the mark to bid and to ask. */
  readonly halfSpread: number;
  /** Minutes from the close of the session to the quotes. */
  readonly minutesAfterClose?: number;
}

/** Quotes around the marks of a slice, as a market would show them that agrees with it; a bid is never below 0. */
export function quotesAround(
  slice: Slice,
  session: CalendarDate,
  { strikes, halfSpread, minutesAfterClose = 0 }: Quoting,
): QuotedExpiration {
  const sideOf = (right: "call" | "put"): QuotedSide => {
    const prices = strikes.map((points) => slice.mark(right, (points * 1000) as Strike)?.price ?? Number.NaN);
    return {
      strikes: Int32Array.from(strikes, (points) => points * 1000),
      bids: Float64Array.from(prices, (price) => Math.max(price - halfSpread, 0)),
      asks: Float64Array.from(prices, (price) => price + halfSpread),
    };
  };
  const close = sessionOf(session)?.close ?? Number.NaN;
  return {
    session,
    occurredAt: (close + minutesAfterClose * 60_000_000) as QuotedExpiration["occurredAt"],
    root: slice.root as OptionRoot,
    expiration: slice.expiration,
    calls: sideOf("call"),
    puts: sideOf("put"),
  };
}
