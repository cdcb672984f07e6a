import { z } from "zod";

/** What stands beside a parameter: its meaning with its unit, and where its default comes from. */
type About = {
  readonly description: string;
  /** Of the number in the flagship: public pages on the method, or a choice of this system. */
  readonly source: string;
};

/** Source of a number of the method's public glossary. */
export const GLOSSARY = "the method's public glossary";
/** Source of a number that recurs on its public pages. */
export const PAGES = "recurs on the method's public pages";
/** Source of a number of this system's own. */
export const CHOSEN = "chosen here: published nowhere";

/** From 0 to 1. */
export const share: z.ZodNumber = z.number().min(0).max(1);
/** Above zero. */
export const points: z.ZodNumber = z.number().positive();
/** Whole, above zero. */
export const days: z.ZodNumber = z.number().int().positive();

/** What an event before an expiration does. */
export const eventPolicy = z.enum(["skip", "half", "warn", "ignore"]);

/** What is said of a parameter, as one argument. */
export function about(description: string, source: string): About {
  return { description, source };
}
