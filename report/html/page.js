// Everything works without this script; it closes citations and filters findings.
document.addEventListener("click", function (e) {
  document.querySelectorAll("details.c[open]").forEach(function (d) { if (!d.contains(e.target)) d.open = false; });
});
document.addEventListener("keydown", function (e) {
  if (e.key !== "Escape") return;
  document.querySelectorAll("details.c[open]").forEach(function (d) { d.open = false; d.querySelector("summary").focus(); });
});
document.addEventListener("toggle", function (e) {
  var p = e.target.open && e.target.querySelector && e.target.querySelector(".pop");
  if (!p) return;
  p.style.left = "0";
  var over = p.getBoundingClientRect().right - document.documentElement.clientWidth + 12;
  if (over > 0) p.style.left = -over + "px";
}, true);
document.querySelectorAll(".filter").forEach(function (f) {
  f.hidden = false;
  f.addEventListener("click", function (e) {
    var b = e.target.closest("button");
    if (!b) return;
    f.querySelectorAll("button").forEach(function (o) { o.setAttribute("aria-pressed", String(o === b)); });
    document.querySelectorAll(".finding").forEach(function (x) {
      x.hidden = b.dataset.s !== "" && x.dataset.s !== b.dataset.s;
    });
  });
});
