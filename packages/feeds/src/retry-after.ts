import type { Instant } from "@steward/model";

/** How long a server asks to be left alone, in milliseconds: `Retry-After` in seconds, or as a date of HTTP. */
export function retryAfterMs(header: string | null, now: Instant): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now / 1000);
}

/** Of the three forms of RFC 9110 the one that may be sent; `Date.parse` alone takes almost anything. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Milliseconds before the next attempt where the server names none: 1, 2 and 4 seconds. */
export function backOffMs(attempt: number): number {
  return 1000 * 2 ** (attempt - 1);
}
