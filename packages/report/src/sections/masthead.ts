import { counted, dateText, dollars } from "../format.ts";
import { headline } from "../headline.ts";
import { type Html, html, trusted } from "../html.ts";
import type { Study } from "../study.ts";
import { verdictList } from "../verdicts.ts";

const MARK = trusted(
  '<svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true"><path d="M1 12.2H4.2L7 2.2H13L15.8 12.2H19" class="k-ink" stroke-width="1.7" stroke-linejoin="round" stroke-linecap="round"/></svg>',
);

/** The bar with the badges that no reader may miss, the finding, and what may be said of each claim. */
export function masthead(study: Study): Html {
  const { input, judged } = study;
  const { backtest } = input;
  const { title, lead } = headline(study);
  const start = judged.arm.statistics.startEquity;
  const facts = [
    input.name,
    `${dateText(backtest.from)} to ${dateText(backtest.to)}`,
    counted(backtest.sessions, "session"),
    `${dollars(start)} at the start`,
    "cash earns nothing",
  ];
  return html`<div class="bar"><div class="brand">${MARK}Steward</div><span class="t3 what">Backtest report</span><span class="badges">${badges(study)}</span><label class="toggle"><input type="checkbox" id="light" aria-label="Light theme">Theme</label></div>
<header class="head"><div><p class="eyebrow">${facts.join(" · ")}</p><h1>${title}</h1><p class="lead">${lead}</p></div>${verdictList(study)}</header>`;
}

function badges({ areOptionsModelled, listing }: Study): readonly Html[] {
  const found: Html[] = [];
  if (areOptionsModelled) found.push(html`<span class="badge">MODELLED OPTIONS</span>`);
  if (listing.isHypothetical) found.push(html`<span class="badge caution">HYPOTHETICAL LISTING</span>`);
  return found;
}
