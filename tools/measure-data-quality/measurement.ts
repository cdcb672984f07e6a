/** Recall on injected faults and findings on chains that are taken to be clean. */
import { previousSession } from "@steward/model";
import { QUALITY_RULES, type RuleId, validateChain } from "@steward/quality";
import { cleanChainOf, FAULT_KINDS, recallOf } from "../../packages/quality/src/testing/faults.ts";
import { FIXTURE_SETS, readFixtureChains } from "../../packages/quality/src/testing/fixture-chains.ts";
import { SMALL, syntheticChain } from "../../packages/quality/src/testing/synthetic-chain.ts";
import { readVolatilityIndex } from "../measure-market-model/fixtures.ts";

/** What one set of clean chains said. */
export interface CleanSet {
  readonly name: string;
  readonly note: string;
  readonly chains: number;
  readonly rows: number;
  readonly found: ReadonlyMap<RuleId, number>;
  /** Rules that judged nothing in the set. */
  readonly silent: ReadonlySet<RuleId>;
  readonly recall: ReadonlyMap<RuleId, Counted>;
}

/** Faults put in, and faults found. */
export interface Counted {
  readonly injected: number;
  readonly found: number;
}

export interface QualityMeasurement {
  readonly synthetic: ReadonlyMap<RuleId, Counted>;
  readonly sets: readonly CleanSet[];
}

const SYNTHETIC_FAULTS = 1000;
const FIXTURE_FAULTS = 40;
/** Rows: a validation of a large chain takes a tenth of a second, and each chain-wide fault needs one. */
const LARGE_CHAIN = 3000;
const LARGE_CHAIN_FAULTS = 8;
/** Chains of which more than one session is on file serve for recall by their first. */
const RECALL_CHAINS = 1;

/** Measures everything; some two minutes. */
export function measureQuality(tell: (step: string) => void): QualityMeasurement {
  tell("injected faults in synthetic chains");
  const chains = [1, 2, 3, 4, 5, 6].map((seed) =>
    syntheticChain({ ...SMALL, seed, level: 3000 + seed * 471.37, volatility: 0.09 + 0.06 * seed }),
  );
  const synthetic = new Map(
    FAULT_KINDS.map((kind) => [kind.rule, recallOf(kind, chains, { wanted: SYNTHETIC_FAULTS, seed: 7 })]),
  );
  const vix = new Map(readVolatilityIndex("vix").map(({ date, value }) => [String(date), value]));
  const sets = FIXTURE_SETS.map((set) => {
    tell(set.name);
    return measureSet(set, vix);
  });
  return { synthetic, sets };
}

function measureSet(set: (typeof FIXTURE_SETS)[number], vix: ReadonlyMap<string, number>): CleanSet {
  const found = new Map<RuleId, number>();
  const spoke = new Set<RuleId>();
  const recall = new Map<RuleId, Counted>();
  let chains = 0;
  let rows = 0;
  let prior: ReturnType<typeof readFixtureChains> extends Generator<infer Chain> ? Chain | undefined : never;
  for (const chain of readFixtureChains(set)) {
    const session = chain.quotes[0]?.session;
    const before = prior?.quotes[0]?.session;
    const isNext = session !== undefined && before === previousSession(session);
    const published = set.time >= "16:00" ? vix.get(chain.date) : undefined;
    const report = validateChain(chain.quotes, {
      ...(isNext && prior !== undefined ? { priorSession: prior.quotes } : {}),
      ...(published === undefined ? {} : { publishedVix: published }),
    });
    for (const { rule } of report.findings) found.set(rule, (found.get(rule) ?? 0) + 1);
    for (const rule of judging(report)) spoke.add(rule);
    if (chains < RECALL_CHAINS) measureRecall(chain.quotes, recall);
    chains += 1;
    rows += report.rows;
    prior = chain;
  }
  const silent = new Set(QUALITY_RULES.flatMap(({ id }) => (spoke.has(id) ? [] : [id])));
  return { name: set.name, note: set.note, chains, rows, found, silent, recall };
}

/** Rules that did not abstain everywhere. */
function judging({ abstentions, rows, forwards }: ReturnType<typeof validateChain>): RuleId[] {
  return QUALITY_RULES.flatMap(({ id, scope }) => {
    const own = abstentions.filter(({ rule }) => rule === id);
    if (scope === "row")
      return own.reduce((sum, abstention) => sum + (abstention.rows ?? 0), 0) < rows ? [id] : [];
    return own.length < (scope === "slice" ? forwards.length : 1) ? [id] : [];
  });
}

function measureRecall(quotes: Parameters<typeof cleanChainOf>[0], recall: Map<RuleId, Counted>): void {
  const clean = cleanChainOf(quotes);
  const wanted = clean.quotes.length > LARGE_CHAIN ? LARGE_CHAIN_FAULTS : FIXTURE_FAULTS;
  for (const kind of FAULT_KINDS) recall.set(kind.rule, recallOf(kind, [clean], { wanted, seed: 11 }));
}
