import { describe, expect, it } from "vitest";
import { type LinePoint, robustLine, weightedMedian } from "./robust-line.ts";
import { chanceOf } from "./testing/synthetic-chain.ts";

describe("a robust line", () => {
  it("knows its own errors", () => {
    const chance = chanceOf(71);
    let level = 0;
    let slope = 0;
    const draws = 800;
    for (let i = 0; i < draws; i++) {
      const points = Array.from({ length: 60 }, (_, j): LinePoint => {
        const halfWidth = chance.uniform(0.8, 1.2);
        return {
          x: j * (1 + j / 60),
          y: 3 - 0.9 * j * (1 + j / 60) + 0.5 * halfWidth * chance.normal(),
          halfWidth,
        };
      });
      const line = robustLine(points);
      if (line === undefined) throw new Error("no line");
      const off = line.level - (3 - 0.9 * line.center);
      level += (off * off) / line.levelVariance;
      slope += ((line.slope + 0.9) * (line.slope + 0.9)) / line.slopeVariance;
    }
    // A mean of 800 squared normals scatters by 0.05; the scale found from 60 points adds a few percent.
    expect(Math.abs(level / draws - 1)).toBeLessThan(0.15);
    expect(Math.abs(slope / draws - 1)).toBeLessThan(0.15);
  });

  it("is not drawn by wrong points, however far", () => {
    const points = Array.from({ length: 21 }, (_, j) => ({
      x: j,
      y: 2 * j + 1 + 0.01 * (j % 3),
      halfWidth: 0.1,
    }));
    const clean = robustLine(points);
    for (const far of [1e2, 1e4, 1e6]) {
      const spoiled = points.map((point, j) => (j % 4 === 0 ? { ...point, y: far } : point));
      const line = robustLine(spoiled);
      expect(line?.slope).toBeCloseTo(clean?.slope ?? 0, 2);
      expect(line?.weights.filter((weight) => weight === 0)).toHaveLength(6);
    }
  });

  it("needs three points at two places", () => {
    const point = { x: 1, y: 1, halfWidth: 1 };
    expect(robustLine([point, { ...point, x: 2 }])).toBeUndefined();
    expect(robustLine([point, point, point])).toBeUndefined();
    expect(robustLine([point, point, { ...point, x: 2 }])).toBeDefined();
  });
});

it("has the weighted median where half of the weight is passed", () => {
  expect(weightedMedian([3, 1, 2], [1, 1, 1])).toBe(2);
  expect(weightedMedian([3, 1, 2], [5, 1, 1])).toBe(3);
  expect(weightedMedian([], [])).toBe(0);
});
