import { type Html, html, type Insertion, joinHtml } from "./html.ts";

/** Every chart is drawn twice, so that its text never shrinks: for a column of a desk screen and for a phone. */
export type Frame = "wide" | "narrow";

/** Widths of the two drawings in pixels of text. */
export const FRAME_WIDTH: Readonly<Record<Frame, number>> = { wide: 840, narrow: 358 };

/** Half of a page: two charts side by side. */
export const HALF_WIDTH: Readonly<Record<Frame, number>> = { wide: 540, narrow: 358 };

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A drawing with the sentence that stands for it. */
export function drawing({ width, height }: Size, label: string, children: readonly Html[]): Html {
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${label}">${joinHtml(children)}</svg>`;
}

export interface TextStyle {
  /** Classes: `x-` and a token for the color, `halo` where it crosses lines. */
  readonly tone?: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly weight?: 500 | 600;
}

/** Text at a point. */
export function label({ x, y }: Point, text: string, style: TextStyle = {}): Html {
  const { tone = "x-t3", anchor, size = 11, weight } = style;
  const anchored: Insertion =
    anchor === undefined || anchor === "start" ? undefined : html` text-anchor="${anchor}"`;
  const weighted: Insertion = weight === undefined ? undefined : html` font-weight="${weight}"`;
  return html`<text x="${x}" y="${y}" class="${tone}"${anchored} font-size="${size}"${weighted}>${text}</text>`;
}

/** A straight line. */
export function segment(from: Point, to: Point, tone: string): Html {
  return html`<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" class="${tone}"/>`;
}

export interface Box extends Point, Size {}

/** A filled rectangle; a title is what a pointer sees. */
export function box({ x, y, width, height }: Box, tone: string, title?: string): Html {
  const at = html`<rect x="${x}" y="${y}" width="${Math.max(width, 0)}" height="${Math.max(height, 0)}" class="${tone}"`;
  return title === undefined ? html`${at}/>` : html`${at}><title>${title}</title></rect>`;
}

/** A filled circle. */
export function dot({ x, y }: Point, radius: number, tone: string): Html {
  return html`<circle cx="${x}" cy="${y}" r="${radius}" class="${tone}"/>`;
}

/** A path without a fill. */
export function curve(d: string, tone: string): Html {
  return html`<path d="${d}" class="${tone}"/>`;
}

/** About how wide a text is: layouts must hold with faces a tenth wider than the first choice. */
export function textWidth(text: string, size = 11): number {
  return text.length * size * 0.56;
}

/** Moves labels apart so that each keeps `gap` from the next and stays inside the bounds; order and count are kept. */
export function declutter(
  positions: readonly number[],
  { gap, low, high }: { readonly gap: number; readonly low: number; readonly high: number },
): readonly number[] {
  const order = positions.map((_, index) => index).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0));
  const placed = positions.map((position) => position);
  let floor = low;
  for (const index of order) {
    placed[index] = Math.max(placed[index] ?? 0, floor);
    floor = (placed[index] ?? 0) + gap;
  }
  let ceiling = high;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index] ?? 0, ceiling);
    ceiling = (placed[index] ?? 0) - gap;
  }
  return placed;
}

/** Hatching is the sign of what is modelled; drawn once and referred to. */
export const patterns: Html = html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="5" class="k-t3 hatchline"/></pattern></defs></svg>`;
