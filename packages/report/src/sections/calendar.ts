import { mostEventfulYear } from "../calendar-year.ts";
import { calendarChart } from "../charts/calendar.ts";
import { section, sourceLine } from "../components/section.ts";
import { dataTable, figure } from "../figure.ts";
import { bare, count, dateText, monthName, signedPercent } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";
import { divergingSize } from "../theme.ts";

/** The most eventful year, session by session: the condors alone, so that the hedge's marks do not hide them. */
export function calendarSection({ judged, unhedged, areOptionsModelled }: Study): Html | undefined {
  const shown = unhedged ?? judged;
  const year = mostEventfulYear(shown);
  const days = year?.months.flatMap((month) => month.days) ?? [];
  const results = days.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const worst = days.toSorted((left, right) => (left.result ?? 0) - (right.result ?? 0))[0];
  if (year === undefined || worst === undefined) return undefined;

  const size = divergingSize(results, 0.85);
  const body = figure({
    draw: (frame) => calendarChart(year, size, frame),
    table: dataTable({
      caption: `Sessions of ${year.year}, ${shown.name}, per cent of equity`,
      heads: ["Month", "Sessions", "Without a trade", "Net"],
      rows: year.months.map(({ month, days: own, net }) => [
        monthName(month),
        String(own.length),
        String(own.filter(({ result }) => result === undefined).length),
        bare(net, 2),
      ]),
    }),
  });
  const source = sourceLine([
    [areOptionsModelled ? "modelled" : "observed", `${shown.name}, % of equity`],
    ["note", "Monday to Friday; month net at the right"],
    ["note", `Color steps are ${bare(size, 2).replace("+", "")} points wide`],
  ]);
  const traded = `${count(year.traded)} of ${count(days.length)} sessions with a position`;
  const low =
    worst.result === undefined || worst.result >= 0
      ? ""
      : `; the worst, ${dateText(worst.session)}, lost ${signedPercent(-worst.result).replace("+", "")}`;
  return section({
    id: "calendar",
    title: `${year.year}, day by day: ${traded}${low}`,
    note: "The year whose sessions moved the account most. Hollow sessions had no trade.",
    body: html`${body}${source}`,
  });
}
