import { type Estimate, wilson } from "@steward/analytics";
import { type ExpectedRangeFormula, expectedRange } from "@steward/strategy";
import type { SessionRange } from "./kernel.ts";
import type { Market } from "./ports.ts";

/** How often the index ended within a multiple of its expected range. */
export interface RangeCoverage {
  readonly formula: ExpectedRangeFormula;
  readonly multiple: number;
  /** Volatility index at the decision, index points: from the first on and below the second. */
  readonly vix: { readonly from: number; readonly below: number };
  readonly sessions: number;
  /** Share of closes inside; undefined without a session. The interval takes sessions as independent, which neighbors are not quite. */
  readonly inside: Estimate | undefined;
}

/** What is measured: formulas, multiples of their range, and how many sessions ahead the close is looked at. */
export interface CoverageOptions extends SessionRange {
  readonly formulas: readonly ExpectedRangeFormula[];
  readonly multiples: readonly number[];
  readonly ahead: number;
}

/** All sessions, and the regimes of the gates. */
const BANDS: readonly RangeCoverage["vix"][] = [
  { from: 0, below: Number.POSITIVE_INFINITY },
  { from: 0, below: 15 },
  { from: 15, below: 20 },
  { from: 20, below: Number.POSITIVE_INFINITY },
];

/**
 * Counts the closes that fell within each range as it was expected at the decision. Looks ahead by its nature: it judges the
 * formulas and no rule reads it.
 */
export function rangeCoverage(
  market: Market,
  { formulas, multiples, ahead, from, to }: CoverageOptions,
): readonly RangeCoverage[] {
  const moves = market.sessions.flatMap((session, index) => {
    const later = market.sessions[index + ahead];
    if (session < from || later === undefined || later > to) return [];
    const { spot, volatility } = market.view(session);
    const end = market.view(later).spot;
    return volatility === undefined ? [] : [{ volatility, move: Math.abs(end / spot - 1) }];
  });
  return formulas.flatMap((formula) =>
    multiples.flatMap((multiple) =>
      BANDS.map((vix) => {
        const own = moves.filter(
          ({ volatility }) => volatility.vix.value >= vix.from && volatility.vix.value < vix.below,
        );
        const inside = own.filter(
          ({ volatility, move }) => move <= multiple * expectedRange(formula, volatility, ahead),
        ).length;
        const share = own.length === 0 ? undefined : wilson(inside, own.length);
        return { formula, multiple, vix, sessions: own.length, inside: share };
      }),
    ),
  );
}
