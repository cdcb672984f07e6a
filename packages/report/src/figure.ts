import { type Html, html } from "./html.ts";
import type { Frame } from "./svg.ts";

export interface FigureParts {
  readonly draw: (frame: Frame) => Html;
  /** The same numbers as a table, for whoever cannot see the drawing. */
  readonly table: Html;
  /** Colors explained where a phone leaves no room for labels at the curves. */
  readonly narrowKey?: Html;
}

/** A chart in both of its drawings, of which the page shows the one that fits, and its numbers as a hidden table. */
export function figure({ draw, table, narrowKey }: FigureParts): Html {
  return html`<figure class="fig">${narrowKey}<div class="fw">${draw("wide")}</div><div class="fn">${draw("narrow")}</div><div class="vh">${table}</div></figure>`;
}

export interface DataTable {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A plain table of a chart's numbers: the first cell of a row is its heading. */
export function dataTable({ caption, heads, rows }: DataTable): Html {
  const head = heads.map((text) => html`<th scope="col">${text}</th>`);
  const body = rows.map(
    ([first = "", ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  );
  return html`<table><caption>${caption}</caption><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}
