/** How the day's expected range is computed; see `expectedRange`. */
export type ExpectedRangeFormula = "vix" | "glossary" | "blend6040";

/** One risk tier of the condor. A lower credit sits farther from the index. */
export interface TierConfig {
  readonly name: string;
  /** Net credit sought, in the unit of `CondorConfig.creditUnit`, after the expected cost of the fill. */
  readonly credit: number;
  /** Where the search for strikes starts, in multiples of the day's expected range. */
  readonly startMultiple: number;
  /** The tier opens only while VIX is below this line (index points). */
  readonly vixBelow: number;
  /** Forward delta that neither short strike may exceed, in absolute terms; undefined for no limit. */
  readonly maxShortDelta?: number;
}

/**
 * What credits are counted in: index points, shares of the wing's width, or hundredths of a per cent of the forward, since points
 * drift in meaning as the index does.
 */
export type CreditUnit = "points" | "width" | "basis-points";

export interface CondorConfig {
  readonly root: "SPXW" | "XSP" | "SPY";
  /** Sessions from the sale to the expiration: 1 is the next session. */
  readonly sessionsToExpiration: number;
  readonly tiers: readonly TierConfig[];
  /** A credit this near to the tier's target is accepted; same unit. */
  readonly creditBand: number;
  readonly creditUnit: CreditUnit;
  /** Distance between short and long strike of each wing, in index points. */
  readonly width: number;
  /** The same of the call wing alone; undefined where both are equally wide. */
  readonly callWidth: number | undefined;
  /** Distance between the strikes that the search tries, in index points. */
  readonly step: number;
  readonly minCreditShareOfWidth: number;
  /** The expected cost of the fill may be at most this share of the credit. */
  readonly maxCostShareOfCredit: number;
  readonly expectedRange: ExpectedRangeFormula;
  /** `historical` trades only expirations that were listed; `hypothetical` any session, and results say so. */
  readonly listings: "historical" | "hypothetical";
}

/** What is done about open condors; it matters where they live longer than one session. */
export interface ManagementConfig {
  /** What is done with a threatened side: nothing, ended, or sold again at a later expiration for a credit. */
  readonly onThreat: "hold" | "exit" | "shift";
  /** Forward delta of a short strike, in absolute terms, from which its side is threatened. */
  readonly threatDelta: number;
  /** A side is also threatened once the forward is this near to its short strike, in the expected range of a day. */
  readonly threatRange: number;
  /** Ends a condor whose end costs so many times its credit; undefined for no stop. */
  readonly stopMultiple: number | undefined;
  /** Ends a condor once this share of its credit is earned; undefined for no target. */
  readonly targetShare: number | undefined;
  /** Sessions from today to the expiration of a shifted spread. */
  readonly shiftSessions: number;
  readonly maxShifts: number;
  /** A shifted spread whose short delta has fallen to this goes back to the usual expiration. */
  readonly rollBackDelta: number;
}

/** Skips sessions that pay less than usual. */
export interface PremiumGaugeConfig {
  /** Where the credit is read, in multiples of the day's expected range. */
  readonly multiple: number;
  /** Sessions whose median is the usual level. */
  readonly window: number;
  /** Share of the usual level below which nothing is sold. */
  readonly skipBelow: number;
}

export interface VixGateConfig {
  /** Every tier opens while VIX is below the highest line of all tiers and below its mean of the last five sessions. */
  readonly fiveDayClause: boolean;
  /** A tier that closed at its line opens again this many points below it. */
  readonly hysteresis: number;
}

/** A bound on what may be lost at once. */
export type RiskProfileName = "steward" | "promoter";

export interface SizeConfig {
  /** Undefined sets no bound. */
  readonly profile: RiskProfileName | undefined;
  /** Largest loss of all tiers together, as a share of equity; each tier gets an equal part. */
  readonly totalRiskShare: number;
  /** Undefined sells as much under water as at the peak. */
  readonly drawdownBrake: DrawdownBrakeConfig | undefined;
  /** Undefined asks no dividends. */
  readonly fairValue: FairValueConfig | undefined;
}

/** Depths below the peak as shares of it. */
export interface DrawdownBrakeConfig {
  /** Whole size down to this depth. */
  readonly from: number;
  /** The least size from this depth on. */
  readonly until: number;
  /** Times the size. */
  readonly least: number;
}

/** What dividends are thought to be worth: continuous decimals a year. */
export interface FairValueConfig {
  /** What holders of shares ask beyond the short rate. */
  readonly premium: number;
  /** Growth of dividends in the first years. */
  readonly growth: number;
  readonly years: number;
  readonly terminalGrowth: number;
  /** How far off the discount rate may be. */
  readonly interval: number;
}

/** One layer of long VIX calls. */
export interface HedgeLayerConfig {
  readonly name: string;
  /** Calendar days to expiration sought when the layer is bought. */
  readonly days: number;
  /** Contracts per hedge unit. */
  readonly contracts: number;
  /** The layer is rolled once its expiration is this many days away or nearer. */
  readonly rollDays: number;
}

/** Selling part of a layer after a spike. */
export interface MonetiseConfig {
  /** Over the cost: 1.5 sells at two and a half times what was paid. */
  readonly gain: number;
  /** Share of the layer's contracts that is sold, once until it is rolled. */
  readonly sellShare: number;
  /** At most this share of the gain is spent on the next longer layer. */
  readonly reinvestShare: number;
}

/** The Adaptive Layered VIX Hedge. */
export interface HedgeConfig {
  readonly layers: readonly HedgeLayerConfig[];
  /** Forward delta of the calls when bought, against the VIX future of the same expiration. */
  readonly delta: number;
  /** A layer whose delta has reached this is rolled before its days; undefined rolls by calendar alone. */
  readonly rollAtDelta: number | undefined;
  /** Undefined sells nothing before it is rolled. */
  readonly monetise: MonetiseConfig | undefined;
  /** Yearly cost allowed, as a share of equity; the number of hedge units follows from it. */
  readonly budgetShare: number;
}

/** Cost of a fill as a share of the half-spread, by number of legs: 0 is the middle, 1 the far side. */
export interface FillConfig {
  readonly halfSpreadShare: {
    readonly 1: number;
    readonly 2: number;
    readonly 3: number;
    readonly 4: number;
  };
  /** The least share that a leg pays which nobody bids for: its middle is no price that anybody has shown. */
  readonly unbidShare: number;
  /** What becomes of an order for more contracts than a quote is good for. Modelled quotes have no size. */
  readonly beyondSize: "refuse" | "cap" | "ignore";
  /** Quotes that stood longer ago than this when the order comes are refused. */
  readonly staleAfterMinutes: number;
}

/** A broker whose schedule of fees is known. */
export type BrokerName = "ibkr-tiered" | "ibkr-fixed" | "tastytrade" | "flat";

/** Whose fees an account pays beside those that all pay. */
export interface FeeConfig {
  readonly broker: BrokerName;
}

/** Events that options are priced for days ahead. */
export type EventKind = "fomc" | "cpi" | "jobs" | "ppi";

/** What an event within a trade's life does: no trade, half its size, a word, or nothing. */
export type EventPolicy = "skip" | "half" | "warn" | "ignore";

export type EventPolicies = Readonly<Record<EventKind, EventPolicy>>;

/** What the second engine trades. All of it is European and settled in cash. */
export type SleeveStructure = "deferred-condor" | "harvest-ladder" | "vix-call-ladder" | "vix-backspread";

/** The series that the second engine reads its MACD of: futures of the VIX curve over one another, or over cash VIX. */
export type MacdSource = "second-over-first" | "sixty-over-thirty" | "thirty-over-vix";

/** What may vote on an entry of the second engine. */
export type TimingReadingName = "contango" | "rsi-divergence" | "rsi-cash" | "macd";

/** Condors that the sleeve sells, by their delta. */
export interface SleeveCondorConfig {
  /** Calendar days to the expiration, both included. */
  readonly leastDays: number;
  readonly mostDays: number;
  /** Forward delta of the short strikes, in absolute terms. */
  readonly leastDelta: number;
  readonly mostDelta: number;
  /** Distance between short and long strike of each wing, in index points. */
  readonly width: number;
}

/** VIX calls that the sleeve trades. */
export interface SleeveVixCallsConfig {
  /** Calendar days to the expiration sought; a ladder goes on from there, month by month. */
  readonly days: number;
  /** Forward delta of what is bought, and of what a backspread sells. */
  readonly delta: number;
  readonly soldDelta: number;
}

/** What the sleeve borrows: the private leverage layer, literally. */
export interface SleeveFinancingConfig {
  readonly kind: "none" | "box";
  /** Of its start: so much of it is borrowed. */
  readonly share: number;
  /** What holders of shares ask a year beyond bills: the hurdle that the sleeve's beta is priced by. */
  readonly equityPremium: number;
}

/** What must hold before the second engine enters at all. */
export interface SleeveGatesConfig {
  /** The future of sixty days over that of thirty, less one, is at least this. */
  readonly contango: number;
  readonly vixBelow: number;
  /** Whether the four conditions of a public page's "big top" must hold too. */
  readonly bigTop: boolean;
  /** What a decision of the FOMC or a release of prices or jobs before the expiration does. */
  readonly events: EventPolicy;
}

/** The second engine: a sleeve with an account of its own beside the first engine's. */
export interface SecondEngineConfig {
  readonly structure: SleeveStructure;
  readonly root: "SPXW" | "XSP";
  /** Its start, as a share of the first engine's. */
  readonly capitalShare: number;
  /** Largest loss of all that it holds, as a share of what it sizes by. */
  readonly riskShare: number;
  /** Positions at most; a harvest ladder has one of each of its four rungs. */
  readonly maxOpen: number;
  /** Share of what it has realized that it sizes by beside its start: 0 is flat, 1 is all. */
  readonly compounding: number;
  readonly condor: SleeveCondorConfig;
  readonly vixCalls: SleeveVixCallsConfig;
  readonly gates: SleeveGatesConfig;
  /** Weights of the readings; 0 shows one without a vote. */
  readonly readings: Readonly<Record<TimingReadingName, number>>;
  readonly macdOf: MacdSource;
  /** It enters where so many groups of readings speak for it, and the weighted mean of the votes is at least `minScore`. */
  readonly minGroups: number;
  readonly minScore: number;
  readonly financing: SleeveFinancingConfig;
}

/** Every parameter of the method that this system runs. Shares and deltas are decimals, volatility lines index points. */
export interface StrategyConfig {
  readonly condor: CondorConfig;
  readonly vixGate: VixGateConfig;
  /** Undefined sells whatever the premium. */
  readonly premiumGauge: PremiumGaugeConfig | undefined;
  readonly size: SizeConfig;
  /** Undefined holds every condor to its settlement. */
  readonly management: ManagementConfig | undefined;
  readonly events: EventPolicies;
  /** Undefined runs the condors unhedged. */
  readonly hedge: HedgeConfig | undefined;
  /** Undefined runs the first engine alone. */
  readonly secondEngine: SecondEngineConfig | undefined;
  readonly fills: FillConfig;
  readonly fees: FeeConfig;
}
