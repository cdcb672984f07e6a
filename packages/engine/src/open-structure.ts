import type { CalendarDate, Money, Structure } from "@steward/model";
import type { Purpose } from "@steward/strategy";

/** A structure that the account holds: opened once, ended once. */
export interface OpenStructure {
  readonly id: number;
  readonly purpose: Purpose;
  readonly structure: Structure;
  readonly quantity: number;
  readonly openedOn: CalendarDate;
  /** The least that it can pay at settlement: zero or negative. */
  readonly worst: Money;
  readonly premium: Money;
  readonly fees: Money;
}
