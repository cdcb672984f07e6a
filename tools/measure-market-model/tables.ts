/** The page's tables. */
import { TARGETS } from "./condor-errors.ts";
import type { LevelPair } from "./level-errors.ts";
import { INDEX_NAMES, type Measurement } from "./measurement.ts";
import { DELTAS, type SmileCase, TERMS } from "./smile-errors.ts";
import { LEVEL_NAMES, LEVELS } from "./sources.ts";
import { PRICES } from "./spread-errors.ts";
import { determination, type Errors, errorsOf, type Groups, mean, quantile } from "./statistics.ts";
import { VIX_BUCKETS, VIX_TERMS } from "./vix-option-errors.ts";

const CASE_NAMES: Readonly<Record<SmileCase, string>> = { shape: "shape only", ...LEVEL_NAMES };
const CASES: readonly SmileCase[] = ["shape", ...LEVELS];
const NAMED_DAYS = [
  ["2008-09-29", "2008-10-10", "2008-10-27", "2010-05-07", "2011-08-08", "2015-08-24"],
  ["2018-02-05", "2018-02-06", "2020-03-12", "2020-03-16", "2024-08-05", "2025-04-08"],
].flat();

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, index) => (index === 0 ? "---" : "---:"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

const PERIODS: readonly (readonly [string, string, string])[] = [
  ["2001 to 2010, constants of 2011 to 2025", "2001", "2011"],
  ["2011 to 2025, constants of 2000 to 2010", "2011", "2026"],
  ["2001 to April 2020", "2001", "2020-05"],
];

export function vixTable({ vix }: Measurement): string {
  const rows = PERIODS.map(([name, from, to]) => {
    const pairs = vix.filter(({ date }) => date >= from && date < to);
    const { count, mae, bias } = differences(pairs);
    const real = pairs.map((pair) => pair.real);
    const model = pairs.map((pair) => pair.model);
    const sizes = pairs.map((pair) => Math.abs(pair.model - pair.real));
    const agreement = (gate: number): string =>
      percent(mean(pairs.map((pair) => (pair.real > gate === pair.model > gate ? 1 : 0))));
    const fit = determination(real, model).toFixed(3);
    return [
      name,
      String(count),
      fit,
      two(mae),
      signed(bias),
      two(quantile(sizes, 0.95)),
      agreement(15),
      agreement(20),
    ];
  });
  return table(["sessions", "n", "R²", "MAE", "bias", "p95", "VIX > 15 agrees", "VIX > 20 agrees"], rows);
}

export function vixLevelTable({ vix }: Measurement): string {
  const bounds: readonly (readonly [string, number, number])[] = [
    ["below 13", 0, 13],
    ["13–15", 13, 15],
    ["15–20", 15, 20],
    ["20–25", 20, 25],
    ["25–35", 25, 35],
    ["above 35", 35, 1000],
  ];
  const cell = (pairs: readonly LevelPair[]): string => {
    const { mae, bias, count } = differences(pairs);
    return `${two(mae)} (${signed(bias)}, ${count})`;
  };
  const rows = bounds.map(([name, low, high]) => {
    const pairs = vix.filter(({ real }) => real >= low && real < high);
    return [
      name,
      cell(pairs.filter(({ date }) => date < "2011")),
      cell(pairs.filter(({ date }) => date >= "2011")),
    ];
  });
  return table(["true VIX", "2001 to 2010: MAE (bias, n)", "2011 to 2025"], rows);
}

export function namedDaysTable({ vix }: Measurement): string {
  const rows = NAMED_DAYS.flatMap((day) => {
    const pair = vix.find(({ date }) => date === day);
    return pair === undefined ? [] : [[day, one(pair.real), one(pair.model), signed(pair.model - pair.real)]];
  });
  return table(["day", "VIX", "model", "error"], rows);
}

export function indicesTable({ indices }: Measurement): string {
  const rows = INDEX_NAMES.flatMap((name) =>
    (["vix", "spx"] as const).map((level) => {
      const cell = (from: string, to: string): string => {
        const { count, mae, bias } = differences(
          indices[name][level].filter(({ date }) => date >= from && date < to),
        );
        return count === 0 ? "–" : `${two(mae)} (${signed(bias)})`;
      };
      return [
        name.toUpperCase(),
        LEVEL_NAMES[level],
        cell("2000", "2011"),
        cell("2011", "2018"),
        cell("2018", "2026"),
      ];
    }),
  );
  return table(["index", "from", "to 2010: MAE (bias)", "2011 to 2017", "2018 to 2025"], rows);
}

export function futuresTable({ futures }: Measurement): string {
  const months = [1, 2, 3, 4, 5, 6, 7, 8];
  const rows = LEVELS.map((level) => [
    LEVEL_NAMES[level],
    ...months.map((month) => {
      const { mae, bias } = futures.errors(`${level} M${month}`);
      return `${two(mae)} (${signed(bias)})`;
    }),
    percent(futures.errors(`${level} share`).mae),
  ]);
  return table(["from", ...months.map((month) => `M${month}`), "share"], rows);
}

export function oneSessionTable({ oneSession }: Measurement): string {
  const rows = LEVELS.map((level) => {
    const { count, mae, bias } = differences(oneSession[level]);
    const shares = oneSession[level].map(({ real, model }) => Math.abs(model / real - 1));
    return [LEVEL_NAMES[level], String(count), two(mae), signed(bias), percent(mean(shares))];
  });
  return table(["from", "n", "MAE", "bias", "share"], rows);
}

export function smileTable(groups: Groups): string {
  const rows = CASES.flatMap((smileCase) =>
    TERMS.map((term) => [
      CASE_NAMES[smileCase],
      term,
      ...DELTAS.map((delta) =>
        (["put", "call"] as const)
          .map((side) => smileCell(groups.errors(`${smileCase} ${term} ${side} ${delta}`)))
          .join(" / "),
      ),
      String(groups.of(`${smileCase} ${term} put 16`).length),
    ]),
  );
  return table(["level from", "days", ...DELTAS.map((delta) => `${delta}`), "slices"], rows);
}

export function blockTable(groups: Groups): string {
  const blocks = ["2011", "2018", "2019", "2022-23"];
  const rows = (["shape", "indices"] as const).flatMap((smileCase) =>
    TERMS.map((term) => [
      CASE_NAMES[smileCase],
      term,
      ...blocks.map((block) => smileCell(groups.errors(`${smileCase} ${term} ${block}`))),
    ]),
  );
  return table(["level from", "days", ...blocks], rows);
}

function smileCell({ count, mae, bias }: Errors): string {
  return count === 0 ? "–" : `${two(mae)} (${signed(bias)})`;
}

const CONDOR_TERMS: readonly (readonly [string, number, number])[] = [
  ["1", 1, 1],
  ["2–4", 2, 4],
  ["5–9", 5, 9],
];

export function condorTable({ condors }: Measurement, isSynchronous: boolean): string {
  const rows = CONDOR_TERMS.flatMap(([name, low, high]) =>
    TARGETS.map((target) => {
      const mine = condors.filter(
        ({ slice, target: wanted }) =>
          wanted === target &&
          slice.days >= low &&
          slice.days <= high &&
          (slice.isSynchronous || !isSynchronous),
      );
      const count = mine.filter(({ smileCase }) => smileCase === "shape").length;
      return [
        name,
        two(target),
        String(count),
        ...CASES.map((smileCase) => {
          const found = mine.filter((error) => error.smileCase === smileCase);
          const { bias, mae } = errorsOf(found.map(({ real, model }) => model - real));
          const share = mean(found.map(({ real, model }) => Math.abs(model / real - 1)));
          return found.length === 0 ? "–" : `${signed(bias)}, ${two(mae)} (${percent(share)})`;
        }),
      ];
    }),
  );
  return table(["days", "target", "n", ...CASES.map((smileCase) => CASE_NAMES[smileCase])], rows);
}

export function spreadTable({ spreads }: Measurement): string {
  const regimes = [...new Set(spreads.map(({ regime }) => regime))];
  const rows = regimes.map((regime) => [
    regime,
    ...PRICES.map((bucket) => {
      const found = spreads.filter((error) => error.regime === regime && error.bucket === bucket);
      if (found.length === 0) return "–";
      const real = mean(found.map((error) => error.real));
      const model = mean(found.map((error) => error.model));
      const mae = mean(found.map((error) => Math.abs(error.model - error.real)));
      return `${three(real)} / ${three(model)} (${three(mae)})`;
    }),
  ]);
  return table(["quotes of", ...PRICES], rows);
}

export function vixOptionTable({ vixOptions }: Measurement): string {
  const rows = ["2016", "2023"].flatMap((chain) =>
    VIX_TERMS.map((term) => [
      chain === "2016" ? "2016-06-01" : "2023-02-15",
      term,
      ...VIX_BUCKETS.map((bucket) => {
        const found = vixOptions.filter(
          (error) => error.chain === chain && error.term === term && error.bucket === bucket,
        );
        const { count, mae, bias } = errorsOf(found.map(({ error }) => error));
        return count === 0 ? "–" : `${one(mae)} (${signed(bias, 1)}, ${count})`;
      }),
    ]),
  );
  return table(["chain", "days", ...VIX_BUCKETS.map((bucket) => `delta ${bucket}`)], rows);
}

function differences(pairs: readonly LevelPair[]): Errors {
  return errorsOf(pairs.map(({ real, model }) => model - real));
}

export function percent(value: number): string {
  return `${(100 * value).toFixed(0)} %`;
}

export function one(value: number): string {
  return value.toFixed(1);
}

export function two(value: number): string {
  return value.toFixed(2);
}

function three(value: number): string {
  return value.toFixed(3);
}

/** With its sign, a true minus, and no sign on what rounds to zero. */
export function signed(value: number, digits = 2): string {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return value < 0 ? `−${text}` : `+${text}`;
}
