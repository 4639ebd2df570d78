/// The style of the page: a table from 800 pixels on, cards below, A4 across on paper.
package enum PageStyle {
  package static let css = """
    :root{color-scheme:light dark;\(PagePalette.light.css)}
    @media (prefers-color-scheme:dark){:root{\(PagePalette.dark.css)}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--tx);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK JP",sans-serif}
    main,header,footer{max-width:1320px;margin:0 auto;padding:0 20px}
    header{padding-top:24px}
    h1{font-size:1.65rem;line-height:1.2;margin:0 0 4px;overflow-wrap:anywhere}
    h2{font-size:1.2rem;margin:32px 0 8px}
    p{margin:4px 0 10px;max-width:75ch}
    a{color:var(--lk)}
    .mu{color:var(--mu)}
    .facts{display:flex;flex-wrap:wrap;gap:10px;margin:14px 0;padding:0;list-style:none}
    .facts li{background:var(--sf);border:1px solid var(--ln);border-radius:8px;padding:8px 14px;min-width:120px}
    .facts b{display:block;font-size:1.35rem;line-height:1.25;font-variant-numeric:tabular-nums}
    .note{background:var(--mb);color:var(--mt);border-radius:8px;padding:10px 14px;margin:12px 0;max-width:none}
    .note ul{margin:4px 0 0;padding-left:20px}
    .tools{display:flex;flex-wrap:wrap;gap:12px;margin:12px 0}
    [hidden]{display:none!important}
    .tools label{display:flex;gap:8px;align-items:center}
    input,select{font:inherit;color:var(--tx);background:var(--sf);border:1px solid var(--mu);border-radius:6px;padding:6px 8px;max-width:100%}
    table{width:100%;border-collapse:separate;border-spacing:0;background:var(--sf);border:1px solid var(--ln);border-radius:8px}
    caption{text-align:left;color:var(--mu);padding:0 0 8px}
    th,td{text-align:left;vertical-align:top;padding:10px 12px;border-bottom:1px solid var(--ln);overflow-wrap:anywhere}
    tbody tr:last-child>*{border-bottom:0}
    thead th{font-size:.82rem;color:var(--mu);font-weight:600}
    tbody th{font-weight:400}
    thead .n,.n .mu{white-space:normal}
    thead th,.n .mu{word-break:keep-all}
    thead th,#list td{overflow-wrap:break-word}
    @media (min-width:800px){#list tbody th{width:44%}}
    .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .ch>div{min-width:8.6em}
    .was{white-space:nowrap}
    .nm{font-weight:650;font-size:1.02rem}
    .why{margin:6px 0 4px;padding-left:18px}
    .li{margin:4px 0;font-size:.93rem}
    .li b{font-weight:600}
    .lk{font-size:.86rem}
    .lk a{margin-right:12px}
    .p{font-size:1.2rem;font-weight:650;font-variant-numeric:tabular-nums;white-space:nowrap}
    .bar{display:block;width:110px;height:8px;margin:4px 0 6px}
    .bar .t{fill:var(--tr)}
    .bar .v{fill:var(--br)}
    .b{display:inline-block;border-radius:99px;padding:1px 10px;font-size:.86rem;font-weight:600}
    .high{color:var(--ht);background:var(--hb)}
    .medium{color:var(--mt);background:var(--mb)}
    .low{color:var(--lt);background:var(--lb)}
    .d{white-space:nowrap}
    dl{display:grid;grid-template-columns:minmax(130px,190px) 1fr;gap:6px 16px;margin:8px 0;max-width:100ch}
    h3{font-size:1rem;margin:18px 0 4px}
    dt{color:var(--mu)}
    dd{margin:0;overflow-wrap:anywhere}
    footer{padding-bottom:32px;margin-top:24px}
    .wide{overflow-x:auto}
    @media screen and (max-width:799px){
    main,header,footer{padding-left:14px;padding-right:14px}
    table,tbody,tr,th,td,caption{display:block;width:auto}
    table{border:0;background:none}
    thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
    tbody tr{background:var(--sf);border:1px solid var(--ln);border-radius:10px;margin:0 0 12px;padding:8px 4px}
    tbody tr>*{border:0!important;padding:4px 12px}
    tbody tr>[data-l]{display:grid;grid-template-columns:105px 1fr;gap:8px}
    tbody tr>[data-l]::before{content:attr(data-l);color:var(--mu);font-size:.86rem}
    .n{text-align:left}
    .ch>div{min-width:0}
    dl{grid-template-columns:1fr;gap:0}
    dd{margin-bottom:8px}
    }
    @media print{
    @page{size:A4 landscape;margin:10mm}
    :root{color-scheme:light;\(PagePalette.light.css)}
    body{background:none;font-size:8pt;line-height:1.28}
    main,header,footer{max-width:none;padding:0}
    h1{font-size:15pt}
    h2{font-size:11pt;margin:14pt 0 4pt}
    h3{font-size:9pt;margin:8pt 0 2pt}
    p{margin:2pt 0 4pt;max-width:none}
    .facts{margin:6pt 0;gap:5pt}
    .facts li{padding:2pt 7pt;min-width:0}
    .facts b{font-size:11pt}
    .note{padding:4pt 8pt;margin:6pt 0}
    caption{padding:0 0 4pt}
    .tools{display:none!important}
    thead{display:table-header-group}
    tr,.facts li,dl>*,.s{break-inside:avoid}
    dl{break-inside:avoid}
    h2,h3,caption,thead{break-after:avoid}
    tbody tr:first-child{break-before:avoid}
    th,td{padding:2.5pt 5pt}
    thead th{font-size:7.5pt}
    #list tbody th{width:52%}
    .id br,.bar{display:none}
    .id .nm::after{content:" · ";font-weight:400}
    .nm,.p{font-size:1em}
    .p,.pt{margin-right:4pt}
    .b{padding:0 5pt;font-size:.94em}
    .why,.why li,.li{display:inline;margin:0;padding:0;font-size:1em}
    .why li+li::before,.why+.li::before{content:" · "}
    .ch>div{min-width:8.4em}
    dl{gap:1pt 10pt;margin:2pt 0;max-width:none}
    .b,.note{border:1px solid currentColor}
    .lk{display:none}
    }
    """
}
