import { domainOf, linearScale, type Scale, tickDigits, ticksOf } from "../axis.ts";
import { fixed, signed } from "../format.ts";
import type { Html } from "../html.ts";
import { box, drawing, FRAME_WIDTH, type Frame, label, segment, textWidth } from "../svg.ts";

/** One part of a result, in thousands of dollars. */
export interface ResultPart {
  readonly name: string;
  readonly thousands: number;
  /** Whether it is the sum of the others. */
  readonly isTotal: boolean;
}

const ROW = 24;
const LEFT = 92;

/** Parts of a result as bars from zero, the sum last. */
export function partsChart(subject: string, parts: readonly ResultPart[], frame: Frame): Html {
  const width = FRAME_WIDTH[frame];
  const room = textWidth("−10,000") + 12;
  const domain = domainOf([...parts.map(({ thousands }) => thousands), 0]);
  const scale = linearScale(domain, LEFT + room, width - room);
  const bottom = 12 + parts.length * ROW;
  const ticks = ticksOf(domain, frame === "wide" ? 7 : 4);
  const digits = tickDigits(ticks);
  const grid = ticks.flatMap((tick) => [
    segment({ x: scale(tick), y: 8 }, { x: scale(tick), y: bottom }, tick === 0 ? "k-edge" : "k-line"),
    label({ x: scale(tick), y: bottom + 15 }, fixed(tick, digits), { anchor: "middle" }),
  ]);
  const bars = parts.flatMap((part, index) => bar(part, scale, 12 + index * ROW));
  return drawing({ width, height: bottom + 20 }, subject, [...grid, ...bars]);
}

function bar({ name, thousands, isTotal }: ResultPart, scale: Scale, y: number): readonly Html[] {
  const [zero, end] = [scale(0), scale(thousands)];
  const isLoss = thousands < 0;
  const place = { x: Math.min(zero, end), y: y + 5, width: Math.abs(end - zero), height: ROW - 10 };
  const tone = isTotal ? "x-t1" : "x-t2";
  return [
    label({ x: 0, y: y + 16 }, name, { tone, size: 12.5, ...(isTotal ? { weight: 600 } : {}) }),
    box(place, isLoss ? "f-loss" : "f-gain"),
    label({ x: end + (isLoss ? -6 : 6), y: y + 16 }, signed(thousands, 0), {
      tone: `${tone} halo`,
      anchor: isLoss ? "end" : "start",
    }),
  ];
}
