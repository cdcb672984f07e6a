// American options that are delivered: overnight notices, the shares they leave, dividends, and the way out.

import type { Random } from "@steward/analytics";
import { type CalendarDate, isLastSessionBefore, multiplyMoney, toLedger } from "@steward/model";
import {
  closingOrder,
  type FeeConfig,
  type Intent,
  type MarketView,
  type StrategyConfig,
} from "@steward/strategy";
import { type AssignmentConfig, type Notice, noticesOf } from "./assignment.ts";
import type { Book, Moment, ShareMark } from "./book.ts";
import type { DeliveryEvent, DividendEvent, LapseEvent, ShareEvent } from "./events.ts";
import { shareFees } from "./fees.ts";
import type { Ledger } from "./ledger.ts";
import { isBroken, type Lot } from "./lot.ts";
import type { Market } from "./ports.ts";
import { deliveryOf, expirationOf, isDelivered, rootOf } from "./settling.ts";

/** Dollars a share that a trade at the opening gives up: half of a spread of one cent. */
const HALF_SPREAD = 0.005;

/** How holders behave, and what a trade of shares costs. */
export interface DeliveryConfig extends AssignmentConfig {
  readonly fees: FeeConfig;
}

/** What is held overnight, and the view of the evening. */
interface Night {
  readonly view: MarketView;
  readonly lots: readonly Lot[];
}

/** What one account's delivered options do between a close and the next opening. */
export class Deliveries {
  readonly #book: Book;
  readonly #config: DeliveryConfig;
  readonly #random: Random;
  #night: Night | undefined;

  constructor(book: Book, config: DeliveryConfig, random: Random) {
    this.#book = book;
    this.#config = config;
    this.#random = random;
  }

  /** After the close: who holds what tonight. What is exercised nobody knows before the morning. */
  evening(view: MarketView): void {
    const lots = this.#lots().filter(({ legs }) => legs.length > 0);
    this.#night = lots.length === 0 ? undefined : { view, lots };
  }

  /** Before the opening: last night's deliveries, and the end of what expired without one. */
  deliver(market: Market, moment: Moment): void {
    if (this.#night === undefined) return;
    const { view, lots } = this.#night;
    for (const { lot, leg, units, because } of this.#noticesOf(market, moment.session, this.#night)) {
      const held = this.#lots().find(({ id }) => id === lot.id);
      if (held !== undefined)
        this.#book.record<DeliveryEvent>(deliveryOf(held, leg, { units, because }), moment);
    }
    const expired = new Set(
      lots.filter((lot) => isLastSessionBefore(view.session.date, expirationOf(lot))).map(({ id }) => id),
    );
    for (const lot of this.#lots()) {
      if (expired.has(lot.id) && lot.legs.length > 0)
        this.#book.record<LapseEvent>({ kind: "lapse", lot }, moment);
    }
    this.#night = undefined;
  }

  #noticesOf(market: Market, morning: CalendarDate, { view, lots }: Night): readonly Notice[] {
    return [...Map.groupBy(lots, rootOf)].flatMap(([root, own]) => {
      const close = market.shares(root, view.session.date)?.close;
      const nextOpen = market.shares(root, morning)?.open;
      if (close === undefined || nextOpen === undefined) return [];
      return noticesOf(own, { view, close, nextOpen, config: this.#config, random: this.#random });
    });
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
    const fees = shareFees({ shares, price, on: moment.session }, this.#config.fees).total;
    this.#book.record<ShareEvent>({ kind: "shares", lot, shares, price, cash, fees }, moment);
  }

  #lots(): readonly Lot[] {
    return this.#book.ledger.lots.filter(isDelivered);
  }
}

/** Orders that end what an assignment has left of a structure; what nobody bids for is left to expire. */
export function closingIntents(
  { lots }: Ledger,
  view: MarketView,
  { fills }: Pick<StrategyConfig, "fills">,
): readonly Intent[] {
  return lots.flatMap((lot): readonly Intent[] => {
    const { purpose, legs, quantity } = lot;
    const order = isBroken(lot) ? closingOrder(view, legs, fills) : undefined;
    if (order === undefined) return [];
    const because = "an assignment took a leg: the rest is closed";
    return [{ effect: "close", purpose, structure: order.structure, quantity, because }];
  });
}
