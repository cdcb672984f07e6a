import type { FeedOutcome } from "../data/sync-feed.ts";
import { alignColumns, fixed } from "./format.ts";

/** What came, from where and up to when: a row for each feed that was asked. */
export function syncTable(outcomes: readonly FeedOutcome[]): readonly string[] {
  const rows = outcomes.map(({ feed, from, state, files, facts, upTo }) => [
    feed,
    from,
    upTo?.slice(0, 10) ?? "never",
    state === "skipped" ? "skipped" : fixed(files.new, 0),
    ...(state === "skipped"
      ? ["", "", "", ""]
      : [files.unchanged, files.absent, facts.added, facts.corrected].map((count) => fixed(count, 0))),
  ]);
  const header = ["feed", "from", "up to", "new files", "unchanged", "absent", "new facts", "corrected"];
  const refused = outcomes.filter(({ facts }) => facts.refused > 0);
  return [
    ...alignColumns([header, ...rows], 3),
    ...refused.map(
      ({ feed, facts }) => `${feed}: ${fixed(facts.refused, 0)} rows refused, for they cannot be right.`,
    ),
  ];
}
