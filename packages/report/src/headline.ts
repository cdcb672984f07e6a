import type { ArmStatistics, Backtest } from "@steward/engine";
import { counted, fixed, percent } from "./format.ts";
import { hedgeCostPhrase, NOTHING } from "./hedge-cost.ts";
import { type Html, html } from "./html.ts";
import type { NamedArm, Study } from "./study.ts";

/** The finding, and what stands behind it in a few sentences. */
export interface Headline {
  readonly title: string;
  readonly lead: Html;
}

/** Fewer sessions than these say nothing about a year. */
export const ENOUGH_SESSIONS = 126;

/** States what happened, by rule: cost, drawdown, and whether a smaller position did better. No rule praises. */
export function headline(study: Study): Headline {
  return {
    title: titleOf(study),
    lead: html`${leadOf(study)} Nothing here allows for how much was tried before: steward trials does.`,
  };
}

function titleOf(study: Study): string {
  const { backtest } = study.input;
  if (backtest.sessions < ENOUGH_SESSIONS)
    return `${counted(backtest.sessions, "session")}: too few for a finding.`;
  if (!study.hasHedge) return condorTitle(study);
  if (!study.hasCondors) return hedgeAloneTitle(study);

  const loss = lossOf(study);
  const hedge = hedgeSentence(backtest.hedge);
  return loss === undefined ? `${hedge}${smallerSentence(study)}` : `${loss} ${hedge}`;
}

function lossOf({ unhedged }: Study): string | undefined {
  const growth = unhedged?.arm.statistics.growth?.value;
  return growth !== undefined && growth < -NOTHING
    ? `The condors lost ${percent(-growth)} a year.`
    : undefined;
}

function hedgeSentence({ resultAYear, drawdownSaved }: Backtest["hedge"]): string {
  const cost = hedgeCostPhrase(resultAYear);
  if (drawdownSaved === undefined) return `${cost}.`;
  const points = fixed(Math.abs(drawdownSaved) * 100, 1);
  if (Math.abs(drawdownSaved) < NOTHING) return `${cost} and left the deepest drawdown as it was.`;
  return `${cost} and made the deepest drawdown ${points} points ${drawdownSaved > 0 ? "shallower" : "deeper"}.`;
}

function smallerSentence({ judged, smaller, input: { backtest } }: Study): string {
  const saved = backtest.hedge.drawdownSaved ?? 0;
  const small = smaller?.arm.statistics;
  const hedged = judged.arm.statistics;
  const isShallower = (depthOf(small) ?? -1) > (depthOf(hedged) ?? 0);
  const isGrowing = (small?.growth?.value ?? -1) >= (hedged.growth?.value ?? 0);
  if (!isShallower) return "";
  if (saved <= NOTHING) return " A smaller position made it shallower.";
  return isGrowing ? " A smaller position did better on both." : "";
}

function condorTitle({ judged }: Study): string {
  const { growth } = judged.arm.statistics;
  if (growth === undefined) return "The growth of these condors is not known.";
  const depth = depthOf(judged.arm.statistics);
  const fall = depth === undefined ? "" : ` with a drawdown of ${percent(-depth)}`;
  const covers = growth.low95 <= 0 && growth.high95 >= 0;
  const verb =
    growth.value < 0
      ? `The condors lost ${percent(-growth.value)}`
      : `The condors grew ${percent(growth.value)}`;
  return `${verb} a year${fall}${covers ? "; the interval covers zero" : ""}. No hedge was run.`;
}

function hedgeAloneTitle({ input: { backtest } }: Study): string {
  const { resultAYear, episodes } = backtest.hedge;
  const gains = episodes.filter(({ hedge }) => hedge > 0).length;
  const paid = episodes.length === 0 ? "" : ` and gained in ${gains} of ${counted(episodes.length, "shock")}`;
  return `${hedgeCostPhrase(resultAYear)}${paid}. There were no condors to protect.`;
}

function leadOf(study: Study): Html {
  const { judged, unhedged, smaller } = study;
  const parts = [sentence(judged), unhedged && sentence(unhedged), smaller && sentence(smaller)];
  return html`${parts.flatMap((part) => (part === undefined ? [] : [part, " "]))}${undeterminedOf(study)}`;
}

function sentence({ name, arm: { statistics } }: NamedArm): Html {
  const subject = name.charAt(0).toUpperCase() + name.slice(1);
  const { growth } = statistics;
  if (growth === undefined) return html`${subject}: growth n/a, the result holds fewer than two sessions.`;
  const depth = depthOf(statistics);
  const fall =
    depth === undefined ? "never below its high" : html`drawdown <span class="mod">${percent(-depth)}</span>`;
  const rate = percent(Math.abs(growth.value));
  return html`${subject}: ${growth.value < 0 ? "lost" : "grew"} <span class="mod">${rate}</span> a year, ${fall}.`;
}

function undeterminedOf({ input: { backtest } }: Study): string {
  const turning = backtest.verdicts.filter(
    ({ verdict, interval }) => verdict === "undetermined" && interval !== undefined,
  );
  if (turning.length === 0) return "";
  const tiers = counted(backtest.verdicts.length, "tier");
  return `The sign of the mean condor is undetermined in ${turning.length} of ${tiers}: it turns within ±5 % of short volatility, which is as well as that is known.`;
}

function depthOf(statistics: ArmStatistics | undefined): number | undefined {
  return statistics?.drawdown?.depth.value;
}
