import type { CalendarDate, Structure } from "@steward/model";
import type { EventAssessment } from "../event-policy.ts";

/** What the sleeve could open today, whatever its account. */
export interface SleeveOffer {
  readonly kind: "offer";
  /** What it is in the sleeve's ladder. */
  readonly rung: string;
  readonly expiration: CalendarDate;
  readonly structure: Structure;
  /** Points that opening one unit is expected to bring; negative where it costs. */
  readonly credit: number;
  /** Points that one unit can lose at settlement, above zero. */
  readonly maxLoss: number;
  readonly events: EventAssessment;
  readonly because: string;
}

/** A rung that nothing is offered for. */
export interface SleeveRefusal {
  readonly kind: "refusal";
  readonly rung: string;
  readonly because: string;
}

/** What a structure offers in a session. */
export interface SleeveMenu {
  /** Positions at most: each gets an equal part of the sleeve's risk. */
  readonly places: number;
  /** Of what there is one at a time: of each rung, or of each expiration of a rung. */
  readonly oneOf: "rung" | "expiration";
  readonly offers: readonly (SleeveOffer | SleeveRefusal)[];
}
