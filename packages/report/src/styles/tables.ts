const tables = `
table{border-collapse:collapse;width:100%;font-size:12px;line-height:18px}
caption{text-align:left;color:var(--t3);font-size:11px;line-height:16px;padding-bottom:6px}
th{font-weight:400;color:var(--t3);text-align:left;padding:0 16px 6px 0;vertical-align:bottom}
td,tbody th{padding:6px 16px 6px 0;border-top:1px solid var(--line);vertical-align:top}
tbody th{color:var(--t1)}
th.num,td.num{text-align:right;white-space:nowrap}
th:last-child,td:last-child{padding-right:0}
tr.total td,tr.total th{font-weight:600;border-top-color:var(--edge)}
td .xs,.rates .xs{display:block}td .chip{margin-top:4px}
.lead-cell{font-weight:600;white-space:nowrap}
.share{display:block;width:160px;padding-top:6px}.share i{display:block;height:6px;border-radius:1px;background:var(--neutral)}
.wr b{font-weight:600}.wr .xs{color:var(--t3)}`;

/** A table that does not fit turns each row into a card: cells carry their heading in `data-label`. */
const stacked = `
@container (max-width:800px){
.stack thead{display:none}.stack,.stack tbody{display:block}
.stack tr{display:grid;grid-template-columns:repeat(auto-fill,minmax(96px,1fr));gap:8px 16px;padding:10px 0;border-top:1px solid var(--line)}
.stack td,.stack tbody th{display:block;padding:0;border:0;text-align:left;white-space:normal}
.stack td::before{content:attr(data-label);display:block;font-size:11px;line-height:15px;color:var(--t3);font-weight:400}
.stack tbody th,.stack .whole{grid-column:1/-1}.stack .none{display:none}
.stack tr.total{border-top-color:var(--edge)}
}
@container (max-width:640px){.extra{display:none}}`;

const months = `
.months{font-size:12px;line-height:16px;table-layout:fixed;border-collapse:separate;border-spacing:2px}
.months th{padding:3px 6px}.months tbody th{color:var(--t2);padding:3px 0;border:0}
.months thead th:first-child{width:40px;padding:0}.months thead th:last-child{width:60px}
.months td{border:0;padding:3px 6px;border-radius:2px;text-align:right}.months td.year{font-weight:600}
.months td.none{border:0}.n1{display:none}
.config{columns:2;column-gap:40px}
.config table{break-inside:avoid;margin-bottom:18px}.config caption{font-size:13px;line-height:20px;font-weight:600;color:var(--t1)}
.config td:last-child{text-align:right;white-space:normal}.config td:first-child{color:var(--t2)}
@container (max-width:640px){.config{columns:1}}`;

export const tableStyles: string = tables + stacked + months;
