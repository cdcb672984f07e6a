import { strictExp, strictLog } from "@steward/pricing";

/** A positive base to any exponent, within a few units of the last place and the same bits on every engine, unlike `**`. */
export function power(base: number, exponent: number): number {
  return strictExp(exponent * strictLog(base));
}
