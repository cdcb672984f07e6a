// American options that are delivered: overnight notices, the shares they leave, dividends, and the way out.

import type { Random } from "@steward/analytics";
import { type CalendarDate, multiplyMoney, toLedger, zeroMoney } from "@steward/model";
import type { Intent, MarketView } from "@steward/strategy";
import { type AssignmentConfig, type Notice, noticesOf } from "./assignment.ts";
import type { Book, Moment, ShareMark } from "./book.ts";
import type { DeliveryEvent, DividendEvent, LapseEvent, ShareEvent } from "./events.ts";
import type { Ledger } from "./ledger.ts";
import type { Lot } from "./lot.ts";
import type { Market } from "./ports.ts";
import { deliveryOf, expirationOf, isDelivered, rootOf } from "./settling.ts";

/** Dollars a share that a trade at the opening gives up: half of a spread of one cent. */
const HALF_SPREAD = 0.005;

/** What one account's delivered options do between a close and the next opening. */
export class Deliveries {
  readonly #book: Book;
  readonly #config: AssignmentConfig;
  readonly #random: Random;
  #notices: readonly Notice[] = [];
  #expired: ReadonlySet<number> = new Set();

  constructor(book: Book, config: AssignmentConfig, random: Random) {
    this.#book = book;
    this.#config = config;
    this.#random = random;
  }

  /** After the close: who exercises tonight. Nobody knows of it before the morning. */
  evening(market: Market, view: MarketView): void {
    const session = view.session.date;
    const lots = this.#lots().filter((lot) => lot.legs.length > 0);
    this.#expired = new Set(lots.filter((lot) => expirationOf(lot) <= session).map(({ id }) => id));
    this.#notices = [...Map.groupBy(lots, rootOf)].flatMap(([root, own]) => {
      const shares = market.shares(root, session);
      if (shares === undefined) return [];
      return noticesOf(own, { view, shares, config: this.#config, random: this.#random });
    });
  }

  /** Before the opening: last night's deliveries, and the end of what expired without one. */
  deliver(moment: Moment): void {
    for (const { lot, leg, units, because } of this.#notices) {
      const held = this.#lots().find(({ id }) => id === lot.id);
      if (held !== undefined)
        this.#book.record<DeliveryEvent>(deliveryOf(held, leg, { units, because }), moment);
    }
    for (const lot of this.#lots()) {
      if (this.#expired.has(lot.id) && lot.legs.length > 0)
        this.#book.record<LapseEvent>({ kind: "lapse", lot }, moment);
    }
    this.#notices = [];
    this.#expired = new Set();
  }

  /** At the opening: dividends on the shares that were held overnight, then the shares themselves if nothing keeps them. */
  open(market: Market, moment: Moment): void {
    for (const { id } of this.#lots().filter(({ shares }) => shares !== 0)) {
      const lot = this.#lots().find((other) => other.id === id);
      const prices = lot && market.shares(rootOf(lot), moment.session);
      if (lot === undefined || prices === undefined) continue;
      const { open, dividend } = prices;
      if (dividend > 0) {
        const cash = multiplyMoney(toLedger(dividend), lot.shares);
        this.#book.record<DividendEvent>({ kind: "dividend", lot, cash }, moment);
      }
      if (this.#config.onAssignment === "hold" && lot.legs.length > 0) continue;
      this.#trade(id, open, moment);
    }
  }

  /** Prices of shares at the close. */
  marker(market: Market, session: CalendarDate): ShareMark {
    return (lot) => market.shares(rootOf(lot), session)?.close;
  }

  #trade(id: number, open: number, moment: Moment): void {
    const lot = this.#lots().find((other) => other.id === id);
    if (lot === undefined) return;
    const price = lot.shares > 0 ? open - HALF_SPREAD : open + HALF_SPREAD;
    const cash = multiplyMoney(toLedger(price), lot.shares);
    const shares = -lot.shares;
    this.#book.record<ShareEvent>({ kind: "shares", lot, shares, price, cash, fees: zeroMoney }, moment);
  }

  #lots(): readonly Lot[] {
    return this.#book.ledger.lots.filter(isDelivered);
  }
}

/** Orders that end what an assignment has left of a structure. */
export function closingIntents({ lots }: Ledger): readonly Intent[] {
  return lots.flatMap(({ purpose, structure, legs, quantity }): readonly Intent[] => {
    if (legs.length === 0 || legs.length === structure.legs.length) return [];
    const reversed = legs.map(({ contract, ratio }) => ({ contract, ratio: -ratio }));
    const because = "an assignment took a leg: the rest is closed";
    return [
      { effect: "close", purpose, structure: { kind: structure.kind, legs: reversed }, quantity, because },
    ];
  });
}
