import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { presets } from "@steward/strategy";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { configHashOf } from "../provenance.ts";
import { documentOf, transcript } from "../testing/transcript.ts";
import { loadConfiguration } from "./load.ts";
import { completeFile, configurationSchema, parametersOf } from "./parameters.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "steward-parameters-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync(new URL("../../../../docs/configuration.md", import.meta.url), "utf8");

describe("a configuration as a complete file", () => {
  test.each(Object.keys(presets))("%s loads as the same configuration again", (preset) => {
    const configuration = loadConfiguration({ preset });
    const path = join(folder, `${preset}.yaml`);
    writeFileSync(path, stringify(completeFile(configuration)));
    const again = loadConfiguration({ config: path });
    expect(again).toEqual({ ...configuration, name: `${preset}.yaml` });
    expect(configHashOf(again)).toBe(configHashOf(configuration));
  });

  test("holds what a file and settings changed", () => {
    const set = [
      { key: "condor.tiers.far.credit", value: 0.5 },
      { key: "condor.tiers.far.startMultiple", value: 1.5 },
      { key: "condor.tiers.far.vixBelow", value: 25 },
      { key: "assignment.irrationalRate", value: 2 },
    ];
    expect(completeFile(loadConfiguration({ set }))).toMatchObject({
      condor: { tiers: { far: { credit: 0.5 } } },
      assignment: { irrationalRate: 2 },
    });
  });
});

describe("every parameter", () => {
  const parameters = parametersOf(loadConfiguration({}));

  test.each(parameters)(
    "$key says what it means, what it accepts and where its number comes from",
    (parameter) => {
      expect(parameter.meaning).toMatch(/^\S.*[^.]$/);
      expect(parameter.source).toMatch(/^\S.*[^.]$/);
      expect(parameter.accepts).not.toBe("");
    },
  );

  test.each(parameters.filter(({ key }) => !key.startsWith("data.")))(
    "$key has its line on the page",
    ({ key }) => {
      const general = key
        .replace(/^(condor\.tiers|hedge\.layers)\.[a-z]+/, "$1.NAME")
        .replace(/\.[1-4]$/, ".N");
      expect(page).toContain(`\`${general}\``);
    },
  );

  test("of a part that is left out is shown without a value", () => {
    const hedge = parametersOf(loadConfiguration({ preset: "condorOnly" })).filter(({ key }) =>
      key.startsWith("hedge."),
    );
    expect(hedge.map(({ key, value }) => [key, value])).toContainEqual(["hedge.layers.NAME.days", undefined]);
    expect(hedge.every(({ value }) => value === undefined)).toBe(true);
  });
});

describe("JSON Schema", () => {
  test("allows no key that nobody knows, on any level", () => {
    const text = JSON.stringify(configurationSchema());
    const objects = [...text.matchAll(/"properties":/g)].length;
    expect([...text.matchAll(/"additionalProperties":false/g)]).toHaveLength(objects);
    expect(configurationSchema()).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema" });
  });
});

describe("steward config", () => {
  test("explains one key, or all below one", async () => {
    const { out } = await transcript(["config", "explain", "condor.width", "--set", "condor.width=5"]);
    expect(out.split("\n").slice(1)).toEqual([
      "",
      "condor.width: 5",
      "  points between short and long strike",
      "  whole number above 0; chosen here: the only width at which the published credits and win rates agree",
    ]);
    const { document } = await documentOf(["config", "explain", "hedge"]);
    const parameters = document["parameters"] as { key: string; value: unknown }[];
    expect(parameters).toContainEqual(expect.objectContaining({ key: "hedge.layers.short.days", value: 30 }));
    expect(parameters.every(({ key }) => key.startsWith("hedge."))).toBe(true);
  });

  test("refuses an unknown key with the nearest known one", async () => {
    const { status, err } = await transcript(["config", "explain", "hedge.budgetshar"]);
    expect(status).toBe(2);
    expect(err).toContain("found hedge.budgetshar; did you mean hedge.budgetShare?");
  });

  test("shows the whole configuration as a file, and the schema", async () => {
    const { out } = await transcript(["config", "show", "--preset", "condorOnly"]);
    expect(out).toMatch(/^# condorOnly, configuration [0-9a-f]{16}\n/);
    expect(parse(out)).toMatchObject({ hedge: null, condor: { width: 10 } });
    const { out: schema } = await transcript(["config", "schema"]);
    expect(JSON.parse(schema)).toEqual(configurationSchema());
  });
});
