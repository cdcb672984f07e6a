import { describe, expect, it } from "vitest";
import { fitSurface, type SurfaceFit } from "./svi-fit.ts";
import { chainFiles, hasChains, quotedTargets, volatilityTargets } from "./testing/fixture-chains.ts";

/** Without arbitrage anywhere, and as close as stated, in decimals of volatility. */
function expectSurface(
  surface: SurfaceFit,
  limits: { readonly typical: number; readonly worst: number },
): void {
  expect(surface.calendar).toEqual([]);
  const errors = surface.smiles.map(({ quality }) => quality.weightedRms).sort((left, right) => left - right);
  for (const { butterfly } of surface.smiles) expect(butterfly.kind).toBe("free");
  expect(errors[errors.length >> 1] ?? 0).toBeLessThan(limits.typical);
  expect(errors.at(-1) ?? 0).toBeLessThan(limits.worst);
}

// The bounds are what was measured, rounded up. Quotes of 2011 are six times as wide as those since.
const SURFACES = [
  ["spx_2011_ivolatility", { typical: 0.004, worst: 0.015 }],
  ["spx_2019_cboe_delayed", { typical: 0.004, worst: 0.015 }],
  ["spx_cboe_quotedata", { typical: 0.002, worst: 0.025 }],
] as const;

describe.skipIf(!hasChains)("fits of real chains (skipped without the fixtures)", () => {
  describe.each(SURFACES)("%s", (name, limits) => {
    it.each(chainFiles(name))("%s is a surface without arbitrage", (file) => {
      const targets = quotedTargets(file);
      const surface = fitSurface(targets);
      expect(surface.smiles.length).toBeGreaterThan(0.9 * targets.length);
      expectSurface(surface, limits);
    });
  });

  it.each(chainFiles("spxw_2018_eom_historicaloptiondata"))("%s, one expiration through a crash", (file) => {
    expectSurface(fitSurface(quotedTargets(file)), { typical: 0.01, worst: 0.01 });
  });

  it.each(chainFiles("vix_2016_cboe_datashop/2016-06-01.csv.gz"))("%s, volatility options", (file) => {
    const surface = fitSurface(quotedTargets(file), { hasCalendar: false });
    expect(surface.smiles.length).toBe(9);
    // Quotes on a grid of 5 and 10 cents are 3 to 10 points wide.
    expectSurface(surface, { typical: 0.025, worst: 0.03 });
    for (const { slice } of surface.smiles.slice(1)) expect(slice.rho).toBeGreaterThan(-0.6);
  });

  it.each(chainFiles("iv_2023-02-15_vix.csv.gz"))("%s, volatility options as volatilities", (file) => {
    const surface = fitSurface(volatilityTargets(file), { hasCalendar: false });
    expectSurface(surface, { typical: 0.01, worst: 0.03 });
  });

  it.each(chainFiles("iv_2023-02-15_spx.csv.gz"))("%s, index options as volatilities", (file) => {
    expectSurface(fitSurface(volatilityTargets(file)), { typical: 0.003, worst: 0.007 });
  });
});
