import {
  americanGreeks,
  americanGreeksWithDividends,
  americanImpliedVolatility,
  americanPrice,
  black76Greeks,
  black76ImpliedVolatility,
  europeanGreeksWithDividends,
  europeanImpliedVolatility,
  type ImpliedVolatility,
  type PriceAndGreeks,
  PricingError,
  withoutEscrow,
} from "@steward/pricing";
import { z } from "zod";
import { suggestion } from "./config/suggest.ts";

/** What one line is answered with: numbers, or the reason for none. */
export type LineAnswer =
  | { readonly kind: "numbers"; readonly numbers: Readonly<Record<string, number>> }
  | { readonly kind: "refused"; readonly error: { readonly code: string; readonly message: string } };

const terms = {
  model: z.enum(["european", "american", "black76"]),
  right: z.enum(["call", "put"]),
  spot: z.number().optional(),
  forward: z.number().optional(),
  strike: z.number(),
  years: z.number(),
  rate: z.number(),
  dividendYield: z.number().optional(),
  dividends: z.array(z.strictObject({ years: z.number(), amount: z.number() })).default([]),
  scheme: z.enum(["fast", "accurate", "reference"]).optional(),
};
const priceSchema = z.strictObject({ ...terms, volatility: z.number() });
const impliedSchema = z.strictObject({ ...terms, price: z.number() });

class LineError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Price and Greeks of one JSON object. */
export function priceLine(text: string): LineAnswer {
  return answered(() => {
    const { price, delta, gamma, vega, theta, rho } = greeksOf(parseLine(text, priceSchema));
    return { price, delta, gamma, vega, theta, rho };
  });
}

function greeksOf(line: z.infer<typeof priceSchema>): PriceAndGreeks {
  const { model, right, strike, years, rate, volatility, dividends, scheme } = line;
  const on = underlyingOf(line);
  const terms = { right, strike, years, rate, volatility };
  if (on.kind === "forward") return black76Greeks({ ...terms, forward: on.value });
  const option = { ...terms, spot: on.value, dividendYield: line.dividendYield ?? 0 };
  if (model !== "american") return europeanGreeksWithDividends(option, dividends);
  if (dividends.length > 0) return americanGreeksWithDividends(option, dividends);
  // The Greeks may come from a finer scheme; the price is that of the scheme asked for, which the inversion undoes.
  return { ...americanGreeks({ ...option, scheme }), price: americanPrice({ ...option, scheme }) };
}

/** Implied volatility of one JSON object. */
export function impliedVolatilityLine(text: string): LineAnswer {
  return answered(() => {
    const line = parseLine(text, impliedSchema);
    return volatilityOf(invertLine(line), line.price);
  });
}

function invertLine(line: z.infer<typeof impliedSchema>): ImpliedVolatility {
  const { model, right, strike, years, rate, price, dividends, scheme } = line;
  const on = underlyingOf(line);
  const terms = { right, strike, years, rate };
  if (on.kind === "forward") return black76ImpliedVolatility({ ...terms, forward: on.value }, price);
  const option = { ...terms, spot: on.value, dividendYield: line.dividendYield ?? 0 };
  if (model !== "american") return europeanImpliedVolatility(withoutEscrow(option, dividends), price);
  if (dividends.length > 0) {
    throw new LineError(
      "pricing.unsupported",
      "expected american exercise without cash dividends, whose price is not inverted; found dividends",
    );
  }
  return americanImpliedVolatility({ ...option, scheme }, price);
}

function answered(compute: () => Readonly<Record<string, number>>): LineAnswer {
  try {
    return { kind: "numbers", numbers: compute() };
  } catch (error) {
    if (error instanceof LineError || error instanceof PricingError) {
      return { kind: "refused", error: { code: error.code, message: error.message } };
    }
    throw error;
  }
}

function parseLine<Schema extends z.ZodObject>(text: string, schema: Schema): z.infer<Schema> {
  let content: unknown;
  try {
    // Files of Windows begin with a byte order mark.
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw new LineError("input.invalid", "expected one JSON object, found no JSON");
  }

  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys") {
    const key = issue.keys[0] ?? "";
    throw new LineError(
      "input.unknown-key",
      `expected a known key, found ${key}${suggestion(key, Object.keys(schema.shape))}`,
    );
  }
  throw new LineError(
    "input.invalid",
    `${issue?.path.join(".") || "line"}: ${issue?.message.toLowerCase() ?? "not an option"}`,
  );
}

type Terms = z.infer<typeof impliedSchema> | z.infer<typeof priceSchema>;

/** Spot or forward, exactly one; Black's model knows the forward alone. */
function underlyingOf({ model, spot, forward, dividends, dividendYield }: Terms): {
  readonly kind: "spot" | "forward";
  readonly value: number;
} {
  if (model === "black76" && forward === undefined)
    throw new LineError("input.invalid", "forward: black76 prices on a forward, found none");
  if (model === "american" && forward !== undefined)
    throw new LineError("input.invalid", "forward: american exercise is priced on a spot, found a forward");
  if (forward !== undefined && dividends.length > 0) {
    throw new LineError("input.invalid", "dividends: a forward already holds the dividends, found both");
  }
  if (forward !== undefined && dividendYield !== undefined) {
    throw new LineError("input.invalid", "dividendYield: a forward already holds the dividends, found both");
  }
  if ((spot === undefined) === (forward === undefined)) {
    throw new LineError("input.invalid", "expected exactly one of spot and forward");
  }
  return spot === undefined ? { kind: "forward", value: forward ?? 0 } : { kind: "spot", value: spot };
}

function volatilityOf(outcome: ImpliedVolatility, price: number): Readonly<Record<string, number>> {
  if (outcome.kind === "found") return { volatility: outcome.volatility };
  throw new LineError(`pricing.${outcome.kind}`, explanationOf(outcome, price));
}

function explanationOf(
  outcome: Exclude<ImpliedVolatility, { readonly kind: "found" }>,
  price: number,
): string {
  switch (outcome.kind) {
    case "below-intrinsic":
      return `no volatility gives the price ${price}: without any it is ${outcome.intrinsic}`;
    case "above-bound":
      return `no volatility gives the price ${price}: it stays below ${outcome.bound}`;
    case "no-vega":
      return `a range of volatilities from 0 up gives the price ${price}, the intrinsic value`;
  }
}
