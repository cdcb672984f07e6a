import type { CalendarDate, Structure } from "@steward/model";
import type { BigTop } from "../readings/big-top.ts";
import type { Gate } from "../verdict.ts";
import type { Score, Vote } from "./votes.ts";

/** Something that the sleeve opens today. */
export interface SleeveOrder {
  readonly rung: string;
  readonly expiration: CalendarDate;
  readonly structure: Structure;
  readonly contracts: number;
  /** Points per unit that it is expected to bring; negative where it costs. */
  readonly credit: number;
  /** Dollars that all units can lose at settlement, before fees. */
  readonly maxLoss: number;
  readonly because: readonly string[];
}

/** The second engine today, for its account. */
export interface SecondEngineDecision {
  readonly gates: readonly Gate[];
  readonly readings: readonly Vote[];
  readonly score: Score;
  /** Which conditions of the literal filter hold; undefined while it warms up. */
  readonly bigTop: BigTop | undefined;
  readonly action: "enter" | "none";
  readonly orders: readonly SleeveOrder[];
  /** Why nothing is entered, or what stood in the way of the rest. */
  readonly because: readonly string[];
}
