import type { Estimate } from "@steward/analytics";
import { type Domain, domainOf, linearScale, type Scale, ticksOf } from "../axis.ts";
import { bare, percentDigits } from "../format.ts";
import { type Html, joinHtml } from "../html.ts";
import { dot, drawing, FRAME_WIDTH, type Frame, label, segment, textWidth } from "../svg.ts";

export interface ForestRow {
  readonly name: string;
  readonly isJudged: boolean;
  /** One estimate for each panel. */
  readonly estimates: readonly (Estimate | undefined)[];
}

export interface Forest {
  readonly heads: readonly string[];
  readonly rows: readonly ForestRow[];
}

const ROW = 34;
const LABELS = 132;
const GAP = 40;

/** Arms one below the other: dot, 50 % thick and 95 % thin, in one panel for each measure. */
export function forestChart(forest: Forest, frame: Frame): Html {
  const width = FRAME_WIDTH[frame];
  const panelHeight = forest.rows.length * ROW + 44;
  const isWide = frame === "wide";
  const panelWidth = isWide
    ? (width - LABELS - GAP * forest.heads.length) / forest.heads.length
    : width - LABELS + 28;
  const panels = forest.heads.map((head, index) => {
    const left = isWide ? LABELS + GAP / 2 + index * (panelWidth + GAP) : LABELS - 40;
    const top = isWide ? 0 : index * (panelHeight + 14);
    const named = isWide ? index === 0 : true;
    return panel(forest, { head, index, left, right: left + panelWidth - (isWide ? 0 : 12), top, named });
  });
  const height = isWide ? panelHeight : forest.heads.length * (panelHeight + 14) - 14;
  const names = forest.rows.map(({ name }) => name).join(", ");
  return drawing({ width, height }, `${forest.heads.join(" and ")} with intervals: ${names}`, panels);
}

interface PanelPlace {
  readonly head: string;
  readonly index: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly named: boolean;
}

function panel({ rows }: Forest, { head, index, left, right, top, named }: PanelPlace): Html {
  const marked = rows.flatMap(({ estimates }) => {
    const estimate = estimates[index];
    return estimate === undefined ? [] : [estimate.low95, estimate.high95];
  });
  const domain = domainOf([...marked, 0], { padding: 0.06 });
  const scale = linearScale(domain, left, right);
  const bottom = top + 24 + rows.length * ROW;
  return joinHtml([
    label({ x: left, y: top + 12 }, head, { tone: "x-t2", weight: 500 }),
    ...grid(domain, scale, { top: top + 22, bottom }),
    ...rows.flatMap((row, order) =>
      rowMarks(row, row.estimates[index], { scale, y: top + 44 + order * ROW, named, left }),
    ),
  ]);
}

function grid(
  domain: Domain,
  scale: Scale,
  { top, bottom }: { readonly top: number; readonly bottom: number },
): readonly Html[] {
  const ticks = ticksOf(domain, 5);
  const digits = (ticks[1] ?? 1) - (ticks[0] ?? 0) < 0.0099 ? 1 : 0;
  return ticks.flatMap((tick) => [
    segment({ x: scale(tick), y: top }, { x: scale(tick), y: bottom }, tick === 0 ? "k-edge" : "k-line"),
    label({ x: scale(tick), y: bottom + 15 }, bare(tick, digits), { anchor: "middle" }),
  ]);
}

function rowMarks(
  { name, isJudged }: ForestRow,
  estimate: Estimate | undefined,
  {
    scale,
    y,
    named,
    left,
  }: { readonly scale: Scale; readonly y: number; readonly named: boolean; readonly left: number },
): readonly Html[] {
  const tone = isJudged ? "ink" : "neutral";
  const style = isJudged ? ({ tone: "x-ink halo", weight: 600 } as const) : { tone: "x-t2 halo" };
  const nameLabel = named ? [label({ x: 0, y: y + 4 }, name, { ...style, size: 12.5 })] : [];
  if (estimate === undefined)
    return [...nameLabel, label({ x: left, y: y + 4 }, "n/a", { tone: "x-t3 halo" })];

  const text = bare(estimate.value, percentDigits(estimate));
  const half = textWidth(text) / 2;
  return [
    ...nameLabel,
    segment({ x: scale(estimate.low95), y }, { x: scale(estimate.high95), y }, `k-${tone} w125`),
    segment({ x: scale(estimate.low50), y }, { x: scale(estimate.high50), y }, `k-${tone} w4`),
    dot({ x: scale(estimate.value), y }, isJudged ? 5 : 4, `f-${tone} ring`),
    label({ x: Math.max(scale(estimate.value), left + half), y: y - 9 }, text, {
      ...style,
      anchor: "middle",
    }),
  ];
}
