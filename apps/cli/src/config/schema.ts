import { z } from "zod";

const share = z.number().min(0).max(1);
const points = z.number().positive();
const days = z.number().int().positive();
/** 0 is the middle, 1 the far side; a market may run away, but not without bound. */
const fillShare = z.number().min(0).max(2);
/** Names stand in tables, file cells and terminals. */
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,30}$/, "expected a name of letters, digits, _ and -");

const tier = z.strictObject({
  credit: points.meta({ description: "net credit sought, index points" }),
  startMultiple: z
    .number()
    .positive()
    .meta({ description: "first strikes tried, in expected ranges from the forward" }),
  vixBelow: points.meta({ description: "the tier opens only while VIX is below, index points" }),
  maxShortDelta: share.optional().meta({ description: "largest forward delta of a short strike" }),
});

const layer = z.strictObject({
  days: days.meta({ description: "calendar days to expiration when bought" }),
  contracts: days.meta({ description: "contracts per hedge unit" }),
  rollDays: days.meta({ description: "rolled at this many days to expiration" }),
});

/** What a configuration file may say. Every key is optional: what is left out comes from the preset. */
export const fileSchema = z.strictObject({
  preset: z
    .string()
    .optional()
    .meta({ description: "the preset that the file starts from; flagship if left out" }),
  seed: z.number().int().min(0).optional(),
  account: z
    .strictObject({
      startEquity: z.number().positive().max(1e9).meta({ description: "dollars at the first session" }),
    })
    .partial()
    .optional(),
  data: z
    .strictObject({
      index: z.string(),
      vix9d: z.string(),
      vix: z.string(),
      vix3m: z.string(),
      vix6m: z.string(),
      vvix: z.string(),
      vixFutures: z.string(),
      spxSettlement: z.string().meta({ description: "opening quotations by expiration" }),
      vixSettlement: z.string().meta({ description: "opening quotations by expiration" }),
      store: z.boolean().meta({ description: "false leaves the market store aside" }),
    })
    .partial()
    .optional()
    .meta({
      description:
        "files with real series, relative to this one; what none is named for comes from the store",
    }),
  condor: z
    .strictObject({
      root: z.enum(["SPXW", "XSP", "SPY"]),
      sessionsToExpiration: days.max(45),
      tiers: z.record(name, tier.partial()),
      creditBand: z.number().min(0),
      width: points.int(),
      step: points.int(),
      minCreditShareOfWidth: share,
      maxCostShareOfCredit: share,
      expectedRange: z.enum(["vix", "glossary", "blend6040"]),
      listings: z.enum(["historical", "hypothetical"]),
    })
    .partial()
    .optional(),
  vixGate: z
    .strictObject({ hysteresis: z.number().min(0) })
    .partial()
    .optional(),
  size: z.strictObject({ totalRiskShare: share }).partial().optional(),
  hedge: z
    .strictObject({
      layers: z.record(name, layer.partial()),
      delta: z.number().min(0.02).max(0.98),
      budgetShare: share,
    })
    .partial()
    .nullable()
    .optional()
    .meta({ description: "null runs the condors unhedged" }),
  controls: z
    .array(z.enum(["cndr", "put", "bxm", "vxth"]))
    .optional()
    .meta({ description: "index rules shown beside the accounts; all of them if left out" }),
  assignment: z
    .strictObject({
      rationalShare: share.meta({
        description: "chance that a holder does what pays best on the evening on which it does",
      }),
      irrationalRate: z
        .number()
        .min(0)
        .max(252)
        .meta({ description: "exercises a year that pay less than a sale would" }),
      afterCloseShare: share.meta({ description: "part of the night's move that has happened by 17:30" }),
      onAssignment: z.enum(["flatten", "hold"]),
    })
    .partial()
    .optional()
    .meta({ description: "how holders of the American options behave that were sold: SPY alone" }),
  fills: z
    .strictObject({
      halfSpreadShare: z
        .strictObject({
          1: fillShare,
          2: fillShare,
          3: fillShare,
          4: fillShare,
        })
        .partial(),
      unbidShare: fillShare.meta({ description: "least share that a leg pays which nobody bids for" }),
      beyondSize: z.enum(["refuse", "cap", "ignore"]),
      staleAfterMinutes: z
        .number()
        .min(0)
        .meta({ description: "quotes older than this at the decision are refused" }),
    })
    .partial()
    .optional(),
  fees: z
    .strictObject({ broker: z.enum(["ibkr-tiered", "ibkr-fixed", "tastytrade", "flat"]) })
    .partial()
    .optional(),
});

export type ConfigFile = z.infer<typeof fileSchema>;
