import { bootstrapPair, type PairedEstimates } from "@steward/analytics";
import { type CalendarDate, daysBetween, type Money, toModel } from "@steward/model";
import { type Arm, type ArmOptions, bootstrapOf, returnsOfRun } from "./arm.ts";
import type { SessionRow } from "./kernel.ts";

/** What the hedge did in one calendar year, as shares of the equity at the year's start. */
export interface HedgeYear {
  readonly year: number;
  readonly hedge: number;
  readonly condor: number;
  readonly total: number;
}

/** A named fall of the index, from its last calm close to the close at which the hedge is judged. */
export interface Episode {
  readonly name: string;
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}

/** Results over an episode as shares of the equity at its start. */
export interface EpisodeResult extends Episode {
  readonly hedge: number;
  readonly condor: number;
}

/** What the hedge cost and what it saved, hedged arm against unhedged. */
export interface HedgeEffect {
  readonly years: readonly HedgeYear[];
  readonly episodes: readonly EpisodeResult[];
  /** The hedge's result a year: each calendar year's as a share of its first equity, summed over the span. Negative is a cost. */
  readonly resultAYear: number | undefined;
  /** Deepest drawdown hedged less unhedged: positive means that the hedge made it shallower. */
  readonly drawdownSaved: number | undefined;
  /** Hedged less unhedged over the same reshuffled sessions. */
  readonly paired: PairedEstimates | undefined;
}

/** Shocks chosen before any run: dates as in public chronicles of the index. */
export const EPISODES: readonly Episode[] = [
  { name: "September 2001", from: "2001-09-10", to: "2001-09-21" },
  { name: "Autumn 2008", from: "2008-09-02", to: "2008-10-27" },
  { name: "May 2010", from: "2010-04-30", to: "2010-05-20" },
  { name: "August 2011", from: "2011-07-22", to: "2011-08-08" },
  { name: "August 2015", from: "2015-08-17", to: "2015-08-24" },
  { name: "February 2018", from: "2018-02-02", to: "2018-02-05" },
  { name: "Spring 2020", from: "2020-02-19", to: "2020-03-16" },
].map(({ name, from, to }) => ({ name, from: from as CalendarDate, to: to as CalendarDate }));

/** Sets two arms that lived the same sessions against each other. */
export function measureHedge(unhedged: Arm, hedged: Arm, options: ArmOptions): HedgeEffect {
  const { rows } = hedged.run;
  const last = rows.at(-1);
  const years = measureYears(rows, hedged.run.ledger.start);
  const span = rows[0] && last ? daysBetween(rows[0].session, last.session) / 365.25 : 0;
  const without = unhedged.statistics.drawdown?.depth.value;
  const withHedge = hedged.statistics.drawdown?.depth.value;
  return {
    years,
    episodes: EPISODES.flatMap((episode) => measureEpisode(rows, episode)),
    resultAYear: span === 0 ? undefined : years.reduce((total, { hedge }) => total + hedge, 0) / span,
    drawdownSaved: without === undefined || withHedge === undefined ? undefined : withHedge - without,
    paired: bootstrapPair(
      returnsOfRun(hedged.run),
      returnsOfRun(unhedged.run),
      bootstrapOf(hedged.run, options),
    ),
  };
}

/** What a span is measured between: the account, and what the hedge has brought so far. */
interface Standing {
  readonly equity: Money;
  readonly hedge: number;
}

/** The first year counts from before the first session's orders, so that what the hedge cost to open is in it. */
function measureYears(rows: readonly SessionRow[], start: Money): readonly HedgeYear[] {
  const lastOfYear = new Map<number, SessionRow>();
  for (const row of rows) lastOfYear.set(Number(row.session.slice(0, 4)), row);

  const years: HedgeYear[] = [];
  let before: Standing = { equity: start, hedge: 0 };
  for (const [year, row] of lastOfYear) {
    const after = standingOf(row);
    years.push({ year, ...between(before, after) });
    before = after;
  }
  return years;
}

function measureEpisode(rows: readonly SessionRow[], episode: Episode): readonly EpisodeResult[] {
  const start = rows.find(({ session }) => session === episode.from);
  const end = rows.find(({ session }) => session === episode.to);
  if (start === undefined || end === undefined) return [];
  const { hedge, condor } = between(standingOf(start), standingOf(end));
  return [{ ...episode, hedge, condor }];
}

function between(
  start: Standing,
  end: Standing,
): { readonly hedge: number; readonly condor: number; readonly total: number } {
  const equity = toModel(start.equity);
  const hedge = (end.hedge - start.hedge) / equity;
  const total = toModel(end.equity) / equity - 1;
  return { hedge, condor: total - hedge, total };
}

/** The hedge is worth the cash that it has moved and what it would fetch. */
function standingOf({ equity, hedgeCash, marks }: SessionRow): Standing {
  return { equity, hedge: toModel(hedgeCash) + toModel(marks.hedge) };
}
