/// The style of every page, in three parts: what all screens show, what fits small ones, what paper shows.
///
/// Colours are named once for each scheme. The contrast of every text is AA in both, that of bars 3 : 1; bars are told
/// apart by whoever sees no red or no green, and by their patterns. `Tests/judges/colours.py` computes it from here.
enum HTMLStyle {
  static let css = screen + charts + small + paper

  private static let screen = """
    :root{--paper:#faf9f6;--card:#fff;--ink:#1d2227;--soft:#59626c;--line:#e4e1d9;--track:#eeebe3;--link:#1d5a82;
    --hover:#f3f1ea;--late:#b3261e;--late-wash:#fbeae8;--near:#8a5300;--near-wash:#fbf0dc;--time:#22703f;
    --time-wash:#e6f2e8;--late-bar:#b3312a;--near-bar:#c8850f;--time-bar:#3f9472;--plain-bar:#87919c;--cell:#2f6f9f;
    --figure:rgba(255,255,255,.28)}
    @media (prefers-color-scheme:dark){:root{--paper:#14171a;--card:#1c2024;--ink:#e8e6e1;--soft:#a3abb3;--line:#30363c;
    --track:#2a2f35;--link:#8cc1e4;--hover:#22272c;--late:#ff9d92;--late-wash:#3a1f1d;--near:#f2bd62;--near-wash:#362a14;
    --time:#86cf9c;--time-wash:#1a3122;--late-bar:#d9574d;--near-bar:#e6b450;--time-bar:#5aa98a;--plain-bar:#8793a0;
    --cell:#5b93bd;--figure:rgba(0,0,0,.26)}}
    *{box-sizing:border-box}
    [hidden]{display:none!important}
    html{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;
    -webkit-text-size-adjust:100%;background:var(--paper);color:var(--ink);scroll-padding-top:1rem}
    @media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
    body{margin:0 auto;max-width:76rem;padding:1.75rem 2rem 3rem}
    h1,h2,h3,p,dl,dd,ul,figure{margin:0;padding:0}
    h1{font-size:2rem;line-height:1.15;letter-spacing:-.02em;font-weight:700}
    h2{font-size:1.3rem;line-height:1.3;letter-spacing:-.01em;font-weight:700}
    h1,h2,p{text-wrap:pretty}
    a{color:var(--link);text-underline-offset:.15em;text-decoration-thickness:1px}
    a:hover{text-decoration-thickness:2px}
    a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible,.scroll:focus-visible,
    summary:focus-visible{outline:2px solid var(--link);outline-offset:3px;border-radius:4px}
    h1,h2,p,dd,li,td,th,bdi{overflow-wrap:anywhere}
    .skip,.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    .skip:focus{position:static;width:auto;height:auto;clip-path:none}
    .count{margin-left:.5em;color:var(--soft);font-weight:400;font-variant-numeric:tabular-nums}
    .late{color:var(--late)}.near-due{color:var(--near)}.on-time{color:var(--time)}

    .head{display:grid;grid-template-columns:1fr auto;gap:.15rem 2rem;align-items:baseline;margin-bottom:1.25rem}
    .head>*{grid-column:1}
    .desk{color:var(--soft);font-size:.9rem}
    .about{color:var(--soft);max-width:46rem}
    .head .when{grid-column:2;grid-row:1/span 3;align-self:center;text-align:right;font-weight:600}
    .head .zone{display:block;font-weight:400;font-size:.85rem;color:var(--soft)}
    .facts{display:flex;flex-wrap:wrap;gap:.15rem 1.25rem;font-size:.8rem;color:var(--soft)}
    .head .facts{grid-column:1/-1;margin-top:.35rem}
    .facts div{display:flex;flex-wrap:wrap;gap:0 .4em}
    .facts dd{color:var(--ink);font-variant-numeric:tabular-nums}

    .summary{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1.4rem 1.2rem}
    .figures{list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.5rem 1.25rem}
    @media (min-width:44.01rem){.figures.fours{grid-template-columns:repeat(4,1fr)}}
    .figures a,.figures div{display:block;text-decoration:none;color:inherit;border-radius:8px}
    .figures .figure{display:block;font-size:2.6rem;line-height:1.1;font-weight:700;letter-spacing:-.03em;
    font-variant-numeric:tabular-nums}
    .figures .long{font-size:1.4rem;line-height:2.04;letter-spacing:-.01em;overflow-wrap:normal}
    .figures .label{display:block;font-size:.9rem;line-height:1.35;color:var(--soft)}
    .figures .late .label,.figures .near-due .label,.figures .on-time .label{color:inherit}
    .figures .zero{color:var(--soft)}
    .figures a:hover .label{text-decoration:underline}
    .summary .chart{margin-top:.9rem}

    .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20.5rem),1fr));gap:1rem;margin-top:1rem}
    .cards{grid-auto-flow:dense}
    .card.days{grid-column:1/-1}
    @media (min-width:56rem){.cards.four{grid-template-columns:1fr 1fr}}
    .card{display:flex;flex-direction:column;background:var(--card);border:1px solid var(--line);border-radius:12px;
    padding:1rem 1.25rem 1.05rem;min-width:0}
    .card h2{font-size:1rem;margin-bottom:.5rem}
    .rows{list-style:none}
    .rows li{display:grid;grid-template-columns:minmax(0,1fr) auto;gap:0 .9rem;padding:.38rem 0;color:var(--ink);
    border-top:1px solid var(--line)}
    .rows li:first-child{border-top:0;padding-top:.1rem}
    .rows .small{min-height:1em}
    .rows .lead{grid-column:1/-1;display:-webkit-box;-webkit-line-clamp:1;-webkit-box-orient:vertical;overflow:hidden;
    line-height:1.4}
    .rows .number{font-variant-numeric:tabular-nums;font-weight:600}
    .rows .small{grid-column:1;font-size:.84rem;color:var(--soft);display:-webkit-box;-webkit-line-clamp:1;
    -webkit-box-orient:vertical;overflow:hidden}
    .rows .value{grid-column:2;text-align:right;font-size:.875rem;font-variant-numeric:tabular-nums;font-weight:600;
    white-space:nowrap;max-width:14rem;overflow:hidden;text-overflow:ellipsis}
    .rows .late .value{color:var(--late)}.rows .near-due .value{color:var(--near)}.rows .on-time .value{color:var(--time)}
    .rows span.situation{background:none;padding:0;font-size:inherit;display:inline}
    .card .latest{font-size:1.15rem;margin-bottom:.15rem}
    .card .note{color:var(--soft);font-size:.9rem;margin-top:.4rem}
    .file{display:inline-block;min-width:1.6rem;margin-right:.6em;line-height:1.6rem}
    .more{margin-top:auto;padding-top:.6rem;font-size:.875rem}
    .nothing{color:var(--soft)}

    .contents{margin:2.5rem 0 0;padding:.85rem 0;border:solid var(--line);border-width:1px 0;font-size:.925rem}
    .contents ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1.5rem}
    .contents a{text-decoration:none}.contents a:hover{text-decoration:underline}
    .part{margin-top:2.75rem;scroll-margin-top:1rem}
    .part .note{color:var(--soft);max-width:48rem;margin-top:.15rem}
    .part>.chart{max-width:46rem;margin-top:1.1rem}
    .part>.nothing,.part>.values{margin-top:.75rem}
    .cut{margin-top:.6rem;font-size:.9rem;color:var(--soft)}
    .tools{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;margin-top:.8rem;font-size:.875rem;
    color:var(--soft)}
    .tools label{display:flex;gap:.5em;align-items:center}
    .tools .by{display:none}
    .tools input,.tools select,.tools button{font:inherit;color:var(--ink);background:var(--card);
    border:1px solid var(--soft);border-radius:6px;padding:.2rem .5rem;min-height:1.9rem}
    .tools input{width:14rem;max-width:60vw}
    .tools output{font-variant-numeric:tabular-nums}
    .scroll{margin-top:.9rem;overflow:auto;max-height:90vh}
    table{border-collapse:separate;border-spacing:0;width:100%;font-size:.9rem;line-height:1.4}
    th,td{text-align:left;vertical-align:top;padding:.5rem .6rem;border-bottom:1px solid var(--line);
    overflow-wrap:anywhere;min-width:8rem}
    .n+:not(.n){padding-left:1.75rem}
    th:first-child,td:first-child{padding-left:.35rem}
    th:last-child,td:last-child{padding-right:.35rem}
    thead th{position:sticky;top:0;z-index:1;background:var(--paper);vertical-align:bottom;font-weight:500;
    font-size:.8rem;color:var(--soft);border-bottom-color:var(--soft);overflow-wrap:normal}
    .sort{cursor:pointer}
    th:hover .sort{color:var(--ink);text-decoration:underline}
    .sort:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:4px}
    .sort:after{content:"\\a0\\2195";opacity:.45;font-size:.85em}
    [aria-sort=ascending] .sort:after{content:"\\a0\\2191";opacity:1}
    [aria-sort=descending] .sort:after{content:"\\a0\\2193";opacity:1}
    tbody th{font-weight:600}
    tbody tr:hover>*{background:var(--hover)}
    tbody tr:target>*{background:var(--near-wash)}
    .n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap;min-width:0}
    .w{font-variant-numeric:tabular-nums;white-space:nowrap;min-width:0}
    .k{white-space:nowrap;min-width:3.4rem}
    .t{min-width:13rem}
    thead .n,thead .w{white-space:normal}
    thead .k{white-space:nowrap}
    td a.to{color:inherit;text-decoration-color:var(--soft)}
    .null,.zero{color:var(--soft)}
    td.late,td.near-due{font-weight:600}td.on-time{color:inherit}
    tfoot th,tfoot td{font-weight:700;border-bottom:0;border-top:1px solid var(--soft)}
    .wide tbody th{position:sticky;left:0;background:var(--paper);max-width:14rem}
    .situation{display:inline-block;padding:0 .5em;border-radius:1em;white-space:nowrap;font-weight:500;font-size:.85rem}
    .situation.late{background:var(--late-wash)}.situation.near-due{background:var(--near-wash)}
    .situation.on-time{background:var(--time-wash)}
    .values{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,13rem),1fr));gap:.75rem 1.5rem}
    .values dt{font-size:.84rem;color:var(--soft)}
    .values dd{font-size:1.15rem;font-weight:600;font-variant-numeric:tabular-nums}
    .foot{margin-top:3.5rem;padding-top:1rem;border-top:1px solid var(--line)}
    .mark{margin-top:.5rem;font-size:.8rem;color:var(--soft)}
    @media screen and (min-width:64rem){.scroll:not(.wide){overflow:visible;max-height:none}}

    """

  private static let charts = """
    .patterns{position:absolute}
    svg{display:block;overflow:visible}
    svg text{font-size:.875rem;fill:var(--ink)}
    svg .axis{font-size:.78rem;fill:var(--soft);font-variant-numeric:tabular-nums}
    svg .total{font-size:.82rem;font-weight:600;font-variant-numeric:tabular-nums}
    svg .numbers{font-variant-numeric:tabular-nums}
    svg .track{fill:var(--track)}
    svg .grid{stroke:var(--line)}svg .base,svg .tick{stroke:var(--soft)}
    svg .ground.late{fill:var(--late-bar)}svg .ground.near-due{fill:var(--near-bar)}svg .figure{fill:var(--figure)}
    svg .part{stroke:var(--card);stroke-width:1}
    svg .part.late{fill:url(#p-late) var(--late-bar)}svg .part.near-due{fill:url(#p-near) var(--near-bar)}
    svg .part.on-time{fill:var(--time-bar)}svg .part.neutral{fill:var(--plain-bar)}
    svg .part.p0{fill:var(--cell)}svg .part.p1{fill:var(--cell);fill-opacity:.6}svg .part.p2{fill:var(--plain-bar)}
    svg .part.p3{fill:var(--plain-bar);fill-opacity:.6}
    svg tspan.late{fill:var(--late)}svg tspan.near-due{fill:var(--near)}svg tspan.on-time{fill:var(--time)}
    svg .line{fill:none;stroke:var(--cell);stroke-width:2;stroke-linejoin:round;vector-effect:non-scaling-stroke}
    svg .point{fill:none;stroke:var(--cell);stroke-width:7;stroke-linecap:round;vector-effect:non-scaling-stroke}
    svg .cell{fill:var(--cell);stroke:var(--card)}
    svg .cell.s0{fill-opacity:.06}svg .cell.s1{fill-opacity:.18}svg .cell.s2{fill-opacity:.4}svg .cell.s3{fill-opacity:.75}
    svg .in{font-size:.8rem;font-variant-numeric:tabular-nums}
    svg .in.s3,svg .in.s4{fill:var(--card)}
    .ends{display:flex;justify-content:space-between;gap:.75rem;font-size:.8rem;color:var(--soft);
    font-variant-numeric:tabular-nums;margin-top:.25rem}
    figcaption{font-size:.9rem;font-weight:600}
    .legend{list-style:none;display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;font-size:.84rem;margin:.2rem 0 .35rem}
    .legend li{display:flex;gap:.35em;align-items:center}
    .legend .neutral{color:var(--soft)}
    .part>.chart .drawing{margin-top:.45rem}

    """

  private static let small = """
    @media screen and (max-width:63.99rem){
    body{padding:1.5rem 1.25rem 2.5rem}
    table{font-size:.84rem}
    th,td{padding:.45rem .38rem;min-width:4.8rem}
    .t{min-width:8.2rem}
    tbody .w{white-space:normal;overflow-wrap:normal}
    tbody .w:not(.k){min-width:4.4rem}
    tbody .i:not(.k){min-width:4.9rem}
    .k{min-width:2.2rem}
    .situation{padding:0 .35em}
    .n+:not(.n){padding-left:1.1rem}
    .situation{font-size:.8rem}
    }
    @media screen and (max-width:44rem){
    body{padding:1.25rem 1rem 2rem}
    h1{font-size:1.6rem}
    .head{display:block}
    .head .when{text-align:left;margin:.25rem 0 .5rem}
    .head .facts{margin-top:.75rem}
    .summary{padding:.9rem 1rem 1rem}
    .figures{grid-template-columns:repeat(auto-fit,minmax(7.5rem,1fr))}
    .figures .figure{font-size:2.1rem}
    .figures .long{font-size:1.25rem;line-height:1.85}
    .contents ul{flex-direction:column;gap:.45rem}
    .part{margin-top:2.25rem}
    .scroll{overflow:visible;max-height:none}
    .tools .by{display:flex}
    table,tbody,tfoot,tr{display:block}
    thead{display:none}
    table{font-size:.9rem}
    tbody tr,tfoot tr{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.7rem .95rem;
    margin-bottom:.7rem}
    tbody tr:hover>*{background:none}
    tbody tr:target{border-color:var(--near)}
    tbody th,tbody td,tfoot th,tfoot td,tbody th:first-child,tfoot th:first-child{display:grid;grid-template-columns:minmax(6.5rem,34%) minmax(0,1fr);gap:.75rem;
    padding:.14rem 0;border:0;text-align:left;white-space:normal;min-width:0}
    tbody th:before,td:before{content:attr(data-label);font-weight:400;color:var(--soft);font-size:.85rem;
    overflow-wrap:normal}
    tbody .n,tfoot .n{text-align:left}.n,.w{white-space:normal}.n+:not(.n){padding-left:0}
    .wide tbody th{position:static;background:none;max-width:none}
    tfoot th{display:block}
    td.null{display:none}
    .situation{justify-self:start}
    }

    """

  /// The paper is the printer's, A4 or Letter; only margins are ours.
  private static let paper = """
    @media print{
    @page{margin:14mm 12mm 16mm}
    :root{--paper:#fff;--card:#fff;--ink:#111;--soft:#4a525a;--line:#d5d2ca;--track:#eeebe3;--hover:#fff;--link:#111;
    --late:#a3211a;--late-wash:#fff;--near:#7a4a00;--near-wash:#fff;--time:#1d6238;--time-wash:#fff;--late-bar:#b3312a;
    --near-bar:#c8850f;--time-bar:#3f9472;--plain-bar:#87919c;--cell:#2f6f9f;--figure:rgba(255,255,255,.5)}
    html{font-size:11.5px}
    body{max-width:none;padding:0 1px}
    a{text-decoration:none}
    .skip,.contents,.more,.tools:not(.on),.tools label,.tools button{display:none}
    .cards{grid-template-columns:1fr 1fr;gap:.75rem}
    .long .cards{grid-template-columns:repeat(3,1fr);gap:.5rem;margin-top:.5rem}
    .long .card{padding:.6rem .75rem}
    .summary{padding:.7rem 1rem .8rem}
    .figures{grid-template-columns:repeat(auto-fit,minmax(6.6rem,1fr))}
    .figures .figure{font-size:2.1rem}.figures .long{font-size:1.25rem;line-height:1.85}
    .rows li{padding:.25rem 0}
    .card,.summary,.chart{break-inside:avoid}
    .card,.summary{border-radius:6px}
    .part{margin-top:2rem}
    h2,.note,figcaption{break-after:avoid}
    .scroll{overflow:visible;max-height:none}
    .part.wide{page:wide}
    @page wide{size:landscape}
    table{font-size:.88rem}
    thead{display:table-header-group;break-inside:avoid}
    .long .contents+.part{break-before:page}
    thead th{position:static}
    .sort:after{display:none}
    tfoot{display:table-row-group}
    tr{break-inside:avoid}
    th,td{padding:.3rem .4rem;min-width:5.4rem}.n,.w{min-width:0}.n+:not(.n){padding-left:1rem}
    .t{min-width:8rem}
    .wide tbody th{position:static;max-width:none}
    .situation{padding:0}
    .foot{margin-top:2rem;break-inside:avoid}
    }

    """
}
