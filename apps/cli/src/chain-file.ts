import { createHash } from "node:crypto";
import { malformed, type Row, readDate, readNumber, readTable } from "@steward/importers";
import { type CalendarDate, Failure } from "@steward/model";
import type { PairedQuote } from "@steward/pricing";

/** The options of one root and expiration that a chain quotes, by strike. */
export interface ChainSlice {
  readonly root: SpxRoot;
  readonly expiration: CalendarDate;
  readonly quotes: readonly PairedQuote[];
}

/** The SPX options of one session. */
export interface Chain {
  readonly session: CalendarDate;
  readonly slices: readonly ChainSlice[];
  /** First 16 hexadecimal digits of the SHA-256 of the rows used. */
  readonly fingerprint: string;
}

export type SpxRoot = "SPX" | "SPXW";

const COLUMNS = ["quote_date", "root", "expiration", "strike", "right", "bid", "ask"] as const;

/**
 * Reads the SPX and SPXW options of one session from a table of a chain, gzipped or not; other roots are left out. Every row
 * of them is checked before any is used. A file of several sessions needs to be told which.
 */
export function readChain(path: string, wanted: CalendarDate | undefined): Chain {
  const rows = readTable(path, COLUMNS).flatMap((row) => readQuote(row, path));
  const sessions = [...new Set(rows.map(({ session }) => session))].sort((left, right) =>
    left < right ? -1 : 1,
  );
  const session = wanted ?? sessions[0];
  if (session === undefined)
    throw new Failure("data.missing", `expected options of root SPX or SPXW in ${path}, found none`);
  if (wanted === undefined && sessions.length > 1) {
    const message = `expected --session for a file of several, found ${sessions.length} from ${session} to ${sessions.at(-1)}`;
    throw new Failure("input.invalid", message, { details: { sessions: sessions.length } });
  }

  const own = rows.filter((row) => row.session === session);
  if (own.length === 0) {
    const message = `expected SPX options of ${session} in ${path}, found ${sessions.join(", ")}`;
    throw new Failure("data.missing", message, { details: { session } });
  }
  return { session, slices: slicesOf(own, path), fingerprint: fingerprintOf(own) };
}

interface QuoteRow {
  readonly line: number;
  readonly session: CalendarDate;
  readonly root: SpxRoot;
  readonly expiration: CalendarDate;
  readonly strike: number;
  readonly right: "call" | "put";
  readonly bid: number;
  readonly ask: number;
}

function readQuote(row: Row, path: string): readonly QuoteRow[] {
  const root = row.cells["root"];
  if (root !== "SPX" && root !== "SPXW") return [];
  const price = (column: string): number => {
    const value = readNumber(row, column, path);
    if (value >= 0) return value;
    throw malformed({ path, line: row.line }, `expected ${column} of 0 or more, found ${value}`);
  };
  const strike = price("strike");
  if (strike === 0) throw malformed({ path, line: row.line }, "expected a strike above 0, found 0");
  return [
    {
      line: row.line,
      session: readDate(row, "quote_date", path),
      root,
      expiration: readDate(row, "expiration", path),
      strike,
      right: readRight(row, path),
      bid: price("bid"),
      ask: price("ask"),
    },
  ];
}

function readRight(row: Row, path: string): "call" | "put" {
  const text = row.cells["right"] ?? "";
  switch (text.toLowerCase()) {
    case "c":
    case "call":
      return "call";
    case "p":
    case "put":
      return "put";
    default:
      throw malformed({ path, line: row.line }, `expected C or P in right, found "${text}"`);
  }
}

function slicesOf(rows: readonly QuoteRow[], path: string): readonly ChainSlice[] {
  const slices = new Map<string, { readonly row: QuoteRow; readonly strikes: Map<number, Sides> }>();
  for (const row of rows) {
    const key = `${row.root} ${row.expiration}`;
    const slice = slices.get(key) ?? { row, strikes: new Map<number, Sides>() };
    slices.set(key, slice);
    const sides = slice.strikes.get(row.strike) ?? {};
    if (sides[row.right] !== undefined) {
      const message = `expected each contract once, found the ${key} ${row.strike} ${row.right} again`;
      throw malformed({ path, line: row.line }, message);
    }
    slice.strikes.set(row.strike, { ...sides, [row.right]: row });
  }
  return [...slices.values()].map(({ row: { root, expiration }, strikes }) => {
    return { root, expiration, quotes: [...strikes].map(([strike, sides]) => pairedQuote(strike, sides)) };
  });
}

type Sides = { readonly [Right in "call" | "put"]?: QuoteRow };

/** An option that is not in the file has no bid. */
function pairedQuote(strike: number, { call, put }: Sides): PairedQuote {
  return {
    strike,
    callBid: call?.bid ?? 0,
    callAsk: call?.ask ?? 0,
    putBid: put?.bid ?? 0,
    putAsk: put?.ask ?? 0,
  };
}

function fingerprintOf(rows: readonly QuoteRow[]): string {
  const hash = createHash("sha256");
  for (const { session, root, expiration, strike, right, bid, ask } of rows)
    hash.update(`${session},${root},${expiration},${strike},${right},${bid},${ask}\n`);
  return hash.digest("hex").slice(0, 16);
}
