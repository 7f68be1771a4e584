/** The report's style: one column layout for every ladder, readable in light and dark. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #14171c); --card: light-dark(#ffffff, #1c2027); --text: light-dark(#1c222b, #e3e7ed);
  --soft: light-dark(#5d6775, #98a3b3); --line: light-dark(#dde1e7, #323944); --lane: light-dark(#d3d8e0, #39414d);
  --good: light-dark(#1a7f45, #5cc98a); --bad: light-dark(#c0262d, #ff7b7b); --badwash: light-dark(#fdf0f0, #33201f);
  --sip: light-dark(#1f5fbf, #7fb0ff); --http: light-dark(#0f766e, #4fd0c0); --webhook: light-dark(#a85b00, #f0ad4e);
  --media: light-dark(#7a3fb8, #c79bff); --state: light-dark(#56606e, #a9b4c3); --fault: var(--bad); --note: light-dark(#7a6500, #d8c25a);
  --mono: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 14px/1.45 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
header { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 18px;
  padding: 10px 24px; background: var(--card); border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 17px; letter-spacing: .01em; }
header p { margin: 0; } .when { color: var(--soft); }
.counts { font-weight: 600; } .counts.failed { color: var(--bad); } .counts.passed { color: var(--good); }
.filters { display: flex; flex-wrap: wrap; gap: 2px 14px; margin-left: auto; font-size: 12.5px; color: var(--soft); }
.filters label { cursor: pointer; white-space: nowrap; } .filters input { margin: 0 3px 0 0; vertical-align: -2px; accent-color: var(--g, var(--soft)); }
main { max-width: 1320px; margin: 0 auto; padding: 18px 24px 60px; }
.scenario { margin: 0 0 10px; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
.scenario.failed { border-color: var(--bad); }
.scenario > summary { display: flex; gap: 10px; align-items: baseline; padding: 9px 14px; cursor: pointer; list-style: none; }
.scenario > summary::-webkit-details-marker, .row > summary::-webkit-details-marker { display: none; }
.mark { flex: none; width: 1.1em; font-weight: 700; } .failed > summary > .mark, .missed .mark { color: var(--bad); }
.passed > summary > .mark, .met .mark { color: var(--good); } .skipped > summary { color: var(--soft); }
.name { font-weight: 600; } .suite { font-weight: 400; color: var(--soft); } .where, .took { color: var(--soft); font-size: 12.5px; white-space: nowrap; }
.where { flex: 0 1 auto; min-width: 0; margin-left: auto; overflow: hidden; text-overflow: ellipsis; font-family: var(--mono); font-size: 12px; }
.name { flex: 1 0 55%; } .took { flex: none; width: 52px; text-align: right; }
.body { padding: 2px 14px 14px; border-top: 1px solid var(--line); }
h3 { margin: 18px 0 6px; font-size: 14px; } .none { color: var(--soft); margin: 10px 0; }
pre { margin: 0; font: 12px/1.45 var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
.error { margin: 12px 0 4px; padding: 10px 12px; background: var(--badwash); border-left: 3px solid var(--bad); border-radius: 4px; }
.expectations { list-style: none; margin: 0; padding: 0; } .expectations li { display: flex; gap: 8px; padding: 2px 0; }
.expectations p { margin: 0; color: var(--soft); font-size: 12.5px; }
.facts { display: flex; flex-wrap: wrap; gap: 4px 22px; margin: 0 0 10px; font-size: 12.5px; }
.facts div { display: flex; gap: 6px; min-width: 0; } .facts dt { color: var(--soft); } .facts dd { margin: 0; font-family: var(--mono); font-size: 12px; overflow-wrap: anywhere; }
.ladder { border: 1px solid var(--line); border-radius: 6px; overflow-x: auto; }
.ladder > * { min-width: 860px; }
.head { display: flex; background: var(--page); border-bottom: 1px solid var(--line); font-weight: 600; font-size: 12.5px; border-radius: 6px 6px 0 0; }
.head .lanes { display: grid; grid-template-columns: repeat(6, 1fr); text-align: center; background: none; align-items: center; height: 30px; }
.ms { flex: none; width: 64px; padding: 0 10px 0 0; text-align: right; font: 11.5px/30px var(--mono); color: var(--soft); }
.lanes { position: relative; flex: 1; height: 34px;
  background: linear-gradient(to right, transparent calc(50% - .5px), var(--lane) calc(50% - .5px), var(--lane) calc(50% + .5px), transparent calc(50% + .5px)) 0 0 / calc(100% / 6) 100%; }
.row > summary { display: flex; cursor: pointer; list-style: none; --c: 100% / 6; }
.row > summary .ms { line-height: 34px; }
.row > summary:hover { background: color-mix(in srgb, var(--g) 7%, transparent); } .row[open] > summary { background: color-mix(in srgb, var(--g) 10%, transparent); }
.row > summary:focus-visible, .scenario > summary:focus-visible { outline: 2px solid var(--sip); outline-offset: -2px; }
.g-sip { --g: var(--sip); } .g-http { --g: var(--http); } .g-webhook { --g: var(--webhook); } .g-media { --g: var(--media); }
.g-state { --g: var(--state); } .g-fault { --g: var(--fault); } .g-note { --g: var(--note); } .bad { --g: var(--bad); }
.arrow { position: absolute; top: 25px; height: 0; border-top: 1.5px solid var(--g); left: calc((var(--a) + .5) * var(--c)); width: calc((var(--b) - var(--a)) * var(--c)); }
.arrow::after { content: ""; position: absolute; top: -5.5px; border: 5px solid transparent; }
.arrow.east::after { right: 0; border-left: 8px solid var(--g); border-right: 0; } .arrow.west::after { left: 0; border-right: 8px solid var(--g); border-left: 0; }
.g-media .arrow, .g-state .arrow { border-top-style: dashed; }
.dot { position: absolute; top: 13px; width: 9px; height: 9px; border-radius: 50%; background: var(--g); left: calc((var(--a) + .5) * var(--c) - 4.5px); }
.label { position: absolute; top: 3px; left: calc((var(--m) + .5) * var(--c)); transform: translateX(-50%); max-width: calc(1.9 * var(--c)); padding: 0 5px;
  overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font: 11.5px/17px var(--mono); color: var(--g); background: var(--card); border-radius: 3px; }
.row > summary:hover .label, .row[open] > summary .label { background: transparent; }
.label.inside { top: 8px; left: calc((var(--m) + .5) * var(--c) + 9px); transform: none; max-width: calc((5.5 - var(--m)) * var(--c) - 14px); }
.label.inside.west { left: auto; right: calc((5.5 - var(--m)) * var(--c) + 9px); max-width: calc((var(--m) + .5) * var(--c) - 14px); }
.label.across { left: 50%; top: 8px; max-width: 100%; }
.status { font-weight: 700; }
.raw { margin: 0 0 6px 64px; padding: 4px 14px 10px; border-left: 3px solid var(--g); } .raw h4 { margin: 8px 0 2px; font-size: 12px; color: var(--soft); }
.raw pre { padding: 8px 10px; background: var(--page); border-radius: 4px; max-height: 460px; overflow: auto; } .meta { margin: 0; color: var(--soft); font-size: 12px; }
body:not(:has(#show-minor:checked)) .row.minor, body:has(#show-sip:not(:checked)) .row.g-sip, body:has(#show-http:not(:checked)) .row.g-http,
body:has(#show-webhook:not(:checked)) .row.g-webhook, body:has(#show-media:not(:checked)) .row.g-media, body:has(#show-state:not(:checked)) .row.g-state { display: none; }
@media (max-width: 700px) {
  header { position: static; padding: 10px 12px; } .filters { margin-left: 0; } main { padding: 12px 10px 40px; }
  .scenario > summary { flex-wrap: wrap; } .name { flex: 1 1 0; } .where { order: 1; flex: 1 0 100%; margin: 0; padding-left: calc(1.1 * 14px + 10px); }
  .ms { position: sticky; left: 0; z-index: 1; width: 46px; padding-right: 6px; background: var(--card); }
  .head .ms { background: var(--page); } .raw { position: sticky; left: 0; margin-left: 0; width: calc(100vw - 52px); }
}
@media print { header { position: static; } .filters { display: none; } }
`;
