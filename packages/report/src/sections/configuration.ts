import {
  type BrokerName,
  type CreditUnit,
  EVENT_KINDS,
  type EventKind,
  type EventPolicy,
  type ExpectedRangeFormula,
  type FillConfig,
  type HedgeConfig,
  type StrategyConfig,
  type TierConfig,
} from "@steward/strategy";
import { section } from "../components/section.ts";
import { capitalized, fixed, percent } from "../format.ts";
import { type Html, html } from "../html.ts";
import type { Study } from "../study.ts";

type Entry = readonly [name: string, value: string];

interface Group {
  readonly title: string;
  readonly entries: readonly Entry[];
}

/** Every parameter of the run, in words. */
export function configurationSection({ input: { config, name } }: Study): Html {
  const groups = [
    condorGroup(config),
    ...config.condor.tiers.map((tier) => tierGroup(tier, config.condor.creditUnit)),
    sizeGroup(config),
    ...(config.hedge === undefined ? [] : [hedgeGroup(config.hedge)]),
    fillGroup(config),
    tradingGroup(config),
  ];
  return section({
    id: "configuration",
    title: `Configuration: ${name}`,
    note: "Everything that the rules were given. What is not here was not a parameter.",
    body: html`<div class="config">${groups.map(groupTable)}</div>`,
    isLong: true,
  });
}

function groupTable({ title, entries }: Group): Html {
  const rows = entries.map(([name, value]) => html`<tr><td>${name}</td><td>${value}</td></tr>`);
  return html`<table><caption>${title}</caption><tbody>${rows}</tbody></table>`;
}

const RANGES: Readonly<Record<ExpectedRangeFormula, string>> = {
  vix: "VIX over √252",
  glossary: "VIX9D and realized, weights 0.1 and 0.5",
  blend6040: "VIX9D and realized, weights 0.6 and 0.4",
};

/** A credit in the unit that the configuration counts in. */
function creditText(credit: number, unit: CreditUnit): string {
  if (unit === "width") return `${percent(credit)} of the width`;
  return unit === "points" ? `${fixed(credit, 2)} pt` : `${fixed(credit, 2)} bp of the forward`;
}

function condorGroup({ condor, vixGate }: StrategyConfig): Group {
  return {
    title: "Condors",
    entries: [
      ["Root", condor.root],
      [
        "Expiration",
        condor.sessionsToExpiration === 1 ? "next session" : `${condor.sessionsToExpiration} sessions ahead`,
      ],
      ["Expirations", condor.listings === "hypothetical" ? "any session, listed or not" : "listed ones only"],
      ["Expected range", RANGES[condor.expectedRange]],
      [
        "Wing width",
        `${fixed(condor.width, 0)} pt${condor.callWidth === undefined ? "" : `, calls ${fixed(condor.callWidth, 0)} pt`}`,
      ],
      ["Strike step", `${fixed(condor.step, 0)} pt`],
      ["Credit band", `±${creditText(condor.creditBand, condor.creditUnit)}`],
      ["Least credit", `${percent(condor.minCreditShareOfWidth)} of the width`],
      ["Most fill cost", `${percent(condor.maxCostShareOfCredit)} of the credit`],
      ["VIX gate reopens", `${fixed(vixGate.hysteresis, 2)} below its line`],
      ...(vixGate.fiveDayClause
        ? ([["Five-day clause", "opens every tier below the mean of five sessions"]] as const)
        : []),
    ],
  };
}

function tierGroup(
  { name, credit, startMultiple, vixBelow, maxShortDelta }: TierConfig,
  unit: CreditUnit,
): Group {
  return {
    title: `Tier ${capitalized(name)}`,
    entries: [
      [
        "Credit sought, after fill cost",
        unit === "points" ? `${fixed(credit, 2)} cr` : creditText(credit, unit),
      ],
      ["Search starts at", `${fixed(startMultiple, 2)} expected ranges`],
      ["Sells while VIX is below", fixed(vixBelow, 2)],
      ["Short delta at most", maxShortDelta === undefined ? "no limit" : fixed(maxShortDelta, 2)],
    ],
  };
}

const EVENT_NAMES: Readonly<Record<EventKind, string>> = {
  fomc: "an FOMC decision",
  cpi: "consumer prices",
  jobs: "a jobs report",
  ppi: "producer prices",
};

const POLICY_NAMES: Readonly<Record<EventPolicy, string>> = {
  skip: "no condor",
  half: "half size",
  warn: "a warning",
  ignore: "as usual",
};

function brakeEntries({ drawdownBrake }: StrategyConfig["size"]): Group["entries"] {
  if (drawdownBrake === undefined) return [];
  const { from, until, least } = drawdownBrake;
  return [
    [
      "Below the peak",
      `less from ${percent(from)} on, ${percent(least)} of the size from ${percent(until)} on`,
    ],
  ];
}

function sizeGroup({ size, events }: StrategyConfig): Group {
  return {
    title: "Size",
    entries: [
      ...(size.profile === undefined ? [] : [["Profile", size.profile] as const]),
      ["Largest loss of all tiers together", `${percent(size.totalRiskShare)} of equity`],
      ...brakeEntries(size),
      ...(size.fairValue === undefined
        ? []
        : [
            [
              "By the value of dividends",
              `discount of the short rate and ${percent(size.fairValue.premium)}`,
            ] as const,
          ]),
      ...EVENT_KINDS.map((kind) => [`Before ${EVENT_NAMES[kind]}`, POLICY_NAMES[events[kind]]] as const),
    ],
  };
}

function hedgeGroup({ layers, delta, budgetShare }: HedgeConfig): Group {
  return {
    title: "Layered VIX hedge",
    entries: [
      ["Delta when bought, on the future", fixed(delta, 2)],
      ["Yearly budget", `${percent(budgetShare)} of equity`],
      ...layers.map(
        ({ name, days, contracts, rollDays }): Entry => [
          `Layer ${name}`,
          `${contracts} calls, ${days} days, rolled at ${rollDays}`,
        ],
      ),
    ],
  };
}

function fillGroup({ fills: { halfSpreadShare: share, unbidShare } }: StrategyConfig): Group {
  const legs = [1, 2, 3, 4] as const;
  return {
    title: "Fills, share of the half-spread paid",
    entries: [
      ...legs.map((count): Entry => [`${count} ${count === 1 ? "leg" : "legs"}`, percent(share[count], 0)]),
      ["A leg without a bid, at least", percent(unbidShare, 0)],
    ],
  };
}

const BEYOND_SIZE: Readonly<Record<FillConfig["beyondSize"], string>> = {
  refuse: "refused",
  cap: "cut to the size",
  ignore: "filled",
};

const BROKERS: Readonly<Record<BrokerName, string>> = {
  "ibkr-tiered": "Interactive Brokers, tiered",
  "ibkr-fixed": "Interactive Brokers, fixed",
  tastytrade: "tastytrade",
  flat: "0.65 a contract",
};

function tradingGroup({ fills, fees }: StrategyConfig): Group {
  return {
    title: "Orders and fees",
    entries: [
      ["Orders beyond a quote’s size", BEYOND_SIZE[fills.beyondSize]],
      ["Quotes refused when older than", `${fixed(fills.staleAfterMinutes, 0)} minutes`],
      ["Broker’s schedule", BROKERS[fees.broker]],
    ],
  };
}
