import { assertNever } from "@steward/model";
import type { SecondEngineConfig, StrategyConfig } from "../config.ts";
import { BIG_TOP_CONDITIONS, type BigTop, bigTop } from "../readings/big-top.ts";
import { contango, contangoState } from "../readings/contango.ts";
import { type Gate, percentText, points } from "../verdict.ts";
import type { MarketView } from "../view.ts";
import type { SleeveMenu } from "./offer.ts";
import { deferredCondors, harvestLadder } from "./sleeve-condors.ts";
import { vixBackspread, vixCallLadder } from "./sleeve-vix-calls.ts";
import { nextTiming, type TimingState, type VixMarket, vixMarket } from "./timing.ts";
import { type Score, scoreOf, type Vote, votesOf } from "./votes.ts";

/** What the market says of the second engine in a session, for any account. */
export interface SecondEngineAssessment {
  /** All must pass. The last is the readings' confluence. */
  readonly gates: readonly Gate[];
  readonly readings: readonly Vote[];
  readonly score: Score;
  /** The literal filter, whether it gates or not; undefined while it warms up. */
  readonly bigTop: BigTop | undefined;
  /** What may be opened; undefined while a gate is closed. */
  readonly menu: SleeveMenu | undefined;
}

/** Looks at one session: readings, gates and, where all are open, what could be opened. */
export function assessSecondEngine(
  view: MarketView,
  config: StrategyConfig,
  sleeve: SecondEngineConfig,
  previous: TimingState,
): { readonly assessment: SecondEngineAssessment; readonly state: TimingState } {
  const market = vixMarket(view);
  const state = market === undefined ? previous : nextTiming(previous, market, sleeve.macdOf);
  const readings = votesOf(state, market, sleeve.readings);
  const score = scoreOf(readings);
  const top = market && bigTop(state.bigTop, market.curve);
  const gates = [
    contangoGate(market, sleeve),
    vixGate(market, sleeve),
    ...(sleeve.gates.bigTop ? [bigTopGate(top)] : []),
    confluenceGate(score, sleeve),
  ];
  const isOpen = gates.every(({ verdict }) => verdict === "pass");
  return {
    assessment: {
      gates,
      readings,
      score,
      bigTop: top,
      menu: isOpen ? menuOf(view, config, sleeve) : undefined,
    },
    state,
  };
}

/** What the readings remember of a session in which nobody asks for an assessment. */
export function rememberTiming(
  view: MarketView,
  { macdOf }: SecondEngineConfig,
  previous: TimingState,
): TimingState {
  const market = vixMarket(view);
  return market === undefined ? previous : nextTiming(previous, market, macdOf);
}

function menuOf(view: MarketView, config: StrategyConfig, sleeve: SecondEngineConfig): SleeveMenu {
  switch (sleeve.structure) {
    case "deferred-condor":
      return deferredCondors(view, config, sleeve);
    case "harvest-ladder":
      return harvestLadder(view, config, sleeve);
    case "vix-call-ladder":
      return vixCallLadder(view, config, sleeve);
    case "vix-backspread":
      return vixBackspread(view, config, sleeve);
    default:
      return assertNever(sleeve.structure);
  }
}

function contangoGate(market: VixMarket | undefined, { gates }: SecondEngineConfig): Gate {
  const name = "second-engine:contango";
  const threshold = gates.contango;
  if (market === undefined) return missing(name, threshold);
  const reading = contango(market.curve);
  const isOpen = reading >= threshold;
  const because = `the VIX curve is ${contangoState(reading)}, ${percentText(reading)}, ${isOpen ? "at least" : "less than"} ${percentText(threshold)}`;
  return { name, verdict: isOpen ? "pass" : "block", reading, threshold, because };
}

function vixGate(market: VixMarket | undefined, { gates }: SecondEngineConfig): Gate {
  const name = "second-engine:vix";
  const threshold = gates.vixBelow;
  if (market === undefined) return missing(name, threshold);
  const { vix: reading } = market;
  const isOpen = reading < threshold;
  const because = `VIX ${points(reading)} is ${isOpen ? "" : "not "}below ${points(threshold)}`;
  return { name, verdict: isOpen ? "pass" : "block", reading, threshold, because };
}

function bigTopGate(top: BigTop | undefined): Gate {
  const name = "second-engine:big-top";
  const threshold = BIG_TOP_CONDITIONS.length;
  if (top === undefined) {
    const because = "the big top needs 200 sessions of VIX, futures and the index";
    return { name, verdict: "abstain", reading: undefined, threshold, because };
  }
  const missed = BIG_TOP_CONDITIONS.filter((condition) => !top[condition]);
  const because = missed.length === 0 ? "a big top by the letter" : `no big top: not ${missed.join(", ")}`;
  const verdict = missed.length === 0 ? "pass" : "block";
  return { name, verdict, reading: threshold - missed.length, threshold, because };
}

function confluenceGate({ value, groups }: Score, { minGroups, minScore }: SecondEngineConfig): Gate {
  const name = "second-engine:confluence";
  if (value === undefined) {
    const because = "no reading that votes is available";
    return { name, verdict: "abstain", reading: undefined, threshold: minScore, because };
  }
  const isOpen = groups.length >= minGroups && value >= minScore;
  const because = `groups of readings that speak for an entry: ${groups.length} (${groups.join(", ") || "none"}), ${minGroups} needed; score ${points(value)}, needed ${points(minScore)}`;
  return { name, verdict: isOpen ? "pass" : "block", reading: value, threshold: minScore, because };
}

function missing(name: string, threshold: number): Gate {
  return {
    name,
    verdict: "abstain",
    reading: undefined,
    threshold,
    because: "VIX or a future of its curve is missing",
  };
}
