import { calendarDate, type Instant, instantAt, type QuoteFact, strike } from "@steward/model";
import { describe, expect, it } from "vitest";
import { type QualityContext, rowContext } from "./context.ts";
import { checkRow, validateChain } from "./report.ts";
import type { RuleId } from "./rule.ts";
import { QUALITY_RULES } from "./rules.ts";
import { SMALL, syntheticChain } from "./testing/synthetic-chain.ts";

const session = calendarDate("2024-06-12");
const at = instantAt(session, "15:45", "America/New_York");
const second = 1_000_000;

const QUOTE: QuoteFact = {
  occurredAt: at,
  knownAt: at,
  session,
  underlying: "SPX",
  root: "SPXW",
  expiration: calendarDate("2024-06-21"),
  strike: strike(5400),
  right: "call",
  bid: 40.1,
  ask: 40.5,
  bidSize: 10,
  askSize: 12,
  volatility: 0.11,
  delta: 0.5,
  underlyingPrice: 5400,
};

function rowRules(change: object, context: Pick<QualityContext, "now" | "symbolOf"> = {}): RuleId[] {
  return checkRow({ ...QUOTE, ...change } as QuoteFact, rowContext(context)).map(({ rule }) => rule);
}

it("holds 36 rules in the order of their numbers, each with a name of its own", () => {
  expect(QUALITY_RULES.map(({ id }) => id)).toEqual(
    Array.from({ length: 36 }, (_, index) => `Q${index + 1}`),
  );
  expect(new Set(QUALITY_RULES.map(({ name }) => name)).size).toBe(36);
});

describe("a row", () => {
  it("of a clean market breaks no rule", () => {
    expect(rowRules({})).toEqual([]);
    expect(rowRules({}, { symbolOf: () => "SPXW  240621C05400000", now: at })).toEqual([]);
    expect(rowRules({ bid: 2.95, ask: 3.1 })).toEqual([]);
    expect(
      rowRules({ root: "SPX", occurredAt: instantAt(session, "16:15", "America/New_York"), knownAt: 2e15 }),
    ).toEqual([]);
  });

  it.each([
    ["Q1", "a bid that is no number", { bid: Number.NaN }],
    ["Q1", "an infinite ask", { ask: Number.POSITIVE_INFINITY }],
    ["Q1", "an infinite delta", { delta: Number.NEGATIVE_INFINITY }],
    ["Q1", "an infinite strike", { strike: Number.POSITIVE_INFINITY }],
    ["Q1", "an instant that is no number", { occurredAt: Number.NaN }],
    ["Q1", "a date that does not exist", { expiration: "2024-06-31" }],
    ["Q2", "another underlying", { underlying: "VIX" }],
    ["Q4", "a strike between two of the grid", { strike: strike(5401) }],
    ["Q4", "a strike ten times too high", { strike: strike(54_000) }],
    ["Q5", "a Saturday", { expiration: calendarDate("2024-06-22") }],
    ["Q5", "a past expiration", { expiration: calendarDate("2024-06-11") }],
    ["Q5", "the wrong root of the two", { root: "SPX", expiration: calendarDate("2024-06-20") }],
    ["Q6", "-1 for a volume", { volume: -1 }],
    ["Q6", "a billion for an ask", { ask: 1e9 }],
    ["Q6", "a volatility of 0", { volatility: 0 }],
    ["Q9", "a bid under 0", { bid: -0.05 }],
    ["Q9", "no ask", { bid: 0, ask: 0 }],
    ["Q10", "bid over ask", { bid: 40.6 }],
    ["Q11", "bid at ask", { bid: 40.5 }],
    ["Q12", "no bid", { bid: 0, ask: 0.05, bidSize: 0 }],
    ["Q13", "a spread of three quarters of the middle", { bid: 30, ask: 70 }],
    ["Q14", "a bid for no contracts", { bidSize: 0 }],
    ["Q15", "five cents where ten are the step", { bid: 40.15 }],
    ["Q20", "a stamp after it was known", { occurredAt: at + 3 * second }],
    ["Q24", "an hour before the opening", { occurredAt: instantAt(session, "08:30", "America/New_York") }],
    [
      "Q24",
      "after its last trading",
      {
        root: "SPX",
        session: "2024-06-21",
        occurredAt: instantAt(calendarDate("2024-06-21"), "10:00", "America/New_York"),
        knownAt: 2e15,
      },
    ],
  ] satisfies [RuleId, string, object][])("breaks %s with %s", (rule, _, change) => {
    expect(rowRules(change)).toContain(rule);
  });

  it("breaks Q2 with a symbol of another contract, and Q20 with a stamp after now", () => {
    expect(rowRules({}, { symbolOf: () => "SPXW  240621P05400000" })).toEqual(["Q2"]);
    expect(rowRules({}, { symbolOf: () => "garbage" })).toEqual(["Q2"]);
    expect(rowRules({}, { now: (at - 3 * second) as Instant })).toEqual(["Q20"]);
  });

  it("keeps its quote when only the vendor's volatility is a sentinel", () => {
    const found = checkRow({ ...QUOTE, volatility: -1 }, rowContext());
    expect(found.map(({ rule, severity }) => [rule, severity])).toEqual([["Q6", "flag"]]);
  });

  it("is told of rules that cannot judge it", () => {
    const silent: string[] = [];
    const { bidSize: _, askSize: __, ...bare } = QUOTE;
    checkRow({ ...bare, root: "SPXPM" }, rowContext(), (rule) => silent.push(rule));
    expect(silent).toEqual(["Q2", "Q5", "Q14", "Q15"]);
  });

  it("throws for no number that a feed may hold", () => {
    for (const rule of QUALITY_RULES) {
      if (rule.scope !== "row") continue;
      for (const number of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0]) {
        for (const field of ["bid", "ask", "volatility", "underlyingPrice", "bidSize", "occurredAt"]) {
          expect(
            () => rule.check({ ...QUOTE, [field]: number }, rowContext()),
            `${rule.id} ${field}`,
          ).not.toThrow();
        }
      }
    }
  });
});

const CLEAN = syntheticChain(SMALL);

/** The rules that found something in a changed chain. */
function chainRules(quotes: readonly QuoteFact[], context: QualityContext = {}): Set<RuleId> {
  return new Set(validateChain(quotes, context).findings.map(({ rule }) => rule));
}

/** The clean chain with the option nearest to a strike of the second slice changed. */
function withOne(
  points: number,
  right: "call" | "put",
  change: (quote: QuoteFact) => Partial<QuoteFact>,
): readonly QuoteFact[] {
  const expiration = "2024-06-21";
  const of = CLEAN.quotes.filter(
    (quote) => quote.expiration === expiration && quote.root === "SPXW" && quote.right === right,
  );
  const nearest = of.toSorted(
    (a, b) => Math.abs(a.strike / 1000 - points) - Math.abs(b.strike / 1000 - points),
  )[0];
  return CLEAN.quotes.map((quote) => (quote === nearest ? { ...quote, ...change(quote) } : quote));
}

const later = (seconds: number): Instant => (CLEAN.at + seconds * second) as Instant;
const up = (points: number) => (quote: QuoteFact) => ({ bid: quote.bid + points, ask: quote.ask + points });

describe("a chain", () => {
  it("without faults breaks no rule, with all context there is", () => {
    expect([...chainRules(CLEAN.quotes, CLEAN.context)]).toEqual(["Q12"]);
  });

  it.each([
    ["Q3", CLEAN.quotes.concat(CLEAN.quotes.slice(5, 6)), {}],
    ["Q7", CLEAN.quotes.filter((_, index) => index % 2 === 0), { priorSession: CLEAN.context.priorSession }],
    ["Q7", CLEAN.quotes.filter(({ strike: value }) => Math.abs(value / 1000 - 5400) > 150), {}],
    ["Q8", CLEAN.quotes.slice(1), {}],
    ["Q16", withOne(5400, "call", () => ({ bid: 5600, ask: 5610 })), {}],
    ["Q17", withOne(5000, "call", () => ({ bid: 100, ask: 101 })), {}],
    ["Q18", withOne(5400, "call", up(120)), {}],
    ["Q19", CLEAN.quotes, { now: later(600), feed: "live" }],
    ["Q21", CLEAN.quotes, { previous: CLEAN.quotes.map((quote) => ({ ...quote, occurredAt: later(60) })) }],
    ["Q22", CLEAN.quotes, { level: 5440, previous: CLEAN.quotes }],
    [
      "Q23",
      CLEAN.quotes,
      {
        feed: "live",
        levels: [
          { at: later(-900), level: 5400 },
          { at: later(0), level: 5450 },
        ],
      },
    ],
    ["Q25", CLEAN.quotes, { label: { time: "14:45", zone: "America/New_York" } }],
    [
      "Q26",
      CLEAN.quotes,
      { priorSession: CLEAN.quotes.map((quote) => ({ ...quote, session: calendarDate("2024-06-10") })) },
    ],
    ["Q27", withOne(5400, "put", up(-5)), {}],
    ["Q28", withOne(5400, "call", up(15)), {}],
    ["Q29", withOne(5400, "call", up(6)), {}],
    [
      "Q30",
      CLEAN.quotes.map((quote) =>
        quote.expiration === "2024-06-14" ? { ...quote, ...up(90)(quote) } : quote,
      ),
      {},
    ],
    ["Q31", withOne(5300, "put", up(14)), {}],
    ["Q32", withOne(5300, "put", ({ delta }) => ({ delta: -(delta ?? 0) })), {}],
    ["Q33", CLEAN.quotes, { level: 5300 }],
    ["Q34", CLEAN.quotes, { publishedVix: (CLEAN.context.publishedVix ?? 0) + 1.5 }],
    ["Q35", withOne(5400, "call", up(0.1)), { stored: CLEAN.quotes }],
    ["Q36", CLEAN.quotes, { secondSource: CLEAN.quotes.map((quote) => ({ ...quote, ...up(60)(quote) })) }],
  ] satisfies [RuleId, readonly QuoteFact[], QualityContext][])("breaks %s", (rule, quotes, context) => {
    expect(chainRules(quotes, context)).toContain(rule);
  });

  it("abstains, and says so, from every rule whose context is missing", () => {
    const silent = new Set(validateChain(CLEAN.quotes).abstentions.map(({ rule }) => rule));
    expect([...silent]).toEqual(["Q2", "Q19", "Q21", "Q22", "Q23", "Q25", "Q26", "Q34", "Q35", "Q36"]);
  });

  it("of a snapshot in which the index stood still may stand still", () => {
    expect(chainRules(CLEAN.quotes, { level: 5400, previous: CLEAN.quotes })).not.toContain("Q22");
  });

  it("is judged to the end with numbers that are none in every field", () => {
    const broken = CLEAN.quotes.map((quote, index): QuoteFact => {
      const number = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY][index % 3] ?? 0;
      const field =
        ["bid", "ask", "strike", "volatility", "occurredAt", "underlyingPrice"][index % 6] ?? "bid";
      return index % 4 === 0 ? { ...quote, [field]: number } : quote;
    });
    const { findings, rejected } = validateChain(broken, CLEAN.context);
    expect(rejected.length).toBeGreaterThanOrEqual(Math.floor(broken.length / 4));
    for (const { value, limit } of findings) {
      expect(Number.isFinite(value ?? 0) && Number.isFinite(limit ?? 0)).toBe(true);
    }
    expect(validateChain([]).accepted).toEqual([]);
    expect(validateChain(CLEAN.quotes.map((quote) => ({ ...quote, bid: Number.NaN }))).accepted).toEqual([]);
  });
});
