import {
  type Arm,
  ATTRIBUTION_PARTS,
  type Attribution,
  type Backtest,
  type MeanVerdict,
  type Protection,
  type ReferenceName,
} from "@steward/engine";
import { toModel } from "@steward/model";
import { alignColumns, fixed, percent, signed, signedPercent } from "./format.ts";
import { sleeveTable } from "./sleeve-table.ts";

const VERDICTS: Readonly<Record<MeanVerdict["verdict"], string>> = {
  gain: "gains",
  loss: "loses",
  luck: "not distinguishable from luck",
  undetermined: "undetermined: the model does not know volatility well enough to say",
};

/** Half a year: below, intervals say more of the days than of the rules. */
const LEAST_SESSIONS = 126;

/** The result on one screen: arms side by side, tiers with what their win rates need, and what it all rests on. */
export function backtestSummary(result: Backtest): readonly string[] {
  const { sessions, from, to, noTrade } = result;
  const reasons = Object.entries(noTrade.byReason).toSorted(([, left], [, right]) => right - left);
  return [
    `${sessions} sessions from ${from} to ${to}, options modelled; ${noTrade.sessions} without a condor (${reasons.map(([reason, count]) => `${reason} ${count}`).join(", ") || "none"})`,
    "",
    ...armTable(result),
    "",
    ...tierTable(result),
    "",
    ...sensitivityTable(result),
    "",
    ...hedgeLines(result),
    "",
    ...protectionTable(result),
    "",
    ...attributionTable(result),
    ...sleeveTable(result.sleeve),
    ...controlTable(result),
  ];
}

function armTable({ arms, sleeve }: Backtest): readonly string[] {
  const row = (name: string, { statistics: s }: Arm): readonly string[] => [
    name,
    signedPercent(s.growth?.value),
    s.growth === undefined
      ? "n/a"
      : `${signed(s.growth.low95 * 100, 1)} to ${signed(s.growth.high95 * 100, 1)}`,
    signedPercent(s.drawdown?.depth.value),
    s.sharpe === undefined ? "n/a" : signed(s.sharpe.value, 2),
    signedPercent(s.worst?.return),
    signedPercent(s.expectedShortfall, 2),
  ];
  const header = [
    "Account",
    "growth a year",
    "95 % interval",
    "deepest drawdown",
    "Sharpe",
    "worst day",
    "worst 1 in 20",
  ];
  return alignColumns([
    header,
    row("hedged", arms.hedged),
    row("unhedged", arms.unhedged),
    row("smaller, unhedged", arms.smaller),
    ...(sleeve === undefined ? [] : [row("second engine", sleeve.arm)]),
  ]);
}

function tierTable({ arms, verdicts, sessions }: Backtest): readonly string[] {
  const { tiers } = arms.unhedged;
  if (tiers.length === 0) {
    const open = arms.unhedged.run.ledger.lots.length;
    return [open === 0 ? "No condor was sold." : `Condors sold and still open at the end: ${open}.`];
  }
  const rows = tiers.map(({ tier, trades, mean }) => [
    tier,
    String(trades.count),
    percent(trades.winRate.value),
    `${fixed(trades.winRate.low95 * 100, 1)} to ${fixed(trades.winRate.high95 * 100, 1)}`,
    percent(trades.breakEvenWinRate),
    trades.averageLoss === undefined ? "n/a" : signed(trades.averageLoss, 2),
    signed(mean?.value ?? trades.average, 2),
  ]);
  const header = ["Condor", "trades", "wins", "95 % interval", "needs", "average loss", "mean, points"];
  const judged =
    sessions < LEAST_SESSIONS
      ? [`  ${sessions} sessions are too few for a finding: ${LEAST_SESSIONS} are the least.`]
      : verdicts.map(({ tier, verdict }) => `  ${tier}: ${VERDICTS[verdict]}.`);
  return [...alignColumns([header, ...rows]), ...judged];
}

function sensitivityTable({ sensitivity }: Backtest): readonly string[] {
  const { hedged, unhedged } = sensitivity;
  const growth = (name: string, { fills, shortVol }: typeof hedged): readonly string[] => [
    name,
    ...[fills.mid, fills.default, fills.adverse, shortVol["0.95"], shortVol["1.05"]].map((value) =>
      signedPercent(value),
    ),
  ];
  const header = ["Growth a year at", "mid fills", "default", "adverse", "short vol x0.95", "x1.05"];
  return alignColumns([header, growth("hedged", hedged), growth("unhedged", unhedged)]);
}

const CONTROLS: Readonly<Record<ReferenceName, string>> = {
  cndr: "CNDR-like: monthly condor of 20 and 5 delta",
  put: "PUT-like: monthly put at the money, covered",
  bxm: "BXM-like: index and monthly call",
  vxth: "VXTH-like: index and VIX calls of 30 delta",
};

/** What rules of published indices gave, at the middle and without fees: a strategy that costs has to beat them. */
function controlTable({ controls }: Backtest): readonly string[] {
  const rows = controls.flatMap(({ name, performance }) =>
    performance === undefined
      ? []
      : [
          [
            CONTROLS[name],
            signedPercent(performance.growth),
            percent(performance.volatility),
            signedPercent(performance.deepestDrawdown?.depth),
            performance.sharpe === undefined ? "n/a" : signed(performance.sharpe.value, 2),
          ],
        ],
  );
  if (rows.length === 0) return [];
  return [
    "",
    ...alignColumns([["Control", "growth a year", "volatility", "deepest drawdown", "Sharpe"], ...rows]),
  ];
}

/** Thousands of dollars of the hedged account, by where they came from. */
function attributionTable({ attribution }: Backtest): readonly string[] {
  const row = (name: string, parts: Attribution): readonly string[] => [
    name,
    ...ATTRIBUTION_PARTS.map((part) => signed(toModel(parts[part]) / 1000, 0)),
  ];
  const header = ["Hedged, $ thousand", ...ATTRIBUTION_PARTS];
  return alignColumns([header, row("condors", attribution.condor), row("hedge", attribution.hedge)]);
}

function protectionTable({ protection: { hedged, smaller } }: Backtest): readonly string[] {
  if (hedged === undefined || smaller === undefined) return [];
  const row = (name: string, { costAYear, drawdownSaved, costPerPoint }: Protection): readonly string[] => [
    name,
    signedPercent(costAYear),
    signed(drawdownSaved * 100, 1),
    costPerPoint === undefined ? "none saved" : signedPercent(costPerPoint, 2),
  ];
  const header = [
    "Against the unhedged account",
    "costs a year",
    "saves points of drawdown",
    "cost a year per point",
  ];
  return alignColumns([header, row("hedged", hedged), row("the size cut by 30 % instead", smaller)]);
}

function hedgeLines({ hedge }: Backtest): readonly string[] {
  const { resultAYear, drawdownSaved, paired, episodes, years } = hedge;
  if (years.every((year) => year.hedge === 0)) return ["The hedge held nothing."];
  if (resultAYear === undefined) return ["What the hedge brings shows after more than one session."];

  const lines = [`The hedge brought ${signedPercent(resultAYear)} a year.`];
  if (drawdownSaved !== undefined && paired !== undefined) {
    const effect = drawdownSaved >= 0 ? "shallower" : "deeper";
    const points = fixed(Math.abs(drawdownSaved) * 100, 1);
    const share = fixed(paired.shallower * 100, 0);
    lines.push(
      `It made the deepest drawdown ${points} points ${effect}; shallower in ${share} of 100 paired reshuffles.`,
    );
  }
  const shocks = episodes.map(({ name, hedge: gained }) => `${name} ${signedPercent(gained)}`);
  return shocks.length > 0 ? [...lines, `In shocks it brought: ${shocks.join(", ")}.`] : lines;
}
