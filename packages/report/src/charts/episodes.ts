import type { EpisodeResult } from "@steward/engine";
import { domainOf, linearScale, type Scale, tickDigits, ticksOf } from "../axis.ts";
import { bare } from "../format.ts";
import type { Html } from "../html.ts";
import { box, drawing, FRAME_WIDTH, type Frame, label, segment, textWidth } from "../svg.ts";
import { shortEpisode } from "./episode-labels.ts";

const ROW: Readonly<Record<Frame, number>> = { wide: 34, narrow: 34 };
const LEFT: Readonly<Record<Frame, number>> = { wide: 132, narrow: 74 };
const BAR = 9;

export interface EpisodesChart {
  readonly episodes: readonly EpisodeResult[];
  readonly hasCondors: boolean;
}

/** What condors and hedge did in each named shock, on one scale around zero. */
export function episodesChart({ episodes, hasCondors }: EpisodesChart, frame: Frame): Html {
  const width = FRAME_WIDTH[frame];
  const bottom = 24 + episodes.length * ROW[frame];
  const values = episodes.flatMap(({ hedge, condor }) => (hasCondors ? [hedge, condor] : [hedge]));
  const domain = domainOf([...values, 0]);
  const room = { low: textWidth("−10.0") + 8, high: textWidth("+103.1") + 8 };
  const scale = linearScale(domain, LEFT[frame] + room.low, width - room.high);

  const ticks = ticksOf(domain, frame === "wide" ? 6 : 4);
  const digits = tickDigits(ticks, 100);
  const grid = ticks.flatMap((tick, index) => [
    segment({ x: scale(tick), y: 22 }, { x: scale(tick), y: bottom }, tick === 0 ? "k-edge" : "k-line"),
    label({ x: scale(tick), y: bottom + 15 }, bare(tick, digits) + (index === ticks.length - 1 ? " %" : ""), {
      anchor: "middle",
    }),
  ]);
  const rows = episodes.flatMap((episode, index) =>
    episodeRow(episode, { scale, frame, hasCondors, y: 28 + index * ROW[frame] }),
  );
  return drawing({ width, height: bottom + 20 }, "Condors and hedge in each shock, in per cent of equity", [
    ...(hasCondors
      ? [label({ x: width - 50, y: 11 }, "condors", { tone: "x-t2", anchor: "end", weight: 500 })]
      : []),
    label({ x: width, y: 11 }, "hedge", { tone: "x-bench", anchor: "end", weight: 500 }),
    ...grid,
    ...rows,
  ]);
}

function episodeRow(
  { name, from, to, condor, hedge }: EpisodeResult,
  {
    scale,
    frame,
    hasCondors,
    y,
  }: {
    readonly scale: Scale;
    readonly frame: Frame;
    readonly hasCondors: boolean;
    readonly y: number;
  },
): readonly Html[] {
  const shown = frame === "wide" ? name : shortEpisode(name);
  return [
    label({ x: 0, y: y + 14 }, shown, { tone: "x-t2 halo", size: 12.5 }),
    ...(hasCondors
      ? bar(condor, { scale, y, tone: "f-neutral", title: `${name}, ${from} to ${to}: condors` })
      : []),
    ...bar(hedge, {
      scale,
      y: hasCondors ? y + 12 : y + 6,
      tone: "f-bench",
      title: `${name}, ${from} to ${to}: hedge`,
    }),
  ];
}

function bar(
  value: number,
  {
    scale,
    y,
    tone,
    title,
  }: { readonly scale: Scale; readonly y: number; readonly tone: string; readonly title: string },
): readonly Html[] {
  const from = Math.min(scale(0), scale(value));
  const width = Math.abs(scale(value) - scale(0));
  const text = bare(value);
  const isLoss = text.startsWith("−");
  const x = isLoss ? from - 5 : from + width + 5;
  return [
    box({ x: from, y, width, height: BAR }, tone, `${title} ${text} %`),
    label({ x, y: y + 9 }, text, { tone: "x-t2 halo", anchor: isLoss ? "end" : "start" }),
  ];
}
