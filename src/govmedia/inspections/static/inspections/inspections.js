/* Marks and cards that know each other, and rulings by one key. The pages work without. */
(function () {
  "use strict";
  const $$ = (selector) => Array.from(document.querySelectorAll(selector));
  const typing = (element) => element.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

  function show(number, scroll) {
    $$(".on[data-card], .on[data-mark]").forEach((element) => element.classList.remove("on"));
    $$(`[data-card="${number}"], [data-mark="${number}"]`).forEach((element) => {
      element.classList.add("on");
      if (scroll) element.scrollIntoView({ block: "nearest" });
    });
  }

  $$("[data-card]").forEach((card) => {
    card.addEventListener("mouseenter", () => show(card.dataset.card, false));
    card.addEventListener("focusin", () => show(card.dataset.card, true));
  });
  $$("[data-mark]").forEach((mark) => mark.addEventListener("click", () => {
    show(mark.dataset.mark, true);
    const card = document.querySelector(`[data-card="${mark.dataset.mark}"]`);
    if (card) card.focus({ preventScroll: true });
  }));

  function step(by) {
    const cards = $$("[data-card]");
    if (!cards.length) return false;
    const now = cards.findIndex((card) => card.classList.contains("on"));
    cards[Math.min(Math.max(now + by, 0), cards.length - 1)].focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const deed = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (deed) { event.preventDefault(); deed.click(); return; }
    if (event.key === "ArrowDown" && step(1)) event.preventDefault();
    if (event.key === "ArrowUp" && step(-1)) event.preventDefault();
    const card = event.target.closest("[data-card]");
    const take = card && card.querySelector("[data-take]");
    if (take && event.key === "Enter" && event.target === card) { event.preventDefault(); take.checked = true; step(1); }
    if (take && event.key.toLowerCase() === "x") { take.checked = false; step(1); }
  });
})();
