import {
  type BuyingPower,
  buyingPower,
  type MarginGroup,
  type PortfolioMargin,
  portfolioMargin,
  portfolioRules,
  type StrategyMargin,
  strategyMargin,
  type UncoveredTerms,
  type Working,
} from "@steward/margin";
import { assertNever, formatInstant, type Money, toLedger, toModel } from "@steward/model";
import type { MarginOptions, MarginRequest } from "./margin-request.ts";

/** What `steward margin` found: strategy margin, and what was asked for beside it. */
export interface MarginResult {
  readonly strategy: StrategyMargin;
  readonly portfolio: PortfolioMargin | undefined;
  readonly power: BuyingPower | undefined;
}

/** Computes what was asked for. */
export function marginResult({ book, market, rules }: MarginRequest, options: MarginOptions): MarginResult {
  const strategy = strategyMargin(book, market, rules);
  const portfolio = options.portfolio ? portfolioMargin(book, market, portfolioRules) : undefined;
  if (options.equity === undefined) return { strategy, portfolio, power: undefined };
  const equity = toLedger(options.equity);
  // The book is yet to be opened: the account is all cash, and the deposit comes out of it.
  const requirement = portfolio?.requirement ?? strategy.deposit;
  const kind = portfolio === undefined ? rules.account : "portfolio";
  return { strategy, portfolio, power: buyingPower({ equity, cash: equity, requirement, kind }) };
}

/** The document of `--json`; amounts are dollars, prices points. */
export function marginDocument(
  { market, rules, prices }: MarginRequest,
  options: MarginOptions,
  { strategy, portfolio, power }: MarginResult,
): object {
  return {
    schema: "steward/margin@1",
    at: formatInstant(market.at),
    rules: { minimum: options.broker, account: rules.account },
    spots: market.spots,
    prices,
    requirement: toModel(strategy.requirement),
    proceeds: toModel(strategy.proceeds),
    deposit: toModel(strategy.deposit),
    slack: strategy.slack,
    groups: strategy.groups.map(groupDocument),
    ...(portfolio === undefined ? {} : { portfolio: portfolioDocument(portfolio) }),
    ...(power === undefined ? {} : { buyingPower: powerDocument(power) }),
  };
}

function groupDocument({ requirement, proceeds, deposit, working, ...group }: MarginGroup): object {
  return {
    ...group,
    requirement: toModel(requirement),
    proceeds: toModel(proceeds),
    deposit: toModel(deposit),
    working: workingDocument(working),
  };
}

function workingDocument(working: Working): object {
  switch (working.kind) {
    case "long":
      return { ...working, cost: toModel(working.cost) };
    case "uncovered":
      return { kind: working.kind, terms: termsDocument(working.terms) };
    case "straddle":
      return { ...working, greater: termsDocument(working.greater), other: termsDocument(working.other) };
    case "largest-loss": {
      const points = working.points.map(({ settlement, payoff }) => ({
        settlement: settlement / 1000,
        payoff: toModel(payoff),
      }));
      const { kind, largestLoss, paid } = working;
      return { kind, points, largestLoss: toModel(largestLoss), paid: toModel(paid) };
    }
    case "cash-secured":
      return { ...working, strikes: toModel(working.strikes) };
    case "covered":
      return { ...working, ...inDollars({ shareValue: working.shareValue, inTheMoney: working.inTheMoney }) };
    case "long-box":
      return { ...working, ...inDollars({ difference: working.difference, cost: working.cost }) };
    case "shares":
      return { ...working, shareValue: toModel(working.shareValue) };
    default:
      return assertNever(working);
  }
}

function termsDocument({ leg, rate, ...amounts }: UncoveredTerms): object {
  return { leg, rate, ...inDollars(amounts) };
}

function inDollars(amounts: Readonly<Record<string, Money>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, toModel(amount)]));
}

function portfolioDocument({ requirement, classes }: PortfolioMargin): object {
  return {
    requirement: toModel(requirement),
    classes: classes.map(({ points, largestLoss, minimum, requirement: ofClass, ...held }) => ({
      ...held,
      points: points.map(({ result, ...point }) => ({ ...point, result: toModel(result) })),
      ...inDollars({ largestLoss, minimum, requirement: ofClass }),
    })),
  };
}

function powerDocument({ meetsMinimum, ...amounts }: BuyingPower): object {
  return { ...inDollars(amounts), meetsMinimum };
}
