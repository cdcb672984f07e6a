const bar = `
.wrap{max-width:1176px;margin:0 auto;padding:0 28px 48px}
.bar{display:flex;align-items:center;gap:14px;min-height:60px;border-bottom:1px solid var(--line)}
.brand{display:flex;align-items:center;gap:9px;font-weight:600;font-size:15px;letter-spacing:-.01em}
.bar .what{margin-right:auto}.badges{display:flex;flex-wrap:wrap;justify-content:flex-end;gap:6px;align-items:center}
.badge{display:inline-flex;align-items:center;height:20px;padding:0 7px;border-radius:4px;font-size:11px;font-weight:600;letter-spacing:.02em;border:1px solid var(--line2);color:var(--t2);white-space:nowrap}
.badge.caution{border-color:transparent;background:var(--warnSoft);color:var(--warn)}
.toggle{position:relative;display:inline-flex;align-items:center;height:26px;padding:0 9px;border:1px solid var(--line2);border-radius:7px;font-size:12px;font-weight:500;color:var(--t2);cursor:pointer}
.toggle:hover{background:var(--s2)}.toggle input{position:absolute;inset:0;opacity:0;cursor:pointer;margin:0}
.toggle:has(:focus-visible){outline:2px solid var(--focus);outline-offset:2px}`;

const head = `
.head{display:grid;grid-template-columns:minmax(0,1fr) 340px;gap:56px;align-items:start;padding:38px 0 34px}
.head .eyebrow{color:var(--t3);margin-bottom:10px}
.lead{font-size:15px;line-height:24px;color:var(--t2);margin-top:14px;max-width:700px}
.verdicts>div{display:flex;flex-direction:column;align-items:flex-start;gap:5px;padding:10px 0;border-top:1px solid var(--line)}
.verdicts>div:first-child{border-top:0;padding-top:0}.verdicts dt{color:var(--t2)}
.chip{display:inline-flex;align-items:center;gap:6px;height:22px;padding:0 9px 0 7px;border-radius:11px;font-size:12px;font-weight:500;line-height:1;white-space:nowrap;background:var(--neutralSoft);color:var(--t1)}
.chip svg{flex:none}.chip.supported{background:var(--gainSoft)}.chip.contradicted{background:var(--lossSoft)}`;

const tiles = `
.tiles{display:grid;grid-template-columns:repeat(3,1fr);border:1px solid var(--line);border-radius:10px;background:var(--s1);overflow:hidden}
.tile{padding:14px 20px 13px;border-left:1px solid var(--line);border-top:1px solid var(--line);margin:-1px 0 0 -1px;min-width:0}
.tile .name{display:block;font-size:12px;line-height:18px;color:var(--t2)}
.tile .figure{display:block;font-size:26px;line-height:34px;font-weight:600;letter-spacing:-.015em;margin-bottom:4px}
.tile .note{display:block;font-size:11px;line-height:16px;color:var(--t3);margin-top:5px}
.iv{position:relative;display:block;height:14px}.iv i{position:absolute;display:block}
.iv .track{left:0;right:0;top:6.5px;height:1px;background:var(--line2)}
.iv .beat{top:0;width:1.5px;margin-left:-.75px;height:14px;background:var(--warn)}
.iv .b95{top:5px;height:4px;border-radius:2px;background:var(--ink);opacity:.3}
.iv .b50{top:5px;height:4px;border-radius:2px;background:var(--ink);opacity:.45}
.iv .rug{top:4px;width:1px;height:6px;background:var(--t3)}
.iv .at{top:2px;width:10px;height:10px;margin-left:-5px;border-radius:50%;background:var(--ink);box-shadow:0 0 0 2px var(--s1)}
.iv .other{top:3px;width:8px;height:8px;margin-left:-4px;border-radius:50%;background:var(--s1);border:1.5px solid var(--neutral)}
.tilekey{display:flex;flex-wrap:wrap;gap:4px 20px;margin:10px 0 34px;font-size:11px;line-height:16px;color:var(--t3)}
.tilekey span{display:inline-flex;align-items:center;gap:7px}
.tilekey i{width:9px;height:9px;border-radius:50%;background:var(--ink)}
.tilekey i.other{background:none;border:1.5px solid var(--neutral)}.tilekey i.beat{width:2px;height:12px;border-radius:0;background:var(--warn)}
.tilekey i.year{width:1px;height:10px;border-radius:0;background:var(--t3)}`;

const sections = `
.sec{display:grid;grid-template-columns:232px minmax(0,1fr);gap:48px;padding:30px 0 26px;border-top:1px solid var(--line)}
.sec>.l h2{margin-bottom:8px}.sec>.l p+p{margin-top:8px}
.sec>.r{container-type:inline-size;min-width:0}
.sec>.r>*+*{margin-top:18px}.sec>.r>.src{margin-top:10px}
.duo{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 40px;border-top:1px solid var(--line)}
.duo .sec{grid-template-columns:minmax(0,1fr);grid-template-rows:subgrid;grid-row:span 2;gap:16px;border:0;min-width:0}.duo .sec>.l h2{margin:0}
.src{display:flex;flex-wrap:wrap;gap:2px 14px;font-size:11px;line-height:16px;color:var(--t3)}
.src span{display:inline-flex;align-items:center;gap:6px}
.sw{display:inline-block;flex:none;width:14px;height:6px;border-radius:1px;background:var(--t3)}
.sw.modelled{background:repeating-linear-gradient(135deg,var(--t3) 0 1.4px,transparent 1.4px 4px)}
.fig{position:relative}.fn{display:none}
.key{display:none;flex-wrap:wrap;gap:4px 16px;font-size:12px;color:var(--t2);margin-bottom:10px}
.key span{display:inline-flex;align-items:center;gap:6px}.key i{width:14px;height:2px;background:var(--neutral)}
.key i.ink{background:var(--ink)}.key i.dot{background:none;border-top:2px dotted var(--neutral);height:0}
@container (max-width:470px){.fig>.fw{display:none}.fig>.fn{display:block}.fig>.key{display:flex}}
.empty{color:var(--t2)}
.facts{display:grid;grid-template-columns:repeat(3,minmax(0,1fr));gap:0 28px}
.facts dt{font-size:12px;line-height:16px;color:var(--t3)}.facts dd{font-weight:600;font-size:17px;line-height:25px}
.facts dd.note{font-weight:400;font-size:12px;line-height:17px;color:var(--t3)}
.honesty{columns:2;column-gap:40px}
.honesty>div{padding:10px 0 11px;border-top:1px solid var(--line);break-inside:avoid}
.honesty .na+.t3{font-weight:400}.honesty .rates{margin-top:2px}.honesty .rates li{padding-left:0}
.honesty dt{font-size:12px;line-height:16px;color:var(--t3)}.honesty dt b{display:inline-block;min-width:18px;font-weight:400}
.honesty dd{font-weight:600;font-size:14px;line-height:21px}
.honesty dd.note{font-weight:400;font-size:12px;line-height:17px;color:var(--t3)}
.honesty ul{list-style:none;padding:0}.honesty li{padding-left:20px;position:relative}.honesty li .sw{position:absolute;left:0;top:6px}
.foot{border-top:1px solid var(--line);padding-top:26px}
.foot pre{background:var(--s1);border:1px solid var(--line);border-radius:8px;padding:10px 14px;margin:10px 0 16px;overflow-x:auto;font-size:12px;line-height:18px;color:var(--t2)}
.foot p{margin-bottom:16px;max-width:700px}.foot dl{display:flex;flex-wrap:wrap;gap:10px 32px;margin-bottom:16px}.foot dt{font-size:11px;line-height:15px;color:var(--t3)}.foot dd{font-size:12px}`;

export const pageStyles: string = bar + head + tiles + sections;
