import type { SeriesProvenance } from "@steward/model";
import { section } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { counted } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

/** Every series behind the figures: solid swatches were observed, hatched ones are ours. */
export function provenanceSection({ input: { provenance } }: Study): Html {
  const { series } = provenance;
  const modelled = series.filter(({ source }) => source === "modelled").length;
  return section({
    id: "provenance",
    title: `${modelled} of ${counted(series.length, "series", "series")} are modelled`,
    note: "Solid: observed. Hatched: modelled by this system, with the error that was measured.",
    body:
      series.length === 0
        ? html`<p class="empty">The result names no series.</p>`
        : table({ columns: COLUMNS, rows: series, isStacked: true }),
    isLong: true,
  });
}

const COLUMNS: readonly Column<SeriesProvenance>[] = [
  { head: "Series", cell: ({ series }) => html`<span class="nw">${series}</span>` },
  {
    head: "Source",
    cell: ({ source }) => html`<span class="src"><span>${swatch(source)}${source}</span></span>`,
  },
  { head: "Range", cell: ({ from, to }) => html`<span class="nw">${from} to ${to}</span>` },
  { head: "Detail", cell: ({ detail }) => detail, isWhole: true },
];

function swatch(source: SeriesProvenance["source"]): Html {
  return html`<i class="sw ${source === "modelled" ? "modelled" : "observed"}"></i>`;
}

/** How to get the same bytes again, and what this is not. */
export function footer({ input: { provenance, command } }: Study): Html {
  const { engineVersion, configHash, dataFingerprint, seed } = provenance;
  const facts: readonly (readonly [string, Html])[] = [
    ["engine", html`${engineVersion}`],
    ["config", html`<span class="mono">${grouped(configHash)}</span>`],
    ["data", html`<span class="mono">${grouped(dataFingerprint)}</span>`],
    ["seed", html`${String(seed)}`],
  ];
  const list = facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`);
  return html`<footer class="foot"><p class="xs t3">Education and research. Nothing here is advice or a recommendation to trade. Past and modelled results do not say what will happen; short options can lose many times their credit.</p>
<dl class="gap">${list}</dl><h3>Reproduce these bytes</h3><pre class="mono" tabindex="0">${command}</pre></footer>`;
}

/** A hash in groups of four, shortened to what the eye compares. */
function grouped(hash: string): string {
  return (hash.slice(0, 16).match(/.{1,4}/g) ?? []).join(" ");
}
