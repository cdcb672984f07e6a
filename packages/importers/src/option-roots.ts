// Which contract a vendor means: its OSI key, its root, and the root where a vendor tells the underlying alone.

import {
  type CalendarDate,
  isListedExpiration,
  isMonthlyVixExpiration,
  parseCalendarDate,
  type Right,
} from "@steward/model";
import { isKnownDate } from "./dates.ts";
import { malformed, type Row } from "./table.ts";

/** One option as an OSI-like key names it; the root need not be one that this product trades. */
export interface OptionKey {
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly right: Right;
  /** In points. */
  readonly strike: number;
}

/** Reads `SPXW230915C04500000`, with or without blanks after the root; undefined where it is no such key. */
export function parseOptionKey(text: string): OptionKey | undefined {
  const match = /^([A-Z][A-Z0-9.]{0,5}?) *(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/.exec(text);
  if (match === null) return undefined;
  const [, root = "", year = "", month, day, letter, thousandths] = match;
  const expiration = parseCalendarDate(`${Number(year) >= 90 ? "19" : "20"}${year}-${month}-${day}`);
  if (expiration === undefined) return undefined;
  return { root, expiration, right: letter === "C" ? "call" : "put", strike: Number(thousandths) / 1000 };
}

/** The right in a cell, or a `data.malformed` that names the place. */
export function readRight({ line, cells }: Row, column: string, path: string): Right {
  const text = cells[column] ?? "";
  const right = parseRight(text);
  if (right !== undefined) return right;
  throw malformed({ path, line }, `expected C or P in ${column}, found "${text}"`);
}

/** Reads `C`, `call`, `P` or `PUT`; undefined for anything else. */
export function parseRight(text: string): Right | undefined {
  switch (text.toLowerCase()) {
    case "c":
    case "call":
      return "call";
    case "p":
    case "put":
      return "put";
    default:
      return undefined;
  }
}

/** What options of a root are written on, as far as the name alone does not tell: a root unknown here is its own. */
export function underlyingOf(root: string): string {
  return UNDERLYINGS.get(root) ?? root;
}

const UNDERLYINGS: ReadonlyMap<string, string> = new Map([
  ["SPXW", "SPX"],
  ["SPXPM", "SPX"],
  ["XSPPM", "XSP"],
  ["VIXW", "VIX"],
  ["NDXP", "NDX"],
  ["RUTW", "RUT"],
]);

/** A vendor's symbol without the ornaments of an index: `^SPX`, `_SPX` and `$SPX` are SPX. */
export function plainSymbol(text: string): string {
  return text.replace(/^[\^_$]|\.X$/g, "").toUpperCase();
}

/** The root that an underlying and an expiration imply. */
export interface ImpliedRoot {
  readonly root: string;
  /** Why the root is a choice and no deduction; missing where only one root had the expiration. */
  readonly doubt?: string;
}

/**
 * The root of an option of which a vendor tells the underlying alone. SPX settles at the opening (root SPX) on third Fridays
 * and at the close (root SPXW) on other days; since 2017-05 both expire on a third Friday, where nothing but the vendor's
 * word, `settlement`, tells one from the other: SPX, the older and larger, is taken and the doubt returned.
 */
export function impliedRoot(
  underlying: string,
  expiration: CalendarDate,
  settlement?: "am" | "pm",
): ImpliedRoot {
  if (underlying === "VIX") return { root: isMonthlyVixExpiration(expiration) ? "VIX" : "VIXW" };
  if (underlying !== "SPX") return { root: underlying };
  if (settlement !== undefined) return { root: settlement === "am" ? "SPX" : "SPXW" };
  if (!isKnownDate(expiration)) return { root: "SPX", doubt: `no listing of ${expiration} is known` };
  const isMonthly = isListedExpiration("SPX", expiration);
  const isWeekly = isListedExpiration("SPXW", expiration);
  if (isMonthly && isWeekly)
    return { root: "SPX", doubt: `SPX and SPXW both expire on ${expiration}; the root SPX is assumed` };
  if (isMonthly) return { root: "SPX" };
  if (isWeekly) return { root: "SPXW" };
  return { root: "SPXW", doubt: `neither SPX nor SPXW is known to expire on ${expiration}; SPXW is assumed` };
}
