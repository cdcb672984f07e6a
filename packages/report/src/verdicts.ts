import { wilson } from "@steward/analytics";
import type { Backtest } from "@steward/engine";
import { chip, type Standing } from "./components/chip.ts";
import { counted, fixed, percent } from "./format.ts";
import { ENOUGH_SESSIONS } from "./headline.ts";
import { NOTHING } from "./hedge-cost.ts";
import { type Html, html } from "./html.ts";
import type { ReportInput, Study } from "./study.ts";

interface Verdict {
  readonly claim: string;
  readonly standing: Standing;
  readonly evidence: string;
}

/** The claims that such a report is read for, each with what may be said of it and the evidence. */
export function verdictList(study: Study): Html {
  const { sessions } = study.input.backtest;
  const isTooShort = sessions < ENOUGH_SESSIONS;
  const found = [
    study.hasCondors ? condorVerdict(study) : undefined,
    study.hasHedge ? crashVerdict(study.input) : undefined,
    study.hasHedge && study.hasCondors ? drawdownVerdict(study) : undefined,
  ].filter((verdict) => verdict !== undefined);
  const said = isTooShort ? found.map((verdict) => untested(verdict, sessions)) : found;
  const rows = said.map(
    ({ claim, standing, evidence }) =>
      html`<div><dt>${claim}</dt><dd>${chip(standing)}</dd><dd class="note xs t3">${evidence}</dd></div>`,
  );
  return html`<dl class="verdicts">${rows}</dl>`;
}

function untested({ claim }: Verdict, sessions: number): Verdict {
  return {
    claim,
    standing: "untestable",
    evidence: `${counted(sessions, "session")}; ${ENOUGH_SESSIONS} are the least`,
  };
}

function condorVerdict({ input: { backtest } }: Study): Verdict {
  const { verdicts } = backtest;
  const claim = "The condors earn after costs";
  const among = (kind: Backtest["verdicts"][number]["verdict"]): number =>
    verdicts.filter(({ verdict }) => verdict === kind).length;
  const all = counted(verdicts.length, "tier");
  const luck = among("luck");
  if (verdicts.every(({ interval }) => interval === undefined)) {
    return { claim, standing: "untestable", evidence: "fewer than two condors in every tier" };
  }
  if (among("loss") === verdicts.length) {
    return {
      claim,
      standing: "contradicted",
      evidence: `${all} with a mean below zero at every volatility scale`,
    };
  }
  if (among("gain") === verdicts.length) {
    return {
      claim,
      standing: "supported",
      evidence: `${all} with a mean above zero at every volatility scale`,
    };
  }
  if (luck === verdicts.length)
    return { claim, standing: "luck", evidence: `the interval covers zero in ${all}` };
  const evidence = `of ${all}: ${among("gain")} gain, ${among("loss")} lose, ${luck} luck, ${among("undetermined")} undetermined`;
  return { claim, standing: "unsettled", evidence };
}

/** A VIX modelled on the index alone misses what makes the hedge pay, or pays where it would not: it may not judge. */
function crashVerdict({ backtest, provenance }: ReportInput): Verdict {
  const claim = "The hedge pays in a crash";
  const { episodes } = backtest.hedge;
  if (provenance.series.some(({ series, source }) => series === "vix" && source === "modelled")) {
    return {
      claim,
      standing: "untestable",
      evidence: "VIX is modelled here: bring a real one to judge the hedge",
    };
  }
  const gains = episodes.filter(({ hedge }) => hedge > 0).length;
  const share = wilson(gains, episodes.length);
  if (share === undefined)
    return { claim, standing: "untestable", evidence: "no named shock within the range" };
  const interval = `95 % ${fixed(share.low95 * 100, 0)} to ${fixed(share.high95 * 100, 0)} of 100`;
  const evidence = `gained in ${gains} of ${counted(episodes.length, "shock")}, ${interval}`;
  if (share.low95 > 0.5) return { claim, standing: "supported", evidence };
  return { claim, standing: share.high95 < 0.5 ? "contradicted" : "unsettled", evidence };
}

/** One path has one deepest drawdown: what settles it is the same sessions reshuffled for both accounts at once. */
function drawdownVerdict({ input: { backtest } }: Study): Verdict {
  const claim = "The hedge cuts the deepest drawdown";
  const { drawdownSaved: saved, paired } = backtest.hedge;
  if (saved === undefined || paired === undefined) {
    return { claim, standing: "untestable", evidence: "an arm never fell below its high" };
  }
  const difference = `${percent(Math.abs(saved))} of equity ${saved > 0 ? "shallower" : "deeper"}`;
  const path = `${Math.abs(saved) < NOTHING ? "the same" : difference} on this path`;
  const evidence = `${path}; shallower in ${fixed(paired.shallower * 100, 0)} of 100 paired reshuffles`;
  if (paired.drawdown.low95 > 0) return { claim, standing: "supported", evidence };
  return { claim, standing: paired.drawdown.high95 < 0 ? "contradicted" : "unsettled", evidence };
}
