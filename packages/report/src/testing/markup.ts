// A strict reader of the little HTML that reports are made of: enough to prove that tags nest and attributes are quoted.

export interface Tag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Text of the element and of all inside it. */
  readonly text: string;
}

const VOID = new Set(["meta", "input", "br", "link", "img"]);
const TOKEN =
  /<!doctype html>|<style>[\s\S]*?<\/style>|<(\/?)([a-z][a-zA-Z0-9]*)((?:\s+[a-zA-Z0-9-]+(?:="[^"<]*")?)*)\s*(\/?)>|([^<]+)/g;

/** Every element in order of its opening; throws where a tag is left open, closes another, or is not understood. */
export function readMarkup(source: string): readonly Tag[] {
  const tags: { name: string; attributes: Record<string, string>; text: string }[] = [];
  const open: { name: string; attributes: Record<string, string>; text: string }[] = [];
  let at = 0;
  for (const match of source.matchAll(TOKEN)) {
    if (match.index !== at) throw new Error(`not understood: ${source.slice(at, at + 80)}`);
    at += match[0].length;
    const [, closing, name, attributes = "", selfClosing, text] = match;
    if (text !== undefined) for (const element of open) element.text += text;
    if (name === undefined) continue;
    if (closing === "/") {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
      continue;
    }
    const tag = { name, attributes: readAttributes(attributes), text: "" };
    tags.push(tag);
    if (selfClosing !== "/" && !VOID.has(name)) open.push(tag);
  }
  if (at !== source.length) throw new Error(`not understood: ${source.slice(at, at + 80)}`);
  if (open.length > 0) throw new Error(`left open: ${open.map(({ name }) => name).join()}`);
  return tags;
}

function readAttributes(source: string): Record<string, string> {
  return Object.fromEntries(
    [...source.matchAll(/([a-zA-Z0-9-]+)(?:="([^"]*)")?/g)].map(([, name, value]) => [name, value ?? ""]),
  );
}
