import { createHash } from "node:crypto";
import type { Market } from "@steward/engine";
import type { SeriesProvenance } from "@steward/model";
import manifest from "../package.json" with { type: "json" };
import type { Configuration } from "./config/load.ts";
import type { MarketData } from "./market-data.ts";

/** What reproduces a result: the same engine, configuration, data and seed give the same bytes. */
export interface Provenance {
  readonly engineVersion: string;
  readonly configHash: string;
  readonly dataFingerprint: string;
  readonly seed: number;
  readonly series: readonly SeriesProvenance[];
}

/** What reproduces a run on this configuration, data and market. */
export function provenanceOf(configuration: Configuration, data: MarketData, market: Market): Provenance {
  return {
    engineVersion: manifest.version,
    configHash: configHashOf(configuration),
    dataFingerprint: data.fingerprint,
    seed: configuration.seed,
    series: market.provenance,
  };
}

/** What of a configuration decides on a result: data and seed have names of their own. */
export function configHashOf({ strategy, startEquity, assignment }: Configuration): string {
  return hashOf({ strategy, startEquity, assignment });
}

/** First 16 hexadecimal digits of the SHA-256 of a value's JSON, keys in order of their names. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join()}}`;
}
