import type { CalendarDate, OptionRoot, SeriesProvenance, SeriesSource } from "@steward/model";
import { ACCURACY } from "./accuracy.ts";
import type { LevelSource, SessionState, VolatilityHistory } from "./history.ts";
import type { SuppliedSeries } from "./inputs.ts";
import { quotedSessions } from "./option-quotes.ts";

type Sessions = readonly SessionState[];
type Row = SeriesProvenance | undefined;
type SuppliedName = "vix9d" | "vix" | "vix3m" | "vix6m" | "vvix";

const LEVELS: Readonly<Record<LevelSource, string>> = {
  indices: "real volatility indices",
  vix: "real VIX alone",
  spx: "the index alone",
};

const INDEX_MODELS: Readonly<Record<SuppliedName, string>> = {
  vix: `modelled from the range and closes of the index: ±${points(ACCURACY.vixFromSpx)} points a day against VIX, and blind to shocks that the index does not show`,
  vix9d: fromVix("vix9d"),
  vix3m: fromVix("vix3m"),
  vix6m: fromVix("vix6m"),
  vvix: fromVix("vvix"),
};

function fromVix(name: keyof typeof ACCURACY.otherIndices): string {
  const { vix, spx } = ACCURACY.otherIndices[name];
  return `modelled from VIX: ±${points(vix)} points a day on ${LEVELS.vix}, ±${points(spx)} on ${LEVELS.spx}`;
}

/** Every series behind the views: one row for its real sessions, one for its modelled ones with the measured error. */
export function provenanceOf(history: VolatilityHistory): readonly SeriesProvenance[] {
  const { inputs, states } = history;
  const priced = states.filter(({ volatility }) => volatility !== undefined);
  const names: readonly SuppliedName[] = ["vix9d", "vix", "vix3m", "vix6m", "vvix"];
  const rows: readonly Row[] = [
    row("spx", inputs.indexSource, { sessions: states, detail: inputs.indexDetail ?? "daily bars" }),
    ...names.flatMap((name) => indexRows(history, priced, name)),
    ...futuresRows(history, priced),
    ...optionRows(history, priced),
    ...carryRows(history),
    ...settlementRows(history),
    ...eventRows(history),
  ];
  return rows.filter((found) => found !== undefined);
}

function indexRows({ inputs }: VolatilityHistory, priced: Sessions, name: SuppliedName): readonly Row[] {
  const isModelled = ({ volatility }: SessionState): boolean =>
    volatility?.readings[name].source === "modelled";
  const modelled = priced.filter(isModelled);
  const real = priced.filter((state) => !isModelled(state));
  const settling = modelled.filter(({ volatility }) => volatility?.labels.isSettling).length;
  const warmUp = name === "vix" && settling > 0 ? `; the first ${settling} sessions are still settling` : "";
  const { source = "modelled", detail = "" } = inputs[name] ?? {};
  return [
    row(name, source, { sessions: real, detail }),
    row(name, "modelled", {
      sessions: modelled,
      detail: INDEX_MODELS[name] + share(modelled, priced) + warmUp,
    }),
  ];
}

function futuresRows({ inputs, futures }: VolatilityHistory, priced: Sessions): readonly Row[] {
  const real = priced.filter(({ bar }) => futures.has(bar.date));
  const modelled = priced.filter(({ bar }) => !futures.has(bar.date));
  const errors = ACCURACY.vixFutures;
  const detail = `modelled from the volatility indices: ±${points(errors.indices)} points a day on ${LEVELS.indices}, ±${points(errors.vix)} on ${LEVELS.vix}, ±${points(errors.spx)} on ${LEVELS.spx}`;
  return [
    row("vix-futures", inputs.vixFutures?.source ?? "modelled", {
      sessions: real,
      detail: inputs.vixFutures?.detail ?? "",
    }),
    row("vix-futures", "modelled", { sessions: modelled, detail: detail + share(modelled, priced) }),
  ];
}

function optionRows({ inputs: { options } }: VolatilityHistory, priced: Sessions): readonly Row[] {
  const quoted = quotedSessions(options);
  const real = [...quoted].map(([root, dates]) => {
    const sessions = priced.filter(({ bar }) => dates.has(bar.date));
    const detail = `${options?.detail ?? ""}${share(sessions, priced)}; quotes of the last half hour or of the quarter after the close stand for those of the decision, and an expiration that they lack is modelled`;
    return row(`${root.toLowerCase()}-options`, options?.source ?? "modelled", { sessions, detail });
  });
  const without = (root: OptionRoot): Sessions =>
    priced.filter(({ bar }) => quoted.get(root)?.has(bar.date) !== true);

  const levels: readonly LevelSource[] = ["indices", "vix", "spx"];
  const spx = levels.map((level) => {
    const sessions = without("SPXW").filter(({ volatility }) => volatility?.labels.levelSource === level);
    const detail = `modelled from ${LEVELS[level]}: a 10-point condor's credit ±${percent(ACCURACY.oneSessionCredit[level])} one session and ±${percent(ACCURACY.shortCredit[level])} two to nine days before expiration; the mean of one session is not identified`;
    return row("spxw-options", "modelled", { sessions, detail });
  });
  const vix = `modelled on the future of the same expiration: ±${points(ACCURACY.vixOptionVolatility)} volatility points at the money from 21 days on, measured on two calm days`;
  return [...real, ...spx, row("vix-options", "modelled", { sessions: without("VIX"), detail: vix })];
}

function carryRows({ inputs, states }: VolatilityHistory): readonly Row[] {
  return [
    ...carryRow("rates", inputs.rates, { states, policy: "federal funds target and 0.25 points" }),
    ...carryRow("dividends", inputs.dividendYields, { states, policy: "1.7 % a year at all times" }),
  ];
}

/** Before the first value of a series was known the usual one stands in. */
function carryRow(
  name: string,
  supplied: SuppliedSeries | undefined,
  { states, policy }: { readonly states: Sessions; readonly policy: string },
): readonly Row[] {
  const first =
    supplied?.values.reduce((least, { date }) => (date < least ? date : least), LAST_DATE) ?? LAST_DATE;
  const real = states.filter(({ bar }) => bar.date >= first);
  const modelled = states.filter(({ bar }) => bar.date < first);
  return [
    row(name, supplied?.source ?? "modelled", { sessions: real, detail: supplied?.detail ?? "" }),
    row(name, "modelled", { sessions: modelled, detail: policy + share(modelled, states) }),
  ];
}

const LAST_DATE = "9999-12-31" as CalendarDate;

function settlementRows({ inputs, states }: VolatilityHistory): readonly Row[] {
  const spx =
    "opening quotations of AM expirations that are neither on record nor in data.spxSettlement are approximated by the index open, which many sources set to the previous close";
  const vix =
    "official values of 2004 to 2014 and some since; what is not in data.vixSettlement either is the last close of the future of the same expiration";
  return [
    suppliedRow("spx-am-settlement", inputs.spxSettlement, states),
    row("spx-am-settlement", "modelled", { sessions: states, detail: spx }),
    suppliedRow("vix-settlement", inputs.vixSettlement, states),
    row("vix-settlement", "modelled", { sessions: states, detail: vix }),
  ];
}

/** Events are told one by one: the row says which kinds there are and up to when. */
function eventRows({ inputs: { events }, states }: VolatilityHistory): readonly Row[] {
  if (events === undefined) return [];
  const kinds = [...new Set(events.facts.map(({ kind }) => kind))].toSorted((a, b) => (a < b ? -1 : 1));
  return [
    row("events", events.source, { sessions: states, detail: `${events.detail}: ${kinds.join(", ")}` }),
  ];
}

function suppliedRow(series: string, supplied: SuppliedSeries | undefined, states: Sessions): Row {
  const dates = new Set(supplied?.values.map(({ date }) => date));
  const sessions = states.filter(({ bar }) => dates.has(bar.date));
  const detail = `${supplied?.detail ?? ""}, ${sessions.length} expirations`;
  return row(series, supplied?.source ?? "modelled", { sessions, detail });
}

function row(
  series: string,
  source: SeriesSource,
  { sessions, detail }: { readonly sessions: Sessions; readonly detail: string },
): Row {
  const from = sessions[0]?.bar.date;
  const to = sessions.at(-1)?.bar.date;
  return from === undefined || to === undefined ? undefined : { series, source, from, to, detail };
}

function share(part: Sessions, whole: Sessions): string {
  return part.length < whole.length ? ` (${part.length} of ${whole.length} sessions)` : "";
}

function points(value: number): string {
  return value.toFixed(value < 5 ? 1 : 0);
}

function percent(value: number): string {
  return `${Math.round(value * 100)} %`;
}
