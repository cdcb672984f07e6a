import { section } from "../components/section.ts";
import { bare, counted, monthName, percent } from "../format.ts";
import { type Html, html } from "../html.ts";
import { monthReturns, type YearReturns } from "../month-returns.ts";
import type { Study } from "../study.ts";
import { divergingSize, divergingStep } from "../theme.ts";

/** Every month of the judged arm, signed, in nine steps of one size, with the year at the right. */
export function monthsSection({ sessions, judged }: Study): Html | undefined {
  const years = monthReturns(sessions, judged.equity);
  const all = years.flatMap(({ months }) => months.filter((month) => month !== undefined));
  if (all.length === 0) return undefined;
  const size = divergingSize(all);
  const heads = Array.from({ length: 12 }, (_, month) => {
    const name = monthName(month + 1);
    return html`<th scope="col" class="num" abbr="${name}">${name.charAt(0)}</th>`;
  });
  const rows = years.map((year) => yearRow(year, size));
  const worst = Math.min(...all);
  const losing = all.filter((month) => month < 0).length;
  const title = `${losing} of ${counted(all.length, "month")} lost; the worst ${percent(-worst)}`;
  return section({
    id: "months",
    title: worst < 0 ? title : `No month of ${all.length} lost`,
    note: `${judged.name}, % of equity. Color steps are ${bare(size, 2).replace("+", "")} points wide; the sign is always printed.`,
    body: html`<table class="months"><thead><tr><th></th>${heads}<th scope="col" class="num">Year</th></tr></thead><tbody>${rows}</tbody></table>`,
  });
}

function yearRow({ year, months, total }: YearReturns, size: number): Html {
  const cells = months.map((month) =>
    month === undefined ? html`<td class="none"></td>` : monthCell(month, size),
  );
  const tone = total < 0 ? "year loss" : "year";
  return html`<tr><th scope="row">${String(year)}</th>${cells}<td class="${tone}">${both(total)}</td></tr>`;
}

function monthCell(month: number, size: number): Html {
  return html`<td class="bd${String(divergingStep(month, size))}">${both(month)}</td>`;
}

/** One decimal, and whole per cents for a phone. */
function both(value: number): Html {
  return html`<span class="w1">${bare(value)}</span><span class="n1">${bare(value, 0)}</span>`;
}
