import type { SignalDocument } from "../signal-document.ts";
import { dollars, fixed, percent, signed } from "./format.ts";

/** Every step of a record in sentences: what was read, what each rule said, and what followed. */
export function explanation(record: SignalDocument): readonly string[] {
  return [
    `Record ${record.id}: made again, the same.`,
    `Decided ${record.decision.utc} (${record.decision.chicago} Chicago) with configuration ${record.provenance.configHash} and data ${record.provenance.dataFingerprint}.`,
    "",
    "Gates",
    ...record.gates.map(({ name, verdict, because }) => `  ${name}: ${verdict}, ${because}.`),
    "",
    "Size",
    ...(record.sizing.length === 0
      ? ["  Nothing scales it."]
      : record.sizing.map(
          ({ name, factor, because }) => `  ${name}: times ${fixed(factor, 2)}, ${because}.`,
        )),
    "",
    ...record.tiers.flatMap(tierSteps),
    ...(record.positions.length === 0 ? [] : ["Open condors", ...record.positions.map(positionStep), ""]),
    "Hedge",
    `  ${record.alvh.because}.`,
    ...(record.alvh.enabled
      ? record.alvh.layers.map(({ layer, action, because }) => `  ${layer}: ${action}, ${because}.`)
      : []),
    "",
    "Second engine",
    ...secondEngineSteps(record.secondEngine),
    "",
    "Data",
    ...record.provenance.series.map(({ series, source, from, to, detail }) =>
      `  ${series}: ${source}, ${from} to ${to}. ${detail}`.trimEnd(),
    ),
  ];
}

function secondEngineSteps(engine: SignalDocument["secondEngine"]): readonly string[] {
  if (!engine.enabled) return [`  ${engine.because}.`];
  return [
    ...engine.gates.map(({ name, verdict, because }) => `  ${name}: ${verdict}, ${because}.`),
    ...engine.readings.map(
      ({ name, group, weight, vote, available, because }) =>
        `  ${name} (${group}): ${available ? `votes ${signed(vote, 2)} at weight ${fixed(weight, 2)}` : "abstains"}, ${because}.`,
    ),
    ...engine.orders.flatMap(({ rung, contracts, because }) => [
      `  ${rung}: ${contracts}`,
      ...because.map((why, index) => `  ${index + 1}. ${why}`),
    ]),
    `  ${engine.action}: ${engine.because}.`,
  ];
}

type Tier = SignalDocument["tiers"][number];

function tierSteps(tier: Tier): readonly string[] {
  const steps = tier.because.map((because, index) => `  ${index + 1}. ${because}`);
  if (tier.action === "none") return [`Tier ${tier.tier}: none, ${tier.reason}`, ...steps, ""];
  return [`Tier ${tier.tier}: sell ${tier.contracts}`, ...steps, ...figureLines(tier), ""];
}

function figureLines(tier: Extract<Tier, { action: "sell" }>): readonly string[] {
  const { figures, credit, breakEven, maxLoss } = tier;
  const money = `  credit ${fixed(credit, 2)}, break-even ${fixed(breakEven.low, 2)} to ${fixed(breakEven.high, 2)}, at most ${dollars(-maxLoss)}`;
  if (figures === null) return [money];
  const { probabilities, greeks, margin } = figures;
  return [
    money,
    `  risk-neutral: worthless ${percent(probabilities.worthless)}, a profit ${percent(probabilities.profit)}, put touched ${percent(probabilities.touch.put)}, call touched ${percent(probabilities.touch.call)}`,
    `  a point of the index ${signed(greeks.delta, 0)} dollars, changing by ${signed(greeks.gamma, 1)}; a volatility point ${signed(greeks.vega, 0)}; a day ${signed(greeks.theta, 0)}`,
    `  margin ${dollars(margin.requirement)}, of it ${dollars(margin.deposit)} beyond the credit, by the exchange's minimum`,
  ];
}

function positionStep({
  tier,
  quantity,
  openedOn,
  action,
  because,
}: SignalDocument["positions"][number]): string {
  return `  ${quantity} x ${tier} of ${openedOn}: ${action}, ${because}.`;
}
