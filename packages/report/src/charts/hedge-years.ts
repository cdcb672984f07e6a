import type { HedgeYear } from "@steward/engine";
import { domainOf, linearScale, type Scale, tickDigits, ticksOf } from "../axis.ts";
import { bare } from "../format.ts";
import type { Html } from "../html.ts";
import { box, drawing, FRAME_WIDTH, type Frame, label, segment, textWidth } from "../svg.ts";

export interface HedgeYearsChart {
  readonly years: readonly HedgeYear[];
  /** Share of equity that the hedge may cost a year. */
  readonly budget: number | undefined;
  readonly hasCondors: boolean;
}

const TOP = 26;
const HEIGHT: Readonly<Record<Frame, number>> = { wide: 236, narrow: 220 };
const LEFT: Readonly<Record<Frame, number>> = { wide: 40, narrow: 32 };

/** Hedge and condors of each calendar year side by side, as shares of the equity at its start. */
export function hedgeYearsChart(chart: HedgeYearsChart, frame: Frame): Html {
  const { years, hasCondors } = chart;
  const width = FRAME_WIDTH[frame];
  const bottom = HEIGHT[frame] - 24;
  const values = years.flatMap(({ hedge, condor }) => (hasCondors ? [hedge, condor] : [hedge]));
  const domain = domainOf([...values, 0, -(chart.budget ?? 0)], { padding: 0.08 });
  const y = linearScale(domain, bottom, TOP);
  const left = LEFT[frame];
  const slot = (width - left) / Math.max(years.length, 1);
  const every = Math.max(1, Math.ceil((textWidth("2000") + 10) / slot));

  const ticks = ticksOf(domain, 6);
  const digits = tickDigits(ticks, 100);
  const grid = ticks.flatMap((tick, index) => [
    segment({ x: left, y: y(tick) }, { x: width, y: y(tick) }, tick === 0 ? "k-edge" : "k-line"),
    label({ x: left - 7, y: y(tick) + 4 }, bare(tick, digits) + (index === ticks.length - 1 ? " %" : ""), {
      anchor: "end",
    }),
  ]);
  const bars = years.flatMap((year, index) =>
    yearBars(year, { chart, y, slot, x: left + index * slot, index }),
  );
  const names = years.flatMap(({ year }, index) =>
    index % every === 0
      ? [label({ x: left + (index + 0.5) * slot, y: bottom + 18 }, String(year), { anchor: "middle" })]
      : [],
  );
  return drawing(
    { width, height: HEIGHT[frame] },
    "Result of the hedge and of the condors in each calendar year",
    [
      ...grid,
      ...bars,
      ...budgetLine(chart, { y, left, width }),
      ...extremeLabels(chart, { y, slot, left }),
      ...names,
      ...key(hasCondors, width),
    ],
  );
}

interface YearPlace {
  readonly chart: HedgeYearsChart;
  readonly y: Scale;
  readonly slot: number;
  readonly x: number;
  readonly index: number;
}

function yearBars(
  { year, hedge, condor }: HedgeYear,
  { chart, y, slot, x, index }: YearPlace,
): readonly Html[] {
  const bar = Math.min(slot * 0.36, 18);
  const middle = x + slot / 2;
  const isPartial = index === 0 || index === chart.years.length - 1;
  const draw = (value: number, at: number, tone: string, name: string): Html => {
    const title = `${year}${isPartial ? ", partial" : ""}: ${name} ${bare(value, 2)} %`;
    const top = Math.min(y(value), y(0));
    return box({ x: at, y: top, width: bar, height: Math.abs(y(value) - y(0)) }, tone, title);
  };
  const solid = isPartial ? " o50" : "";
  const own = draw(hedge, chart.hasCondors ? middle : middle - bar / 2, `f-bench${solid}`, "hedge");
  return chart.hasCondors ? [draw(condor, middle - bar - 1, `f-neutral${solid}`, "condors"), own] : [own];
}

function budgetLine(
  { budget }: HedgeYearsChart,
  { y, left, width }: { readonly y: Scale; readonly left: number; readonly width: number },
): readonly Html[] {
  if (budget === undefined) return [];
  return [segment({ x: left, y: y(-budget) }, { x: width, y: y(-budget) }, "k-warn w1 dashed")];
}

/** The best and the worst year of the hedge, said in numbers. */
function extremeLabels(
  { years, hasCondors }: HedgeYearsChart,
  { y, slot, left }: { readonly y: Scale; readonly slot: number; readonly left: number },
): readonly Html[] {
  const order = years.map(({ hedge }, index) => ({ hedge, index })).sort((a, b) => a.hedge - b.hedge);
  const [worst] = order;
  const best = order.at(-1);
  const bar = Math.min(slot * 0.36, 18);
  return [...new Set([worst, best])].flatMap((found) => {
    if (found === undefined) return [];
    const x = left + (found.index + 0.5) * slot + (hasCondors ? bar / 2 : 0);
    const at = y(found.hedge) + (found.hedge < 0 ? 13 : -5);
    const isLast = found.index === years.length - 1;
    const edge = isLast ? { x: x + bar / 2, y: at } : { x, y: at };
    return [label(edge, bare(found.hedge), { tone: "x-bench halo", anchor: isLast ? "end" : "middle" })];
  });
}

function key(hasCondors: boolean, width: number): readonly Html[] {
  const budget = label({ x: width, y: 11 }, "- - the year’s budget", { tone: "x-warn", anchor: "end" });
  const hedge = label({ x: width - 132, y: 11 }, "hedge", { tone: "x-bench", anchor: "end", weight: 500 });
  const condors = label({ x: width - 176, y: 11 }, "condors", { tone: "x-t2", anchor: "end", weight: 500 });
  return hasCondors ? [condors, hedge, budget] : [hedge, budget];
}
