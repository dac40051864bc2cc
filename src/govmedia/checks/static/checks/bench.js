/* The workbench: one item in focus, the posts beside it, everything by key. The page works without. */
(function () {
  "use strict";
  const $ = (selector, root) => (root || document).querySelector(selector);
  const $$ = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const typing = (element) => element.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");
  const bench = $(".bench");
  if (!bench) return;
  const items = $$(".bench-item", bench);
  const current = () => $(".bench-item.at", bench);
  const open = (item) => { const box = $("input[data-open]", item); return Boolean(box && box.checked && !box.matches(":disabled")); };
  // Arrow keys walk over choices: what they pick on the way is not the last word.
  let arrows = false;

  /* Items */
  function show(item, take) {
    if (!item) return;
    items.forEach((one) => one.classList.toggle("at", one === item));
    $$("[data-item]", bench).forEach((link) => {
      if (link.dataset.item === item.id) { link.setAttribute("aria-current", "true"); reveal(link); } else link.removeAttribute("aria-current");
    });
    // While the page loads the address stays: the browser would scroll there by itself.
    if (!take) return;
    history.replaceState(history.state, "", "#" + item.id);
    item.focus({ preventScroll: true });
    item.scrollIntoView({ block: "nearest" });
  }

  /* Within its own scrolled box only: the page stays where it is. */
  function reveal(link) {
    const box = $(".bench-side", bench), inside = link.getBoundingClientRect(), frame = box.getBoundingClientRect();
    if (box.scrollHeight <= box.clientHeight) return;
    if (inside.bottom > frame.bottom) box.scrollTop += inside.bottom - frame.bottom;
    if (inside.top < frame.top) box.scrollTop -= frame.top - inside.top;
  }

  const step = (by) => show(items[Math.min(Math.max(items.indexOf(current()) + by, 0), items.length - 1)], true);

  /* On to the next that is open, from here round to here, at last to the verdict; who reads a post goes on reading. */
  function goOn() {
    const here = items.indexOf(current());
    const next = [...items.slice(here + 1), ...items.slice(0, here)].find(open);
    const reading = $("#posts").contains(document.activeElement);
    if (next) show(next, !reading);
    else if (!reading && $("#finish")) $("#finish").focus();
  }

  function note(item) {
    const field = $("textarea", item);
    if (field && !field.disabled) field.focus();
  }

  function choose(key) {
    const box = $(`input[data-key="${key}"]`, current());
    if (!box || box.matches(":disabled")) return;
    arrows = false;
    if (!box.checked) box.click();
    else chosen(box);
  }

  function chosen(box) {
    const item = box.closest(".bench-item");
    if (box.matches("[data-goes-on]")) goOn();
    else if (box.matches("[data-wants-note]") && !$("textarea", item).value.trim()) note(item);
  }

  bench.addEventListener("change", (event) => { if (event.target.matches("input[data-key]") && !arrows) chosen(event.target); });
  document.addEventListener("pointerdown", () => { arrows = false; }, true);

  /* Posts */
  const posts = () => $$("#post-list .post");
  const post = () => posts().find((one) => one.contains(document.activeElement)) || posts().find((one) => one.open) || $("#post-list .post.at");

  function goTo(one, opened) {
    posts().forEach((other) => other.classList.toggle("at", other === one));
    if (opened) one.open = true;
    const head = $("summary", one);
    head.focus({ preventScroll: true });
    // What is open is read from its beginning.
    head.scrollIntoView({ block: one.open ? "start" : "nearest" });
  }

  /* Reading on, the next one opens where the last one was open; beyond the last one of a page is the next page. */
  function walk(by) {
    const all = posts(), now = post();
    if (!all.length) return;
    const next = now ? all[all.indexOf(now) + by] : all[0];
    const link = next ? null : $(`#post-list .pager [rel=${by > 0 ? "next" : "prev"}]`);
    if (next) goTo(next, Boolean(now && now.open));
    else if (link) { link.focus(); link.click(); }
    else goTo(now, false);
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const asked = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!asked) return;
    if (asked.matches("[data-to-post]")) {
      const found = document.getElementById("p-" + asked.dataset.toPost);
      if (found) goTo(found, true); else $("#posts").focus();
    }
    if (asked.matches(".pager a") && posts().length) goTo(posts()[asked.rel === "next" ? 0 : posts().length - 1], false);
  });

  /* Keys and clicks */
  const toggle = () => { const one = post() || posts()[0]; if (one) { one.open = !one.open; goTo(one, false); } };
  const press = (selector) => { const button = $(selector); if (button) button.click(); };
  const help = () => $("#keys").showModal();
  const KEYS = {
    j: () => step(1), k: () => step(-1), n: () => walk(1), p: () => walk(-1), o: toggle, b: () => show(current(), true),
    w: () => note(current()), f: () => press("#finish"), m: () => press("#posts-marked"),
    s: () => { const box = $("#posts-find"); if (box) { box.focus(); box.select(); } }, "?": help, "？": help,
  };

  function left(field) {
    const item = field.closest(".bench-item");
    if (item) item.focus({ preventScroll: true });
    else if (post() || posts()[0]) goTo(post() || posts()[0], false);
    else field.blur();
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || $("dialog[open]")) return;
    arrows = event.key.startsWith("Arrow");
    const inside = bench.contains(event.target), field = inside && typing(event.target);
    if (field && event.key === "Escape") { event.preventDefault(); left(event.target); return; }
    if (field && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const item = event.target.closest(".bench-item");
      if (item) { event.preventDefault(); item.focus({ preventScroll: true }); goOn(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase(), deed = KEYS[key];
    if (deed) { event.preventDefault(); deed(); }
    else if (["0", "1", "2"].includes(key) && !event.repeat) { event.preventDefault(); choose(key); }
  });

  bench.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#q-"], a[href^="#m-"]');
    if (link) { event.preventDefault(); show(document.getElementById(link.hash.slice(1)), true); }
    const by = event.target.closest("[data-step]");
    if (by) step(Number(by.dataset.step));
    if (event.target.closest("[data-goes-next]")) goOn();
    if (event.target.closest("[data-keys]")) help();
  });

  bench.classList.add("one");
  const named = location.hash && items.find((item) => "#" + item.id === location.hash);
  const typed = $("[autofocus]", bench);
  show(named || (typed && typed.closest(".bench-item")) || items.find(open) || items[0], false);
  if (typed) typed.focus();
})();
