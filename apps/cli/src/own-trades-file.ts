import { readFileSync } from "node:fs";
import type { OwnTrade } from "@steward/engine";
import { malformed } from "@steward/importers";
import { Failure } from "@steward/model";
import { parseLeg } from "./margin-legs.ts";
import type { MarketData } from "./market-data.ts";
import { parseDateOption, requireSession } from "./sessions.ts";

const EXAMPLE = '"2019-06-03 -4 SPXW 2019-06-04 P 2700 @0.85"';

/**
 * Reads somebody's trades, one a line: the session, then the leg as `steward margin` reads it, with its price. Empty lines and what
 * follows a # are passed over; any other line that is no trade refuses the file by its number.
 */
export function readOwnTrades(path: string, data: MarketData): readonly OwnTrade[] {
  const trades = readText(path)
    .split(/\r?\n/)
    .flatMap((text, index) => {
      const told = text.replace(/#.*/, "").trim();
      return told === "" ? [] : [tradeOf(told, { path, line: index + 1 }, data)];
    });
  if (trades.length === 0)
    throw new Failure(
      "data.missing",
      `expected trades in ${path}, found none; write one a line, as ${EXAMPLE}`,
    );
  return trades;
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Failure("data.missing", `expected a file of trades, found none to read: ${why}`, {
      details: { path },
      cause,
    });
  }
}

function tradeOf(
  text: string,
  place: { readonly path: string; readonly line: number },
  data: MarketData,
): OwnTrade {
  const [, day = "", legText = ""] = /^(\S+)\s+(.+)$/.exec(text) ?? [];
  try {
    const session = requireSession(parseDateOption(day, "the trade"), data);
    const leg = parseLeg(legText);
    if (leg.kind === "shares" || leg.contract.root === "SPY")
      throw malformed(place, `expected options on SPX, XSP or VIX, which settle in cash, found "${text}"`);
    if (leg.price === undefined) throw malformed(place, `expected a price, as ${EXAMPLE}, found "${text}"`);
    if (leg.contract.expiration < session)
      throw malformed(
        place,
        `expected an expiration on or after ${session}, found ${leg.contract.expiration}`,
      );
    return { session, contract: leg.contract, count: leg.count, price: leg.price };
  } catch (error) {
    if (!(error instanceof Failure) || error.code === "data.malformed") throw error;
    throw malformed(place, error.message);
  }
}
