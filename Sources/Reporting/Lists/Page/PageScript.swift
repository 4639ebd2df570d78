/// The script of the page: search and order, nothing that is needed to read it.
enum PageScript {
  static let source = """
    (function(){"use strict";
    var t=document.getElementById("list"),tools=document.getElementById("tools");if(!t||!tools)return;
    var body=t.tBodies[0],rows=Array.prototype.slice.call(body.rows),find=document.getElementById("find"),order=document.getElementById("order"),count=document.getElementById("count");
    function show(){var w=find.value.trim().toLowerCase(),n=0;rows.forEach(function(r){var hit=!w||r.textContent.toLowerCase().indexOf(w)>=0;r.hidden=!hit;if(hit)n++});count.textContent=n+" / "+rows.length}
    function sort(){var k=order.value;rows.slice().sort(function(a,b){var x=a.dataset[k]||"",y=b.dataset[k]||"",d=k==="name"||k==="used"?x.localeCompare(y):Number(x)-Number(y);return d||Number(a.dataset.place)-Number(b.dataset.place)}).forEach(function(r,i){r.cells[0].textContent=i+1;body.appendChild(r)})}
    find.addEventListener("input",show);order.addEventListener("change",sort);tools.hidden=false;show();
    })();
    """
}
