import { type CalendarDate, isSameContract, type OptionContract, type Structure } from "@steward/model";
import type { Purpose } from "./intent.ts";

/** Units of one structure that the account holds, as far as rules may know. */
export interface HeldPosition {
  readonly purpose: Purpose;
  /** What is left of it where legs have been closed. */
  readonly structure: Structure;
  /** Units open, and units that were opened together: the rest has been closed since. */
  readonly quantity: number;
  readonly openedQuantity: number;
  readonly openedOn: CalendarDate;
  /** Index points that opening one unit brought, before fees; negative where it cost. */
  readonly premium: number;
}

/** A layer's calls of one contract. */
export interface HeldLayer {
  readonly layer: string;
  readonly contract: OptionContract;
  readonly contracts: number;
  /** With those that were sold since. */
  readonly openedContracts: number;
  /** Points paid for one call, the mean where they were bought at several prices. */
  readonly cost: number;
}

/** The hedge's calls by layer and contract, in the order in which they were bought. */
export function heldLayers(positions: readonly HeldPosition[]): readonly HeldLayer[] {
  const layers: HeldLayer[] = [];
  for (const { purpose, structure, quantity, openedQuantity, premium } of positions) {
    const [leg] = structure.legs;
    if (purpose.kind !== "hedge" || leg === undefined) continue;
    const { layer } = purpose;
    const { contract } = leg;
    const at = layers.findIndex((own) => own.layer === layer && isSameContract(own.contract, contract));
    const before = layers[at];
    const contracts = (before?.contracts ?? 0) + quantity;
    layers[before === undefined ? layers.length : at] = {
      layer,
      contract,
      contracts,
      openedContracts: (before?.openedContracts ?? 0) + openedQuantity,
      cost: ((before?.cost ?? 0) * (before?.contracts ?? 0) - premium * quantity) / contracts,
    };
  }
  return layers;
}
