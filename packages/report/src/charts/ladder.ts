import { domainOf, linearScale, type Scale, tickDigits, ticksOf } from "../axis.ts";
import { bare } from "../format.ts";
import type { Html } from "../html.ts";
import { dot, drawing, type Frame, HALF_WIDTH, label, segment, textWidth } from "../svg.ts";

export interface LadderRow {
  readonly name: string;
  /** A share; undefined where the result has none. */
  readonly value: number | undefined;
  /** The level that the rest of the report rests on. */
  readonly isChosen: boolean;
}

export interface Ladder {
  readonly subject: string;
  readonly rows: readonly LadderRow[];
}

const ROW = 34;
const LEFT = 112;

/** One number at each level of an assumption, as a stem from zero: whether the sign holds is seen at once. */
export function ladderChart({ subject, rows }: Ladder, frame: Frame): Html {
  const width = HALF_WIDTH[frame];
  const values = rows.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const domain = domainOf([...values, 0]);
  const room = textWidth("−10.0") + 12;
  const scale = linearScale(domain, LEFT + room, width - room);
  const bottom = 12 + rows.length * ROW;
  const ticks = ticksOf(domain, frame === "wide" ? 5 : 4);
  const digits = tickDigits(ticks, 100);
  const grid = ticks.flatMap((tick, index) => [
    segment({ x: scale(tick), y: 8 }, { x: scale(tick), y: bottom }, tick === 0 ? "k-edge" : "k-line"),
    label({ x: scale(tick), y: bottom + 15 }, bare(tick, digits) + (index === ticks.length - 1 ? " %" : ""), {
      anchor: "middle",
    }),
  ]);
  const stems = rows.flatMap((row, index) => stem(row, { scale, y: 28 + index * ROW }));
  return drawing({ width, height: bottom + 20 }, subject, [...grid, ...stems]);
}

function stem(
  { name, value, isChosen }: LadderRow,
  { scale, y }: { readonly scale: Scale; readonly y: number },
): readonly Html[] {
  const style = isChosen ? ({ tone: "x-t1", weight: 600 } as const) : { tone: "x-t2" };
  const head = label({ x: 0, y: y + 4 }, name, { ...style, size: 12.5 });
  if (value === undefined) return [head, label({ x: scale(0) + 8, y: y + 4 }, "n/a")];
  const hue = value < 0 ? "loss" : "gain";
  const isLoss = value < 0;
  return [
    head,
    segment({ x: scale(0), y }, { x: scale(value), y }, `k-${hue} w175`),
    dot({ x: scale(value), y }, 5, `f-${hue} ring`),
    label({ x: scale(value) + (isLoss ? -10 : 10), y: y + 4 }, bare(value), {
      tone: isChosen ? "x-t1 halo" : "x-t2 halo",
      anchor: isLoss ? "end" : "start",
    }),
  ];
}
