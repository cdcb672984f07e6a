import { Failure } from "@steward/model";
import type { Feed } from "./feed.ts";
import { bis } from "./feeds/bis.ts";
import { bls, fomc } from "./feeds/calendars.ts";
import { cboeIndices } from "./feeds/cboe-indices.ts";
import { dvol } from "./feeds/dvol.ts";
import { effr } from "./feeds/effr.ts";
import { alfred, fred, releaseDates } from "./feeds/fred.ts";
import { sec } from "./feeds/sec.ts";
import { shiller } from "./feeds/shiller.ts";
import { treasury } from "./feeds/treasury.ts";
import { vxContracts } from "./feeds/vx-contracts.ts";
import { vxSettlements } from "./feeds/vx-settlements.ts";

/** Every feed, in the order in which all of them are asked. */
export const FEEDS: readonly Feed[] = [
  cboeIndices,
  vxSettlements,
  treasury,
  effr,
  fred,
  alfred,
  releaseDates,
  fomc,
  bls,
  shiller,
  bis,
  sec,
  dvol,
  // Hundreds of files at first, and the exchange wants time between them.
  vxContracts,
];

/** The feeds of these names, all where none is named. Fails with `input.invalid`. */
export function feedsNamed(names: readonly string[]): readonly Feed[] {
  const unknown = names.find((name) => !FEEDS.some(({ id }) => id === name));
  if (unknown !== undefined) {
    const message = `expected a feed of ${FEEDS.map(({ id }) => id).join(", ")}, found ${unknown}`;
    throw new Failure("input.invalid", message);
  }
  return names.length === 0 ? FEEDS : FEEDS.filter(({ id }) => names.includes(id));
}
