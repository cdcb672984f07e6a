import { expect, it } from "vitest";
import { sviJet } from "./svi.ts";
import { fillJet, fillRoot, sliceOf, slotJet, VARIABLES, variablesOf } from "./svi-jet.ts";

const variables = Float64Array.of(0.001, 0.03, 0.07, 0.02, -2.7);

it("has the derivatives to all five variables", () => {
  const jet = slotJet();
  const [below, above] = [slotJet(), slotJet()];
  const h = 1e-6;
  for (const k of [-0.4, -0.1, 0.02, 0.05, 0.3]) {
    fillJet(jet, variables, k);
    for (let i = 0; i < VARIABLES; i++) {
      fillJet(below, variables.with(i, (variables[i] ?? 0) - h), k);
      fillJet(above, variables.with(i, (variables[i] ?? 0) + h), k);
      // Central differences: rounding over the step, on curvatures of about 1.
      expect((above.variance - below.variance) / (2 * h)).toBeCloseTo(jet.ofVariance[i] ?? Number.NaN, 8);
      expect((above.slope - below.slope) / (2 * h)).toBeCloseTo(jet.ofSlope[i] ?? Number.NaN, 8);
      expect((above.curvature - below.curvature) / (2 * h)).toBeCloseTo(jet.ofCurvature[i] ?? Number.NaN, 6);
    }
  }
});

it("is the slice it stands for, both ways", () => {
  const slice = sliceOf(variables);
  const jet = slotJet();
  fillJet(jet, variables, 0.1);
  const direct = sviJet(slice, 0.1);
  expect(jet.variance).toBeCloseTo(direct.variance, 16);
  expect(jet.slope).toBeCloseTo(direct.slope, 15);
  expect(jet.curvature).toBeCloseTo(direct.curvature, 13);
  for (const [i, value] of variablesOf(slice).entries())
    expect(value).toBeCloseTo(variables[i] ?? Number.NaN, 14);
  expect(sliceOf([0.1, 0, 0, 0, 0])).toMatchObject({ b: 0, rho: 0 });
});

it("goes on in a straight line under the floor of the variance", () => {
  const jet = slotJet();
  fillJet(jet, variables, 0);
  fillRoot(jet, 1e-9);
  expect(jet.root).toBe(Math.sqrt(jet.variance));
  expect(jet.ofRoot).toBeCloseTo(0.5 / jet.root, 12);
  jet.variance = -0.01;
  fillRoot(jet, 0.04);
  // 0.2 + (-0.01 - 0.04) / (2 * 0.2).
  expect(jet.root).toBeCloseTo(0.075, 15);
});
