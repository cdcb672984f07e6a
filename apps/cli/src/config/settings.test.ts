import { expect, test } from "vitest";
import { loadConfiguration } from "./load.ts";
import { parseSettings, settingText, withSettings } from "./settings.ts";

test("values are scalars as in a file", () => {
  const settings = parseSettings("hedge=null, 0.5,1e2,true,SPY", "--vary");
  expect(settings.map(({ value }) => value)).toEqual([null, 0.5, 100, true, "SPY"]);
  expect(settings.map(settingText)).toEqual([
    "hedge=null",
    "hedge=0.5",
    "hedge=100",
    "hedge=true",
    "hedge=SPY",
  ]);
});

test.each(["condor.width", "=5", "condor.width=", "condor.width=5,,6", "condor.width=[5", "hedge={a: 1}"])(
  "%s is refused",
  (text) => {
    expect(() => parseSettings(text, "--set")).toThrow(/expected .* for --set, found/);
  },
);

test("a setting reaches its key, makes the levels above it, and leaves all others alone", () => {
  const content = { condor: { width: 5, step: 5 }, hedge: null };
  const set = [
    { key: "condor.width", value: 10 },
    { key: "size.totalRiskShare", value: 0.1 },
    { key: "hedge.delta", value: 0.3 },
  ];
  expect(withSettings(content, set)).toEqual({
    condor: { width: 10, step: 5 },
    size: { totalRiskShare: 0.1 },
    hedge: { delta: 0.3 },
  });
  expect(content.condor.width).toBe(5);
});

test("a configuration with settings is the preset with these over it, and says so by its name", () => {
  const plain = loadConfiguration({ preset: "flagship" });
  const set = [{ key: "condor.width", value: 10 }];
  const { name, strategy, ...others } = loadConfiguration({ preset: "flagship", set });
  expect(name).toBe("flagship condor.width=10");
  expect(strategy).toEqual({ ...plain.strategy, condor: { ...plain.strategy.condor, width: 10 } });
  const { name: _, strategy: __, ...same } = plain;
  expect(others).toEqual(same);
});

test("what is wrong with a setting is told with the setting", () => {
  const broken = (key: string, value: unknown) => () => loadConfiguration({ set: [{ key, value }] });
  expect(broken("condor.widht", 10)).toThrow(
    "condor.widht=10: expected a known key, found condor.widht; did you mean width?",
  );
  expect(broken("condor.step", 3)).toThrow(
    "condor.step=3: condor.step: expected a divisor of condor.width 10, found 3",
  );
  expect(broken("condor.width", "wide")).toThrow(/^condor\.width=wide: condor\.width: .*found "wide"$/);
});
