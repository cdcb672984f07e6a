import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EuropeanColumns } from "@steward/pricing";
import type { Engine } from "./rounds.ts";

/** What quantlib.cpp can be asked for. */
export type QuantLibMode = "greeks" | "implied" | "american-fast" | "american-accurate";

/** QuantLib's C++ library as an engine, and what it found in its last pass. */
export interface QuantLibEngine extends Engine {
  readonly results: () => Float64Array;
}

const HEADER = "/usr/include/ql/quantlib.hpp";

let binary: string | undefined | null = null;

/** The engine over a sample, or `undefined` where QuantLib is not installed; the reason is told once. */
export function quantLib(
  name: string,
  mode: QuantLibMode,
  { columns, prices }: { readonly columns: EuropeanColumns; readonly prices?: Float64Array },
): QuantLibEngine | undefined {
  if (binary === null) binary = build();
  const program = binary;
  if (program === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "steward-bench-"));
  const [input, output] = [join(folder, "rows"), join(folder, "results")];
  writeFileSync(input, rowsFile(columns, prices));
  return {
    name,
    rows: columns.rights.length,
    pass: () => {
      const { status, stdout } = spawnSync(program, [mode, input, output], { encoding: "utf8" });
      if (status !== 0) throw new Error(`quantlib ${mode}: expected exit status 0, found ${status}`);
      return Number(stdout);
    },
    results: () => {
      const bytes = readFileSync(output);
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    },
  };
}

function build(): string | undefined {
  if (!existsSync(HEADER)) {
    console.error("bench: no QuantLib here (apt-get install -y libquantlib0-dev g++); its rows are left out");
    return undefined;
  }
  const program = join(mkdtempSync(join(tmpdir(), "steward-bench-")), "quantlib");
  const source = new URL("quantlib.cpp", import.meta.url).pathname;
  const { status } = spawnSync("g++", ["-O3", "-march=native", source, "-o", program, "-lQuantLib"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status === 0) return program;
  console.error("bench: quantlib.cpp did not compile with g++; QuantLib's rows are left out");
  return undefined;
}

function rowsFile(columns: EuropeanColumns, prices: Float64Array | undefined): Uint8Array {
  const { rights, spots, strikes, years, volatilities, rates, dividendYields } = columns;
  const rows = new Float64Array(8 * rights.length);
  for (const [row, right] of rights.entries()) {
    const option = [
      right,
      spots[row],
      strikes[row],
      years[row],
      volatilities[row],
      rates[row],
      dividendYields[row],
    ];
    rows.set([...option.map((value) => value ?? 0), prices?.[row] ?? 0], 8 * row);
  }
  return new Uint8Array(rows.buffer);
}
