import {
  FEE_ITEMS,
  type FillEvent,
  type LedgerEvent,
  purposeName,
  type RejectEvent,
  type Run,
} from "@steward/engine";
import { assertNever, contractId, formatInstant, type Money, type Structure, toModel } from "@steward/model";

const HEADER =
  "sequence,instant,session,event,purpose,effect,quantity,legs,price,premium,fees,settlement,payoff,detail";

/** The journal of a run, one event a line: every fill, every refusal, every settlement, in order. */
export function ledgerCsv({ journal }: Run): string {
  const lines = journal.map((event) => rowOf(event).map(quoted).join());
  return `${[HEADER, ...lines].join("\n")}\n`;
}

function rowOf(event: LedgerEvent): readonly (string | number)[] {
  const { sequence, knownAt, session, kind } = event;
  const when = [sequence, formatInstant(knownAt), session, kind];
  if (kind === "fill" || kind === "reject") {
    const { purpose, effect, quantity, structure } = event.intent;
    const order = [...when, purposeName(purpose), effect, quantity, legsOf(structure)];
    return kind === "fill"
      ? [...order, event.net.price, cash(event.premium), cash(event.fees), "", "", feesOf(event)]
      : [...order, "", "", "", "", "", reasonOf(event)];
  }

  if (kind === "interest") {
    const detail = `${event.days} days at ${event.rate.toFixed(6)}, until ${event.until}`;
    return [...when, "", "", "", "", "", "", "", "", cash(event.cash), detail];
  }

  const { purpose, quantity } = event.lot;
  const lot = [...when, purposeName(purpose), "", quantity];
  switch (kind) {
    case "settlement": {
      const { value, source } = event.settlement;
      return [...lot, legsOf(event.lot), "", "", "", value, cash(event.payoff), source];
    }
    case "exercise":
    case "assignment": {
      const detail = `${shares(event.shares)}: ${event.because}`;
      return [...lot, legsOf({ legs: [event.leg] }), "", "", "", "", cash(event.cash), detail];
    }
    case "lapse":
      return [...lot, legsOf(event.lot), "", "", "", "", "", ""];
    case "shares":
      return [...lot, "", event.price, "", cash(event.fees), "", cash(event.cash), shares(event.shares)];
    case "dividend":
      return [...lot, "", "", "", "", "", cash(event.cash), shares(event.lot.shares)];
    default:
      return assertNever(event);
  }
}

function feesOf({ feeItems }: FillEvent): string {
  if (feeItems === undefined) return "";
  const charged = FEE_ITEMS.filter((item) => feeItems[item] !== 0);
  return charged.map((item) => `${item} ${cash(feeItems[item])}`).join("; ");
}

function reasonOf({ rejection }: RejectEvent): string {
  return "contract" in rejection ? `${rejection.kind}: ${contractId(rejection.contract)}` : rejection.kind;
}

function shares(count: number): string {
  return `${count > 0 ? "+" : ""}${count} shares`;
}

function legsOf({ legs }: Pick<Structure, "legs">): string {
  return legs
    .map(({ contract, ratio }) => `${ratio > 0 ? "+" : ""}${ratio} ${contractId(contract)}`)
    .join(" ");
}

function cash(amount: Money): string {
  return toModel(amount).toFixed(6);
}

function quoted(cell: string | number): string {
  const text = String(cell);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
