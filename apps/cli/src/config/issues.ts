import { Failure } from "@steward/model";
import { z } from "zod";
import { fileSchema } from "./schema.ts";
import { suggestion } from "./suggest.ts";

type Issue = z.core.$ZodIssue;

/** The first thing wrong with a configuration, as one sentence that names the key. Unknown keys come before wrong values. */
export function explainIssue(error: z.ZodError, content: unknown, path: string): Failure {
  const unknown = error.issues.find((issue) => issue.code === "unrecognized_keys");
  const issue = unknown ?? error.issues[0];
  if (issue === undefined)
    return new Failure("config.invalid", `${path} is not a configuration`, { details: { path } });
  return issue.code === "unrecognized_keys" ? unknownKey(issue, path) : wrongValue(issue, content, path);
}

function unknownKey(issue: Extract<Issue, { code: "unrecognized_keys" }>, path: string): Failure {
  const name = issue.keys[0] ?? "";
  const key = [...issue.path, name].join(".");
  const hint = suggestion(name, knownKeys(issue.path));
  return new Failure("config.unknown-key", `${path}: expected a known key, found ${key}${hint}`, {
    details: { path, key },
  });
}

function wrongValue(issue: Issue, content: unknown, path: string): Failure {
  const key = issue.path.join(".") || "the file";
  const found = describe(valueAt(content, issue.path));
  const message = `${path}: ${key}: ${lowerFirst(issue.message)}, found ${found}`;
  return new Failure("config.invalid", message, { details: { path, key } });
}

function lowerFirst(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

function valueAt(content: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = content;
  for (const key of path)
    value = typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
  return value;
}

function describe(value: unknown): string {
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing");
}

/** The keys that the schema knows at a path; names of tiers and layers are free. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = fileSchema;
  for (const key of path) schema = child(unwrap(schema), key);
  const object = unwrap(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

function child(schema: unknown, key: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return Reflect.get(schema.shape, key);
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) inner = inner.unwrap();
  return inner;
}
