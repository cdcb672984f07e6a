const narrowScreens = `
@media (max-width:1080px){
.head{grid-template-columns:1fr;gap:24px}.sec{grid-template-columns:1fr;gap:16px}.sec>.l p{max-width:680px}
.duo{grid-template-columns:minmax(0,1fr);border-top:0}.duo .sec{border-top:1px solid var(--line)}
}
@media (min-width:721px) and (max-width:1080px){
.verdicts{display:grid;grid-template-columns:repeat(3,1fr);gap:0 28px}.verdicts>div{border:0;padding:0}
}
@media (max-width:720px){
body{font-size:14px;line-height:21px}
.wrap{padding:0 16px 32px}
.bar{flex-wrap:wrap;gap:6px 8px;margin:0 -16px;padding:6px 16px 10px}.bar .what{display:none}.toggle{height:44px;padding:0 12px;margin-left:auto}.badges{order:1;flex-basis:100%;justify-content:flex-start}
.head{padding:22px 0 20px}h1{font-size:24px;line-height:31px}.lead{font-size:15px;line-height:23px}
.verdicts>div{flex-direction:row;flex-wrap:wrap;align-items:center;justify-content:space-between}.verdicts dd.note{flex-basis:100%}
.tiles{grid-template-columns:1fr 1fr;margin:0 -16px;border-radius:0;border-left:0;border-right:0}
.tile{padding:12px 16px}.tile .figure{font-size:22px;line-height:30px}
.honesty{columns:1}.facts{grid-template-columns:1fr}.facts>div+div{margin-top:10px}
.sec{padding:24px 0 20px}
.months{font-size:11.5px;line-height:15px;letter-spacing:-.02em;border-spacing:1px}
.months td,.months th{padding:4px 1px!important;text-align:center!important}
.months thead th:first-child,.months tbody th{width:34px;text-align:left!important}.months thead th:last-child{width:36px}
.months .w1{display:none}.months .n1{display:inline}
}`;

const paper = `
@page{size:A4;margin:14mm 12mm}
@media print{
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
body{font-size:9.5pt}.toggle{display:none}
.wrap{max-width:none;padding:0}.head{padding:14pt 0;grid-template-columns:1fr;gap:14pt}h1{font-size:19pt;line-height:24pt}
.tiles{break-inside:avoid}.sec{display:block;break-inside:avoid;padding:14pt 0 10pt}.sec>.l{break-after:avoid;margin-bottom:10px}
.sec.long{break-inside:auto}.duo{grid-template-columns:1fr;border:0}.duo .sec{border-top:1px solid var(--line)}
tr,.honesty>div{break-inside:avoid}.foot pre{white-space:pre-wrap}
}`;

/** Where the system paints: strokes and text take its color, areas become patterns, bars keep an outline. */
const forcedColors = `
@media (forced-colors:active){
svg text[class]{fill:CanvasText}.halo{stroke:Canvas}
[class*="k-"]{stroke:CanvasText}.k-line,.hollow{stroke:GrayText}[class*="f-"]{fill:CanvasText}.ring{stroke:Canvas}
.f-s2{fill:none;stroke:CanvasText;stroke-dasharray:1 3}
rect[class*="f-loss"],rect[class*="f-neutral"],path[class*="f-loss"]{fill:url(#hatch);stroke:CanvasText}
[class*="f-d"].cell{fill:Canvas;stroke:CanvasText}[class*="f-d"].cell.bad{fill:url(#hatch)}
.iv i[class],.tilekey span i,.key span i,.sw,.share i{forced-color-adjust:none;background:CanvasText}
.iv i.other,.tilekey span i.other{background:Canvas;border-color:CanvasText}.iv i.track,.iv i.rug{background:GrayText}.iv i.at{box-shadow:0 0 0 2px Canvas}
.sw.modelled{background:repeating-linear-gradient(135deg,CanvasText 0 1.4px,Canvas 1.4px 4px)}
.chip,.badge{border:1px solid CanvasText}.months td{outline:1px solid CanvasText}
}`;

const motion =
  "@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}";

export const mediaStyles: string = narrowScreens + paper + forcedColors + motion;
