import type { TierStatistics } from "@steward/engine";
import { domainOf, linearScale, type Scale, ticksOf } from "../axis.ts";
import { type WinRateFacts, winRateFacts } from "../components/win-rate.ts";
import { capitalized, counted, fixed, signedDollars } from "../format.ts";
import type { Html } from "../html.ts";
import { dot, drawing, FRAME_WIDTH, type Frame, label, segment, textWidth } from "../svg.ts";

interface Layout {
  readonly left: number;
  readonly right: number;
  readonly rowHeight: number;
  readonly top: number;
}

const LAYOUTS: Readonly<Record<Frame, Layout>> = {
  wide: { left: 132, right: 640, rowHeight: 46, top: 22 },
  narrow: { left: 6, right: 316, rowHeight: 78, top: 22 },
};

const POINT_DOLLARS = 100;

/** Each tier's win rate with its interval, the amber rate at which it breaks even, and what it wins and loses. */
export function winRatesChart(tiers: readonly TierStatistics[], frame: Frame): Html {
  const layout = LAYOUTS[frame];
  const facts = tiers.map(({ trades }) => winRateFacts(trades));
  const marked = facts.flatMap(({ estimate, needed }) => [
    estimate.low95,
    estimate.high95,
    needed ?? estimate.value,
  ]);
  const domain = domainOf(marked, { padding: 0.16 });
  const scale = linearScale(domain, layout.left, layout.right);
  const bottom = layout.top + tiers.length * layout.rowHeight + 6;

  const ticks = ticksOf(domain, frame === "wide" ? 6 : 4);
  const digits = (ticks[1] ?? 1) - (ticks[0] ?? 0) < 0.0099 ? 1 : 0;
  const grid = ticks.flatMap((tick, index) => [
    segment({ x: scale(tick), y: layout.top }, { x: scale(tick), y: bottom }, "k-line"),
    label(
      { x: scale(tick), y: bottom + 15 },
      fixed(tick * 100, digits) + (index === ticks.length - 1 ? " %" : ""),
      {
        anchor: "middle",
      },
    ),
  ]);
  const heads = [label({ x: layout.left, y: 10 }, "share of condors that win")];
  const width = FRAME_WIDTH[frame];
  heads.push(label({ x: width, y: 10 }, "mean of one, after costs", { anchor: "end" }));
  const rows = tiers.flatMap((tier, index) => {
    const fact = facts[index];
    return fact === undefined
      ? []
      : tierRow(tier, fact, { frame, scale, top: layout.top + index * layout.rowHeight });
  });
  return drawing(
    { width, height: bottom + 20 },
    "Win rate of each tier with its interval against its break-even",
    [...grid, ...heads, ...rows],
  );
}

interface Row {
  readonly frame: Frame;
  readonly scale: Scale;
  readonly top: number;
}

function tierRow(
  { tier, trades }: TierStatistics,
  facts: WinRateFacts,
  { frame, scale, top }: Row,
): readonly Html[] {
  const isWide = frame === "wide";
  const y = top + (isWide ? 30 : 52);
  const nameY = top + (isWide ? 31 : 22);
  const mean = trades.average * POINT_DOLLARS;
  const won = trades.averageWin === undefined ? "no win" : `wins ${fixed(trades.averageWin, 2)}`;
  const lost = trades.averageLoss === undefined ? "no loss" : `loses ${fixed(-trades.averageLoss, 2)}`;
  return [
    label({ x: 0, y: nameY }, capitalized(tier), { tone: "x-t1 halo", size: 13, weight: 600 }),
    label({ x: 0, y: nameY + 16 }, counted(trades.count, "condor"), { tone: "x-t3 halo" }),
    ...rateMarks(facts, { scale, y }),
    label({ x: FRAME_WIDTH[frame], y: nameY - 2 }, signedDollars(mean), {
      tone: mean < 0 ? "x-loss halo" : "x-gain halo",
      anchor: "end",
      size: 13,
      weight: 600,
    }),
    label({ x: FRAME_WIDTH[frame], y: nameY + 14 }, `${won}, ${lost} pt`, {
      tone: "x-t3 halo",
      anchor: "end",
    }),
  ];
}

function rateMarks(
  { estimate, needed, rate }: WinRateFacts,
  { scale, y }: { readonly scale: Scale; readonly y: number },
): readonly Html[] {
  const low = scale(estimate.low95);
  const high = scale(estimate.high95);
  const beat = needed === undefined ? undefined : scale(needed);
  const isBeatRight = beat !== undefined && beat >= scale(estimate.value);
  const rateWidth = textWidth(rate) + 6;
  const rateX = isBeatRight ? low - 6 : high + 6;
  const needX = isBeatRight ? Math.max(beat, high) + 6 : Math.min(beat ?? low, low) - 6;
  const needs = needed === undefined ? "needs n/a" : `needs ${fixed(needed * 100, 1)}`;
  return [
    segment({ x: low, y }, { x: high, y }, "k-ink w4 o28 round"),
    segment({ x: scale(estimate.low50), y }, { x: scale(estimate.high50), y }, "k-ink w4 o50"),
    ...(beat === undefined ? [] : [segment({ x: beat, y: y - 10 }, { x: beat, y: y + 10 }, "k-warn w175")]),
    dot({ x: scale(estimate.value), y }, 5, "f-ink ring"),
    label({ x: Math.max(rateX, rateWidth), y: y + 4 }, fixed(estimate.value * 100, 1), {
      tone: "x-t1 halo",
      anchor: isBeatRight ? "end" : "start",
      weight: 600,
    }),
    label({ x: needX, y: y + 4 }, needs, { tone: "x-warn halo", anchor: isBeatRight ? "start" : "end" }),
  ];
}
