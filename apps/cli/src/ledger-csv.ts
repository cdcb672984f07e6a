import type { LedgerEvent, Run } from "@steward/engine";
import { purposeName } from "@steward/engine";
import { contractId, formatInstant, type Money, type Structure, toModel } from "@steward/model";

const HEADER =
  "instant,session,event,purpose,effect,quantity,legs,price,premium,fees,settlement,payoff,detail";

/** The journal of a run, one event a line: every fill, every refusal, every settlement, in order. */
export function ledgerCsv({ journal }: Run): string {
  const lines = journal.map((event) => rowOf(event).map(quoted).join());
  return `${[HEADER, ...lines].join("\n")}\n`;
}

function rowOf(event: LedgerEvent): readonly (string | number)[] {
  const when = [formatInstant(event.at), event.session, event.kind];
  if (event.kind === "settlement") {
    const { purpose, quantity, structure } = event.open;
    const { value, source } = event.settlement;
    return [
      ...when,
      purposeName(purpose),
      "",
      quantity,
      legsOf(structure),
      "",
      "",
      "",
      value,
      cash(event.payoff),
      source,
    ];
  }

  const { purpose, effect, quantity, structure } = event.intent;
  const order = [...when, purposeName(purpose), effect, quantity, legsOf(structure)];
  return event.kind === "fill"
    ? [...order, event.net.price, cash(event.premium), cash(event.fees), "", "", ""]
    : [...order, "", "", "", "", "", event.rejection.kind];
}

function legsOf({ legs }: Structure): string {
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
