import { Failure } from "@steward/model";
import {
  beyondRiskProfile,
  type FillConfig,
  type HedgeConfig,
  type HedgeLayerConfig,
  type ManagementConfig,
  type SecondEngineConfig,
  type SizeConfig,
  type StrategyConfig,
  type TierConfig,
  usualSecondEngine,
  withRiskProfile,
} from "@steward/strategy";
import type { ConfigFile } from "./schema.ts";

/** The preset, at the bounds of the profile that the file names, with what else the file says over it. Tiers and layers are merged by name; a new name must be complete. */
export function mergeConfig(named: StrategyConfig, file: ConfigFile, path: string): StrategyConfig {
  const profile = file.size?.profile;
  const preset = profile === undefined ? named : withRiskProfile(named, profile);
  const { tiers, ...condor } = file.condor ?? {};
  const merged: StrategyConfig = {
    condor: { ...preset.condor, ...defined(condor), tiers: mergeTiers(preset.condor.tiers, tiers, path) },
    vixGate: { ...preset.vixGate, ...defined(file.vixGate ?? {}) },
    premiumGauge: mergeOptional(preset.premiumGauge, file.premiumGauge, {
      keys: ["multiple", "window", "skipBelow"],
      where: "premiumGauge",
      path,
    }),
    management: mergeManagement(preset, file),
    size: mergeSize(preset.size, file, path),
    events: { ...preset.events, ...defined(file.events ?? {}) },
    hedge: mergeHedge(preset.hedge, file, path),
    secondEngine: mergeSecondEngine(preset.secondEngine, file),
    fills: mergeFills(preset.fills, file),
    fees: { ...preset.fees, ...defined(file.fees ?? {}) },
  };
  assertConsistent(merged, path);
  return merged;
}

type Overrides<Value> = { readonly [Key in keyof Value]?: Value[Key] | undefined };

/** By name; null removes what the preset has. */
type NamedOverrides<Value> = Readonly<Record<string, Overrides<Omit<Value, "name">> | null>>;

/** Drops keys without a value, so that they do not overwrite. */
function defined<Value extends object>(
  value: Value,
): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Value]?: Exclude<Value[Key], undefined> };
}

function mergeFills(preset: FillConfig, { fills }: ConfigFile): FillConfig {
  const { halfSpreadShare = {}, ...others } = fills ?? {};
  return {
    ...preset,
    ...defined(others),
    halfSpreadShare: { ...preset.halfSpreadShare, ...defined(halfSpreadShare) },
  };
}

/** A file that asks for management at all need not say every number. */
const USUAL_MANAGEMENT: ManagementConfig = {
  onThreat: "hold",
  threatDelta: 0.45,
  threatRange: 0.25,
  stopMultiple: undefined,
  targetShare: undefined,
  shiftSessions: 5,
  maxShifts: 3,
  rollBackDelta: 0.15,
};

function mergeManagement(
  { management: preset }: StrategyConfig,
  { management }: ConfigFile,
): ManagementConfig | undefined {
  if (management === null) return undefined;
  if (management === undefined) return preset;
  const { stopMultiple, targetShare, ...rest } = management;
  const base = preset ?? USUAL_MANAGEMENT;
  return {
    ...base,
    ...defined(rest),
    stopMultiple: stopMultiple === undefined ? base.stopMultiple : (stopMultiple ?? undefined),
    targetShare: targetShare === undefined ? base.targetShare : (targetShare ?? undefined),
  };
}

function mergeSize(preset: SizeConfig, { size = {} }: ConfigFile, path: string): SizeConfig {
  const { drawdownBrake, fairValue, ...rest } = size;
  return {
    ...preset,
    ...defined(rest),
    drawdownBrake: mergeOptional(preset.drawdownBrake, drawdownBrake, {
      keys: ["from", "until", "least"],
      where: "size.drawdownBrake",
      path,
    }),
    fairValue: mergeOptional(preset.fairValue, fairValue, {
      keys: ["premium", "growth", "years", "terminalGrowth", "interval"],
      where: "size.fairValue",
      path,
    }),
  };
}

/** A part that may be left out as a whole: null removes the preset's, and what is said of it must make it complete. */
function mergeOptional<Part extends object>(
  preset: Part | undefined,
  said: Overrides<Part> | null | undefined,
  {
    keys,
    where,
    path,
  }: { readonly keys: readonly (keyof Part & string)[]; readonly where: string; readonly path: string },
): Part | undefined {
  if (said === null) return undefined;
  if (said === undefined) return preset;
  const merged = { ...preset, ...defined(said) };
  requireComplete(Object.fromEntries(keys.map((key) => [key, merged[key]])), where, path);
  return merged as Part;
}

function mergeTiers(
  preset: readonly TierConfig[],
  tiers: NamedOverrides<TierConfig> | undefined,
  path: string,
): readonly TierConfig[] {
  if (tiers === undefined) return preset;
  const merged = mergeNamed(preset, tiers);
  for (const { name, credit, startMultiple, vixBelow } of merged) {
    requireComplete({ credit, startMultiple, vixBelow }, `condor.tiers.${name}`, path);
  }
  return merged.toSorted((left, right) => left.credit - right.credit);
}

function mergeHedge(
  preset: HedgeConfig | undefined,
  { hedge }: ConfigFile,
  path: string,
): HedgeConfig | undefined {
  if (hedge === null) return undefined;
  if (hedge === undefined) return preset;
  const { layers, rollAtDelta, monetise, ...rest } = hedge;
  const merged = {
    ...preset,
    ...defined(rest),
    layers: mergeNamed<HedgeLayerConfig>(preset?.layers ?? [], layers ?? {}),
  };
  const { delta, budgetShare } = merged;
  requireComplete({ delta, budgetShare }, "hedge", path);
  for (const { name, days, contracts, rollDays } of merged.layers) {
    requireComplete({ days, contracts, rollDays }, `hedge.layers.${name}`, path);
  }
  return {
    layers: merged.layers,
    delta: delta ?? 0,
    budgetShare: budgetShare ?? 0,
    rollAtDelta: rollAtDelta === undefined ? preset?.rollAtDelta : (rollAtDelta ?? undefined),
    monetise: mergeOptional(preset?.monetise, monetise, {
      keys: ["gain", "sellShare", "reinvestShare"],
      where: "hedge.monetise",
      path,
    }),
  };
}

/** A file that asks for a second engine at all need not say every number. */
function mergeSecondEngine(
  preset: SecondEngineConfig | undefined,
  { secondEngine }: ConfigFile,
): SecondEngineConfig | undefined {
  if (secondEngine === null) return undefined;
  if (secondEngine === undefined) return preset;
  const base = preset ?? usualSecondEngine;
  const { condor = {}, vixCalls = {}, financing = {}, gates = {}, readings = {}, ...rest } = secondEngine;
  return {
    ...base,
    ...defined(rest),
    condor: { ...base.condor, ...defined(condor) },
    vixCalls: { ...base.vixCalls, ...defined(vixCalls) },
    financing: { ...base.financing, ...defined(financing) },
    gates: { ...base.gates, ...defined(gates) },
    readings: { ...base.readings, ...defined(readings) },
  };
}

function mergeNamed<Value extends { readonly name: string }>(
  preset: readonly Value[],
  overrides: NamedOverrides<Value>,
): readonly Value[] {
  const known = preset
    .filter(({ name }) => overrides[name] !== null)
    .map((value) => ({ ...value, ...defined(overrides[value.name] ?? {}) }));
  const added = Object.entries(overrides).flatMap(([name, value]) =>
    value === null || preset.some((one) => one.name === name) ? [] : [{ name, ...defined(value) } as Value],
  );
  return [...known, ...added];
}

function requireComplete(values: Readonly<Record<string, unknown>>, where: string, path: string): void {
  for (const [key, value] of Object.entries(values)) {
    if (value === undefined) throw invalid(path, `${where}.${key}`, "expected a value, found nothing");
  }
}

/** What no single key can say: relations between keys. */
function assertConsistent(config: StrategyConfig, path: string): void {
  const { condor, size, hedge, secondEngine } = config;
  for (const { key, message } of beyondRiskProfile(config)) throw invalid(path, key, message);
  for (const { name, credit } of condor.tiers) {
    const key = `condor.tiers.${name}.credit`;
    if (condor.creditUnit === "width" && credit + condor.creditBand >= 1)
      throw invalid(
        path,
        key,
        `expected a share of the width that stays below 1 with its band, found ${credit}`,
      );
    if (condor.creditUnit === "points" && credit + condor.creditBand >= condor.width) {
      throw invalid(
        path,
        "condor.width",
        `expected wings wider than the credit ${credit} of ${key} and its band, found ${condor.width}`,
      );
    }
    if (condor.creditBand >= credit)
      throw invalid(
        path,
        "condor.creditBand",
        `expected less than ${key} ${credit}, found ${condor.creditBand}`,
      );
  }

  for (const key of ["width", "callWidth"] as const) {
    const width = condor[key] ?? condor.width;
    if (Number.isInteger(Math.round((width / condor.step) * 1e9) / 1e9)) continue;
    throw invalid(path, "condor.step", `expected a divisor of condor.${key} ${width}, found ${condor.step}`);
  }
  const brake = size.drawdownBrake;
  if (brake !== undefined && brake.from >= brake.until)
    throw invalid(
      path,
      "size.drawdownBrake.until",
      `expected more than from ${brake.from}, found ${brake.until}`,
    );
  if (secondEngine !== undefined) assertSleeve(secondEngine, path);
  for (const { name, days, rollDays } of hedge?.layers ?? []) {
    if (rollDays >= days)
      throw invalid(
        path,
        `hedge.layers.${name}.rollDays`,
        `expected fewer than days ${days}, found ${rollDays}`,
      );
  }
}

function assertSleeve({ condor, vixCalls, financing, riskShare }: SecondEngineConfig, path: string): void {
  // Interest is paid from what no position can claim.
  if (financing.kind === "box" && riskShare > 0.5)
    throw invalid(path, "secondEngine.riskShare", `expected at most 0.5 beside a loan, found ${riskShare}`);
  if (vixCalls.soldDelta <= vixCalls.delta)
    throw invalid(
      path,
      "secondEngine.vixCalls.soldDelta",
      `expected more than delta ${vixCalls.delta}, found ${vixCalls.soldDelta}`,
    );
  for (const [least, most] of [
    ["leastDays", "mostDays"],
    ["leastDelta", "mostDelta"],
  ] as const) {
    if (condor[least] <= condor[most]) continue;
    const key = `secondEngine.condor.${least}`;
    throw invalid(path, key, `expected no more than ${most} ${condor[most]}, found ${condor[least]}`);
  }
}

function invalid(path: string, key: string, message: string): Failure {
  return new Failure("config.invalid", `${path}: ${key}: ${message}`, { details: { path, key } });
}
