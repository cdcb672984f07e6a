import type { SeriesSample } from "./series-sample.ts";

/** Rows as the Federal Reserve writes them, a stray quotation mark in every row's tag included. */
const meetings = [
  ["2027 FOMC Meetings", "January", "26-27", ""],
  ["", "Apr/May", "30-1*", ""],
  ["2020 FOMC Meetings", "March", "3 (unscheduled)", "20200303"],
  ["", "March", "15 (unscheduled)", "20200315"],
  ["", "March", "17-18* (cancelled)", ""],
  ["", "August", "27 (notation vote)", "20200827"],
  ["2019 FOMC Meetings", "October", "4 (unscheduled)", "20191011"],
  ["", "Oct/Nov", "31-32", ""],
] as const;

const rows = meetings.map(([heading, month, days, statement]) =>
  [
    heading === "" ? "" : `<div class="panel-heading"><h4><a id="1">${heading}</a></h4></div>\n`,
    `<div class="fomc-meeting--shaded row fomc-meeting" ">\n`,
    `<div class="fomc-meeting__month col-xs-5"><strong>${month}</strong></div>\n`,
    `<div class="fomc-meeting__date col-xs-4">${days}</div>`,
    statement === "" ? "" : `<a href="/newsevents/pressreleases/monetary${statement}a.htm">HTML</a>`,
    "</div>",
  ].join(""),
);

const releases = [
  ["August 2026", "Sep. 11, 2026"],
  ["April 2027", "May 12, 2027"],
  ["May 2027", "June 10, 2027"],
  ["June 2027", "To be announced"],
  ["July 2027", "Jul. 14, 2027"],
] as const;

const releaseRows = releases.map(
  ([month, day]) =>
    `<tr class="release-list-odd-row"><td>${month}</td>\n<td>${day}</td><td>08:30 AM</td></tr>`,
);

/** Pages as the Federal Reserve and the Bureau of Labor Statistics lay them out, without their surroundings. */
export const PAGE_SAMPLES: readonly SeriesSample[] = [
  {
    format: "fomc-calendar",
    name: "fomccalendars.htm",
    text: `<!DOCTYPE html>\n<html><head><title>The Fed - Meeting calendars and information</title></head><body>\n<div class="panel panel-default">${rows.join("\n")}</div></body></html>\n`,
    facts: 7,
  },
  {
    format: "bls-schedule",
    name: "cpi.htm",
    text: `<!DOCTYPE html>\n<html><head><title>Schedule of Releases for the Consumer Price Index</title></head><body>\n<table class="release-list"><thead><tr><th>Reference Month</th><th>Release Date</th><th>Release Time</th></tr></thead>\n<tbody>${releaseRows.join("\n")}</tbody></table></body></html>\n`,
    facts: 3,
  },
];
