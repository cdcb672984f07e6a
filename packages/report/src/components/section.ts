import { type Html, html } from "../html.ts";

export interface SectionParts {
  readonly id: string;
  /** What it shows, with the number. */
  readonly title: string;
  /** How to read it. */
  readonly note?: string | Html;
  readonly body: Html;
  /** Whether paper may break it. */
  readonly isLong?: boolean;
}

/** One section of the page: finding, note and body. */
export function section({ id, title, note, body, isLong = false }: SectionParts): Html {
  const said = note === undefined ? undefined : html`<p class="sm t2">${note}</p>`;
  const kind = isLong ? "sec long" : "sec";
  return html`<section class="${kind}" id="${id}"><div class="l"><h2>${title}</h2>${said}</div><div class="r">${body}</div></section>`;
}

/** Two sections side by side where there is room; one of them alone takes the page's width. */
export function duo(left: Html | undefined, right: Html | undefined): Html {
  if (left === undefined || right === undefined) return html`${left}${right}`;
  return html`<div class="duo">${left}${right}</div>`;
}

export type SourceKind = "observed" | "modelled" | "note";

/** The line below a chart: where its numbers come from. */
export function sourceLine(parts: readonly (readonly [kind: SourceKind, text: string])[]): Html {
  const spans = parts.map(([kind, text]) => {
    const swatch = kind === "note" ? undefined : html`<i class="sw ${kind}"></i>`;
    return html`<span>${swatch}${text}</span>`;
  });
  return html`<p class="src">${spans}</p>`;
}
