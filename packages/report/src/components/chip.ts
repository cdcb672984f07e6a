import { type Html, html, trusted } from "../html.ts";

/** What may be said of a claim. Each has a shape of its own, so that it reads without color. */
export type Standing = "supported" | "unsettled" | "luck" | "contradicted" | "untestable";

const WORDS: Readonly<Record<Standing, string>> = {
  supported: "Supported",
  unsettled: "Not settled",
  luck: "Not distinguishable from luck",
  contradicted: "Contradicted",
  untestable: "Not testable with this data",
};

const HALF_DISC =
  '<circle cx="6" cy="6" r="4.6" class="k-t2" stroke-width="1.3"/><path d="M6 1.4A4.6 4.6 0 0 0 6 10.6Z" class="f-t2"/>';

const GLYPHS: Readonly<Record<Standing, string>> = {
  supported: '<circle cx="6" cy="6" r="4.8" class="f-gain"/>',
  unsettled: HALF_DISC,
  luck: HALF_DISC,
  contradicted: '<path d="M2.8 2.8 9.2 9.2M9.2 2.8 2.8 9.2" class="k-loss" stroke-width="1.7"/>',
  untestable: '<circle cx="6" cy="6" r="4.6" class="k-t2" stroke-width="1.3" stroke-dasharray="2 1.6"/>',
};

/** A verdict as a glyph and words on its soft fill. */
export function chip(standing: Standing, words: string = WORDS[standing]): Html {
  const glyph = trusted(
    `<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">${GLYPHS[standing]}</svg>`,
  );
  return html`<span class="chip ${standing}">${glyph}${words}</span>`;
}
