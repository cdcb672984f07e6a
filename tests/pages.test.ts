// The pages show what commands, examples and snippets print. Each is run again and must print the same.

import { existsSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { blocksOf, PAGES, printedBy, root, textOf, withoutTimes } from "../tools/pages/shown-block.ts";

describe.each(PAGES)("%s", (page) => {
  const shown = blocksOf(page);

  it.each(shown.map((block) => ({ block, name: block.source.split("\n")[0] })))(
    "prints what it shows: $name",
    async ({ block }) => {
      const printed = await printedBy(block);
      if (block.kind !== "example") expect(printed).toBe(block.output);
      else expect(withoutTimes(printed)).toBe(withoutTimes(block.output));
    },
  );

  it("shows nothing as run that is not", () => {
    const fences = textOf(page).match(/^```(?:console|ts)$/gm) ?? [];
    expect(shown.length).toBe(fences.length);
  });

  it.each([...textOf(page).matchAll(/\]\(([^)#:]+)[^):]*\)/g)].map(([, target = ""]) => target))(
    "links to %s, which exists",
    (target) => {
      expect(existsSync(new URL(target, new URL(page, root)))).toBe(true);
    },
  );
});

it("every snippet has types that hold", () => {
  const snippets = new Map(
    PAGES.flatMap((page) => blocksOf(page))
      .filter(({ kind }) => kind === "snippet")
      .map(({ source }, i) => [`${root.pathname}docs/snippet-${i}.ts`, source]),
  );
  const { config } = ts.readConfigFile(`${root.pathname}tsconfig.base.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root.pathname);
  const ofPages = { ...options, types: ["node"], isolatedDeclarations: false, declaration: false };
  const host = ts.createCompilerHost(ofPages);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => snippets.get(name) ?? readFile(name);
  host.fileExists = (name) => snippets.has(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const text = snippets.get(name);
    return text === undefined ? getSourceFile(name, ...rest) : ts.createSourceFile(name, text, rest[0]);
  };
  const program = ts.createProgram([...snippets.keys()], ofPages, host);
  const complaints = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) => `${file?.text ?? ""}\n${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  expect(complaints).toEqual([]);
});

describe("the reference of @steward/pricing", () => {
  const index = textOf("packages/pricing/src/index.ts");
  const pages = PAGES.filter((page) => page.startsWith("docs/pricing"))
    .map(textOf)
    .join("\n");
  const exported = [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, names = ""]) =>
    names
      .split(",")
      .map((name) => name.trim().replace("type ", ""))
      .filter((name) => name !== ""),
  );

  it.each(exported)("names %s", (name) => {
    expect(pages).toMatch(new RegExp(`\`${name}\\b`));
  });
});

describe("the page of the market store", () => {
  it("names every format as the command does, in its order", async () => {
    const { FORMATS } = await import("@steward/importers");
    const rows = [...textOf("docs/market-store.md").matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(
      ([, id, title]) => [id, title],
    );
    expect(rows).toEqual(FORMATS.map(({ id, title }) => [id, title]));
  });
});
