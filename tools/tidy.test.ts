// The architecture, executable: every source file is read once and held to the rules of ARCHITECTURE.md and STYLE.md.

import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Low to high. A package may import packages of lower rows only; members of a row do not import each other. */
const ROWS: readonly (readonly string[])[] = [
  ["model"],
  ["pricing"],
  ["analytics", "margin", "quality"],
  ["strategy"],
  ["engine"],
  ["feeds", "importers", "market-model", "report", "store"],
  ["cli"],
];

/** Rows whose code is deterministic: no clock, no chance, no file, no network, no console. */
const DETERMINISTIC = new Set([
  "model",
  "pricing",
  "analytics",
  "margin",
  "quality",
  "strategy",
  "engine",
  "market-model",
  "report",
]);

/** What deterministic code must not reach for, and what to reach for instead. */
const BANNED: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bDate\.now\(|\bnew Date\(|\bDate\.parse\(/, "model's CalendarDate and Instant"],
  [/\bperformance\.now\(/, "nothing: the caller measures"],
  [/\bMath\.random\(|\bcrypto\b.*random/i, "analytics' seededRandom"],
  [/\bconsole\.|\bprocess\.(?!\d)/, "a returned value; apps talk"],
  [/from "node:/, "data handed in; adapters and apps read files"],
  [/\bIntl\.|\.toLocale\w*\(/, "a formatter of its own: locales differ between machines"],
  [/\bfetch\(|\bsetTimeout\(/, "a port"],
];

const ANY_CODE_BANNED: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\.(?:toSorted|sort)\(\)/, "an explicit comparator: the default one compares as text"],
  [/\bexport default\b/, "a named export"],
  [/\bexport \*/, "an explicit export list"],
  [/\b(?:TODO|FIXME|XXX|HACK)\b/, "finished work"],
  [/@ts-(?:ignore|expect-error|nocheck)|biome-ignore/, "a type that holds"],
];

const LIMIT = 400;
const TEST_LIMIT = 600;

interface SourceFile {
  readonly path: string;
  readonly owner: string;
  readonly text: string;
  readonly isTest: boolean;
}

const root = new URL("..", import.meta.url).pathname;
const files: readonly SourceFile[] = globSync(["packages/*/src/**/*.ts", "apps/*/src/**/*.ts"], { cwd: root })
  .toSorted((left, right) => (left < right ? -1 : 1))
  .map((path) => {
    const isTest = path.endsWith(".test.ts") || path.includes("/testing/");
    return { path, owner: path.split("/")[1] ?? "", text: readFileSync(`${root}${path}`, "utf8"), isTest };
  });
const sources = files.filter(({ isTest }) => !isTest);

function rowOf(owner: string): number {
  return ROWS.findIndex((row) => row.includes(owner));
}

it("looks at the whole repository", () => {
  expect(sources.length).toBeGreaterThan(80);
  expect(new Set(files.map(({ owner }) => owner))).toEqual(new Set(ROWS.flat()));
});

describe.each(sources)("$path", ({ path, owner, text }) => {
  it("imports downward, and only what its package declares", () => {
    const manifest = JSON.parse(readFileSync(`${root}${path.replace(/\/src\/.*/, "/package.json")}`, "utf8"));
    const declared = new Set(Object.keys(manifest.dependencies ?? {}));
    for (const [, specifier = ""] of text.matchAll(/from "([^."][^"]*)"/g)) {
      if (specifier.startsWith("node:")) continue;
      const name = specifier
        .split("/")
        .slice(0, specifier.startsWith("@") ? 2 : 1)
        .join("/");
      expect(declared, `${owner} declares ${name}`).toContain(name);
      if (name.startsWith("@steward/")) {
        expect(rowOf(name.slice("@steward/".length)), `${name} sits below ${owner}`).toBeLessThan(
          rowOf(owner),
        );
      }
    }
  });

  it("reaches into no other package", () => {
    for (const [, specifier = ""] of text.matchAll(/from "(\.[^"]*)"/g)) {
      const folder = path.split("/").slice(0, -1);
      const ups = specifier.split("/").filter((part) => part === "..").length;
      expect(folder.length - ups, `${specifier} stays inside the package`).toBeGreaterThanOrEqual(2);
      expect(specifier, "relative imports carry their ending").toMatch(/\.(?:ts|json)$/);
    }
  });

  it("uses nothing that is banned", () => {
    const banned = DETERMINISTIC.has(owner) ? [...BANNED, ...ANY_CODE_BANNED] : ANY_CODE_BANNED;
    for (const [pattern, instead] of banned) {
      expect(pattern.exec(withoutComments(text))?.[0], `use ${instead}`).toBeUndefined();
    }
  });

  it("documents what it exports", () => {
    // Lists of re-exports carry the documents of what they name.
    if (path.endsWith("/index.ts")) return;
    for (const match of text.matchAll(/\n(?<before>[^\n]*)\nexport (?:function|class) (?<name>\w+)/g)) {
      const { before = "", name = "" } = match.groups ?? {};
      expect(before.trimEnd().endsWith("*/"), `${name} says what it is`).toBe(true);
    }
  });
});

it.each(files)("$path is short", ({ text, isTest, path }) => {
  const isFactTable = /closures\.ts|settlement-values\.ts|golden/.test(path);
  expect(text.split("\n").length).toBeLessThanOrEqual(isTest ? TEST_LIMIT : isFactTable ? TEST_LIMIT : LIMIT);
});

it.each(files.filter(({ isTest, path }) => isTest && path.endsWith(".test.ts")))(
  "$path asserts",
  ({ text }) => {
    expect(text).toMatch(/\bexpect\(|\bassert\(|contract\(/i);
  },
);

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|[^:])\/\/.*$/gm, "$1");
}
