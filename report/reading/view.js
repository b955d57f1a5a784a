"use strict";
const $ = (s, at = document) => [...at.querySelectorAll(s)];
for (const b of $(".layers button")) {
  b.addEventListener("click", () => {
    const on = document.body.classList.toggle("show-" + b.dataset.layer);
    b.setAttribute("aria-pressed", on);
  });
}
function mark(id, scroll) {
  for (const e of $(".now:not(nav a)")) e.classList.remove("now");
  const card = document.getElementById(id);
  if (!card) return;
  card.classList.add("now");
  const spots = $(`[data-f="${id}"]`);
  for (const e of spots) e.classList.add("now");
  if (scroll === "card") card.scrollIntoView({block: "nearest"});
  if (scroll === "page") {
    const to = spots[0] || document.getElementById(card.dataset.page);
    if (to) to.scrollIntoView({block: "center", behavior: "smooth"});
  }
}
document.addEventListener("click", (e) => {
  const spot = e.target.closest("[data-f]");
  if (spot) return mark(spot.dataset.f, "card");
  const card = e.target.closest("article.f");
  if (card && !e.target.closest("details")) mark(card.id, "page");
});
const step = (list, at, by) => list[Math.min(list.length - 1, Math.max(0, at + by))];
document.addEventListener("keydown", (e) => {
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  const docs = $(".doc");
  if (e.key === "j" || e.key === "k") {
    const now = docs.findLastIndex((d) => d.getBoundingClientRect().top < 80);
    const to = step(docs, now, e.key === "j" ? 1 : -1);
    if (to) to.scrollIntoView();
  } else if (e.key === "n" || e.key === "p") {
    const cards = $("article.f");
    const now = cards.findIndex((c) => c.classList.contains("now"));
    const to = step(cards, now, e.key === "n" ? 1 : -1);
    if (to) { mark(to.id, "page"); mark(to.id, "card"); to.focus({preventScroll: true}); }
  } else if (e.key === "Enter" && e.target.matches("article.f")) {
    mark(e.target.id, "page");
  }
});
const links = new Map($("nav a").map((a) => [a.hash.slice(1), a]));
const seen = new IntersectionObserver((es) => {
  for (const e of es) {
    if (!e.isIntersecting) continue;
    for (const a of links.values()) a.classList.remove("now");
    const a = links.get(e.target.id);
    a.classList.add("now");
    a.scrollIntoView({block: "nearest"});
  }
}, {rootMargin: "-15% 0px -70% 0px"});
for (const d of $(".doc")) seen.observe(d);
