/* Suggestions under a search box: what [data-suggest] answers for the form as it stands, eight rows at most. Without
   this script the box is a plain form. The pattern is ARIA's combobox with a list. */
(function () {
  "use strict";
  const PAUSE_MS = 120, KEPT = 50;
  let count = 0;

  function wake(input) {
    const form = input.form, kept = new Map();
    const list = Object.assign(document.createElement("ul"), { id: "suggest-" + count++, className: "suggest", hidden: true });
    const say = Object.assign(document.createElement("span"), { className: "visually-hidden" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "搜索建议");
    say.setAttribute("role", "status");
    for (const [name, value] of Object.entries({ role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) input.setAttribute(name, value);
    input.after(list, say);
    let timer = 0, at = -1, asked = "", asking = null;
    const rows = () => Array.from(list.children);

    function close() {
      clearTimeout(timer);
      if (asking) asking.abort();
      asked = "";
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      point(-1);
    }

    function point(to) {
      at = to;
      rows().forEach((row, number) => row.setAttribute("aria-selected", String(number === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", rows()[at].id);
      rows()[at].scrollIntoView({ block: "nearest" });
    }

    function show(html) {
      list.innerHTML = html;
      rows().forEach((row, number) => { row.id = list.id + "-" + number; });
      const found = rows().length;
      list.hidden = !found;
      input.setAttribute("aria-expanded", String(found > 0));
      say.textContent = found ? found + " 条建议，按上下键选择" : "没有建议";
      point(-1);
    }

    async function ask() {
      const query = new URLSearchParams(new FormData(form)).toString();
      if (!input.value.trim()) return close();
      if (query === asked) return;
      asked = query;
      if (asking) asking.abort();
      if (kept.has(query)) return show(kept.get(query));
      const mine = asking = new AbortController();
      try {
        const answer = await fetch(input.dataset.suggest + "?" + query, { signal: mine.signal, credentials: "same-origin" });
        if (!answer.ok || answer.redirected) return;
        const html = await answer.text();
        if (kept.size >= KEPT) kept.clear();
        kept.set(query, html);
        if (mine === asking && query === asked && document.activeElement === input) show(html);
      } catch { asked = ""; /* the form itself still works */ }
    }

    function later(event) {
      if (event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE_MS);
    }

    input.addEventListener("input", later);
    input.addEventListener("compositionend", later);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const found = rows().length;
      if ((event.key === "ArrowDown" || event.key === "ArrowUp") && list.hidden) { asked = ""; ask(); event.preventDefault(); }
      else if (list.hidden) return;
      else if (event.key === "ArrowDown") { point(at + 1 < found ? at + 1 : -1); event.preventDefault(); }
      else if (event.key === "ArrowUp") { point(at < 0 ? found - 1 : at - 1); event.preventDefault(); }
      else if (event.key === "Escape") { close(); event.preventDefault(); event.stopPropagation(); }
      else if (event.key === "Enter" && at >= 0) { event.preventDefault(); location.assign(rows()[at].dataset.url); }
    });
    // the box would lose the focus, and with it the list, before the click
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const row = event.target.closest("[data-url]");
      if (row) location.assign(row.dataset.url);
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(wake);
})();
