import { dayOf, type Weekday, weekday } from "@steward/model";
import type { CalendarDay, CalendarMonth, CalendarYear } from "../calendar-year.ts";
import { bare, dateText, monthName, signedPercent } from "../format.ts";
import { type Html, html, joinHtml } from "../html.ts";
import { drawing, FRAME_WIDTH, type Frame, label } from "../svg.ts";
import { divergingStep } from "../theme.ts";

interface Layout {
  readonly columns: number;
  readonly gap: number;
  readonly cell: { readonly width: number; readonly height: number };
}

const LAYOUTS: Readonly<Record<Frame, Layout>> = {
  wide: { columns: 6, gap: 20, cell: { width: 24.6, height: 16 } },
  narrow: { columns: 3, gap: 16, cell: { width: 21.8, height: 16 } },
};

const HEAD = 18;
/** A month touches six weeks at most. */
const WEEKS = 6;
const WEEKDAYS: readonly Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];

/** A year of sessions, weekdays as columns: color by result, hollow where nothing was traded. */
export function calendarChart({ year, months }: CalendarYear, size: number, frame: Frame): Html {
  const { columns, gap, cell } = LAYOUTS[frame];
  const monthWidth = WEEKDAYS.length * cell.width;
  const monthHeight = HEAD + WEEKS * cell.height + 14;
  const rowOf = ({ month }: CalendarMonth): number => Math.floor((month - 1) / columns);
  const used = [...new Set(months.map(rowOf))];
  const drawn = months.map((month) => {
    const column = (month.month - 1) % columns;
    const row = used.indexOf(rowOf(month));
    return monthPart(month, { x: column * (monthWidth + gap), y: row * monthHeight, size, frame });
  });
  return drawing(
    { width: FRAME_WIDTH[frame], height: used.length * monthHeight - 10 },
    `Results of each session in ${year}`,
    drawn,
  );
}

interface MonthPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly frame: Frame;
}

function monthPart({ month, days, net }: CalendarMonth, { x, y, size, frame }: MonthPlace): Html {
  const { cell } = LAYOUTS[frame];
  const right = x + WEEKDAYS.length * cell.width - 2;
  const name = frame === "wide" ? monthName(month) : monthName(month).slice(0, 3);
  const tone = net < 0 ? "x-loss" : "x-t2";
  return joinHtml([
    label({ x, y: y + 11 }, name, { tone: "x-t2" }),
    label({ x: right, y: y + 11 }, bare(net), { tone, anchor: "end", weight: 500 }),
    ...days.map((day) => dayCell(day, { x, y: y + HEAD, size, frame })),
  ]);
}

function dayCell({ session, result }: CalendarDay, { x, y, size, frame }: MonthPlace): Html {
  const { cell } = LAYOUTS[frame];
  const column = WEEKDAYS.indexOf(weekday(session));
  const week = weekOf(session);
  const at = { x: x + column * cell.width, y: y + week * cell.height };
  const shape = html`x="${at.x}" y="${at.y}" width="${cell.width - 2}" height="${cell.height - 2}" rx="1.5"`;
  if (result === undefined) {
    return html`<rect ${shape} class="hollow"><title>${dateText(session)}: no trade</title></rect>`;
  }
  const tone = `cell f-d${divergingStep(result, size)}${result < 0 ? " bad" : ""}`;
  return html`<rect ${shape} class="${tone}"><title>${dateText(session)}: ${signedPercent(result, 2)}</title></rect>`;
}

/** Row of a session within its month: the week of the first Monday to Friday is 0. */
function weekOf(session: CalendarDay["session"]): number {
  const day = dayOf(session);
  const monday = day - WEEKDAYS.indexOf(weekday(session));
  return monday <= 1 ? 0 : Math.ceil((monday - 1) / 7) - (startsOnWeekend(session) ? 1 : 0);
}

/** Whether the month's first day falls on a weekend, so that its first week holds no session. */
function startsOnWeekend(session: CalendarDay["session"]): boolean {
  const first = (WEEKDAYS.indexOf(weekday(session)) - (dayOf(session) - 1)) % 7;
  const column = first < 0 ? first + 7 : first;
  return column > 4;
}
