import { type CalendarDate, calendarDate, type Root, sessionsBetween } from "@steward/model";
// The fakes of the row below: packages do not export them.
import { type FakeViewOptions, fakeView } from "../../../strategy/src/testing/fake-market.ts";
import type { Market, SharePrices } from "../ports.ts";
import type { SettlementValue } from "../settlement-value.ts";

export { type FakeViewOptions, fakeView } from "../../../strategy/src/testing/fake-market.ts";

export interface FakeMarketOptions {
  readonly from: string;
  readonly to: string;
  /** What a session looks like, by its position from zero. */
  readonly day?: (index: number, session: CalendarDate) => Omit<FakeViewOptions, "session">;
  /** What an expiration settles on; by default the index settles on the session's spot and VIX on 14. */
  readonly settle?: (root: Root, expiration: CalendarDate, session: CalendarDate) => number | undefined;
  /** Shares of SPY by session; by default there are none. */
  readonly shares?: (session: CalendarDate) => SharePrices;
}

/** A market over a range of sessions, and the questions about settlements that were put to it. */
export interface FakeMarket extends Market {
  readonly asked: readonly (readonly [root: Root, expiration: CalendarDate, session: CalendarDate])[];
}

export function fakeMarket({ from, to, day = () => ({}), settle, shares }: FakeMarketOptions): FakeMarket {
  const sessions = sessionsBetween(calendarDate(from), calendarDate(to));
  const views = new Map(
    sessions.map((session, index) => [session, fakeView({ session, ...day(index, session) })]),
  );
  const viewOf = (session: CalendarDate) => {
    const view = views.get(session);
    if (view === undefined) throw new Error(`${session} is no session of the fake market`);
    return view;
  };

  const asked: [Root, CalendarDate, CalendarDate][] = [];
  const settlement = (
    root: Root,
    expiration: CalendarDate,
    session: CalendarDate,
  ): SettlementValue | undefined => {
    asked.push([root, expiration, session]);
    const value =
      settle === undefined ? (root === "VIX" ? 14 : viewOf(session).spot) : settle(root, expiration, session);
    return value === undefined ? undefined : { value, source: "official" };
  };
  const sharesOf = (root: Root, session: CalendarDate): SharePrices | undefined =>
    root === "SPY" ? shares?.(session) : undefined;
  return { sessions, view: viewOf, settlement, shares: sharesOf, provenance: [], asked };
}
