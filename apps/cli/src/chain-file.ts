import { createHash } from "node:crypto";
import { fileSource, malformed, type Parsed, type Remark, readSource } from "@steward/importers";
import { type CalendarDate, Failure, type Instant, type QuoteFact, strikePoints } from "@steward/model";
import type { PairedQuote } from "@steward/pricing";
import type { MarketStore } from "@steward/store";
import { chainPicture } from "./data/stored-chain.ts";

/** The options of one root and expiration that a chain quotes, by strike. */
export interface ChainSlice {
  readonly root: SpxRoot;
  readonly expiration: CalendarDate;
  readonly quotes: readonly PairedQuote[];
}

/** The SPX options of one session at one instant. */
export interface Chain {
  readonly session: CalendarDate;
  /** When the quotes stood: as the file says, else as was asked for, else when index options close. */
  readonly quotedAt: Instant;
  readonly slices: readonly ChainSlice[];
  /** First 16 hexadecimal digits of the SHA-256 of the rows used. */
  readonly fingerprint: string;
}

export type SpxRoot = "SPX" | "SPXW";

/** Which chain of a file to take. */
export interface ChainChoice {
  /** Name of the format, where it is not to be told from the content. */
  readonly format?: string | undefined;
  readonly session?: CalendarDate | undefined;
  /** New York time `HH:MM` of the quotes, where the file does not say. */
  readonly quotedAt?: string | undefined;
  readonly now: Instant;
}

/**
 * Reads the SPX and SPXW options of one session from a file of any format that holds chains; other roots are left out, and of
 * several times of a session the last is taken. A row that cannot be read refuses the file, a crossed quote is none. A file
 * of several sessions needs to be told which.
 */
export async function readChain(path: string, choice: ChainChoice): Promise<Chain> {
  const { quotes, passedOver } = await readQuotes(path, choice);
  const sessions = [...new Set(quotes.map(({ fact }) => fact.session))].sort(ascending);
  const session = choice.session ?? sessions[0];
  if (session === undefined)
    throw new Failure(
      "data.missing",
      `expected options of root SPX or SPXW in ${path}, found none${passedOver}`,
    );
  if (choice.session === undefined && sessions.length > 1) {
    const message = `expected --session for a file of several, found ${sessions.length} from ${session} to ${sessions.at(-1)}`;
    throw new Failure("input.invalid", message, { details: { sessions: sessions.length } });
  }

  const ofSession = quotes.filter(({ fact }) => fact.session === session);
  if (ofSession.length === 0) {
    const message = `expected SPX options of ${session} in ${path}, found ${sessions.join(", ")}`;
    throw new Failure("data.missing", message, { details: { session } });
  }
  return chainOfRows(session, ofSession, path);
}

/** The SPX chain that the store has of a session, as an instant knew it. Fails with `data.missing` where there is none. */
export async function storedChain(
  store: MarketStore,
  { session, asOf }: { readonly session: CalendarDate; readonly asOf: Instant },
): Promise<{ readonly chain: Chain; readonly source: string }> {
  const { picture, quotes } = await chainPicture(store, { underlying: "SPX", session, asOf });
  const rows = quotes.flatMap((fact): readonly QuoteRow[] =>
    isSpxRoot(fact.root) ? [{ table: "quotes", fact, line: 0 }] : [],
  );
  return { chain: chainOfRows(session, rows, "the store"), source: picture.source };
}

/** Of several times of a session the last. */
function chainOfRows(session: CalendarDate, rows: readonly QuoteRow[], path: string): Chain {
  const quotedAt = rows.reduce((last, { fact }) => Math.max(last, fact.occurredAt), 0) as Instant;
  const own = rows.filter(({ fact }) => fact.occurredAt === quotedAt);
  return { session, quotedAt, slices: slicesOf(own, path), fingerprint: fingerprintOf(own) };
}

type QuoteRow = Extract<Parsed, { readonly table: "quotes" }>;

interface Reading {
  readonly quotes: readonly QuoteRow[];
  /** Why the first row that was left out was; empty if none was. */
  readonly passedOver: string;
}

async function readQuotes(path: string, choice: ChainChoice): Promise<Reading> {
  const { facts, remarks } = await readSource(await fileSource(path), {
    importedAt: choice.now,
    quotedAt: choice.quotedAt,
    format: choice.format,
    tolerates: isBadlyQuoted,
  });
  const quotes = facts.flatMap((parsed) => {
    return parsed.table === "quotes" && isSpxRoot(parsed.fact.root) ? [parsed] : [];
  });
  const [first] = remarks;
  const passedOver = first === undefined ? "" : `; line ${first.line}: ${first.message}`;
  return { quotes, passedOver };
}

/** What the market quotes badly is not quoted; other rows that cannot be right are no rows of a chain. */
function isBadlyQuoted({ rule }: Remark): boolean {
  return rule === "quotes.crossed";
}

function isSpxRoot(root: string): root is SpxRoot {
  return root === "SPX" || root === "SPXW";
}

function ascending(left: string, right: string): number {
  return left < right ? -1 : 1;
}

function slicesOf(rows: readonly QuoteRow[], path: string): readonly ChainSlice[] {
  const slices = new Map<string, { readonly first: QuoteFact; readonly strikes: Map<number, Sides> }>();
  for (const { fact, line } of rows) {
    const key = `${fact.root} ${fact.expiration}`;
    const slice = slices.get(key) ?? { first: fact, strikes: new Map<number, Sides>() };
    slices.set(key, slice);
    const points = strikePoints(fact.strike);
    const sides = slice.strikes.get(points) ?? {};
    if (sides[fact.right] !== undefined) {
      const message = `expected each contract once, found the ${key} ${points} ${fact.right} again`;
      throw malformed({ path, line }, message);
    }
    slice.strikes.set(points, { ...sides, [fact.right]: fact });
  }
  return [...slices.values()].flatMap(({ first: { root, expiration }, strikes }) => {
    const quotes = [...strikes].map(([strike, sides]) => pairedQuote(strike, sides));
    return isSpxRoot(root) ? [{ root, expiration, quotes }] : [];
  });
}

type Sides = { readonly [Right in "call" | "put"]?: QuoteFact };

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
  for (const { fact } of rows) {
    const { session, root, expiration, right, bid, ask } = fact;
    hash.update(`${session},${root},${expiration},${strikePoints(fact.strike)},${right},${bid},${ask}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}
