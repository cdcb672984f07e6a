import type { Brand } from "./brand.ts";
import { type CalendarDate, parseCalendarDate } from "./calendar-date.ts";
import { assert } from "./invariant.ts";
import { isOptionRoot, type Root } from "./roots.ts";

export type Right = "call" | "put";

/** Strike in thousandths of a point, as the OSI key writes it: exact, so equality of contracts is equality of numbers. */
export type Strike = Brand<number, "Strike">;

/** A strike from index points; points finer than a thousandth are a bug. */
export function strike(points: number): Strike {
  const thousandths = Math.round(points * 1000);
  assert(
    thousandths > 0 && Math.abs(thousandths - points * 1000) < 1e-6,
    `a strike has at most three decimals, was ${points}`,
  );
  return thousandths as Strike;
}

/** The strike in index points. */
export function strikePoints(value: Strike): number {
  return value / 1000;
}

/** One listed option. Its identity is its OSI key, see `contractId`. */
export interface OptionContract {
  readonly root: Root;
  readonly expiration: CalendarDate;
  readonly right: Right;
  readonly strike: Strike;
}

/** The 21-character OSI key: root padded to six, YYMMDD, C or P, strike × 1000 in eight digits. */
export type ContractId = Brand<string, "ContractId">;

/** The OSI key of a contract: equal keys, equal contracts. */
export function contractId({ root, expiration, right, strike: value }: OptionContract): ContractId {
  const date = expiration.slice(2, 4) + expiration.slice(5, 7) + expiration.slice(8, 10);
  const letter = right === "call" ? "C" : "P";
  return (root.padEnd(6) + date + letter + String(value).padStart(8, "0")) as ContractId;
}

/** Reads an OSI key; undefined where it is not one of ours. Two-digit years are 1990 to 2089. */
export function parseContractId(text: string): OptionContract | undefined {
  const match = /^([A-Z]{1,6}) *(\d{2})(\d{2})(\d{2})([CP])(\d{8})$/.exec(text);
  if (match === null || text.length !== 21) return undefined;

  const [, root = "", year = "", month, day, letter, digits] = match;
  const century = Number(year) >= 90 ? "19" : "20";
  const expiration = parseCalendarDate(`${century}${year}-${month}-${day}`);
  const thousandths = Number(digits);
  if (!isOptionRoot(root) || expiration === undefined || thousandths === 0) return undefined;

  return { root, expiration, right: letter === "C" ? "call" : "put", strike: thousandths as Strike };
}

/** Whether both name one contract, as equal OSI keys do, without building them. */
export function isSameContract(one: OptionContract, other: OptionContract): boolean {
  return (
    one.strike === other.strike &&
    one.right === other.right &&
    one.expiration === other.expiration &&
    one.root === other.root
  );
}

/** A contract and a signed whole ratio: positive long, negative short. */
export interface Leg {
  readonly contract: OptionContract;
  readonly ratio: number;
}

/** A named set of legs that is opened, priced and margined as one. */
export interface Structure {
  readonly kind: "iron-condor" | "vertical" | "call" | "backspread";
  readonly legs: readonly Leg[];
}
