import { darkTheme, lightTheme, themeProperties } from "../theme.ts";

const SANS =
  'Inter,-apple-system,BlinkMacSystemFont,"Segoe UI Variable Text","Segoe UI",Roboto,"Noto Sans","Liberation Sans",system-ui,sans-serif';
const MONO = 'ui-monospace,"SF Mono","Cascadia Mono",Menlo,Consolas,"Liberation Mono",monospace';

/** Dark is the default; the checkbox in the bar turns it light without any script. Paper is light. */
const themes = `
:root{color-scheme:dark;${themeProperties(darkTheme)};--sans:${SANS};--mono:${MONO}}
:root:has(#light:checked){color-scheme:light;${themeProperties(lightTheme)}}
@media print{:root,:root:has(#light){color-scheme:light;${themeProperties(lightTheme)};--canvas:#fff}}`;

const elements = `
*{box-sizing:border-box;margin:0}
html{background:var(--canvas);-webkit-text-size-adjust:100%}
body{font:400 13px/20px var(--sans);color:var(--t1);background:var(--canvas);font-variant-numeric:tabular-nums lining-nums;-webkit-font-smoothing:antialiased;text-rendering:optimizeLegibility}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
h1{font-size:32px;line-height:40px;font-weight:600;letter-spacing:-.02em;text-wrap:balance}
h2{font-size:17px;line-height:23px;font-weight:600;letter-spacing:-.012em;text-wrap:pretty}
h3{font-size:13px;line-height:20px;font-weight:600}
p,dd,li{text-wrap:pretty}
b,strong{font-weight:600}
svg{display:block;max-width:100%;height:auto;overflow:visible}
svg text{font-family:var(--sans);font-variant-numeric:tabular-nums lining-nums}
.defs{position:absolute}
.t2{color:var(--t2)}.t3{color:var(--t3)}.gain{color:var(--gain)}.loss{color:var(--loss)}.na{color:var(--t3)}
.sm{font-size:12px;line-height:18px}.xs{font-size:11px;line-height:16px}
.mono{font-family:var(--mono);font-size:.94em;letter-spacing:-.01em}
.nw{white-space:nowrap}
.mod{border-bottom:1px dotted var(--t3)}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`;

const FILLS = [
  "t1",
  "t2",
  "t3",
  "ink",
  "gain",
  "loss",
  "neutral",
  "warn",
  "bench",
  "forecast",
  "line2",
  "s2",
  "s3",
];
const STROKES = ["t2", "t3", "ink", "gain", "loss", "neutral", "warn", "bench", "line", "line2", "edge"];

/** Classes of the drawings: `f-` fills, `x-` colors text, `k-` strokes, each with a token of the theme. */
const marks = `
${FILLS.map((token) => `.f-${token},.x-${token}{fill:var(--${token})}`).join("")}
${STROKES.map((token) => `.k-${token}{stroke:var(--${token});fill:none}`).join("")}
${Array.from({ length: 9 }, (_, step) => `.f-d${step}{fill:var(--d${step})}.bd${step}{background:var(--d${step})}`).join("")}
.halo{paint-order:stroke;stroke:var(--canvas);stroke-width:3.5px;stroke-linejoin:round}
.w1{stroke-width:1}.w125{stroke-width:1.25}.w175{stroke-width:1.75;stroke-linejoin:round}.w2{stroke-width:2}.w4{stroke-width:4}.w07{stroke-width:.75}
.dotted{stroke-dasharray:1.5 2.5}.dashed{stroke-dasharray:3 2}.round{stroke-linecap:round}
.o85{opacity:.85}.o50{opacity:.5}.o28{opacity:.28}
.ring{stroke:var(--canvas);stroke-width:1.5}
.hatch{fill:url(#hatch)}.hatchline{stroke-width:1.4}
.cell{stroke-width:1}.cell.f-d4{stroke:var(--line)}.bd4{box-shadow:inset 0 0 0 1px var(--line)}.hollow{fill:none;stroke:var(--line2);stroke-width:1}`;

export const baseStyles: string = themes + elements + marks;
