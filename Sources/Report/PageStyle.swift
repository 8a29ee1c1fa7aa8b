/// The pages' look. Written as Swift text, not as a package's resource, so that the program stays a single file.
///
/// Blue, orange, green and vermilion are those of Okabe and Ito's palette (Color Universal Design, 2008), darkened or lightened for contrast
/// with the ground; the sides also differ in line style and hatching, so that nothing rests on colour alone.
enum PageStyle {
  static let text = #"""

    :root{color-scheme:light dark;--ground:#fff;--card:#f6f7f8;--ink:#1b1f23;--quiet:#57606a;--line:#d5dae0;--right:#0062a3;--left:#b85400;
    --left-curve:#d55e00;--right-curve:#0072b2;--good:#009e73;--fair:#e69f00;--poor:#cc4b00;--band:#8a94a026;--focus:#0072b2;--cursor:#1b1f23}
    @media (prefers-color-scheme:dark){:root{--ground:#14171a;--card:#1e2328;--ink:#e8eaed;--quiet:#a3acb5;--line:#3a424a;--right:#6cbcf0;
    --left:#f5a742;--left-curve:#f0a030;--right-curve:#56b4e9;--good:#1fb98c;--fair:#e6b53a;--poor:#ee7a3a;--band:#a3acb52e;--focus:#56b4e9;
    --cursor:#fff}}
    *{box-sizing:border-box}
    [hidden]{display:none!important}
    html{scroll-padding-top:1rem}
    body{margin:0 auto;padding:1.2rem clamp(.8rem,2.5vw,2rem) 3rem;max-width:1320px;background:var(--ground);color:var(--ink);
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
    h1{font-size:1.7rem;line-height:1.25;margin:.1rem 0 .8rem;overflow-wrap:anywhere}
    h2{font-size:1.2rem;margin:0 0 .6rem}
    h3{font-size:1rem;margin:0}
    section{margin:1.6rem 0 0}
    a{color:var(--right)}
    .kind{margin:0;color:var(--quiet);font-size:.9rem}
    .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    .definitions{position:absolute;width:0;height:0}
    .note,.keys,.explanation{color:var(--quiet);font-size:.86rem}
    .right{color:var(--right)}.left{color:var(--left)}.quiet{color:var(--quiet)}
    :focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:3px}
    .facts{display:flex;flex-wrap:wrap;gap:.5rem 1.8rem;margin:0}
    .facts dt{color:var(--quiet);font-size:.8rem}.facts dd{margin:0;font-weight:600;overflow-wrap:anywhere}
    .facts.wide{display:grid;grid-template-columns:repeat(auto-fit,minmax(230px,1fr))}.facts.wide dd{font-weight:400}
    .findings{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1rem 1.2rem}
    .findings ol{margin:0;padding:0;list-style:none}
    .findings ol li{font-size:1.12rem;padding:.2rem 0;display:flow-root}
    .findings ol .bars{float:right;width:190px;height:18px;margin:.25rem 0 0 1rem}
    .findings a{color:inherit;text-decoration-color:var(--line);text-underline-offset:3px}
    .even{white-space:nowrap}
    .findings .tally{margin:.6rem 0 0}.findings .note{margin:.6rem 0 0}
    .warnings{margin:.7rem 0 0;padding:.5rem .8rem .5rem 1.8rem;border-left:4px solid var(--fair);background:var(--ground);font-size:.9rem;
    overflow-wrap:anywhere}
    .bars rect.right{fill:var(--right-curve)}.bars rect.left{fill:url(#hatch)}.bars path{stroke:var(--ink);vector-effect:non-scaling-stroke}
    .hatch-ground{fill:var(--left-curve);opacity:.45}.hatch-line{fill:var(--left-curve)}
    .videos{display:grid;grid-template-columns:repeat(3,1fr);gap:.6rem}
    .videos figure{margin:0;min-width:0}
    figcaption{font-size:.9rem;font-weight:600}
    .videos figure.right figcaption{color:var(--right)}.videos figure.left figcaption{color:var(--left)}
    video{display:block;width:100%;max-height:56vh;object-fit:contain;background:#000;border-radius:6px;cursor:pointer}
    .missing{color:var(--quiet);font-size:.9rem;border:1px dashed var(--line);border-radius:6px;padding:1rem;margin:0;overflow-wrap:anywhere}
    .controls{position:sticky;bottom:0;display:flex;flex-wrap:wrap;align-items:center;gap:.5rem;padding:.6rem 0;background:var(--ground)}
    .controls button{min-width:2.8rem;height:2.6rem}
    button,select{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:7px;padding:.25rem .6rem;
    cursor:pointer}
    button:hover{border-color:var(--quiet)}
    input[type=checkbox]{accent-color:var(--right);width:1.05em;height:1.05em;vertical-align:-.12em}
    #seek{flex:1 1 240px;min-width:120px;height:2rem;accent-color:var(--right)}
    #clock{font-variant-numeric:tabular-nums;min-width:11rem;text-align:right;font-size:.92rem;white-space:nowrap}
    .keys{margin:.1rem 0 0}
    .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.4rem;margin:0 0 .6rem;font-size:.9rem}
    .legend .swatch{width:1.5rem;height:.8rem}
    .legend .dot+.dot{margin-left:5px}
    .legend svg{width:40px;height:10px;vertical-align:middle}
    .dot{display:inline-block;width:11px;height:11px;border-radius:50%;background:var(--right-curve);border:2px solid var(--ground);
    box-shadow:0 0 0 1px var(--ink)}
    .dot.left{background:var(--left-curve);border-radius:2px;transform:rotate(45deg) scale(.9)}
    .curve{fill:none;stroke-width:2;vector-effect:non-scaling-stroke;stroke-linejoin:round}
    .curve.right{stroke:var(--right-curve)}.curve.left{stroke:var(--left-curve);stroke-dasharray:6 2.5}.curve.plain{stroke:var(--ink);stroke-width:1.5}
    .grid{fill:none;stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
    .band{fill:var(--band)}.allowed{fill:var(--good);opacity:.14}
    .units{border:1px solid var(--line);border-radius:8px;margin:0 0 .8rem;padding:.3rem .8rem .6rem;display:flex;flex-wrap:wrap;gap:.35rem .7rem;
    align-items:center;font-size:.9rem}
    .units legend{color:var(--quiet);font-size:.82rem;padding:0 .3rem}
    .chip{white-space:nowrap;padding:.1rem 0}.fit{margin-left:auto}
    .panel{display:grid;grid-template-columns:210px 1fr;gap:.2rem .9rem;align-items:stretch;break-inside:avoid;border-top:1px solid var(--line)}
    .panel-head{padding:.3rem 0}.panel h3{font-size:.95rem;line-height:1.3}.panel h3 span{font-weight:400;display:block}
    .panel p{margin:0}.readout{font-variant-numeric:tabular-nums;font-size:.88rem;white-space:nowrap}.readout b{display:inline-block;min-width:2.4em}
    .plot{position:relative;height:84px;cursor:crosshair;touch-action:pan-y}
    .strip .plot{height:auto;min-height:76px}
    .plot svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
    .plot .top{position:absolute;left:2px;top:0;font-size:.7rem;color:var(--quiet);line-height:1;padding-top:2px;pointer-events:none}
    .cursor{position:absolute;top:0;bottom:0;left:0;width:0;border-left:1.5px solid var(--cursor);pointer-events:none}
    .peak{position:absolute;width:13px;height:13px;min-width:0;padding:0;margin:-6.5px 0 0 -6.5px;border-radius:50%;border:2px solid var(--ground);
    box-shadow:0 0 0 1px var(--ink);background:var(--right-curve);z-index:1}
    .peak::after{content:"";position:absolute;inset:-8px}
    .peak.left{background:var(--left-curve);border-radius:2px;transform:rotate(45deg) scale(.9)}
    .peak:hover,.peak:focus-visible{z-index:2;border-color:var(--ink)}
    .axis{margin-left:calc(210px + .9rem);border-top:1px solid var(--line)}
    .axis div{position:relative;height:1.5rem}.axis span{position:absolute;transform:translateX(-50%);font-size:.78rem;color:var(--quiet);
    white-space:nowrap}
    .axis span:first-child{transform:translateX(-15%)}.axis span:last-child{transform:translateX(-85%)}
    .shares{display:flex;height:18px;border-radius:5px;overflow:hidden;gap:2px;margin-bottom:.5rem}
    .shares span{flex:0 0 3px}.shares .swatch{display:block;width:100%;height:100%}
    .good{fill:var(--good)}.fair{fill:url(#fair-texture)}.poor{fill:url(#poor-texture)}.held{fill:url(#held-texture)}.absent{fill:var(--line)}
    .fair-texture rect{fill:var(--fair)}.poor-texture rect{fill:var(--poor)}.held-texture rect{fill:var(--ground)}
    .fair-texture path,.poor-texture path{stroke:var(--ground);stroke-width:1.6;fill:none}.held-texture path{stroke:var(--quiet);stroke-width:4}
    .swatch{display:inline-block;width:1.5rem;height:.8rem;border-radius:2px;vertical-align:-.05rem}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;font-size:.86rem;width:100%}
    th,td{padding:.28rem .42rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:middle}
    thead th{font-size:.78rem;color:var(--quiet);font-weight:600;vertical-align:bottom}thead th.right{color:var(--right)}thead th.left{color:var(--left)}
    thead th[scope=colgroup]{text-align:center}
    tbody th{font-weight:600;white-space:nowrap}tbody th span{font-weight:400}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .summary thead tr+tr th{text-align:right}
    .sparkline{width:96px;height:32px;display:block}.sparkline .curve{stroke-width:1.4}.sparkline .curve.left{stroke-dasharray:4 1.5}
    td .bars{width:92px;height:18px;display:block}
    .moment{padding:0 .35rem;font-variant-numeric:tabular-nums;font-size:inherit}
    .still-list{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,400px),1fr));gap:1.1rem}
    .still{margin:0;break-inside:avoid}.still figcaption{font-weight:400;margin-top:.3rem}.still ul{margin:.2rem 0 0;padding-left:1.1rem}
    .pictures{display:grid;grid-template-columns:repeat(3,1fr);gap:3px}
    .pictures img{width:100%;height:auto;display:block;border-radius:4px}.pictures small{color:var(--quiet);font-size:.75rem}
    ul.plain{list-style:none;margin:0;padding:0}ul.plain li{white-space:nowrap}
    summary{cursor:pointer;padding:.4rem 0}
    .sum{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.76rem;overflow-wrap:anywhere;min-width:14rem}
    .files{columns:18rem;padding-left:1.1rem}
    .provenance .scroll{margin-bottom:.8rem}.provenance h3{margin-top:1rem}
    .state-failed{color:var(--poor);font-weight:600}
    @media screen and (min-width:900px) and (min-height:760px){.player{position:sticky;top:0;z-index:5;background:var(--ground);
    border-bottom:1px solid var(--line)}.player .controls{position:static}video{max-height:34vh}.panel{scroll-margin-top:calc(34vh + 7rem)}}
    @media screen and (max-width:760px){body{padding-top:.8rem}h1{font-size:1.35rem}
    .videos{grid-template-columns:1fr 1fr}.controls{padding-bottom:.8rem}.videos .source{grid-column:1/3;grid-row:1}
    .panel{grid-template-columns:1fr;padding-bottom:.3rem}.panel-head{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 .8rem}
    .panel h3 span{display:inline}.panels{padding-right:5px}.axis{margin-left:0}.explanation{flex-basis:100%;order:3}.plot{height:74px}
    .controls{gap:.4rem}#seek{flex-basis:100%;order:-1}#clock{order:-1;flex:1 0 100%;text-align:left}.sound{white-space:nowrap}.speed .word{display:none}.findings ol .bars{float:none;display:block;margin:.2rem 0 .3rem;width:100%}.fit{margin-left:0}}
    @media (forced-colors:active){svg,.dot,.peak{forced-color-adjust:none}}
    @media print{:root{--ground:#fff;--card:#fff;--ink:#000;--quiet:#444;--line:#bbb;--right:#00508a;--left:#964400;--left-curve:#d55e00;
    --right-curve:#0072b2;--good:#009e73;--fair:#e69f00;--poor:#cc4b00;--band:#8a94a040}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    @page{margin:14mm}
    body{max-width:none;padding:0;font-size:10pt}.controls,.keys,.units,.cursor,.readout,.player{display:none}
    section{margin-top:5mm}h2,.legend,.shares{break-after:avoid}.facts div{break-inside:avoid}.scroll{overflow:visible}table{font-size:7.2pt}th,td{padding:1.2pt 2.5pt}thead{display:table-header-group}
    tr{break-inside:avoid}tbody th{white-space:normal;min-width:30mm}.neutral{display:none}.findings ol .bars{width:150px}.sparkline{width:70px;height:24px}td .bars{width:60px}.plot{height:52px}.panel{grid-template-columns:150px 1fr}
    .axis{margin-left:calc(150px + .9rem)}.moment{border:0;padding:0;background:none}.still-list{grid-template-columns:1fr 1fr}
    .findings ol li{font-size:11pt}.sum{font-size:6.5pt;min-width:0}a{color:inherit;text-decoration:none}.legend{font-size:8.5pt}}

    """#
}
