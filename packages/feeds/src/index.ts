export { type Answer, type ClientSettings, type FeedClient, feedClient } from "./client.ts";
export { pageTitle } from "./content.ts";
export { type FeedFault, feedFailure } from "./failures.ts";
export { type Feed, type FeedRequest, type KeyName, type PlanContext, planOf } from "./feed.ts";
export { CHAINS_FEED, delayedChain, RECORDED_SYMBOLS } from "./feeds/delayed-chains.ts";
export { FEEDS, feedsNamed } from "./feeds.ts";
export { lastDue, nextDue, type Schedule } from "./schedule.ts";
