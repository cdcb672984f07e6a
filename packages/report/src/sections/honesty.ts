import { probabilisticSharpe, trackRecord } from "@steward/analytics";
import { type Sensitivity, type SettlementValue, SHORT_VOL_SCALES } from "@steward/engine";
import { everyWeekdaySince, type SeriesProvenance } from "@steward/model";
import { section } from "../components/section.ts";
import { pointsText, winRate } from "../components/win-rate.ts";
import {
  bare,
  capitalized,
  count,
  counted,
  intervalText,
  missing,
  percent,
  signedPercent,
} from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

interface Item {
  readonly name: string;
  readonly said: string | Html;
  readonly note: string | Html;
}

/** What to read before believing a figure: always all of it, always in this order. */
export function honestySection(study: Study): Html {
  const items = [
    dataItem(study),
    fillsItem(study),
    winsItem(study),
    tailItem(study),
    trialsItem(study),
    splitItem,
    rangeItem(study),
    listingItem(study),
    volatilityItem(study),
    settlementItem(study),
  ];
  const entries = items.map(
    ({ name, said, note }, index) =>
      html`<div><dt><b>${String(index + 1)}</b>${name}</dt><dd>${said}</dd><dd class="note">${note}</dd></div>`,
  );
  return section({
    id: "honesty",
    title: "Ten limits on every figure here",
    note: "Read them before the lines above. They are filled in from the result and cannot be turned off.",
    body: html`<dl class="honesty">${entries}</dl>`,
  });
}

function dataItem({ input: { provenance }, areOptionsModelled }: Study): Item {
  const { series } = provenance;
  const observed = series.filter(({ source }) => source !== "modelled");
  const modelled = series.filter(({ source }) => source === "modelled");
  const priced = modelled.filter(({ series: name }) => name.includes("option"));
  const names = [...new Set(observed.map(({ series: name }) => name))].join(", ");
  const options = areOptionsModelled ? "every option price is modelled" : "option prices are observed";
  const said = `Observed: ${names === "" ? "nothing" : names}; ${options}`;
  const errors = (priced.length > 0 ? priced : modelled).map(
    (row) => html`<li>${swatch(row)}${row.series}: ${row.detail}</li>`,
  );
  const rest = modelled.length - priced.length;
  const others =
    rest > 0 && priced.length > 0
      ? html`<li>${counted(rest, "more modelled series", "more modelled series")}, with their errors under provenance</li>`
      : undefined;
  return { name: "Data", said, note: html`<ul>${errors}${others}</ul>` };
}

function swatch({ source }: SeriesProvenance): Html {
  return html`<i class="sw ${source === "modelled" ? "modelled" : "observed"}"></i>`;
}

function fillsItem({ input: { backtest }, judged, hasHedge }: Study): Item {
  const { mid, default: usual, adverse } = sensitivityOf(backtest.sensitivity, hasHedge).fills;
  const said = [mid, usual, adverse]
    .map((growth) => (growth === undefined ? "n/a" : bare(growth)))
    .join(" · ");
  return {
    name: "Fills",
    said: `${said} % a year`,
    note: `${judged.name}: at mid, at the default cost, across the whole spread. Mid is what nobody can trade.`,
  };
}

function winsItem({ input: { backtest } }: Study): Item {
  const { tiers } = backtest.arms.unhedged;
  if (tiers.length === 0) return { name: "Wins", said: missing("no condor was sold"), note: "" };
  const rows = tiers.map(({ tier, trades }) => html`<li>${capitalized(tier)} ${winRate(trades)}</li>`);
  return { name: "Wins", said: "A win rate alone says nothing", note: html`<ul class="rates">${rows}</ul>` };
}

function tailItem({ judged }: Study): Item {
  const { expectedShortfall, worst } = judged.arm.statistics;
  if (expectedShortfall === undefined || worst === undefined) {
    return { name: "Tail", said: missing("fewer than two sessions"), note: "" };
  }
  return {
    name: "Tail",
    said: `${signedPercent(expectedShortfall)} in the mean of the worst 5 % of sessions`,
    note: `${judged.name}; worst ${signedPercent(worst.return)} so far`,
  };
}

/** How many variants were tried is no property of this result, and this page is the same whatever else was run. */
function trialsItem({ judged }: Study): Item {
  const record = trackRecord(judged.returns);
  const probability = record === undefined ? undefined : probabilisticSharpe(record, 0);
  const note =
    "As if nothing else had been tried. Selection inflates the best of many: steward trials counts them and deflates the ratio.";
  if (probability === undefined) return { name: "Trials", said: missing("returns do not vary"), note };
  return {
    name: "Trials",
    said: `${percent(probability, 0)} that the true Sharpe ratio is above zero`,
    note,
  };
}

const splitItem: Item = {
  name: "Split",
  said: missing("no walk-forward in this result"),
  note: "The whole range was seen when the rules were written down: nothing here is out of sample.",
};

function rangeItem({ judged }: Study): Item {
  const { growth, drawdown } = judged.arm.statistics;
  if (growth === undefined) return { name: "Range", said: missing("fewer than two sessions"), note: "" };
  const depth = drawdown === undefined ? "" : `drawdown ${intervalText(drawdown.depth)} %, `;
  return {
    name: "Range",
    said: `${intervalText(growth)} % a year`,
    note: `${judged.name}, 95 %; ${depth}block bootstrap with a mean block of 21 sessions`,
  };
}

function listingItem({ listing, hasCondors, input: { config } }: Study): Item {
  const name = "Listing";
  if (!hasCondors)
    return {
      name,
      said: "No condors",
      note: "VIX calls are bought on monthly expirations by rule; VIX options exist since 2006.",
    };
  const share = listing.sold === 0 ? undefined : percent(listing.unlisted / listing.sold, 0);
  if (listing.isHypothetical) {
    return {
      name,
      said: `Hypothetical before ${everyWeekdaySince(config.condor.root) ?? "today"}`,
      note:
        share === undefined
          ? "daily expirations did not exist; no condor was sold"
          : `${count(listing.unlisted)} of ${count(listing.sold)} condors, ${share}, were sold for expirations that never existed`,
    };
  }
  return {
    name,
    said:
      config.condor.listings === "historical"
        ? "Listed expirations only"
        : "Daily expirations existed throughout",
    note: `${counted(listing.sold, "condor")} sold, ${count(listing.unlisted)} for an expiration without a listing`,
  };
}

function volatilityItem({ input: { backtest }, judged, hasHedge }: Study): Item {
  const { shortVol } = sensitivityOf(backtest.sensitivity, hasHedge);
  const growth = SHORT_VOL_SCALES.map((scale) =>
    shortVol[scale] === undefined ? "n/a" : bare(shortVol[scale]),
  );
  const tiers = backtest.verdicts.map(({ tier, verdict, means }) => {
    const row = SHORT_VOL_SCALES.map((scale) => pointsText(means[scale])).join(" · ");
    const word = verdict === "undetermined" ? html`, <em>undetermined</em>` : undefined;
    return html`<li>${capitalized(tier)} ${row} pt${word}</li>`;
  });
  return {
    name: "Short volatility at 0.95 · 1.00 · 1.05",
    said: `${growth.join(" · ")} % a year`,
    note: html`${judged.name}; modelled short volatility is known to about ±5&nbsp;%.${tiers.length === 0 ? undefined : html` Mean condor:<ul class="rates">${tiers}</ul>`}`,
  };
}

function settlementItem({ judged }: Study): Item {
  const settled = judged.arm.run.journal.filter((event) => event.kind === "settlement");
  const among = (source: SettlementValue["source"]): number =>
    settled.filter(({ settlement }) => settlement.source === source).length;
  const supplied = among("supplied") === 0 ? "" : `${count(among("supplied"))} on values brought, `;
  const note = `${count(among("official"))} on official values, ${supplied}${count(among("approximated"))} approximated; ${judged.name}`;
  const all = settled.length;
  return {
    name: "Settlement",
    said: all === 0 ? "Nothing settled" : counted(all, "position settled", "positions settled"),
    note,
  };
}

function sensitivityOf(
  both: { readonly hedged: Sensitivity; readonly unhedged: Sensitivity },
  hasHedge: boolean,
): Sensitivity {
  return hasHedge ? both.hedged : both.unhedged;
}
