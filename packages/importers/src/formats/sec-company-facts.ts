import type { CalendarDate, FilingFact } from "@steward/model";
import type { Format, Parsed, Remark } from "../format.ts";
import { type JsonObject, notThis, readJson } from "../json-records.ts";
import { batchesOf, dayOfField, fieldsOf, listOf, numberOf, textOf } from "../json-values.ts";
import { filedOn } from "../known-at.ts";
import { refused } from "../row-reading.ts";

/**
 * All numbers of a company's filings (`api/xbrl/companyfacts/CIK0000320193.json`): concepts, their units, and in each the
 * values with their period and filing. A value is known once it is filed; a later filing that repeats it is a fact of its own.
 */
export const secCompanyFacts: Format = {
  id: "sec-company-facts",
  title: "SEC company facts JSON, CIK0000320193.json",
  vendor: "sec",
  recognizes: ({ text }) =>
    /^\s*\{\s*"cik"\s*:\s*"?\d+"?\s*,\s*"entityName"\s*:/.test(text) && /"facts"\s*:/.test(text),
  read: async function* (source) {
    const { value, bytesRead } = await readJson(source);
    const document = fieldsOf(value);
    const cik = numberOf(document["cik"]);
    if (cik === undefined || !Number.isInteger(cik) || cik < 0 || cik > 9_999_999_999) {
      throw notThis(source, "a company with its cik", JSON.stringify(document["cik"]) ?? "none");
    }
    if (Object.keys(fieldsOf(document["facts"])).length === 0)
      throw notThis(source, "facts of a company", "none");
    yield* batchesOf(filingsOf(fieldsOf(document["facts"]), String(cik).padStart(10, "0")), bytesRead);
  },
};

function* filingsOf(taxonomies: JsonObject, entity: string): Generator<Parsed | Remark> {
  let line = 0;
  for (const [taxonomy, concepts] of Object.entries(taxonomies)) {
    for (const [name, concept] of Object.entries(fieldsOf(concepts))) {
      for (const [unit, values] of Object.entries(fieldsOf(fieldsOf(concept)["units"]))) {
        for (const value of listOf(values) ?? []) {
          line += 1;
          const fact = filingOf(fieldsOf(value), { entity, concept: `${taxonomy}/${name}`, unit });
          if (fact !== undefined) yield { table: "filings", line, fact };
          else {
            const message = `expected end, val, form, accn and filed of ${taxonomy}/${name}`;
            yield refused(line, "filings.unreadable", message);
          }
        }
      }
    }
  }
}

function filingOf(
  fields: JsonObject,
  of: Pick<FilingFact, "entity" | "concept" | "unit">,
): FilingFact | undefined {
  const [end, filed] = [dayOfField(fields["end"]), dayOfField(fields["filed"])];
  const [form, accession] = [textOf(fields["form"]), textOf(fields["accn"])];
  const value = numberOf(fields["val"]);
  const start = startOf(fields["start"]);
  const isWhole = end !== undefined && filed !== undefined && form !== undefined && accession !== undefined;
  if (!isWhole || value === undefined || start === "unreadable" || (start !== undefined && start > end)) {
    return undefined;
  }
  const period = start === undefined ? { end } : { start, end };
  return { ...of, ...period, value, form, accession, ...filedOn(end, filed) };
}

function startOf(value: unknown): CalendarDate | "unreadable" | undefined {
  if (value === undefined || value === null) return undefined;
  return dayOfField(value) ?? "unreadable";
}
