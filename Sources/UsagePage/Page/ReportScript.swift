/// The script of the report: search and order of tables, and the charts; nothing that is needed to read it.
enum ReportScript {
  static let source = """
    (function(){"use strict";
    var words=function(s){return s.trim().toLowerCase()};
    function key(row,i){var c=row.cells[i];return c.hasAttribute("data-k")?c.getAttribute("data-k"):c.textContent.trim()}
    var shown={};
    function order(table,i,down){
    var body=table.tBodies[0],rows=Array.prototype.slice.call(body.rows),head=table.tHead.rows[0].cells,num=head[i].classList.contains("n");
    rows.map(function(r,n){var k=key(r,i);return{r:r,n:n,k:k,v:num?parseFloat(k):0,e:num?isNaN(parseFloat(k)):k===""||k==="\\u2013"}}).sort(function(a,b){
    if(a.e!==b.e)return a.e?1:-1;var d=num?a.v-b.v:a.k.localeCompare(b.k,"en",{numeric:true});return(down?-d:d)||a.n-b.n}).forEach(function(x){body.appendChild(x.r)});
    Array.prototype.forEach.call(head,function(h,j){if(h.hasAttribute("aria-sort"))h.setAttribute("aria-sort",j!==i?"none":down?"descending":"ascending")});
    if(shown[table.id])shown[table.id]();
    }
    document.querySelectorAll("table[data-sort]").forEach(function(table){
    var head=table.tHead.rows[0].cells,tools=document.createElement("div");tools.className="tools";
    if(table.hasAttribute("data-find")){
    var label=document.createElement("label"),find=document.createElement("input"),count=document.createElement("span"),more=document.createElement("button"),most=window.matchMedia("(max-width:799px)").matches?10:25,all=table.tBodies[0].rows.length<=most+5;
    find.type="search";find.id=table.id+"-find";label.htmlFor=find.id;label.append("Search ",find);count.className="mu";count.setAttribute("role","status");
    var show=shown[table.id]=function(){var w=words(find.value),n=0,hits=0,rows=table.tBodies[0].rows;Array.prototype.forEach.call(rows,function(r){var hit=!w||words(r.textContent).indexOf(w)>=0;if(hit)hits++;hit=hit&&(all||n<most);r.hidden=!hit;if(hit)n++});
    count.textContent=n+" of "+hits+(w?" found":" rows");more.hidden=n===hits;more.textContent="Show all "+hits+" rows"};
    more.type="button";more.className="more";more.addEventListener("click",function(){all=true;show()});table.parentNode.appendChild(more);
    find.addEventListener("input",show);show();tools.append(label,count);
    }
    var pick=document.createElement("select"),sort=document.createElement("label");sort.className="so";pick.id=table.id+"-order";sort.htmlFor=pick.id;
    Array.prototype.forEach.call(head,function(h,i){
    var b=document.createElement("button"),name=h.textContent;b.type="button";b.textContent=name;h.textContent="";h.appendChild(b);h.setAttribute("aria-sort","none");
    b.addEventListener("click",function(){order(table,i,h.getAttribute("aria-sort")==="ascending")});
    [["\\u2191",false],["\\u2193",true]].forEach(function(d){pick.add(new Option(name+" "+d[0],i+(d[1]?"d":"a")))});
    });
    pick.insertBefore(new Option("as it stands",""),pick.firstChild);pick.value="";
    pick.addEventListener("change",function(){if(pick.value)order(table,parseInt(pick.value,10),pick.value.slice(-1)==="d")});
    if(!table.classList.contains("g")){sort.append("Order ",pick);tools.append(sort)}
    if(tools.childNodes.length)table.parentNode.parentNode.insertBefore(tools,table.parentNode);
    });
    var block=document.getElementById("charts");if(!block||typeof Chart==="undefined")return;
    var specs=JSON.parse(block.textContent),made=[],dashes=[[],[7,4],[2,3],[10,4,2,4]],points=["circle","rect","triangle","crossRot"];
    function css(name){return getComputedStyle(document.documentElement).getPropertyValue(name).trim()}
    function soft(c){return c+"33"}
    function hatch(c,n){if(n===0)return c;var p=document.createElement("canvas"),g=p.getContext("2d");p.width=p.height=8;g.fillStyle=css("--sf");g.fillRect(0,0,8,8);g.strokeStyle=c;g.lineWidth=2;g.beginPath();
    if(n===1){g.moveTo(-2,2);g.lineTo(2,-2);g.moveTo(0,8);g.lineTo(8,0);g.moveTo(6,10);g.lineTo(10,6)}else{g.moveTo(4,0);g.lineTo(4,8)}g.stroke();return g.createPattern(p,"repeat")}
    function text(v,f){if(v===null||v===undefined)return"\\u2013";if(f==="percent")return(v*100).toFixed(1)+" %";return v.toLocaleString("en",{maximumFractionDigits:f==="count"?0:3})}
    function draw(){
    made.forEach(function(c){c.destroy()});made=[];
    var ink=css("--tx"),pale=css("--mu"),grid=css("--ln"),still=window.matchMedia("(prefers-reduced-motion: reduce)").matches||document.documentElement.dataset.paper==="";
    Chart.defaults.color=pale;Chart.defaults.borderColor=grid;Chart.defaults.font.family=getComputedStyle(document.body).fontFamily;
    specs.forEach(function(s){
    var canvas=document.getElementById(s.id);if(!canvas)return;
    var xy=!!s.places,bars=s.kind==="bar"||s.kind==="ranking",plain=0;
    var sets=s.series.map(function(x,i){
    var c=css("--c"+(i%4+1)),line=!bars||x.line;if(x.edge)c=css("--c1");
    var d={label:x.name,data:xy?x.values.map(function(v,j){return{x:s.places[j],y:v}}):x.values,borderColor:c,borderWidth:x.edge?1:2,order:line?0:1};
    if(line){d.type="line";d.borderDash=x.edge?[2,3]:dashes[plain%4];var bare=x.edge||x.values.length>40||s.kind==="steps";d.pointStyle=bare?"line":points[plain%4];d.pointRadius=bare?0:4;d.pointHitRadius=8;d.backgroundColor=c;d.fill=false;d.spanGaps=false;d.stepped=s.kind==="steps"?"before":false;
    if(x.edge&&i>0&&s.series[i-1].edge){d.fill="-1";d.backgroundColor=soft(c)}}
    else{d.backgroundColor=hatch(c,plain);d.maxBarThickness=42}
    if(!x.edge)plain++;return d});
    var value={beginAtZero:true,stacked:s.stacked,title:{display:!!s.yTitle,text:s.yTitle,color:pale},ticks:{color:pale,precision:s.format==="count"?0:undefined,callback:function(v){return text(v,s.format)}},grid:{color:grid}};
    if(s.most)value.max=s.most;
    var place={stacked:s.stacked,title:{display:!!s.xTitle,text:s.xTitle,color:pale},ticks:{color:pale,maxRotation:60,autoSkip:s.kind!=="ranking"},grid:{display:xy,color:grid}};
    if(xy){place.type="linear";place.min=s.placeFormat==="percent"?0:Math.min.apply(null,s.places);place.max=Math.max.apply(null,s.places);place.ticks.callback=function(v){return text(v,s.placeFormat)}}
    var across=s.kind==="ranking",wide=canvas.parentNode.clientWidth>600?40:18;
    if(across){place.title.display=false;place.ticks.callback=function(v){var l=this.getLabelForValue(v);return l.length>wide?l.slice(0,wide-1)+"\\u2026":l}}
    made.push(new Chart(canvas,{type:bars?"bar":"line",data:xy?{datasets:sets}:{labels:s.labels,datasets:sets},options:{indexAxis:across?"y":"x",responsive:true,maintainAspectRatio:false,animation:still?false:{duration:300},
    interaction:{mode:"index",intersect:false,axis:across?"y":"x"},scales:across?{x:value,y:place}:{x:place,y:value},
    plugins:{legend:{display:sets.length>1,labels:{color:ink,usePointStyle:!bars,boxWidth:bars?40:9,boxHeight:bars?undefined:9,filter:function(l){return!s.series[l.datasetIndex].edge||!s.series[l.datasetIndex-1]||!s.series[l.datasetIndex-1].edge}}},
    tooltip:{callbacks:{title:function(t){return t.length?(xy?s.xTitle+" "+text(t[0].parsed.x,s.placeFormat):t[0].label):""},label:function(t){return t.dataset.label+": "+text(across?t.parsed.x:t.parsed.y,s.format)}}}}}}));
    });
    document.documentElement.dataset.charts=String(made.length);
    }
    draw();
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change",draw);
    window.addEventListener("beforeprint",function(){document.documentElement.dataset.paper="";draw()});
    window.addEventListener("afterprint",function(){delete document.documentElement.dataset.paper;draw()});
    })();
    """
}
