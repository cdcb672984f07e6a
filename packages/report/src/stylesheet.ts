import { baseStyles } from "./styles/base.ts";
import { mediaStyles } from "./styles/media.ts";
import { pageStyles } from "./styles/page.ts";
import { tableStyles } from "./styles/tables.ts";

/** All styles of the page. Order matters: the last part adapts what the others set. */
export const stylesheet: string = [baseStyles, pageStyles, tableStyles, mediaStyles]
  .join("")
  .replaceAll("\n", "");
