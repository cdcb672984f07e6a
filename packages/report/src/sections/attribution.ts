import { ATTRIBUTION_PARTS, type Attribution } from "@steward/engine";
import { toModel } from "@steward/model";
import { partsChart, type ResultPart } from "../charts/parts.ts";
import { section, sourceLine } from "../components/section.ts";
import { dataTable, figure } from "../figure.ts";
import { capitalized, dollars, signed } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

/** Where the account's result came from, condors and hedge apart. */
export function attributionSection({ input: { backtest }, hasHedge, hasCondors }: Study): Html | undefined {
  // The hedged account is the one that was explained; without a hedge it is the condors' own.
  const { condor, hedge } = backtest.attribution;
  const engines = [
    ...(hasCondors ? [{ name: "Condors", parts: partsOf(condor) }] : []),
    ...(hasHedge ? [{ name: "Hedge", parts: partsOf(hedge) }] : []),
  ].filter(({ parts }) => parts.some(({ thousands }) => thousands !== 0));
  if (engines.length === 0) return undefined;
  const charts = engines.map(
    ({ name, parts }) =>
      html`<h3>${name}</h3>${figure({
        draw: (frame) => partsChart(`${name}: result by part, thousands of dollars`, parts, frame),
        table: dataTable({
          caption: `${name}, thousands of dollars`,
          heads: ["Part", "Result"],
          rows: parts.map((part) => [part.name, signed(part.thousands, 1)]),
        }),
      })}`,
  );
  const source = sourceLine([
    ["note", "Thousands of dollars; the parts sum to the result to the micro-dollar"],
    ["note", "Residual is what second-order Greeks of a session's two ends leave over"],
  ]);
  return section({ id: "attribution", title: titleOf(engines), note: NOTE, body: html`${charts}${source}` });
}

const NOTE =
  "Delta and gamma are of the forward, vega of volatility at the money, skew of what the strike's own volatility moved beyond that, theta of time alone, carry of interest; spread is the distance of fills from the mark.";

interface Explained {
  readonly name: string;
  readonly parts: readonly ResultPart[];
}

/** Names the largest gain and the largest loss of the first engine. */
function titleOf([first]: readonly Explained[]): string {
  const parts = (first?.parts ?? []).filter(({ isTotal }) => !isTotal);
  const sorted = parts.toSorted((left, right) => right.thousands - left.thousands);
  const [best, worst] = [sorted[0], sorted.at(-1)];
  if (first === undefined || best === undefined || worst === undefined) return "Nothing was earned or lost";
  const said = ({ name, thousands }: ResultPart): string =>
    `${name.toLowerCase()} ${thousands < 0 ? "took" : "brought"} ${dollars(Math.abs(thousands) * 1000)}`;
  return `${first.name}: ${said(best)}, ${said(worst)}`;
}

function partsOf(attribution: Attribution): readonly ResultPart[] {
  const parts = ATTRIBUTION_PARTS.map((part) => ({
    name: capitalized(part),
    thousands: toModel(attribution[part]) / 1000,
    isTotal: false,
  })).filter(({ thousands }) => thousands !== 0);
  const total = parts.reduce((sum, { thousands }) => sum + thousands, 0);
  return [...parts, { name: "Together", thousands: total, isTotal: true }];
}
