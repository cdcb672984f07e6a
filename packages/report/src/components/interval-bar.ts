import type { Estimate } from "@steward/analytics";
import { domainOf, linearScale } from "../axis.ts";
import { type Html, html, trusted } from "../html.ts";

export interface IntervalBarParts {
  readonly value: number;
  /** The 95 and 50 % bands; undefined where the result has none. */
  readonly bands?: Pick<Estimate, "low95" | "high95"> & Partial<Pick<Estimate, "low50" | "high50">>;
  /** The line to beat, in amber. */
  readonly beat?: number | undefined;
  /** The comparator, a hollow dot. */
  readonly other?: number | undefined;
  /** Single values behind the estimate, as fine strokes. */
  readonly rug?: readonly number[];
}

/** The small bar below every figure: dot, 50 % and 95 % band, and an amber tick for what it must beat. */
export function intervalBar({ value, bands, beat, other, rug = [] }: IntervalBarParts): Html {
  const marked = [value, bands?.low95, bands?.high95, beat, other, ...rug].filter(
    (mark) => mark !== undefined,
  );
  const scale = linearScale(domainOf(marked, { padding: 0.3 }), 0, 100);
  const mark = (name: string, at: number): Html =>
    html`<i class="${name}" style="left:${share(scale(at))}"></i>`;
  const band = (name: string, low: number, high: number): Html =>
    html`<i class="${name}" style="left:${share(scale(low))};width:${share(scale(high) - scale(low))}"></i>`;

  return html`<span class="iv" aria-hidden="true"><i class="track"></i>${[
    ...rug.map((single) => mark("rug", single)),
    bands && band("b95", bands.low95, bands.high95),
    bands?.low50 === undefined || bands.high50 === undefined
      ? undefined
      : band("b50", bands.low50, bands.high50),
    beat === undefined ? undefined : mark("beat", beat),
    other === undefined ? undefined : mark("other", other),
    mark("at", value),
  ]}</span>`;
}

function share(percentage: number): Html {
  return trusted(`${(Math.round(percentage * 100) / 100 + 0).toString()}%`);
}
