import { duo } from "./components/section.ts";
import { type Html, html, trusted } from "./html.ts";
import { armsSection } from "./sections/arms.ts";
import { attributionSection } from "./sections/attribution.ts";
import { calendarSection } from "./sections/calendar.ts";
import { configurationSection } from "./sections/configuration.ts";
import { controlsSection } from "./sections/controls.ts";
import { feesSection, fillsSection, shortVolSection } from "./sections/costs.ts";
import { condorsSection, sessionsSection } from "./sections/distribution.ts";
import { equitySection } from "./sections/equity.ts";
import { episodesSection, hedgeYearsSection } from "./sections/hedge.ts";
import { hedgeLedgerSection } from "./sections/hedge-ledger.ts";
import { honestySection } from "./sections/honesty.ts";
import { masthead } from "./sections/masthead.ts";
import { monthsSection } from "./sections/months.ts";
import { noTradeSection } from "./sections/no-trade.ts";
import { footer, provenanceSection } from "./sections/provenance.ts";
import { secondEngineSection } from "./sections/second-engine.ts";
import { tiersSection } from "./sections/tiers.ts";
import { tiles } from "./sections/tiles.ts";
import { worstSection } from "./sections/worst.ts";
import { describeStudy, type ReportInput, type Study } from "./study.ts";
import { stylesheet } from "./stylesheet.ts";
import { patterns } from "./svg.ts";

/**
 * The report of a backtest: one HTML file that loads nothing and runs nothing. Same input, same bytes. Every figure comes from
 * the input; what the input lacks is said to be missing.
 */
export function renderReport(input: ReportInput): string {
  const study = describeStudy(input);
  const title = `Steward · Backtest report · ${input.name}`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="dark light"><title>${title}</title>
<style>${trusted(stylesheet)}</style></head>
<body>${patterns}<div class="wrap">${masthead(study)}
<main>${tiles(study)}
${sections(study)}</main>
${footer(study)}</div></body></html>
`;
  return page.markup;
}

/** In the order in which a trader asks. */
function sections(study: Study): readonly (Html | undefined)[] {
  return [
    equitySection(study),
    honestySection(study),
    tiersSection(study),
    armsSection(study),
    controlsSection(study),
    secondEngineSection(study),
    hedgeYearsSection(study),
    episodesSection(study),
    attributionSection(study),
    duo(sessionsSection(study), condorsSection(study)),
    duo(fillsSection(study), shortVolSection(study)),
    feesSection(study),
    monthsSection(study),
    calendarSection(study),
    worstSection(study),
    noTradeSection(study),
    hedgeLedgerSection(study),
    configurationSection(study),
    provenanceSection(study),
  ];
}
