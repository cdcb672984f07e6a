import {
  assertNever,
  type CalendarDate,
  Failure,
  formatInstant,
  type Instant,
  type SeriesProvenance,
  wallClock,
} from "@steward/model";
import {
  impliedForward,
  rateOf,
  type StrikeContribution,
  type TermRefusal,
  type TermVariance,
  vixReplication,
} from "@steward/pricing";
import manifest from "../package.json" with { type: "json" };
import type { Chain } from "./chain-file.ts";
import { hashOf } from "./provenance.ts";
import { type VixTerm, vixTerms } from "./vix-terms.ts";

/** What the volatility index of a chain is, and every number on the way to it. */
export interface VixDocument {
  readonly schema: "steward/vix@1";
  readonly session: CalendarDate;
  readonly vix: number;
  readonly near: VixTermDocument;
  readonly next: VixTermDocument;
  /** When the quotes were taken; assumed where nobody said so, for a table of a chain does not hold it. */
  readonly quotedAt: { readonly instant: string; readonly newYork: string; readonly isAssumed: boolean };
  readonly provenance: {
    readonly engineVersion: string;
    readonly configHash: string;
    readonly dataFingerprint: string;
    readonly series: readonly SeriesProvenance[];
  };
}

export interface VixTermDocument {
  readonly root: string;
  readonly expiration: CalendarDate;
  readonly settlement: "am" | "pm";
  readonly minutes: number;
  readonly rate: number;
  readonly rateSource: "option" | "parity";
  readonly parityStrike: number;
  readonly forward: number;
  readonly k0: number;
  readonly strikesUsed: number;
  readonly lowestStrike: number;
  readonly highestStrike: number;
  readonly adjustment: number;
  /** Yearly, as a decimal squared. */
  readonly variance: number;
  readonly contributions: readonly StrikeContribution[];
}

/** What the user decided. */
export interface VixChoices {
  readonly chainName: string;
  readonly rate: number | undefined;
  readonly quotedAt: Instant;
  readonly isAssumed: boolean;
}

/** The VIX of a chain with every intermediate value. */
export function vixDocument(chain: Chain, choices: VixChoices): VixDocument {
  const { session } = chain;
  const [near, next] = vixTerms(session, choices.quotedAt).map((term) => pricedTerm(term, chain, choices));
  if (near === undefined || next === undefined) throw new Failure("data.missing", "expected two terms");

  const answer = vixReplication({ near, next });
  if (answer.kind !== "found") throw refused(answer, chain);
  const instant = formatInstant(choices.quotedAt);
  const newYork = wallClock(choices.quotedAt, "America/New_York").time.slice(0, 5);
  return {
    schema: "steward/vix@1",
    session,
    vix: answer.vix,
    near: termDocument(near, answer.near),
    next: termDocument(next, answer.next),
    quotedAt: { instant, newYork, isAssumed: choices.isAssumed },
    provenance: {
      engineVersion: manifest.version,
      configHash: hashOf({ rate: choices.rate ?? "parity", quotedAt: instant }),
      dataFingerprint: chain.fingerprint,
      series: [
        { series: "spx-options", source: "imported", from: session, to: session, detail: choices.chainName },
      ],
    },
  };
}

type PricedTerm = VixTerm & {
  readonly rate: number;
  readonly rateSource: "option" | "parity";
  readonly quotes: Chain["slices"][number]["quotes"];
};

function pricedTerm(term: VixTerm, { slices, session }: Chain, { rate }: VixChoices): PricedTerm {
  const { root, expiration, minutes } = term;
  const slice = slices.find((own) => own.root === root && own.expiration === expiration);
  if (slice === undefined) {
    const found = slices.map((own) => `${own.root} ${own.expiration}`).join(", ");
    const message = `expected options of ${root} ${expiration} for the index of ${session}, found ${found || "none"}`;
    throw new Failure("data.missing", message, { details: { root, expiration } });
  }
  if (rate !== undefined) return { ...term, rate, rateSource: "option", quotes: slice.quotes };

  const parity = impliedForward(slice.quotes);
  if (parity.kind !== "found") {
    const message = `expected quotes of ${root} ${expiration} that agree on a rate, found ${parity.pairs} pairs (${parity.kind}); give --rate`;
    throw new Failure("data.missing", message, { details: { root, expiration, pairs: parity.pairs } });
  }
  const implied = rateOf(parity.discountFactor, minutes / MINUTES_PER_YEAR);
  return { ...term, rate: implied, rateSource: "parity", quotes: slice.quotes };
}

const MINUTES_PER_YEAR = 525_600;

function termDocument(
  { root, expiration, settlement, rateSource }: PricedTerm,
  term: TermVariance,
): VixTermDocument {
  return {
    root,
    expiration,
    settlement,
    minutes: term.minutes,
    rate: term.rate,
    rateSource,
    parityStrike: term.parityStrike,
    forward: term.forward,
    k0: term.k0,
    strikesUsed: term.strikesUsed,
    lowestStrike: term.lowestStrike,
    highestStrike: term.highestStrike,
    adjustment: term.adjustment,
    variance: term.variance,
    contributions: term.contributions,
  };
}

function reasonOf(refusal: TermRefusal): string {
  switch (refusal.reason) {
    case "no-pair":
      return "no strike with both sides of call and put";
    case "no-strike-under-forward":
      return "no strike at or under the forward";
    case "center-not-quoted":
      return `no bid and ask of call and put at K0, ${refusal.strike},`;
    case "too-few-strikes":
      return "fewer than three strikes with bids";
    case "variance-not-positive":
      return "no positive variance";
    default:
      return assertNever(refusal);
  }
}

function refused(
  answer: Exclude<ReturnType<typeof vixReplication>, { readonly kind: "found" }>,
  { session }: Chain,
): Failure {
  const found =
    answer.kind === "refused-term"
      ? `${reasonOf(answer)} in the ${answer.term} term`
      : answer.kind === "terms-not-in-order"
        ? "terms out of order"
        : "variances that extrapolate to nothing";
  const message = `expected quotes of ${session} that give a volatility index, found ${found}`;
  return new Failure("data.missing", message, { details: { session } });
}
