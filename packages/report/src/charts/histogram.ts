import { linearScale, ticksOf } from "../axis.ts";
import { counted, signed } from "../format.ts";
import type { Html } from "../html.ts";
import { box, drawing, type Frame, HALF_WIDTH, label, segment } from "../svg.ts";

export interface Histogram {
  readonly values: readonly number[];
  /** What one value is and its unit, in the sentence of the drawing. */
  readonly subject: string;
  /** Values are printed times this: 100 for per cent. */
  readonly factor: number;
  readonly unit: string;
  readonly digits: number;
}

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const HEIGHT = 190;
const TOP = 30;
const BOTTOM = 156;
const NICE = [1, 2, 2.5, 5];
const MOST_BINS = 44;

/** Counts by result: bars rise by the square root, so that a single disaster still shows beside a thousand quiet days. */
export function histogramChart(histogram: Histogram, frame: Frame): Html {
  const { values, factor, unit, subject } = histogram;
  const width = HALF_WIDTH[frame];
  const bins = binsOf(values);
  const first = bins[0];
  const last = bins.at(-1);
  if (first === undefined || last === undefined) return drawing({ width, height: 20 }, subject, []);

  const domain = { low: first.from, high: last.to };
  const x = linearScale(domain, 6, width - 6);
  const most = bins.reduce((high, { count }) => Math.max(high, count), 1);
  const y = linearScale({ low: 0, high: Math.sqrt(most) }, BOTTOM, TOP);
  const bars = bins.map((bin) => barOf(bin, { x, y, histogram }));
  const ticks = ticksOf(domain, frame === "wide" ? 7 : 5);
  const digits = ticks.some((tick) => Math.abs(((tick * factor) % 1) + 1e-9) > 1e-6) ? 1 : 0;
  const axis = ticks.flatMap((tick, index) => [
    segment({ x: x(tick), y: BOTTOM }, { x: x(tick), y: BOTTOM + 4 }, "k-edge"),
    label(
      { x: x(tick), y: BOTTOM + 17 },
      signed(tick * factor, digits) + (index === ticks.length - 1 ? ` ${unit}` : ""),
      {
        anchor: x(tick) > width - 24 ? "end" : x(tick) < 20 ? "start" : "middle",
      },
    ),
  ]);
  return drawing({ width, height: HEIGHT }, `${subject}, bar height is the square root of the count`, [
    ...bars,
    segment({ x: 0, y: BOTTOM }, { x: width, y: BOTTOM }, "k-edge"),
    ...axis,
    ...sideLabels(histogram, width),
  ]);
}

function barOf(
  { from, to, count: inside }: Bin,
  {
    x,
    y,
    histogram: { factor, unit, digits },
  }: {
    readonly x: (value: number) => number;
    readonly y: (value: number) => number;
    readonly histogram: Histogram;
  },
): Html {
  const range = `${signed(from * factor, digits)} to ${signed(to * factor, digits)} ${unit}: ${counted(inside, "time")}`;
  const top = y(Math.sqrt(inside));
  const tone = to <= 1e-12 ? "f-loss o85" : "f-gain o85";
  return box({ x: x(from) + 0.5, y: top, width: x(to) - x(from) - 1, height: BOTTOM - top }, tone, range);
}

function sideLabels({ values }: Histogram, width: number): readonly Html[] {
  const losses = values.filter((value) => value < 0).length;
  const gains = values.filter((value) => value > 0).length;
  return [
    label({ x: 0, y: 12 }, counted(losses, "loss", "losses"), { tone: "x-loss" }),
    label({ x: width, y: 12 }, counted(gains, "gain"), { tone: "x-gain", anchor: "end" }),
  ];
}

/** Bins of a round width with an edge at zero; empty ones are left out. */
export function binsOf(values: readonly number[]): readonly Bin[] {
  if (values.length === 0) return [];
  const low = values.reduce((least, value) => Math.min(least, value), 0);
  const high = values.reduce((most, value) => Math.max(most, value), 0);
  const size = niceSize((high - low) / MOST_BINS);
  const counts = new Map<number, number>();
  for (const value of values) {
    const index = Math.floor(value / size + 1e-9);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return [...counts]
    .sort(([left], [right]) => left - right)
    .map(([index, count]) => ({ from: index * size, to: (index + 1) * size, count }));
}

function niceSize(least: number): number {
  if (least <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  return (NICE.find((step) => step * power >= least) ?? 10) * power;
}
