import { normalCdf, normalQuantile } from "@steward/pricing";
import { sharpeVariance, type TrackRecord } from "./sharpe.ts";

/**
 * Probability that the true Sharpe ratio exceeds `benchmark`, both per period: Φ((SR − SR*) √(n − 1) / √(1 − γ₃ SR +
 * (γ₄ − 1) / 4 SR²)) (Bailey and López de Prado 2012, "The Sharpe ratio efficient frontier", the PSR). Undefined below two
 * periods and where the moments leave no error: no sample has γ₄ < γ₃² + 1.
 */
export function probabilisticSharpe(record: TrackRecord, benchmark: number): number | undefined {
  const variance = sharpeVariance(record);
  if (record.periods < 2 || !(variance > 0)) return undefined;
  return normalCdf((record.sharpe - benchmark) * Math.sqrt((record.periods - 1) / variance));
}

/**
 * Minimum track record length: how many periods it takes until a Sharpe ratio like this one exceeds `benchmark` with the
 * probability `confidence`, 1 + (1 − γ₃ SR + (γ₄ − 1) / 4 SR²) (Φ⁻¹(confidence) / (SR − SR*))² (same paper, the MinTRL).
 * Not rounded. Undefined where the ratio does not exceed its benchmark, for then no length is enough, where the confidence
 * is not between a half and one, and where the moments leave no error.
 */
export function minimumTrackRecord(
  record: Omit<TrackRecord, "periods">,
  { benchmark, confidence }: { readonly benchmark: number; readonly confidence: number },
): number | undefined {
  const variance = sharpeVariance(record);
  const excess = record.sharpe - benchmark;
  if (!(excess > 0) || !(variance > 0) || !(confidence >= 0.5 && confidence < 1)) return undefined;
  const ratio = normalQuantile(confidence) / excess;
  return 1 + variance * ratio * ratio;
}
