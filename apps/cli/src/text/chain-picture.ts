import type { ChainPicture, LadderRung } from "../data/stored-chain.ts";
import { alignColumns, fixed, percent } from "./format.ts";

/** A chain on one screen: whose it is, its expirations, and what the rules found. */
export function chainPictureLines(picture: ChainPicture): readonly string[] {
  const { underlying, session, source, at, knownAt, quotes, state, expirations, findings } = picture;
  const rows = expirations.map((one) => [
    one.expiration,
    one.root,
    fixed(one.quotes, 0),
    `${fixed(one.lowestStrike, 0)} to ${fixed(one.highestStrike, 0)}`,
    one.forward === undefined ? "none" : fixed(one.forward, 2),
    one.forwardError === undefined ? "" : `±${fixed(one.forwardError, 2)}`,
    one.rate === undefined ? "" : percent(one.rate, 2),
  ]);
  const found = findings.map(
    ({ rule, severity, count, example }) => `  ${severity} ${rule}: ${fixed(count, 0)}, such as ${example}`,
  );
  return [
    `${underlying} ${session}, ${fixed(quotes, 0)} quotes of ${source} as they stood ${at}, known ${knownAt}: ${STATES[state]}`,
    "",
    ...alignColumns([["expiration", "root", "quotes", "strikes", "forward", "error", "rate"], ...rows], 2),
    ...(found.length === 0 ? [] : ["", "Findings", ...found]),
  ];
}

const STATES = { sound: "sound", degraded: "degraded", halts: "no entry may rest on it" } as const;

/** Call and put of every strike. */
export function ladderLines(rungs: readonly LadderRung[]): readonly string[] {
  const side = (quote: LadderRung["call"]): readonly string[] =>
    quote === undefined ? ["", ""] : [fixed(quote.bid, 2), fixed(quote.ask, 2)];
  const rows = rungs.map(({ strike, call, put }) => [
    ...side(call),
    fixed(strike, strike % 1 === 0 ? 0 : 1),
    ...side(put),
  ]);
  return alignColumns([["call bid", "ask", "strike", "put bid", "ask"], ...rows], 0);
}
