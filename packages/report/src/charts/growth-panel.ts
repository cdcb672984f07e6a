import { scaleLog } from "d3-scale";
import { domainOf, ticksOf } from "../axis.ts";
import { fixed } from "../format.ts";
import type { Html } from "../html.ts";
import { label, segment } from "../svg.ts";

/** Where a panel of a chart lies. */
export interface Panel {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** The least that a logarithmic axis shows, in per cent of the start: below it an account is as good as gone. */
const LEAST = 1;

export interface GrowthScale {
  (value: number): number;
  readonly ticks: readonly number[];
}

/** A logarithmic scale over growth of 100, with ticks at halvings and doublings, or at round values where it is narrow. */
export function growthScale(series: readonly (ArrayLike<number> | undefined)[], panel: Panel): GrowthScale {
  const { low, high } = domainOf(series.flatMap((values) => (values === undefined ? [] : extremes(values))));
  const bounds = { low: Math.max(Math.min(low, 99.5), LEAST), high: Math.max(high, 100.5) };
  const room = (bounds.high / bounds.low) ** 0.04;
  const scale = scaleLog([bounds.low / room, bounds.high * room], [panel.bottom, panel.top]);
  const ticks = bounds.high / bounds.low > 4 ? doublings(bounds.low, bounds.high) : ticksOf(bounds, 7);
  return Object.assign((value: number) => scale(Math.max(value, LEAST)), { ticks });
}

/** Gridlines and labels of a growth axis; 100 is where it started. */
export function growthGrid(scale: GrowthScale, panel: Panel): readonly Html[] {
  const digits = scale.ticks.some((tick) => tick % 1 !== 0) ? 1 : 0;
  return scale.ticks.flatMap((tick) => {
    const y = scale(tick);
    return [
      segment({ x: panel.left, y }, { x: panel.right, y }, tick === 100 ? "k-edge" : "k-line"),
      label({ x: panel.left - 7, y: y + 4 }, fixed(tick, digits), { anchor: "end" }),
    ];
  });
}

function doublings(low: number, high: number): readonly number[] {
  const found: number[] = [];
  const step = high / low > 40 ? 4 : 2;
  for (let tick = 100; tick >= low / 1.02; tick /= step) found.unshift(tick);
  for (let tick = 100 * step; tick <= high * 1.02; tick *= step) found.push(tick);
  return found;
}

function extremes(values: ArrayLike<number>): readonly number[] {
  let low = values[0] ?? 100;
  let high = low;
  for (let index = 1; index < values.length; index += 1) {
    low = Math.min(low, values[index] ?? low);
    high = Math.max(high, values[index] ?? high);
  }
  return [low, high];
}
