import { z } from "zod";
import { about, CHOSEN, days, eventPolicy, GLOSSARY, PAGES, points, share } from "./parameter.ts";

const vote = z.number().min(0).max(10);

/** What a file may say of the second engine. */
export const secondEngine = z.strictObject({
  structure: z
    .enum(["deferred-condor", "harvest-ladder", "vix-call-ladder", "vix-backspread"])
    .meta(about("what the sleeve trades, all of it European", "chosen here: public pages name ten things")),
  root: z.enum(["SPXW", "XSP"]).meta(about("root of the sleeve's condors", PAGES)),
  capitalShare: z
    .number()
    .positive()
    .max(10)
    .meta(about("the sleeve's start, as a share of the account's", `${PAGES}: 25 to 40 %`)),
  riskShare: share.meta(about("largest loss of all that the sleeve holds, as a share of its equity", CHOSEN)),
  maxOpen: days
    .max(50)
    .meta(about("positions that the sleeve holds at most; a harvest ladder has four rungs", CHOSEN)),
  compounding: share.meta(
    about("share of what the sleeve has realized that it sizes by beside its start: 0 flat, 1 all", CHOSEN),
  ),
  condor: z
    .strictObject({
      leastDays: days.max(60).meta(about("calendar days to the expiration at least", `${PAGES}: 7`)),
      mostDays: days.max(60).meta(about("calendar days to the expiration at most", `${PAGES}: 21`)),
      leastDelta: share.meta(about("forward delta of a short strike at least", `${PAGES}: 0.08`)),
      mostDelta: share.meta(about("forward delta of a short strike at most", `${PAGES}: 0.12`)),
      width: points.int().meta(about("points between short and long strike", CHOSEN)),
    })
    .partial(),
  vixCalls: z
    .strictObject({
      days: days.max(365).meta(about("calendar days to the expiration of VIX calls", `${PAGES}: 30 to 90`)),
      delta: share.meta(about("forward delta of the VIX calls bought", `${PAGES}: 0.25 to 0.40`)),
      soldDelta: share.meta(about("forward delta of the VIX call that a backspread sells", CHOSEN)),
    })
    .partial(),
  gates: z
    .strictObject({
      contango: z
        .number()
        .min(-1)
        .max(1)
        .meta(
          about(
            "the VIX future of 60 days over that of 30, less one, at least; -1 asks nothing",
            "public pages name 8 to 18 %",
          ),
        ),
      vixBelow: points.meta(about("the sleeve enters only while VIX is below, index points", GLOSSARY)),
      bigTop: z
        .boolean()
        .meta(
          about(
            "asks a public page's four conditions too: VIX above its mean of 200 sessions and 18 % above realized volatility, its second future 12 % over the first, the index's RSI above 68",
            PAGES,
          ),
        ),
      events: eventPolicy.meta(
        about("what FOMC decisions and releases of prices and jobs before the expiration do", PAGES),
      ),
    })
    .partial(),
  readings: z
    .strictObject({
      contango: vote.meta(about("weight of the slope of the VIX curve", PAGES)),
      "rsi-divergence": vote.meta(
        about("weight of divergence between VIX and the RSI of its 30-day future", PAGES),
      ),
      "rsi-cash": vote.meta(about("weight of the RSI of VIX itself", `${PAGES}; close to a tautology`)),
      macd: vote.meta(about("weight of MACD 12, 26, 9", PAGES)),
    })
    .partial(),
  macdOf: z
    .enum(["second-over-first", "sixty-over-thirty", "thirty-over-vix"])
    .meta(about("what MACD is read of: a ratio of VIX futures, or of one to VIX", PAGES)),
  minGroups: z
    .number()
    .int()
    .min(0)
    .max(5)
    .meta(about("groups of readings that must speak for an entry", CHOSEN)),
  financing: z
    .strictObject({
      kind: z
        .enum(["none", "box"])
        .meta(about("what the sleeve borrows by: nothing, or a short box of SPX options", CHOSEN)),
      share: share.max(0.9).meta(about("share of the sleeve's start that is borrowed", CHOSEN)),
      equityPremium: share.meta(
        about("what holders of shares ask a year beyond bills, for the hurdle shown", CHOSEN),
      ),
    })
    .partial(),
  minScore: z.number().min(-1).max(1).meta(about("weighted mean of the votes at least", CHOSEN)),
});
