// One chain of the store as a person would look at it: its expirations, what parity says of each, and the quotes of one.

import { type CalendarDate, Failure, formatInstant, type Instant, type QuoteFact } from "@steward/model";
import type { SliceForward } from "@steward/quality";
import { chainOf, factsOf, type MarketStore, type StoredChain } from "@steward/store";
import { type ChainJudgement, judgeChain } from "./chain-check.ts";

/** Which chain, as which instant knew it. */
export interface ChainQuestion {
  readonly underlying: string;
  readonly session: CalendarDate;
  readonly source?: string | undefined;
  readonly asOf: Instant;
}

/** One root and expiration of a chain. */
export interface StoredExpiration {
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly quotes: number;
  /** Points. */
  readonly lowestStrike: number;
  readonly highestStrike: number;
  /** What parity says; undefined where the pairs do not agree, or options are American. */
  readonly forward: number | undefined;
  readonly forwardError: number | undefined;
  /** Continuously compounded, decimal a year. */
  readonly rate: number | undefined;
}

/** A strike with both of its options; a missing one is not quoted. */
export interface LadderRung {
  readonly strike: number;
  readonly call: { readonly bid: number; readonly ask: number } | undefined;
  readonly put: { readonly bid: number; readonly ask: number } | undefined;
}

/** A stored chain, what the rules say of it, and its expirations by date and root. */
export interface ChainPicture extends Omit<ChainJudgement, "forwards"> {
  /** When the last of it could be known. */
  readonly knownAt: string;
  readonly expirations: readonly StoredExpiration[];
}

/** Looks at a chain. Fails with `data.missing` where the store holds none, and says which sessions it holds. */
export async function chainPicture(
  store: MarketStore,
  question: ChainQuestion,
): Promise<{ readonly picture: ChainPicture; readonly quotes: readonly QuoteFact[] }> {
  const chain = await chainOf(store, question);
  const judgement = await judgeChain(store, question);
  if (chain === undefined || judgement === undefined) throw noChain(store, question);
  const quotes = quotesOf(chain);
  const { forwards, ...judged } = judgement;
  const knownAt = formatInstant(quotes.reduce((last, quote) => Math.max(last, quote.knownAt), 0) as Instant);
  return { picture: { ...judged, knownAt, expirations: expirationsOf(quotes, forwards) }, quotes };
}

/** The strikes of one expiration, ascending. Fails with `data.missing` where the chain has none of it, or several roots. */
export function ladderOf(
  quotes: readonly QuoteFact[],
  { root, expiration }: { readonly root?: string | undefined; readonly expiration: CalendarDate },
): readonly LadderRung[] {
  const own = quotes.filter(
    (quote) => quote.expiration === expiration && (root === undefined || quote.root === root),
  );
  const roots = new Set(own.map((quote) => quote.root));
  if (roots.size !== 1) {
    const dates = [...new Set(quotes.map((quote) => quote.expiration))].toSorted((one, two) =>
      one < two ? -1 : 1,
    );
    const message =
      roots.size > 1
        ? `expected --root with ${expiration}, found ${[...roots].join(" and ")}`
        : `expected an expiration of the chain, found ${root ?? ""} ${expiration}; it has ${dates.length} from ${dates[0]} to ${dates.at(-1)}`;
    throw new Failure(roots.size > 1 ? "input.invalid" : "data.missing", message.replace("  ", " "), {
      details: { expiration },
    });
  }
  const rungs = Map.groupBy(own, ({ strike }) => strike);
  const sideOf = (rung: readonly QuoteFact[], right: QuoteFact["right"]): LadderRung["call"] => {
    const quote = rung.find((one) => one.right === right);
    return quote && { bid: quote.bid, ask: quote.ask };
  };
  return [...rungs]
    .toSorted(([one], [two]) => one - two)
    .map(([strike, rung]) => ({
      strike: strike / 1000,
      call: sideOf(rung, "call"),
      put: sideOf(rung, "put"),
    }));
}

function quotesOf({ quotes }: StoredChain): readonly QuoteFact[] {
  return factsOf(quotes) as unknown as readonly QuoteFact[];
}

function expirationsOf(
  quotes: readonly QuoteFact[],
  forwards: readonly SliceForward[],
): readonly StoredExpiration[] {
  const groups = Map.groupBy(quotes, ({ root, expiration }) => `${expiration} ${root}`);
  return [...groups]
    .toSorted(([one], [two]) => (one < two ? -1 : 1))
    .flatMap(([, own]): readonly StoredExpiration[] => {
      const [first] = own;
      if (first === undefined) return [];
      const { root, expiration } = first;
      const strikes = own.map(({ strike }) => strike / 1000);
      const parity = forwards.find((one) => one.root === root && one.expiration === expiration);
      const { forward, forwardError, discountFactor, years = 0 } = parity ?? {};
      const rate =
        discountFactor === undefined || !(years > 0) ? undefined : -Math.log(discountFactor) / years;
      const [lowestStrike, highestStrike] = [Math.min(...strikes), Math.max(...strikes)];
      return [
        { root, expiration, quotes: own.length, lowestStrike, highestStrike, forward, forwardError, rate },
      ];
    });
}

function noChain(store: MarketStore, { underlying, session, source, asOf }: ChainQuestion): Failure {
  const held = store
    .partitions("quotes")
    .filter(
      (part) => part.subject.startsWith(`${underlying}/`) && (source === undefined || part.source === source),
    );
  const known = held
    .filter(({ knownFrom }) => knownFrom <= asOf)
    .map(({ subject }) => subject.slice(underlying.length + 1));
  const sessions = [...new Set(known)].toSorted((one, two) => (one < two ? -1 : 1));
  const before = sessions.findLast((one) => one < session);
  const after = sessions.find((one) => one > session);
  const near = [before, after].filter((one) => one !== undefined).join(" and ");
  const of = source === undefined ? "" : ` of ${source}`;
  const has =
    sessions.length === 0
      ? "the store has none; bring one with steward data import or steward data record"
      : `the store has ${sessions.length}, the nearest ${near === "" ? session : near}`;
  const message = `expected a chain of ${underlying} on ${session}${of} as known ${formatInstant(asOf)}; ${has}`;
  return new Failure("data.missing", message, { details: { underlying, session } });
}
