import { type Setting, settingText } from "../config/settings.ts";

/** The flags that decide on a result, and where its report goes. */
export interface Flags {
  readonly preset?: string;
  readonly config?: string;
  readonly set?: readonly Setting[];
  readonly from?: string;
  readonly to?: string;
  readonly seed?: number;
  readonly report?: string;
}

/** A command as a person types it. */
export function commandLine(command: string, { set = [], report, ...options }: Flags): string {
  const named = (["preset", "config", "from", "to", "seed"] as const).flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [`--${name} ${value}`];
  });
  const settings = set.map((setting) => `--set ${settingText(setting)}`);
  const output = report === undefined ? [] : [`--report ${report}`];
  return ["steward", command, ...named, ...settings, ...output].join(" ");
}
