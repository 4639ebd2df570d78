internal import Reporting

/// The colours of series, light and dark, beside those of the lists' pages; a test computes their contrast.
package struct ChartPalette: Sendable {
  /// As six hexadecimal digits, in the order of series.
  package let series: [String]

  package static let light = ChartPalette(series: ["0b57a4", "a3332b", "5f4a00", "6a3d9a"])
  package static let dark = ChartPalette(series: ["8cc2ff", "ff8f84", "e6c860", "cdb2f0"])

  fileprivate var css: String {
    series.enumerated().map { ";--c\($0.offset + 1):#\($0.element)" }.joined()
  }
}

/// The style of the report: that of the lists' pages, and what charts and sections need besides.
enum ReportStyle {
  static let css =
    PageStyle.css + """

      :root{--x:0\(ChartPalette.light.css)}
      @media (prefers-color-scheme:dark){:root{--x:0\(ChartPalette.dark.css)}}
      :root[data-paper]{\(PagePalette.light.css)\(ChartPalette.light.css)}
      nav{margin:16px 0}
      .tools{align-items:center}
      .b{white-space:nowrap;overflow-wrap:normal}
      nav ol{columns:3 220px;margin:6px 0;padding-left:22px}
      nav li{break-inside:avoid;margin:2px 0}
      section{border-top:1px solid var(--ln);margin-top:28px;scroll-margin-top:8px}
      section h2{margin-top:18px}
      .df{color:var(--mu)}
      p,li,figcaption,summary,h3{overflow-wrap:anywhere}
      .no{background:var(--sf);border:1px dashed var(--mu);border-radius:8px;padding:10px 14px;max-width:none}
      figure{margin:14px 0}
      figcaption{margin-bottom:8px;max-width:75ch}
      figcaption b{display:block}
      .cv{position:relative;height:300px;background:var(--sf);border:1px solid var(--ln);border-radius:8px;padding:10px}
      details{margin:8px 0}
      summary{cursor:pointer;color:var(--lk);padding:6px 0}
      thead button{font:inherit;color:var(--lk);background:none;border:0;padding:0;cursor:pointer;text-align:inherit;font-weight:600;width:100%}
      thead button::after{content:" \\2195";color:var(--mu)}
      th[aria-sort=ascending] button::after{content:" \\2191"}
      th[aria-sort=descending] button::after{content:" \\2193"}
      button:focus-visible,summary:focus-visible,a:focus-visible,input:focus-visible,select:focus-visible{outline:3px solid var(--lk);outline-offset:2px}
      .tools .so{display:none}
      .more{font:inherit;color:var(--lk);background:var(--sf);border:1px solid var(--mu);border-radius:6px;padding:6px 12px;margin-top:8px;cursor:pointer}
      .more[hidden]{display:none}
      .tools .more{margin:0}
      .tools input[type=date]{font:inherit;color:inherit;background:var(--sf);border:1px solid var(--mu);border-radius:6px;padding:5px 8px}
      table.g{width:auto;min-width:min(100%,340px)}
      tbody th .nm{font-weight:650}
      .x th,.x td{text-align:right}
      .x tbody th{text-align:left}
      @media screen and (max-width:799px){
      thead{visibility:hidden}
      .tools .so{display:flex}
      tbody tr>[data-l]::before{white-space:normal}
      nav ol{columns:1}
      table.g{display:table;width:100%;background:var(--sf);border:1px solid var(--ln)}
      .g caption{display:table-caption}
      .g thead{display:table-header-group;position:static;width:auto;height:auto;clip-path:none;visibility:visible}
      .g tbody{display:table-row-group}
      .g tr{display:table-row;background:none;border:0}
      .g th,.g td{display:table-cell;padding:8px 8px;border-bottom:1px solid var(--ln)!important}
      .g tbody tr>[data-l]{display:table-cell}
      .g tbody tr>[data-l]::before{content:none}
      .g .n{text-align:right;white-space:normal}
      .cv{height:260px;padding:4px}
      input[type=search]{min-width:0;width:100%}
      }
      @media print{
      :root{\(PagePalette.light.css)\(ChartPalette.light.css)}
      nav,details,.so,.more{display:none!important}
      details[open]{display:block!important}
      figure,.cv{break-inside:avoid}
      section{margin-top:12pt}
      .cv{height:190px;width:fit-content;max-width:100%}
      .cv canvas{width:auto!important;height:100%!important;max-width:100%!important}
      .df{max-width:none}
      thead button::after{content:none}
      thead button{color:inherit}
      }
      """
}
