import type { ExpectedRangeFormula } from "./config.ts";
import type { VolatilityReadings } from "./view.ts";

const SQRT_SESSIONS_A_YEAR = Math.sqrt(252);

/**
 * The range expected over so many sessions, as a share of the index (0.0094 is 0.94 %): one standard deviation of annual
 * volatility spread over 252 sessions. Public texts on the method give three readings; all are annual volatilities:
 * VIX alone; VIX9D and 20-day realized volatility with weights 0.1 and 0.5 (normalized); the same with 0.6 and 0.4.
 */
export function expectedRange(
  formula: ExpectedRangeFormula,
  readings: VolatilityReadings,
  sessions: number,
): number {
  return (annualVolatility(formula, readings) * Math.sqrt(sessions)) / SQRT_SESSIONS_A_YEAR;
}

function annualVolatility(
  formula: ExpectedRangeFormula,
  { vix, vix9d, realized20 }: VolatilityReadings,
): number {
  const nearTerm = vix9d.value / 100;
  switch (formula) {
    case "vix":
      return vix.value / 100;
    case "glossary":
      return (0.1 * nearTerm + 0.5 * realized20.value) / 0.6;
    case "blend6040":
      return 0.6 * nearTerm + 0.4 * realized20.value;
  }
}
