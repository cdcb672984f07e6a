import type { SignalDocument } from "../signal-document.ts";
import { alignColumns, dollars, fixed, percent, signed } from "./format.ts";

/** The record as a trade ticket for a terminal. */
export function signalTicket(record: SignalDocument): readonly string[] {
  const { session, decision, market, account, labels, id } = record;
  return [
    `Steward signal for ${session}, decided ${decision.chicago.slice(0, 5)} Chicago (${decision.newYork.slice(0, 5)} New York)   PAPER`,
    "",
    ...marketLines(market),
    "",
    ...tierLines(record),
    ...record.sizing.map(({ name, because }) => `  Size, ${name}: ${because}.`),
    ...record.refused.map(
      ({ order, effect, why }) => `  REFUSED by the paper account: ${effect} ${order}, ${why}.`,
    ),
    ...positionLines(record),
    "",
    ...hedgeLines(record.alvh),
    "",
    ...secondEngineLines(record.secondEngine),
    `Paper account: ${dollars(account.equity)}, of it hedge ${dollars(account.hedgeMark)}; it follows the rules since ${account.since}, from ${dollars(account.startEquity)}.`,
    "",
    ...labels.map((label) => `Note: ${label}.`),
    `Record ${id}, data ${record.provenance.dataFingerprint}, configuration ${record.provenance.configHash}.`,
  ];
}

function marketLines({
  spx,
  volatility,
  expectedRange,
  expiration,
}: SignalDocument["market"]): readonly string[] {
  if (volatility === null || expectedRange === null)
    return [`SPX ${fixed(spx, 2)}. Volatility is not known yet.`];
  const { vix9d, vix, vix3m, vvix } = volatility;
  const isModelled = vix.source === "modelled" ? " (modelled)" : "";
  return [
    `SPX ${fixed(spx, 2)}   VIX ${fixed(vix.value, 2)}${isModelled}   9 days ${fixed(vix9d.value, 2)}   3 months ${fixed(vix3m.value, 2)}   VVIX ${fixed(vvix.value, 1)}`,
    `Expected range to ${expiration}: ${percent(expectedRange.share, 2)}, ${fixed(expectedRange.points, 1)} points.`,
  ];
}

function tierLines({ tiers }: SignalDocument): readonly string[] {
  if (tiers.length === 0) return ["This configuration sells no condors."];
  const sold = tiers.flatMap((tier) => (tier.action === "sell" ? [tier] : []));
  const table = sold.map((tier) => {
    const [longPut, shortPut, shortCall, longCall] = tier.legs.map(({ strike }) =>
      fixed(strike, 0).replaceAll(",", ""),
    );
    return [
      `SELL ${tier.tier}`,
      `${tier.contracts} x`,
      `${longPut}/${shortPut}/${shortCall}/${longCall}`,
      `${fixed(tier.credit, 2)} cr`,
      `${fixed(tier.breakEven.low, 2)} to ${fixed(tier.breakEven.high, 2)}`,
      `at most ${dollars(-tier.maxLoss)}`,
    ];
  });
  const odds = sold.flatMap(({ tier, figures }) =>
    figures === null
      ? []
      : [
          `  ${tier}: worthless ${percent(figures.probabilities.worthless)}, delta ${signed(figures.greeks.delta, 0)}, theta ${signed(figures.greeks.theta, 0)} a day, margin ${dollars(figures.margin.requirement)}; risk-neutral, at modelled or quoted volatility.`,
        ],
  );
  const header = ["Condor", "size", "put wing / call wing", "credit", "break-even", "risk before fees"];
  const refused = tiers.flatMap((tier) =>
    tier.action === "none" ? [`  NONE ${tier.tier}: ${tier.because.at(-1) ?? tier.reason}.`] : [],
  );
  return [
    ...(sold.length > 0 ? alignColumns([header, ...table], 6) : ["  No condor today."]),
    ...odds,
    ...refused,
  ];
}

function positionLines({ positions }: SignalDocument): readonly string[] {
  return positions.map(
    ({ tier, quantity, openedOn, expiration, action, because }) =>
      `  ${action.toUpperCase()} ${quantity} x ${tier} of ${openedOn}, expires ${expiration}: ${because}.`,
  );
}

function hedgeLines(alvh: SignalDocument["alvh"]): readonly string[] {
  if (!alvh.enabled) return [`Hedge: ${alvh.because}.`];
  const rows = alvh.layers.map(({ layer, action, held, because }) => {
    const position = held === undefined ? "–" : `${held.contracts} x ${held.contract.trim()}`;
    const delta = held?.delta === undefined ? "–" : fixed(held.delta, 2);
    const next = held === undefined ? "–" : `${held.days} days, roll in ${held.daysToRoll}`;
    return [`${action.toUpperCase()} ${layer}`, position, delta, next, action === "hold" ? "" : because];
  });
  return [
    `Hedge: ${alvh.because}.`,
    ...alignColumns([["Layer", "held", "delta", "expires", ""], ...rows], 5),
  ];
}

function secondEngineLines(engine: SignalDocument["secondEngine"]): readonly string[] {
  const headline = `Second engine: ${engine.because}.`;
  if (!engine.enabled) return [headline];
  const orders = engine.orders.map(({ rung, contracts, legs, credit, maxLoss }) => {
    const strikes = legs.map(({ strike }) => fixed(strike, 0).replaceAll(",", "")).join("/");
    return `  OPEN ${contracts} x ${rung} ${strikes} for ${signed(credit, 2)}, at most ${dollars(-maxLoss)}.`;
  });
  const refused = engine.refused.map((why) => `  REFUSED by the sleeve's paper account: ${why}.`);
  return [headline, ...orders, ...refused, `  Its paper account: ${dollars(engine.account.equity)}.`];
}
