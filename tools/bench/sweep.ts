import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type { Row } from "./row.ts";
import { spentBySteward } from "./steward-process.ts";

/** Sweeps over the whole bundled history: how long four hundred variants take, and whether memory grows with their number. */
export function sweepRows(): readonly Row[] {
  return [40, 400].flatMap((variants) => {
    const home = mkdtempSync(join(tmpdir(), "steward-bench-sweep-"));
    try {
      const shares = Array.from({ length: variants / 4 }, (_, index) => (index + 1) / 1000);
      const axes = ["--vary", "condor.width=5,10,15,20", "--vary", `hedge.budgetShare=${shares.join()}`];
      const { seconds, megabytes } = spentBySteward(["sweep", ...axes, "--json"], home);
      return [
        {
          area: "sweep",
          work: `sweep of ${variants} variants, 5105 sessions each`,
          engine: `steward sweep, ${availableParallelism()} threads, each variant counted`,
          speed: `${seconds.toFixed(1)} s`,
          seconds,
          accuracy: `highest resident set ${megabytes.toFixed(0)} MB`,
        },
      ];
    } finally {
      rmSync(home, { recursive: true });
    }
  });
}
