/** Markup that may stand in a page as it is. Only `html` and `trusted` make it, so text cannot slip in unescaped. */
export interface Html {
  readonly markup: string;
}

/** What a template takes. Strings are escaped; a number is a coordinate and keeps one decimal; undefined is nothing. */
export type Insertion = Html | string | number | undefined | readonly (Html | string | undefined)[];

/** Builds markup from a literal: everything inserted is escaped unless it is markup already. */
export function html(literal: TemplateStringsArray, ...insertions: readonly Insertion[]): Html {
  let markup = literal[0] ?? "";
  for (const [index, insertion] of insertions.entries())
    markup += insert(insertion) + (literal[index + 1] ?? "");
  return { markup };
}

/** Marks our own text as markup: style sheets and constants, never input. */
export function trusted(markup: string): Html {
  return { markup };
}

/** Joins markup that is already escaped. */
export function joinHtml(parts: readonly Html[], separator = ""): Html {
  return { markup: parts.map(({ markup }) => markup).join(separator) };
}

function insert(insertion: Insertion): string {
  if (insertion === undefined) return "";
  if (typeof insertion === "string") return escapeText(insertion);
  if (typeof insertion === "number") return coordinate(insertion);
  return "markup" in insertion ? insertion.markup : insertion.map(insert).join("");
}

/** Escapes, and keeps a per cent sign on the line of its number. */
function escapeText(text: string): string {
  return text
    .replace(/(\d) %/g, "$1\u00A0%")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}

function coordinate(value: number): string {
  // Adding zero turns −0 into 0.
  return String(Math.round(value * 10) / 10 + 0);
}
