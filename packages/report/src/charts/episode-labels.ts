import type { Episode } from "@steward/engine";
import type { CalendarDate } from "@steward/model";
import { textWidth } from "../svg.ts";

export interface EpisodeLabel {
  readonly x: number;
  /** 0 is the row next to the chart. */
  readonly row: number;
  readonly text: string;
}

const ROWS = 2;
const GAP = 8;

/** Names of the shaded episodes above the chart: in two rows, and left out where neither has room. The upper row starts with the axis' name. */
export function episodeLabels(
  episodes: readonly Episode[],
  at: (date: CalendarDate) => number,
  { left, right, reserved }: { readonly left: number; readonly right: number; readonly reserved: number },
): readonly EpisodeLabel[] {
  const taken = Array.from({ length: ROWS }, (_, row) =>
    row === ROWS - 1 ? reserved : Number.NEGATIVE_INFINITY,
  );
  const labels: EpisodeLabel[] = [];
  for (const { name, from, to } of episodes) {
    const text = shortEpisode(name);
    const half = textWidth(text) / 2;
    const x = Math.min(Math.max((at(from) + at(to)) / 2, left + half), right - half);
    const row = taken.findIndex((end) => x - half >= end + GAP);
    if (row < 0) continue;
    taken[row] = x + half;
    labels.push({ x, row, text });
  }
  return labels;
}

/** `September 2001` is `Sep 2001`: a month in three letters, a season as it is. */
export function shortEpisode(name: string): string {
  const [first = "", ...rest] = name.split(" ");
  const isSeason = ["Spring", "Summer", "Autumn", "Winter"].includes(first);
  return [isSeason ? first : first.slice(0, 3), ...rest].join(" ");
}
