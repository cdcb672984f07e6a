import type { NoTradeReason, StrategyConfig } from "@steward/strategy";
import { section } from "../components/section.ts";
import { type Column, table } from "../components/table.ts";
import { count, counted, fixed, percent } from "../format.ts";
import { type Html, html, trusted } from "../html.ts";
import type { Study } from "../study.ts";

interface ReasonRow {
  readonly words: string;
  readonly sessions: number;
  readonly share: number;
  /** Of the longest bar. */
  readonly width: number;
  readonly isTotal: boolean;
}

/** Sessions in which no tier sold, by the reason of the tier that is refused last. */
export function noTradeSection({ input: { backtest, config }, hasCondors }: Study): Html | undefined {
  if (!hasCondors) return undefined;
  const { sessions, byReason } = backtest.noTrade;
  const all = Math.max(backtest.sessions, 1);
  const found = REASONS.flatMap((reason) => {
    const inside = byReason[reason] ?? 0;
    return inside === 0 ? [] : [{ reason, inside }];
  }).sort((left, right) => right.inside - left.inside);
  const most = found[0]?.inside ?? 1;
  const rows = found.map(({ reason, inside }) => ({
    words: wordsOf(reason, config),
    sessions: inside,
    share: inside / all,
    width: inside / most,
    isTotal: false,
  }));
  const total = { words: "No tier sold", sessions, share: sessions / all, width: 0, isTotal: true };
  return section({
    id: "not-traded",
    title: `No condor was sold in ${percent(sessions / all)} of sessions`,
    note: "Each session counts once, by the reason of the tier with the smallest credit, the last to be refused.",
    body:
      sessions === 0
        ? html`<p class="empty">A condor was sold in every one of ${counted(backtest.sessions, "session")}.</p>`
        : table({ columns: COLUMNS, rows: [...rows, total], isTotal: ({ isTotal }) => isTotal }),
  });
}

const COLUMNS: readonly Column<ReasonRow>[] = [
  { head: "Reason", cell: ({ words }) => words },
  { head: "", cell: bar, isExtra: true },
  { head: "Sessions", cell: ({ sessions }) => count(sessions), isNumber: true },
  { head: "Share", cell: ({ share }) => percent(share), isNumber: true },
];

function bar({ width, isTotal }: ReasonRow): Html {
  if (isTotal) return html``;
  return html`<span class="share"><i style="width:${trusted(`${Math.max(1, Math.round(width * 100))}%`)}"></i></span>`;
}

const REASONS: readonly NoTradeReason[] = [
  "warming-up",
  "vix-gate",
  "premium-gauge",
  "event",
  "not-listed",
  "not-quoted",
  "credit-out-of-band",
  "credit-below-floor",
  "delta-above-limit",
  "cost-above-limit",
  "account-too-small",
];

function wordsOf(reason: NoTradeReason, { condor }: StrategyConfig): string {
  const lines = [...new Set(condor.tiers.map(({ vixBelow }) => vixBelow))].sort(
    (left, right) => right - left,
  );
  const words: Readonly<Record<NoTradeReason, string>> = {
    "warming-up": "The volatility model was still warming up",
    "premium-gauge": "Premium below its usual level",
    event: "An event before the expiration",
    "vix-gate": `VIX not below the line of ${lines.map((line) => fixed(line, 0)).join(" or ")}`,
    "not-listed": "No expiration was listed",
    "not-quoted": "The wings were not quoted",
    "credit-out-of-band": "No strikes paid the credit sought",
    "credit-below-floor": `Credit below ${percent(condor.minCreditShareOfWidth, 0)} of the width`,
    "delta-above-limit": "A short strike’s delta above its limit",
    "cost-above-limit": `Fill cost above ${percent(condor.maxCostShareOfCredit, 0)} of the credit`,
    "account-too-small": "The account was too small for one condor",
  };
  return words[reason];
}
