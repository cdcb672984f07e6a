import {
  Failure,
  isOptionRoot,
  type OptionContract,
  parseCalendarDate,
  parseContractId,
  strike,
} from "@steward/model";

/** A leg of a command line: options with the price that was given for one, or shares of SPY. */
export type MarginLeg =
  | {
      readonly kind: "option";
      readonly contract: OptionContract;
      readonly count: number;
      readonly price: number | undefined;
    }
  | { readonly kind: "shares"; readonly count: number };

/** Reads `-2 SPXW 2026-12-18 P 4800 @25`, the same with an OSI key, or `+100 SPY`; refuses anything else by its text. */
export function parseLeg(text: string): MarginLeg {
  const [, countText = "", name = "", priceText] = LEG.exec(text.trim()) ?? [];
  const count = Number(countText);
  const price = priceText === undefined ? undefined : Number(priceText);
  if (countText === "" || count === 0) throw refusal(text);
  if (name.toUpperCase() === "SPY" && price === undefined) return { kind: "shares", count };
  const contract = parseContractId(name) ?? parseContract(name);
  if (contract === undefined) throw refusal(text);
  return { kind: "option", contract, count, price };
}

const LEG = /^([+-]?\d{1,9})\s+([A-Za-z].*?)(?:\s*@\s*(\d+(?:\.\d+)?|\.\d+))?$/;
const CONTRACT = /^([A-Z]+)\s+(\d{4}-\d{2}-\d{2})\s+(C|P|CALL|PUT)\s+(\d{1,5}(?:\.\d{1,3})?)$/;

function parseContract(name: string): OptionContract | undefined {
  const [, root = "", date = "", right = "", points] = CONTRACT.exec(name.toUpperCase()) ?? [];
  const expiration = parseCalendarDate(date);
  if (!isOptionRoot(root) || expiration === undefined || Number(points) === 0) return undefined;
  return { root, expiration, right: right.startsWith("C") ? "call" : "put", strike: strike(Number(points)) };
}

function refusal(text: string): Failure {
  return new Failure(
    "input.invalid",
    `expected a leg as "-2 SPXW 2026-12-18 P 4800 @25" or "+100 SPY", found "${text}"`,
    { details: { leg: text } },
  );
}
