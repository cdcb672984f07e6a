import type {
  BuyingPower,
  MarginGroup,
  PortfolioMargin,
  StrategyMargin,
  StressedClass,
  UncoveredTerms,
  Working,
} from "@steward/margin";
import { assertNever, type Money, toModel } from "@steward/model";
import { alignColumns, fixed, percent, signed } from "./format.ts";

type Row = readonly [label: string, amount: string];

/** The working of strategy margin, group by group, as lines that can be checked by hand. */
export function strategyTable({
  groups,
  requirement,
  proceeds,
  deposit,
  slack,
}: StrategyMargin): readonly string[] {
  const rows = groups.flatMap((group, index): readonly Row[] => [
    [`${index + 1}  ${group.name}`, ""],
    ...group.legs.map(
      ({ name, count, price }): Row => [`   ${signed(count, 0)} ${name} @ ${fixed(price, 2)}`, ""],
    ),
    ...(group.shares === 0 ? [] : [[`   ${signed(group.shares, 0)} shares`, ""] as const]),
    ...workingRows(group).map(([label, cell]): Row => [`      ${label}`, cell]),
    ["   requirement", amount(group.requirement)],
  ]);
  return [
    ...alignColumns([
      ...rows,
      ["Requirement", amount(requirement)],
      ["less proceeds of options sold", amount(-proceeds as Money)],
      ["Net deposit", amount(deposit)],
    ]),
    ...(slack === 0
      ? []
      : [`The book was too large to search to the end: $${fixed(slack, 0)} less may be possible.`]),
  ];
}

/** The grid of portfolio margin by underlying. */
export function portfolioTable({ classes, requirement }: PortfolioMargin): readonly string[] {
  return [
    ...classes.flatMap((stressed) => ["", ...classTable(stressed)]),
    "",
    ...alignColumns([["Portfolio margin, and net deposit", amount(requirement)]]),
  ];
}

/** What an account of some equity may still do. */
export function powerTable({
  excess,
  options,
  shares,
  minimumEquity,
  meetsMinimum,
}: BuyingPower): readonly string[] {
  const minimum = meetsMinimum ? "" : `, under the minimum equity of $${fixed(toModel(minimumEquity), 0)}`;
  return alignColumns([
    [`Excess once the book is open${minimum}`, amount(excess)],
    ["Buying power for options", amount(options)],
    ["Buying power for shares", amount(shares)],
  ]);
}

function workingRows({ working, legs, proceeds }: MarginGroup): readonly Row[] {
  const count = Math.abs(legs[0]?.count ?? 0);
  switch (working.kind) {
    case "long":
      return [[`${working.percent} % of the price paid, ${amount(working.cost)}`, ""]];
    case "uncovered":
      return [...termsRows(working.terms), [`one of ${count}`, amount(working.terms.requirement)]];
    case "straddle":
      return [
        ...termsRows(working.greater),
        [`greater side: ${working.greater.leg}`, amount(working.greater.requirement)],
        [`premium of ${working.other.leg}`, amount(working.other.premium)],
        [`lesser side, not asked for`, `(${amount(working.other.requirement)})`],
      ];
    case "largest-loss":
      return lossRows(working, proceeds);
    case "cash-secured":
      return [["strikes in cash", amount(working.strikes)]];
    case "covered":
      return [
        [`${working.percent} % of the shares' ${amount(working.shareValue)}`, ""],
        ["in the money", amount(working.inTheMoney)],
      ];
    case "long-box":
      return [
        [`${working.percent} % of the difference of strikes, ${amount(working.difference)}`, ""],
        ["paid for the box", `(${amount(working.cost)})`],
      ];
    case "shares":
      return [[`${working.percent} % of the shares' ${amount(working.shareValue)}`, ""]];
    default:
      return assertNever(working);
  }
}

function termsRows(terms: UncoveredTerms): readonly Row[] {
  const { rate, underlyingValue, outOfTheMoney, basic, minimumOf, minimum, premium } = terms;
  return [
    [
      `${rate.percent} % of ${amount(underlyingValue)} less ${amount(outOfTheMoney)} out of the money`,
      amount(basic),
    ],
    [`or, if more, ${rate.minimumPercent} % of ${amount(minimumOf)}`, amount(minimum)],
    ["and the premium", amount(premium)],
  ];
}

function lossRows(
  { points, largestLoss, paid }: Extract<Working, { kind: "largest-loss" }>,
  proceeds: Money,
): readonly Row[] {
  return [
    ...points.map(
      ({ settlement, payoff }): Row => [`pays at ${fixed(settlement / 1000, 0)}`, amount(payoff)],
    ),
    ["largest loss", amount(largestLoss)],
    ...(paid === 0 ? [] : [["paid for it", amount(paid)] as const]),
    ...(proceeds === 0 ? [] : [["received for it", `(${amount(proceeds)})`] as const]),
  ];
}

function classTable({
  underlying,
  spot,
  legs,
  points,
  largestLoss,
  minimum,
}: StressedClass): readonly string[] {
  return [
    `${underlying} at ${fixed(spot, 2)}, revalued at held volatility`,
    ...alignColumns(
      legs.map(({ name, count, price, volatility }) => [
        `${signed(count, 0)} ${name} @ ${fixed(price, 2)}`,
        percent(volatility, 2),
      ]),
    ),
    ...alignColumns([
      ["move", "spot", "result"],
      ...points.map(({ move, spot: moved, result }) => [
        `${signed(move, 1)} %`,
        fixed(moved, 2),
        signed(toModel(result), 2),
      ]),
      ["largest loss", "", amount(largestLoss)],
      ["minimum", "", amount(minimum)],
    ]),
  ];
}

function amount(value: Money): string {
  return fixed(toModel(value), 2);
}
