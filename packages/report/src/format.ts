import type { Estimate } from "@steward/analytics";
import { type CalendarDate, dayOf, monthOf, yearOf } from "@steward/model";
import { type Html, html } from "./html.ts";

const MINUS = "\u2212";
/** Keeps a unit on the line of its number. */
const NBSP = "\u00A0";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTH_NAMES = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** A number with so many decimals, thousands commas and a true minus; what rounds to zero has no sign. */
export function fixed(value: number, digits: number): string {
  const [whole = "0", decimals] = Math.abs(value).toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const text = decimals === undefined ? grouped : `${grouped}.${decimals}`;
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text;
}

/** As `fixed`, with a plus where it is above zero. */
export function signed(value: number, digits: number): string {
  const text = fixed(value, digits);
  return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
}

/** A share as per cent: 0.928 is `92.8 %`. */
export function percent(share: number, digits = 1): string {
  return `${fixed(share * 100, digits)}${NBSP}%`;
}

/** A share as a signed percentage. */
export function signedPercent(share: number, digits = 1): string {
  return `${signed(share * 100, digits)}${NBSP}%`;
}

/** A share in per cent without the unit, for ranges and cells whose heading names it. */
export function bare(share: number, digits = 1): string {
  return signed(share * 100, digits);
}

/** A whole number with commas. */
export function count(value: number): string {
  return fixed(value, 0);
}

/** `1 session`, `5,104 sessions`. */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${count(value)} ${value === 1 ? noun : plural}`;
}

/** Whole dollars, signed where negative. */
export function dollars(value: number): string {
  return value < 0 ? `${MINUS}$${fixed(-value, 0)}` : `$${fixed(value, 0)}`;
}

/** Profit and loss always carry their sign. */
export function signedDollars(value: number): string {
  return Math.round(value) > 0 ? `+${dollars(value)}` : dollars(Math.round(value) + 0);
}

/** Decimals of a per cent beside its interval: none where the interval spans more than a hundred points. */
export function percentDigits({ low95, high95 }: Estimate): number {
  return high95 - low95 > 1 ? 0 : 1;
}

/** `−1.3 to +8.8`: a 95 % interval of shares in per cent, signed. */
export function intervalText(estimate: Estimate): string {
  const digits = percentDigits(estimate);
  return `${bare(estimate.low95, digits)} to ${bare(estimate.high95, digits)}`;
}

/** `3 Jan 2000`. */
export function dateText(date: CalendarDate): string {
  return `${dayOf(date)} ${monthText(monthOf(date))} ${yearOf(date)}`;
}

/** A month from 1 to 12 in three letters. */
export function monthText(month: number): string {
  return MONTHS[month - 1] ?? "";
}

/** The English name of a month, from 1. */
export function monthName(month: number): string {
  return MONTH_NAMES[month - 1] ?? "";
}

/** A number that the result does not hold, and why. */
export function missing(reason: string): Html {
  return html`<span class="na">n/a</span> <span class="t3">${reason}</span>`;
}

/** The same where a cell has no room; the reason stands beside the table. */
export const missingCell: Html = html`<span class="na">n/a</span>`;

/** First letter upper case: tiers and layers are named in lower case by their configuration. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
