/** The page about the rules, their thresholds and what they were measured to do. */
import { QUALITY_RULES, type RuleId } from "@steward/quality";
import { FAULT_KINDS } from "../../packages/quality/src/testing/faults.ts";
import { table } from "../measure-market-model/tables.ts";
import type { Counted, QualityMeasurement } from "./measurement.ts";

/** The page as Markdown. */
export function qualityPage(measured: QualityMeasurement): string {
  return `# Data quality of option chains

\`packages/quality\` holds 36 rules on whether a snapshot of an option chain can be trusted. A rule **reject**s a row, **flag**s
it, **degrade**s a slice or the chain, or **halt**s entries; without its context it abstains and says so. This page is written
by \`npm run measure:quality\`.

## Rules and thresholds

${rulesTable()}

## Recall on injected faults

Faults of known place and size are put into chains: a synthetic SPX chain without arbitrage at six levels and volatilities,
and the first snapshot of each set of real chains. A fault counts as found when the kind's own rule finds it at its place. A
dash means that the rule abstains there, or that the chain has no place for the fault.

${recallTable(measured)}

## Findings on real chains

Findings in percent of the rows of all snapshots (Q6, Q9 to Q12, Q14, Q15, Q24 state facts: what they count is there). A dash
means that the rule had no context and abstained throughout.

${cleanTable(measured)}

${NOTES}
`;
}

function rulesTable(): string {
  return table(
    ["rule", "name", "does", "what it catches", "threshold", "injected fault"],
    QUALITY_RULES.map(({ id, name, severity, title, threshold }) => [
      id,
      `\`${name}\``,
      severity,
      title,
      threshold,
      FAULT_KINDS.find(({ rule }) => rule === id)?.size ?? "",
    ]),
  );
}

function recallTable({ synthetic, sets }: QualityMeasurement): string {
  return table(
    ["rule", "synthetic", ...sets.map(({ name }) => name)],
    QUALITY_RULES.map(({ id }) => [
      id,
      recallCell(synthetic.get(id)),
      ...sets.map(({ recall }) => recallCell(recall.get(id))),
    ]),
  );
}

function recallCell(counted: Counted | undefined): string {
  if (counted === undefined || counted.injected === 0) return "–";
  return counted.found === counted.injected
    ? `all ${counted.injected}`
    : `${counted.found} of ${counted.injected}`;
}

function cleanTable({ sets }: QualityMeasurement): string {
  const size = ["rows", ...sets.map(({ rows }) => String(rows))];
  const rows = QUALITY_RULES.map(({ id }) => [id, ...sets.map((set) => cleanCell(set, id))]);
  return table(["rule", ...sets.map(({ name }) => name)], [size, ...rows]);
}

function cleanCell({ silent, found, rows }: QualityMeasurement["sets"][number], id: RuleId): string {
  const count = found.get(id) ?? 0;
  if (count === 0) return silent.has(id) ? "–" : "0";
  return `${((100 * count) / rows).toFixed(3)} % (${count})`;
}

const NOTES = `What stands above 0.1 % is the data and not the rule:

* **Q6** in SPX 2019, 2023, XSP and SPY: the vendor writes a volatility of 0 where it has none; SPX 2011 writes -1. These are
  flags on the vendor's column; the quotes are kept.
* **Q9**: rows of 0 to 0, of contracts that settled that morning (SPX 2019, VIX 2016) or that nobody quoted after the close.
* **Q12**: nobody bids for far options. The rows are kept.
* **Q13** in XSP and SPY 2023: tables from after the close, in which XSP options stand at 10.56 to 20.48 and far SPY options
  at 0 to 5. SPXW 2018 has one such row, on 2018-02-05.
* **Q24**: contracts on their settlement day, quoted after their last trading.
* **Q30** in XSP 2023: the expiration of 2024-07-19 was left standing when the others moved; Q27 finds the same expiration.
* **Q32** in SPXW 2018 and SPX 2011: the vendor gives far options one volatility for all, with deltas near 0: under what puts
  imply by up to a half, and in 2011 over what calls imply.
* **Q33** in SPXW 2018: on 2018-02-05 the index fell on between its close and that of the options, by 0.8 %.

Not measured on real chains, for want of a symbol, a size, a second snapshot or source, or a clock: Q2, Q14, Q19, Q23, Q25,
Q35, Q36; their false flags are known on synthetic chains alone, where there are none. Q34 was held against one evening only.
The hours of the real snapshots are put in by the reader, so that Q20, Q21, Q24 and Q26 judge their dates and not their clocks. American options (SPY, VXX) are held to bounds, verticals and butterflies;
parity, volatilities and the implied index abstain.`;
