// When holders of the American options that we have sold exercise, and when ours are exercised.

import type { Random } from "@steward/analytics";
import { isLastSessionBefore, type Leg, strikePoints } from "@steward/model";
import type { MarketView } from "@steward/strategy";
import type { Lot } from "./lot.ts";

/** How holders behave, and what we do once assigned. */
export interface AssignmentConfig {
  /** Chance that a holder does what pays best on the evening on which it does. 1: always; the rest forget, or wait. */
  readonly rationalShare: number;
  /** Times a year that a holder exercises an option in the money although it would fetch more when sold. */
  readonly irrationalRate: number;
  /**
   * Part of the move from the close to the next opening that has happened by 17:30, the deadline for exercise: holders see it, and
   * whoever sold to them does not choose. From 0 to 1.
   */
  readonly afterCloseShare: number;
  /** `flatten` trades the shares at the next opening and the other legs at the next decision; `hold` waits for the expiration. */
  readonly onAssignment: "flatten" | "hold";
}

/** Everybody does what pays best, and nothing happens after the close. */
export const rationalHolders: AssignmentConfig = {
  rationalShare: 1,
  irrationalRate: 0,
  afterCloseShare: 0,
  onAssignment: "flatten",
};

/** A leg that is delivered overnight; known the next morning. */
export interface Notice {
  readonly lot: Lot;
  readonly leg: Leg;
  readonly units: number;
  readonly because: string;
}

/** In points: an option worth no more than this beyond its intrinsic value is best exercised. */
const NO_TIME_VALUE = 0.005;
/** The clearing house exercises what is a cent in the money at the close unless told otherwise (OCC rule 805, since 2008). */
const EXCEPTION = 0.01 - 1e-9;
const EVENINGS_A_YEAR = 252;

/** What an evening asks about. */
export interface Evening {
  readonly view: MarketView;
  /** Dollars a share at the close, and at the opening after it. */
  readonly close: number;
  readonly nextOpen: number;
  readonly config: AssignmentConfig;
  readonly random: Random;
}

/** The deliveries of one evening, leg by leg. Every leg takes the same draws, so that one holder's whim moves no other's. */
export function noticesOf(lots: readonly Lot[], evening: Evening): readonly Notice[] {
  const { view, close, nextOpen, config, random } = evening;
  const afterClose = close + config.afterCloseShare * (nextOpen - close);
  return lots.flatMap((lot) =>
    lot.legs.flatMap((leg): readonly Notice[] => {
      const chance = random.next();
      // Also the evening before an announced closure, and after a day that turned out closed.
      const isExpiring = isLastSessionBefore(view.session.date, leg.contract.expiration);
      const because = isExpiring
        ? atExpiration(leg, { close, afterClose, isReasonable: chance < config.rationalShare })
        : beforeExpiration(leg, evening, chance);
      return because === undefined ? [] : [{ lot, leg, units: lot.quantity, because }];
    }),
  );
}

/** Ours are left to the clearing house; theirs follow the price until the deadline. */
function atExpiration(
  leg: Leg,
  {
    close,
    afterClose,
    isReasonable,
  }: { readonly close: number; readonly afterClose: number; readonly isReasonable: boolean },
): string | undefined {
  const atClose = intrinsicOf(leg, close);
  const isException = atClose >= EXCEPTION;
  if (leg.ratio > 0) return isException ? `${atClose.toFixed(2)} in the money at the close` : undefined;
  const later = intrinsicOf(leg, afterClose);
  const isMissed = isException && later === 0 && isReasonable;
  if (isException && !isMissed) return `${atClose.toFixed(2)} in the money at the close`;
  const isCaught = !isException && later >= EXCEPTION && isReasonable;
  return isCaught ? `${later.toFixed(2)} in the money after the close` : undefined;
}

function beforeExpiration(leg: Leg, { view, close, config }: Evening, chance: number): string | undefined {
  const { root, expiration, right, strike } = leg.contract;
  const intrinsic = intrinsicOf(leg, close);
  if (leg.ratio > 0 || intrinsic === 0) return undefined;
  const price = view.slice(root, expiration)?.mark(right, strike)?.price;
  if (price === undefined) return undefined;
  if (price - intrinsic <= NO_TIME_VALUE) {
    return chance < config.rationalShare ? "its holder gains nothing by waiting" : undefined;
  }
  return chance < config.irrationalRate / EVENINGS_A_YEAR
    ? "its holder exercises though a sale would pay more"
    : undefined;
}

function intrinsicOf({ contract: { right, strike } }: Leg, price: number): number {
  const beyond = price - strikePoints(strike);
  return Math.max(right === "call" ? beyond : -beyond, 0);
}
