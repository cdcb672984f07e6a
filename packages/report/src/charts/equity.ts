import { underwater } from "@steward/analytics";
import type { Episode } from "@steward/engine";
import type { CalendarDate } from "@steward/model";
import { toDayNumber } from "@steward/model";
import { area, line } from "d3-shape";
import { dateTicks, linearScale, type Scale, ticksOf } from "../axis.ts";
import { fixed, signedPercent } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { NamedArm } from "../study.ts";
import {
  box,
  curve,
  declutter,
  dot,
  drawing,
  FRAME_WIDTH,
  type Frame,
  label,
  segment,
  textWidth,
} from "../svg.ts";
import { thin } from "../thin.ts";
import { episodeLabels } from "./episode-labels.ts";
import { growthGrid, growthScale, type Panel } from "./growth-panel.ts";

export interface EquityChart {
  readonly sessions: readonly CalendarDate[];
  readonly arms: readonly NamedArm[];
  readonly episodes: readonly Episode[];
  readonly isModelled: boolean;
}

interface Layout {
  readonly width: number;
  readonly height: number;
  readonly growth: Panel;
  readonly drawdown: Panel;
  readonly dateTicks: number;
}

const LAYOUTS: Readonly<Record<Frame, Layout>> = {
  wide: {
    width: FRAME_WIDTH.wide,
    height: 488,
    growth: { left: 40, right: 734, top: 34, bottom: 330 },
    drawdown: { left: 40, right: 734, top: 352, bottom: 446 },
    dateTicks: 12,
  },
  narrow: {
    width: FRAME_WIDTH.narrow,
    height: 420,
    growth: { left: 32, right: 352, top: 34, bottom: 262 },
    drawdown: { left: 32, right: 352, top: 286, bottom: 376 },
    dateTicks: 6,
  },
};

const GROWTH_NAME = "growth of 100, log scale";

const STROKES: Readonly<Record<NamedArm["role"], string>> = {
  judged: "k-ink w175",
  control: "k-neutral w125",
  smaller: "k-neutral w125 dotted",
};

/** Growth of 100 on a logarithmic axis, and below it, on the same dates, the distance from the last high. */
export function equityChart(chart: EquityChart, frame: Frame): Html {
  const layout = LAYOUTS[frame];
  const { width, height, growth, drawdown } = layout;
  const dates = dateScale(chart.sessions, growth);
  const controlsFirst = chart.arms.toReversed();
  const names = chart.arms.map(({ name }) => name).join(", ");
  const parts = [
    ...episodeShades(chart, dates, layout),
    ...growthPart(controlsFirst, { frame, layout, dates, sessions: chart.sessions }),
    ...drawdownPart(controlsFirst, { frame, layout, dates, sessions: chart.sessions }),
    ...timeAxis(chart, dates, layout),
    label({ x: 0, y: 11 }, GROWTH_NAME, { tone: "x-t2" }),
    label({ x: 0, y: drawdown.top - 8 }, "drawdown, %", { tone: "x-t2 halo" }),
  ];
  return drawing({ width, height }, `Growth of 100 and drawdown: ${names}`, parts);
}

interface Placed {
  readonly frame: Frame;
  readonly layout: Layout;
  readonly dates: Scale;
  readonly sessions: readonly CalendarDate[];
}

function dateScale(sessions: readonly CalendarDate[], { left, right }: Panel): Scale {
  const first = sessions[0];
  const last = sessions.at(-1);
  const low = first === undefined ? 0 : toDayNumber(first);
  const high = last === undefined ? 1 : Math.max(toDayNumber(last), low + 1);
  return linearScale({ low, high }, left, right);
}

function episodeShades(
  { episodes }: EquityChart,
  dates: Scale,
  { growth, drawdown }: Layout,
): readonly Html[] {
  const shades = episodes.map(({ from, to }) => {
    const left = dates(toDayNumber(from));
    const width = Math.max(dates(toDayNumber(to)) - left, 4);
    return box({ x: left, y: growth.top, width, height: drawdown.bottom - growth.top }, "f-s2");
  });
  const labels = episodeLabels(episodes, (date) => dates(toDayNumber(date)), {
    ...growth,
    reserved: textWidth(GROWTH_NAME),
  }).map(({ x, row, text }) => label({ x, y: growth.top - 7 - row * 13 }, text, { anchor: "middle" }));
  return [...shades, ...labels];
}

function growthPart(
  arms: readonly NamedArm[],
  { frame, layout: { growth }, dates, sessions }: Placed,
): readonly Html[] {
  const series = arms.map(({ equity }) => equity.map((value) => (100 * value) / (equity[0] ?? 1)));
  const scale = growthScale(series, growth);
  const paths = series.map((values, index) => {
    const d = pathOf(values, { dates, sessions, scale, pixels: growth.right - growth.left });
    return curve(d, STROKES[arms[index]?.role ?? "control"]);
  });
  const ends = series.map((values) => scale(values.at(-1) ?? 100));
  return [
    ...growthGrid(scale, growth),
    ...paths,
    ...(frame === "wide" ? endLabels(arms, series, ends, growth) : []),
  ];
}

function endLabels(
  arms: readonly NamedArm[],
  series: readonly ArrayLike<number>[],
  ends: readonly number[],
  { right, top, bottom }: Panel,
): readonly Html[] {
  const placed = declutter(ends, { gap: 14, low: top + 4, high: bottom });
  return arms.map(({ name, role }, index) => {
    const values = series[index];
    const text = `${name} ${fixed(values?.[values.length - 1] ?? 100, 0)}`;
    const at = { x: right + 9, y: (placed[index] ?? 0) + 4 };
    return label(at, text, role === "judged" ? { tone: "x-ink", weight: 600 } : { tone: "x-t2" });
  });
}

function drawdownPart(arms: readonly NamedArm[], placed: Placed): readonly Html[] {
  const { drawdown } = placed.layout;
  const depths = arms.map(({ equity }) => underwater(equity));
  const deepest = depths.reduce(
    (low, values) => values.reduce((least, value) => Math.min(least, value), low),
    -0.01,
  );
  const scale = linearScale({ low: deepest * 1.3, high: 0 }, drawdown.bottom, drawdown.top);
  const ticks = ticksOf({ low: deepest, high: 0 }, 4);
  const digits = ticks.some((tick) => Math.abs((tick * 100) % 1) > 1e-9) ? 1 : 0;
  const grid = ticks.flatMap((tick) => {
    const y = scale(tick);
    return [
      segment({ x: drawdown.left, y }, { x: drawdown.right, y }, tick === 0 ? "k-edge" : "k-line"),
      label({ x: drawdown.left - 7, y: y + 4 }, fixed(tick * 100, digits), { anchor: "end" }),
    ];
  });
  const judged = arms.findIndex(({ role }) => role === "judged");
  const own = depths[judged];
  const curves = depths.map((values, index) =>
    drawdownCurve(values, arms[index]?.role ?? "control", { ...placed, scale }),
  );
  return [
    ...grid,
    ...curves,
    ...(own === undefined ? [] : deepestMark(own, arms[judged]?.name ?? "", { ...placed, scale })),
  ];
}

type Drawdowns = Placed & { readonly scale: Scale };

function drawdownCurve(
  values: Float64Array,
  role: NamedArm["role"],
  { layout: { drawdown }, dates, sessions, scale }: Drawdowns,
): Html {
  const pixels = drawdown.right - drawdown.left;
  const outline = pathOf(values, { dates, sessions, scale, pixels });
  if (role !== "judged") return curve(outline, STROKES[role]);
  const fill = area<number>()
    .x((index) => dates(dayOf(sessions, index)))
    .y0(scale(0))
    .y1((index) => scale(values[index] ?? 0))
    .digits(1)([...thin(values, pixels)]);
  return html`${curve(fill ?? "", "f-loss o28")}${curve(outline, "k-loss w1")}`;
}

function deepestMark(
  values: Float64Array,
  name: string,
  { layout: { drawdown }, dates, sessions, scale }: Drawdowns,
): readonly Html[] {
  const trough = values.reduce((low, value, index) => (value < (values[low] ?? 0) ? index : low), 0);
  const depth = values[trough] ?? 0;
  if (depth === 0) return [];
  const at = { x: dates(dayOf(sessions, trough)), y: scale(depth) };
  const isRight = at.x > (drawdown.left + drawdown.right) / 2;
  const text = { x: at.x + (isRight ? 6 : -6), y: at.y + 15 };
  return [
    dot(at, 3, "f-loss ring"),
    label(text, `${name} ${signedPercent(depth)}`, {
      tone: "x-loss halo",
      anchor: isRight ? "end" : "start",
    }),
  ];
}

function timeAxis({ sessions, isModelled }: EquityChart, dates: Scale, layout: Layout): readonly Html[] {
  const { drawdown } = layout;
  const first = sessions[0];
  const last = sessions.at(-1);
  const y = drawdown.bottom + 5;
  const axis = segment({ x: drawdown.left, y }, { x: drawdown.right, y }, "k-edge");
  if (first === undefined || last === undefined) return [axis];

  const ticks = dateTicks(first, last, layout.dateTicks).flatMap(({ on, label: text }) => {
    const x = dates(toDayNumber(on));
    const anchor = x < drawdown.left + 12 ? "start" : x > drawdown.right - 12 ? "end" : "middle";
    return [segment({ x, y }, { x, y: y + 4 }, "k-edge"), label({ x, y: y + 18 }, text, { anchor })];
  });
  const strip = { x: drawdown.left, y: y + 26, width: drawdown.right - drawdown.left, height: 5 };
  return [axis, ...ticks, ...(isModelled ? [box(strip, "hatch")] : [])];
}

function pathOf(
  values: Float64Array,
  {
    dates,
    sessions,
    scale,
    pixels,
  }: {
    readonly dates: Scale;
    readonly sessions: readonly CalendarDate[];
    readonly scale: Scale;
    readonly pixels: number;
  },
): string {
  const draw = line<number>()
    .x((index) => dates(dayOf(sessions, index)))
    .y((index) => scale(values[index] ?? 0))
    .digits(1);
  return draw([...thin(values, pixels)]) ?? "";
}

function dayOf(sessions: readonly CalendarDate[], index: number): number {
  const session = sessions[index];
  return session === undefined ? 0 : toDayNumber(session);
}
