import {
  type Brand,
  calendarDate,
  type Money,
  type OptionContract,
  type Right,
  type Root,
  type Structure,
  strike,
} from "@steward/model";
import type { Intent, Purpose } from "@steward/strategy";

/** Dollars as the ledger counts them. */
export function dollars(amount: number): Money {
  return Math.round(amount * 1e6) as Brand<number, "Money">;
}

export interface FakeContract {
  readonly root?: Root;
  readonly expiration?: string;
}

/** An option by its strike in points: by default an SPXW of 2019-06-04. */
export function option(
  right: Right,
  points: number,
  { root = "SPXW", expiration = "2019-06-04" }: FakeContract = {},
): OptionContract {
  return { root, expiration: calendarDate(expiration), right, strike: strike(points) };
}

/** An iron condor by its four strikes, lowest first. */
export function condor(
  [longPut, shortPut, shortCall, longCall]: readonly [number, number, number, number],
  contract: FakeContract = {},
): Structure {
  return {
    kind: "iron-condor",
    legs: [
      { contract: option("put", longPut, contract), ratio: 1 },
      { contract: option("put", shortPut, contract), ratio: -1 },
      { contract: option("call", shortCall, contract), ratio: -1 },
      { contract: option("call", longCall, contract), ratio: 1 },
    ],
  };
}

/** A long VIX call. */
export function vixCall(expiration: string, points: number): Structure {
  return {
    kind: "call",
    legs: [{ contract: option("call", points, { root: "VIX", expiration }), ratio: 1 }],
  };
}

/** The same legs the other way round. */
export function reversed({ kind, legs }: Structure): Structure {
  return { kind, legs: legs.map(({ contract, ratio }) => ({ contract, ratio: -ratio })) };
}

export const balanced: Purpose = { kind: "condor", tier: "balanced" };
export const shortLayer: Purpose = { kind: "hedge", layer: "short" };

/** An intent to open, or with `effect` to close, so many of a structure. */
export function intentOf(structure: Structure, quantity: number, changes: Partial<Intent> = {}): Intent {
  const purpose = structure.kind === "call" ? shortLayer : balanced;
  return { effect: "open", purpose, structure, quantity, because: "a test", ...changes };
}
