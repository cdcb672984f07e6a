export { renderReport } from "./report.ts";
export type { ReportInput } from "./study.ts";
