import pThrottle from "p-throttle";

/** Least time between two requests to a host, in milliseconds. Cboe answers 429 above 0.4 requests a second. */
export function politePauseMs(host: string): number {
  if (/(?:^|\.)cboe\.com$/.test(host)) return 2500;
  if (host === "data.sec.gov") return 125;
  return host.endsWith("stlouisfed.org") ? 500 : 1000;
}

/** Runs work for a host when its turn has come. */
export type Pacer = <Result>(host: string, work: () => Promise<Result>) => Promise<Result>;

/** A queue for each host. */
export function pacer(pauseMs: (host: string) => number): Pacer {
  const turns = new Map<string, () => Promise<void>>();
  return async (host, work) => {
    const turn = turns.get(host) ?? pThrottle({ limit: 1, interval: pauseMs(host) })(async () => {});
    turns.set(host, turn);
    await turn();
    return await work();
  };
}
