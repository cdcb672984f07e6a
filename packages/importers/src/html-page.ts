import { type HTMLElement, parse } from "node-html-parser";
import type { Source } from "./format.ts";
import { notThis } from "./json-records.ts";

/** A web page and its size. */
export interface HtmlPage {
  readonly root: HTMLElement;
  readonly bytesRead: number;
}

/** Reads a whole page. Fails with `data.malformed` where it is too large to be one of ours. */
export async function readPage(source: Source): Promise<HtmlPage> {
  const parts: Uint8Array[] = [];
  let bytesRead = 0;
  for await (const chunk of source.bytes()) {
    bytesRead += chunk.length;
    if (bytesRead > MAX_BYTES) throw notThis(source, `a page of up to ${MAX_BYTES} bytes`, "a larger one");
    parts.push(chunk);
  }
  const text = new TextDecoder("utf-8").decode(Buffer.concat(parts));
  const tags = text.split("<").length - 1;
  if (tags > MAX_TAGS) throw notThis(source, `a page of up to ${MAX_TAGS} tags`, `${tags}`);
  return { root: parse(text), bytesRead };
}

/** The Federal Reserve's calendars of six years have some 200 KB. */
const MAX_BYTES = 4 * 1024 * 1024;
/** Elements that are never closed take time with the square of their number. */
const MAX_TAGS = 20_000;

/**
 * The elements of a class under an element, in their order. Selectors by class read every attribute, and the library's reader
 * of attributes fails on one called constructor.
 */
export function elementsOfClass(element: HTMLElement, tag: string, name: string): readonly HTMLElement[] {
  return element.querySelectorAll(tag).filter(({ classList }) => classList.contains(name));
}

/** An element's text with single blanks; empty where there is no element. */
export function textOfElement(element: HTMLElement | null | undefined): string {
  return (element?.text ?? "").replaceAll(/[\s\u00A0]+/g, " ").trim();
}

/** Number of a month, two digits, by its English name or the beginning of it: `Sept.` is 09. Undefined for anything else. */
export function monthByName(name: string): string | undefined {
  const word = name.toLowerCase().replace(/\.$/, "");
  const index = word.length < 3 ? -1 : MONTHS.findIndex((month) => month.startsWith(word));
  return index < 0 ? undefined : String(index + 1).padStart(2, "0");
}

const MONTHS = [
  ...["january", "february", "march", "april", "may", "june"],
  ...["july", "august", "september", "october", "november", "december"],
];
