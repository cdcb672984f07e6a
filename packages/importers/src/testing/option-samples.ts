import { parquetWriteBuffer } from "hyparquet-writer";
import { lines } from "./files.ts";

/** A small file in a vendor's own words, under the name that it would have. */
export interface Sample {
  readonly id: string;
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Page of Cboe, as downloaded in New York after the close. */
export const quotedata = lines(
  "",
  "S&P 500 INDEX,Last: 4505.1001,Change:  37.66",
  '"Date: September 14, 2023 at 4:31 PM EDT",Bid: 4504.9,Ask: 4505.3,Size: 1*1,Volume: 0',
  "Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest",
  "Fri Sep 15 2023,SPX230915C04500000,17.35,8.1,17.1,17.6,421,0.1102,0.5512,0.0061,8123,4500.00,SPX230915P04500000,11.2,-22.4,11,11.4,950,0.1098,-0.4488,0.0061,10233",
  "Fri Sep 15 2023,SPXW230915C04510000,0,0,11.9,12.3,0,0,0,0,0,4510.00,SPXW230915P04510000,16.1,-25,16,16.5,7,0.1075,-0.5591,0.0063,44",
  "Wed Sep 20 2023,SPXW230920C04500000,35.2,12,35,35.6,12,0.1191,0.5402,0.0033,311,4500.00,SPXW230920P04500000,26.9,-19,26.6,27.2,88,0.1188,-0.4597,0.0033,902",
);

/** The page as it was until about 2020: the header on the third line, shorter names of columns. */
export const quotedataOf2019 = lines(
  "SPX (S&P 500 INDEX),2919.04,-8.21",
  "Apr 25 2019 @ 10:10 ET",
  "Expiration Date,Calls,Last Sale,Net,Bid,Ask,Vol,IV,Delta,Gamma,Open Int,Strike,Puts,Last Sale,Net,Bid,Ask,Vol,IV,Delta,Gamma,Open Int",
  "04/26/2019,SPXW190426C02920000,12.1,0.5,12.0,12.2,150,0.18,0.55,0.012,4000,2920,SPXW190426P02920000,10.2,-0.3,10.1,10.3,220,0.20,-0.45,0.011,6500",
);

const chainOption = {
  ...{ bid: 17.1, bid_size: 31, ask: 17.6, ask_size: 20, iv: 0.1102, open_interest: 8123, volume: 421 },
  ...{ delta: 0.5512, gamma: 0.0061, vega: 0.9412, theta: -4.2103, rho: 0.0321, theo: 17.3502, change: 8.1 },
  ...{ open: 12.5, high: 18.2, low: 9.1, tick: "up", last_trade_price: 17.35 },
  ...{ last_trade_time: "2023-09-14T15:59:41", percent_change: 87.57, prev_day_close: 9.25 },
};

/** The chain as the feed has it: `timestamp` in Universal Time, trades in New York time. */
export const chainDocument = {
  timestamp: "2023-09-14 20:10:07",
  data: {
    symbol: "^SPX",
    security_type: "index",
    exchange_id: 5,
    current_price: 4505.1001,
    ...{
      price_change: 37.66,
      price_change_percent: 0.84,
      bid: 4504.9,
      bid_size: 1,
      ask: 4505.3,
      ask_size: 1,
    },
    ...{ open: 4487.78, high: 4511.99, low: 4478.69, close: 4505.1001, prev_day_close: 4467.44, volume: 0 },
    ...{ iv30: 11.02, iv30_change: -0.6, iv30_change_percent: -5.16, seqno: 12_345, tick: "down" },
    last_trade_time: "2023-09-14T15:55:02",
    options: [
      { option: "SPX230915C04500000", ...chainOption, last_trade_time: "2023-09-14T15:54:41" },
      {
        ...{ option: "SPXW230915P04400000", ...chainOption, bid: 0, ask: 0.05, iv: 0, delta: 0, gamma: 0 },
        ...{ vega: 0, theta: 0, rho: 0, volume: 9, last_trade_price: 0, last_trade_time: null },
      },
      { option: "SPXW230920C04500000", ...chainOption, last_trade_time: "2023-09-14T15:54:59" },
    ],
  },
  symbol: "_SPX",
};
export const chainJson = JSON.stringify(chainDocument);

export const datashop = lines(
  "underlying_symbol,quote_date,root,expiration,strike,option_type,open,high,low,close,trade_volume,bid_size_1545,bid_1545,ask_size_1545,ask_1545,underlying_bid_1545,underlying_ask_1545,bid_size_eod,bid_eod,ask_size_eod,ask_eod,underlying_bid_eod,underlying_ask_eod,vwap,open_interest,delivery_code",
  "^VIX,2016-06-01,VIX,2016-06-15,14.000,C,1.3000,1.5000,0.9500,0.9500,175,219,0.8000,3010,0.9500,14.5750,14.5750,0,0.9000,0,0.9500,14.6500,14.6500,1.0320,1136,",
  "^VIX,2016-06-01,VIX,2016-06-15,70.000,P,0.0000,0.0000,0.0000,0.0000,0,0,0.0000,0,0.0000,14.5750,14.5750,0,0.0000,0,0.0000,14.6500,14.6500,0.0000,0,",
  "^VIX,2016-06-01,BVZ,2016-06-15,14.000,C,0.0000,0.0000,0.0000,0.0000,0,0,0.0000,0,1.0000,14.5750,14.5750,0,0.0000,0,1.0000,14.6500,14.6500,0.0000,0,",
);

export const datashopCalcs = lines(
  "underlying_symbol,quote_date,root,expiration,strike,option_type,open,high,low,close,trade_volume,bid_size_1545,bid_1545,ask_size_1545,ask_1545,underlying_bid_1545,underlying_ask_1545,implied_underlying_price_1545,active_underlying_price_1545,implied_volatility_1545,delta_1545,gamma_1545,theta_1545,vega_1545,rho_1545,bid_size_eod,bid_eod,ask_size_eod,ask_eod,underlying_bid_eod,underlying_ask_eod,vwap,open_interest,delivery_code",
  "^SPX,2019-07-03,SPXW,2019-07-05,2990.000,P,5.1000,6.0000,3.2000,3.3000,812,40,3.4000,51,3.6000,2994.1200,2994.1200,2994.0100,2994.0100,0.0803,-0.3912,0.0141,-1.0212,0.7613,-0.0313,12,3.2000,33,3.5000,2995.8200,2995.8200,4.4100,2017,",
);

const optionsdxHeader =
  "[QUOTE_UNIXTIME], [QUOTE_READTIME], [QUOTE_DATE], [QUOTE_TIME_HOURS], [UNDERLYING_LAST], [EXPIRE_DATE], [EXPIRE_UNIX], [DTE], [C_DELTA], [C_GAMMA], [C_VEGA], [C_THETA], [C_RHO], [C_IV], [C_VOLUME], [C_LAST], [C_SIZE], [C_BID], [C_ASK], [STRIKE], [P_BID], [P_ASK], [P_SIZE], [P_LAST], [P_DELTA], [P_GAMMA], [P_VEGA], [P_THETA], [P_RHO], [P_IV], [P_VOLUME], [STRIKE_DISTANCE], [STRIKE_DISTANCE_PCT]";

const optionsdxRest =
  "0.551200, 0.002100, 4.910000, -0.421000, 2.110000, 0.182000, 1250.000000, 118.500000, 12 x 30, 117.900000, 119.100000, 3850.000000, 104.200000, 105.600000, 45 x 8, 104.900000, -0.448800, 0.002100, 4.910000, -0.390000, -1.980000, 0.190100, 980.000000, 3.400000, 0.001000";

export const optionsdxSample = lines(
  optionsdxHeader,
  "1672866000, 2023-01-04 16:00, 2023-01-04, 16.000000, 3853.390000, 2023-01-05, 1672952400, 1.000000, 1.000000, 0.000000, 0.000000, 0.000000, 0.000000, , , 3041.370000, 7 x 7, 2846.800000, 2848.300000, 1000.000000, 0.000000, 0.050000, 0 x 272, 0.030000, 0.000000, 0.000000, 0.000230, -0.024810, -0.000330, 8.175360, 7.000000, 2853.400000, 0.740000",
  `1672866000, 2023-01-04 16:00, 2023-01-04, 16.000000, 3853.390000, 2023-01-20, 1674248400, 16.000000, ${optionsdxRest}`,
  `1672866000, 2023-01-04 16:00, 2023-01-04, 16.000000, 3853.390000, 2023-01-20, 1674248400, 16.000000, ${optionsdxRest}`,
);

/** A third Friday whose expiration is told as 09:30 New York. */
export const optionsdxMorning = lines(
  optionsdxHeader,
  `1672866000, 2023-01-04 16:00, 2023-01-04, 16.000000, 3853.390000, 2023-01-20, 1674225000, 15.729167, ${optionsdxRest}`,
);

export const deltaNeutral = `\uFEFF${lines(
  "underlying,underlying_last, exchange,optionroot,optionext,type,expiration,quotedate,strike,last,bid,ask,volume,openinterest,impliedvol,delta,gamma,theta,vega,optionalias",
  "VXX,28.95,W,VXX161202C00020000,,call,12/02/2016,12/01/2016,20,7.96,8.75,8.95,0,1,0.01,0,0,0,0,",
  "VXX,28.95,W,VXX161217P00028500,,put,12/17/2016,12/01/2016,28.5,0.25,0.25,0.26,4898,1630,0.7523,-0.3377,32.1533,-20.8829,0.5521,",
  "SPX,2269.96,*,SPXW161230C02270000,,call,12/30/2016,12/01/2016,2270,0,12.1,12.9,0,0,-1,-99.99,-99.99,-99.99,-99.99,",
)}`;

export const ivolatilitySample = lines(
  "symbol,exchange,company_name,date,stock_price_close,option_symbol,option_expiration,strike,call/put,style,ask,bid,mean_price,settlement,iv,volume,open_interest,stock_price_for_iv,forward_price,isinterpolated,delta,vega,gamma,theta,rho",
  "SPX,CBOE,S&P 500 Index (SPX),1/3/11,1271.87,SPX   110122C00200000,1/21/11,200,C,E,1070.5,1066.2,1068.35,0,0.448957,0,250,1271.87,1270.724,*,0.999032,0,0,0,0.097077",
  "SPX,CBOE,S&P 500 Index (SPX),01/03/2011,1271.87,SPXPM 110122P00860000,01/21/2011,860,P,E,0.05,0,0,0,0,4,2780,1271.87,1270.724,,0,0,0,0,0",
);

const oratsHeader =
  "ticker,tradeDate,expirDate,dte,strike,stockPrice,callVolume,callOpenInterest,callBidSize,callAskSize,putVolume,putOpenInterest,putBidSize,putAskSize,callBidPrice,callValue,callAskPrice,putBidPrice,putValue,putAskPrice,callBidIv,callMidIv,callAskIv,smvVol,putBidIv,putMidIv,putAskIv,residualRate,delta,gamma,theta,vega,rho,phi,driftlessTheta,callSmvVol,putSmvVol,extSmvVol,extCallValue,extPutValue,spotPrice,quoteDate,updatedAt,snapShotEstTime,snapShotDate,expiryTod";
const oratsRow =
  "SPX,2022-06-08,2022-06-17,9,4120,4118.33,150,28206,25,51,7,18438,12,10,58.1,58.86,58.9,59.5,59.64,60.7,0.2263,0.2271,0.2279,0.2268,0.2264,0.2272,0.2281,-0.008,0.5112,0.0031,-3.1021,2.7112,0.4213,-0.4411,-2.9812,0.2271,0.2269,0.2272,58.1,60.0,4117.21,2022-06-08T13:59:50Z,2022-06-08T14:00:01Z,2022-06-08T14:00:01Z,2022-06-08T14:00:01Z,";

export const oratsCsv = lines(
  oratsHeader,
  `${oratsRow}am`,
  `${oratsRow}pm`,
  "SPY,2022-06-08,2022-06-17,9,412,411.83,,,,,,,,,5.81,5.88,5.89,5.95,5.96,6.07,,0,,,,0,,,0,0,0,0,0,,,,,,,,,,,,,",
);

export const oratsJson = JSON.stringify({
  data: oratsCsv
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const cells = line.split(",");
      return Object.fromEntries(oratsHeader.split(",").map((name, i) => [name, jsonValue(cells[i] ?? "")]));
    }),
});

function jsonValue(text: string): string | number | null {
  if (text === "") return null;
  return Number.isNaN(Number(text)) ? text : Number(text);
}

export const thetaEod = lines(
  "symbol,expiration,strike,right,created,last_trade,open,high,low,close,volume,count,bid_size,bid_exchange,bid,bid_condition,ask_size,ask_exchange,ask,ask_condition",
  "SPXW,2024-11-08,5700.000,CALL,2024-11-04T17:15:00.000,2024-11-04T16:14:58.112,92.10,101.00,80.40,88.20,812,231,20,5,88.00,50,31,5,88.90,50",
  "SPX,2024-11-15,5700.000,PUT,2024-11-04T17:15:00.000,2024-10-31T09:31:07.000,0,0,0,0,0,0,0,0,0.00,0,0,0,0.00,0",
);

export const thetaGreeks = lines(
  "symbol,expiration,strike,right,timestamp,open,high,low,close,volume,count,bid_size,bid_exchange,bid,bid_condition,ask_size,ask_exchange,ask,ask_condition,delta,theta,vega,rho,epsilon,lambda,gamma,vanna,charm,vomma,veta,vera,speed,zomma,color,ultima,d1,d2,dual_delta,dual_gamma,implied_vol,iv_error,underlying_timestamp,underlying_price",
  "SPXW,2024-11-08,5700.000,CALL,2024-11-04T17:15:00.000,92.10,101.00,80.40,88.20,812,231,20,5,88.00,50,31,5,88.90,50,0.5621,-9.1021,238.11,34.2,-35.1,36.4,0.0021,0.1,0.2,0.3,0.4,0.5,0.6,0.7,0.8,0.9,0.1,0.1,-0.5,0.0021,0.2231,0.0001,2024-11-04T16:14:59.000,5712.69",
  "SPXW,2024-11-08,9000.000,CALL,2024-11-04T17:15:00.000,0,0,0,0,0,0,0,5,0.00,50,31,5,0.05,50,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,100,2024-11-04T16:14:59.000,0",
);

export const thetaJson = JSON.stringify({
  response: [
    {
      contract: { symbol: "SPXW", expiration: "2024-11-08", strike: 5700, right: "CALL" },
      data: [
        {
          ...{ created: "2024-11-04T17:15:00.000", last_trade: "2024-11-04T16:14:58.112", close: 88.2 },
          ...{ volume: 812, count: 231, bid_size: 20, bid_exchange: 5, bid: 88, bid_condition: 50 },
          ...{
            ask_size: 31,
            ask_exchange: 5,
            ask: 88.9,
            ask_condition: 50,
            open: 92.1,
            high: 101,
            low: 80.4,
          },
        },
      ],
    },
  ],
});

export const chain = lines(
  "quote_date,underlying,root,expiration,strike,right,bid,ask,last,volume,open_interest,iv,delta,gamma,theta,vega,underlying_price",
  "2019-04-26,SPX,SPXW,2019-05-03,2940,C,12.1,12.6,12.3,841,1204,0.0912,0.5121,0.0081,-1.2,1.61,2939.88",
  "2019-04-26,SPX,SPX,2019-05-17,2940,P,24.5,25,0,0,0,0,0,0,,,2939.88",
);

/** Rows of the Parquet set, as its columns. */
export const parquetColumns = {
  contract_id: ["SPY200117C00320000", "SPY200117P00320000", "SPY200221C00330000"],
  symbol: ["SPY", "SPY", "SPY"],
  expiration: ["2020-01-17", "2020-01-17", "2020-02-21"],
  strike: [320, 320, 330],
  type: ["call", "put", "call"],
  bid: [5.11, 2.31, 2.02],
  ask: [5.14, 2.33, 2.05],
  volume: [1201, 941, 0],
  open_interest: [20_412, 18_811, 5],
  date: ["2020-01-03", "2020-01-03", "2020-01-03"],
  implied_volatility: [0.1123, 0.1131, 0],
  delta: [0.6312, -0.3721, 0],
  gamma: [0.0512, 0.0511, 0],
  theta: [-0.0712, -0.0633, 0],
  vega: [0.2312, 0.2312, 0],
  rho: [0.0801, -0.0467, 0],
};

/** A chain as implied volatilities; the first strike has no bid. */
export const volatilities = lines(
  "expiration,t_years,strike,iv_bid,iv_ask,forward,call_mid",
  "2023-02-16,0.002738,3900,,0.4512,4146.741883,",
  "2023-02-16,0.002738,4100,0.2103,0.2161,4146.741883,49.1",
  "2023-02-17,0.005476,4200,0.1482,0.1521,4147.1,4.2",
);

/** Columns as a Parquet file, numbers as doubles and texts as strings. */
export function parquetOf(columns: Readonly<Record<string, readonly (string | number)[]>>): Uint8Array {
  const columnData = Object.entries(columns).map(([name, data]) => {
    const type = typeof data[0] === "string" ? ("STRING" as const) : ("DOUBLE" as const);
    return { name, data: [...data], type };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 2 }));
}

/** Every sample of an option chain with the format it must be recognized as. */
export const OPTION_SAMPLES: readonly Sample[] = [
  { id: "cboe-quotedata", name: "spx_quotedata.csv", content: quotedata },
  { id: "cboe-quotedata", name: "SPX_20190425.csv", content: quotedataOf2019 },
  { id: "cboe-chain-json", name: "_SPX.json", content: chainJson },
  { id: "cboe-datashop", name: "UnderlyingOptionsEODQuotes_2016-06-01.csv", content: datashop },
  { id: "cboe-datashop", name: "UnderlyingOptionsEODCalcs_2019-07-03.csv", content: datashopCalcs },
  { id: "optionsdx", name: "spx_eod_202301.txt", content: optionsdxSample },
  { id: "optionsdx", name: "spx_eod_202301.txt", content: optionsdxMorning },
  { id: "historicaloptiondata", name: "VXX.csv", content: deltaNeutral },
  { id: "ivolatility", name: "RawIV.csv", content: ivolatilitySample },
  { id: "orats", name: "strikes.csv", content: oratsCsv },
  { id: "orats", name: "strikes.json", content: oratsJson },
  { id: "thetadata", name: "eod.csv", content: thetaEod },
  { id: "thetadata", name: "greeks.csv", content: thetaGreeks },
  { id: "thetadata", name: "eod.json", content: thetaJson },
  { id: "philippdubach", name: "options_2020.parquet", content: parquetOf(parquetColumns) },
  { id: "chain-table", name: "chain.csv", content: chain },
  { id: "volatility-table", name: "iv_2023-02-15_spx.csv", content: volatilities },
];
