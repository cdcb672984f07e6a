import { z } from "zod";
import { about, CHOSEN, days, eventPolicy, GLOSSARY, PAGES, points, share } from "./parameter.ts";
import { secondEngine } from "./second-engine-schema.ts";

/** 0 is the middle, 1 the far side; a market may run away, but not without bound. */
const fillShare = z.number().min(0).max(2);
/** Names stand in tables, file cells and terminals. */
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,30}$/, "expected a name of letters, digits, _ and -");

const tier = z.strictObject({
  credit: points.meta(
    about("net credit sought after the expected cost of the fill, in the unit of credits", PAGES),
  ),
  startMultiple: z
    .number()
    .positive()
    .meta(about("first strikes tried, in expected ranges from the forward", CHOSEN)),
  vixBelow: points.meta(about("the tier opens only while VIX is below, index points", GLOSSARY)),
  maxShortDelta: share
    .optional()
    .meta(about("largest forward delta of a short strike; none if left out", `${PAGES}: 0.18`)),
});

const layer = z.strictObject({
  days: days.meta(about("calendar days to expiration when bought", `${PAGES}: 30, 110, 220`)),
  contracts: days.meta(about("contracts per hedge unit", `${PAGES}: 4, 4, 2`)),
  rollDays: days.meta(about("rolled at this many days to expiration", CHOSEN)),
});

const condor = z.strictObject({
  root: z
    .enum(["SPXW", "XSP", "SPY"])
    .meta(about("SPXW, XSP at a tenth of its size, or SPY: American, delivered, a tenth in dollars", PAGES)),
  sessionsToExpiration: days
    .max(45)
    .meta(about("sessions from the sale to the expiration, 45 are nine weeks", `${PAGES}: 1`)),
  tiers: z
    .record(name, tier.partial().nullable())
    .meta(
      about(
        "risk tiers by name; a lower credit sits farther from the index; null removes one of the preset",
        PAGES,
      ),
    ),
  creditBand: z
    .number()
    .min(0)
    .meta(about("a credit this near to the target is accepted, in the unit of credits", CHOSEN)),
  creditUnit: z
    .enum(["points", "width", "basis-points"])
    .meta(
      about(
        "what credits and their band are counted in: index points, shares of the width, hundredths of a per cent of the forward",
        CHOSEN,
      ),
    ),
  width: points
    .int()
    .meta(
      about(
        "points between short and long strike",
        "chosen here: the only width at which the published credits and win rates agree",
      ),
    ),
  callWidth: points
    .int()
    .optional()
    .meta(about("points between short and long call where they differ from the width", CHOSEN)),
  step: points.int().meta(about("points between the strikes tried", `${PAGES}: 5`)),
  minCreditShareOfWidth: share.meta(
    about("smallest credit, as a share of the width", `${GLOSSARY}: 0.30 on 5 points`),
  ),
  maxCostShareOfCredit: share.meta(
    about("largest expected cost of the fill, as a share of the credit", CHOSEN),
  ),
  expectedRange: z
    .enum(["vix", "glossary", "blend6040"])
    .meta(
      about(
        "the range of a day: VIX alone, VIX9D 0.1 and realized 0.5, or VIX9D 0.6 and realized 0.4",
        `${GLOSSARY}, whose pages disagree`,
      ),
    ),
  listings: z
    .enum(["historical", "hypothetical"])
    .meta(about("historical trades only expirations that were listed, at the quotes of their time", CHOSEN)),
});

const management = z.strictObject({
  onThreat: z
    .enum(["hold", "exit", "shift"])
    .meta(about("what is done with a threatened side: nothing, ended, or sold later for a credit", PAGES)),
  threatDelta: share.meta(about("short delta from which a side is threatened", CHOSEN)),
  threatRange: z
    .number()
    .min(0)
    .meta(about("also threatened this near to the short strike, in expected ranges of a day", CHOSEN)),
  stopMultiple: points
    .nullable()
    .meta(
      about("ends a condor that costs so many times its credit; null or left out: no stop", `${PAGES}: 2`),
    ),
  targetShare: share
    .nullable()
    .meta(
      about(
        "ends a condor that has earned this share of its credit; null or left out: none",
        `${PAGES}: 0.5`,
      ),
    ),
  shiftSessions: days
    .max(45)
    .meta(about("sessions from today to the expiration of a shifted spread", `${PAGES}: 1 to 7 days`)),
  maxShifts: z
    .number()
    .int()
    .min(0)
    .max(20)
    .meta(about("shifts after which a spread is held to settlement", CHOSEN)),
  rollBackDelta: share.meta(
    about("a shifted spread whose delta has fallen to this goes back to the usual expiration", CHOSEN),
  ),
});

const premiumGauge = z.strictObject({
  multiple: points.meta(about("where the credit is read, in expected ranges from the forward", CHOSEN)),
  window: days.min(63).meta(about("sessions whose median is the usual level", CHOSEN)),
  skipBelow: z
    .number()
    .min(0)
    .meta(about("share of the usual level below which nothing is sold", `${PAGES}: 10 to 15 % of sessions`)),
});

const drawdownBrake = z.strictObject({
  from: share.meta(about("whole size down to this depth below the peak", CHOSEN)),
  until: share.meta(about("the least size from this depth on", CHOSEN)),
  least: share.meta(about("the least share of the size", CHOSEN)),
});

const yearly = z.number().min(-0.1).max(0.5);

const fairValue = z.strictObject({
  premium: yearly.meta(about("what holders of shares ask a year beyond the short rate", CHOSEN)),
  growth: yearly.meta(about("growth of dividends a year in the first years", CHOSEN)),
  years: days.max(50).meta(about("years of that growth", CHOSEN)),
  terminalGrowth: yearly.meta(about("growth a year ever after", CHOSEN)),
  interval: share.meta(about("how far off the discount rate may be, a year", `${PAGES}: 50 basis points`)),
});

const assignment = z.strictObject({
  rationalShare: share.meta(
    about("chance that a holder does what pays best on the evening on which it does", CHOSEN),
  ),
  irrationalRate: z
    .number()
    .min(0)
    .max(252)
    .meta(about("exercises a year that pay less than a sale would", CHOSEN)),
  afterCloseShare: share.meta(
    about("part of the night's move that has happened by 17:30, when exercises end", CHOSEN),
  ),
  onAssignment: z
    .enum(["flatten", "hold"])
    .meta(about("what is done with shares: closed at the next opening, or held to the expiration", CHOSEN)),
});

const fills = z.strictObject({
  halfSpreadShare: z
    .strictObject({ 1: fillShare, 2: fillShare, 3: fillShare, 4: fillShare })
    .partial()
    .meta(
      about(
        "what a fill gives up of the half-spread, by number of legs: 0 middle, 1 far side",
        "a public fill simulator for 1 and 4 legs, a data vendor for 2, interpolated for 3",
      ),
    ),
  unbidShare: fillShare.meta(about("least share that a leg pays which nobody bids for", CHOSEN)),
  beyondSize: z
    .enum(["refuse", "cap", "ignore"])
    .meta(about("what becomes of an order for more than a quote is good for", CHOSEN)),
  staleAfterMinutes: z
    .number()
    .min(0)
    .meta(about("quotes older than this at the decision are refused", CHOSEN)),
});

const data = z.strictObject({
  index: z.string().meta(about("the index: date, open, high, low, close", "bundled history")),
  vix9d: z.string().meta(about("VIX9D: date, close", "modelled")),
  vix: z.string().meta(about("VIX: date, close", "modelled")),
  vix3m: z.string().meta(about("VIX3M: date, close", "modelled")),
  vix6m: z.string().meta(about("VIX6M: date, close", "modelled")),
  vvix: z.string().meta(about("VVIX: date, close", "modelled")),
  vixFutures: z.string().meta(about("VIX futures: date, expiry, settle", "modelled")),
  spxSettlement: z
    .string()
    .meta(about("opening quotations on which SPX expirations settled: date, close", "approximated")),
  vixSettlement: z
    .string()
    .meta(about("the same of VIX options and futures", "on record for 2004 to 2014, else approximated")),
  store: z.boolean().meta(about("false leaves the market store aside", CHOSEN)),
});

const monetise = z.strictObject({
  gain: z
    .number()
    .positive()
    .meta(about("over the cost: 1.5 sells at two and a half times what was paid", CHOSEN)),
  sellShare: share.meta(about("share of the layer that is sold, once until it is rolled", CHOSEN)),
  reinvestShare: share.meta(
    about("at most this share of the gain buys more of the next longer layer", CHOSEN),
  ),
});

const hedge = z.strictObject({
  layers: z
    .record(name, layer.partial().nullable())
    .meta(about("layers of long VIX calls by name; null removes one of the preset", PAGES)),
  delta: z
    .number()
    .min(0.02)
    .max(0.98)
    .meta(
      about("forward delta of the calls when bought, on the future of their expiration", `${PAGES}: 0.50`),
    ),
  rollAtDelta: share
    .nullable()
    .meta(
      about("a layer whose delta has reached this is rolled before its days; null or left out: none", PAGES),
    ),
  monetise: monetise.partial().nullable().meta({
    description: "sells part of a layer after a spike; null or left out: nothing before it is rolled",
  }),
  budgetShare: share.meta(
    about("yearly cost allowed, as a share of equity; hedge units follow from it", `${PAGES}: 1 to 2 %`),
  ),
});

/** What a configuration file may say. Every key is optional: what is left out comes from the preset. */
export const fileSchema = z.strictObject({
  preset: z.string().optional().meta(about("the preset that the file starts from", "flagship if left out")),
  seed: z
    .number()
    .int()
    .min(0)
    .optional()
    .meta(about("seeds the bootstrap intervals and the whims of holders", CHOSEN)),
  account: z
    .strictObject({
      startEquity: z
        .number()
        .positive()
        .max(1e9)
        .meta(
          about("dollars at the first session", "chosen here: one hedge unit costs about $10,000 a year"),
        ),
    })
    .partial()
    .optional(),
  data: data.partial().optional().meta({
    description: "files with real series, relative to this one; what none is named for comes from the store",
  }),
  condor: condor.partial().optional(),
  vixGate: z
    .strictObject({
      hysteresis: z
        .number()
        .min(0)
        .meta(about("a closed tier opens again this far below its line, index points", CHOSEN)),
      fiveDayClause: z
        .boolean()
        .meta(
          about(
            "true opens every tier while VIX is below the highest line and below its mean of five sessions",
            `${PAGES}; the glossary does not have it`,
          ),
        ),
    })
    .partial()
    .optional(),
  premiumGauge: premiumGauge.partial().nullable().optional().meta({
    description: "skips sessions that pay less than usual; null or left out: none",
  }),
  management: management.partial().nullable().optional().meta({
    description: "what is done about open condors; null or left out: held to settlement",
  }),
  size: z
    .strictObject({
      profile: z
        .enum(["steward", "promoter"])
        .meta(
          about(
            "bounds: steward 3 % of equity, the two farthest tiers and always a hedge; promoter 10 % and three; none if left out",
            PAGES,
          ),
        ),
      totalRiskShare: share.meta(
        about(
          "largest loss of all tiers together, as a share of equity",
          "chosen here: public pages allow 10 % of the account",
        ),
      ),
      drawdownBrake: drawdownBrake.partial().nullable().meta({
        description: "less size the deeper the account lies below its peak; null or left out: none",
      }),
      fairValue: fairValue.partial().nullable().meta({
        description:
          "size by what dividends are worth, 1 wherever the interval spans the index; null or left out: none",
      }),
    })
    .partial()
    .optional(),
  events: z
    .strictObject({
      fomc: eventPolicy.meta(about("decisions of the FOMC before the expiration", PAGES)),
      cpi: eventPolicy.meta(about("releases of consumer prices before the expiration", PAGES)),
      jobs: eventPolicy.meta(
        about("jobs reports before the expiration; their calendar comes from the store", CHOSEN),
      ),
      ppi: eventPolicy.meta(about("releases of producer prices before the expiration", CHOSEN)),
    })
    .partial()
    .optional()
    .meta({ description: "no condor (skip), half its size, a word (warn) or nothing (ignore)" }),
  hedge: hedge.partial().nullable().optional().meta({ description: "null runs the condors unhedged" }),
  secondEngine: secondEngine.partial().nullable().optional().meta({
    description: "a sleeve with an account of its own; null or left out: none",
  }),
  controls: z
    .array(z.enum(["cndr", "put", "bxm", "vxth"]))
    .optional()
    .meta(about("index rules shown beside the accounts", "all of them if left out")),
  assignment: assignment
    .partial()
    .optional()
    .meta({ description: "how holders of the American options behave that were sold: SPY alone" }),
  fills: fills.partial().optional(),
  fees: z
    .strictObject({
      broker: z
        .enum(["ibkr-tiered", "ibkr-fixed", "tastytrade", "flat"])
        .meta(
          about("whose commission is paid beside what all pay", "chosen here: a large broker's schedule"),
        ),
    })
    .partial()
    .optional(),
});

export type ConfigFile = z.infer<typeof fileSchema>;
