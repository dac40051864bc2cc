/* Comforts on top of pages that work without any script. Nothing inline, nothing evaluated. */
(function () {
  "use strict";
  const $ = (selector, root) => (root || document).querySelector(selector);
  const $$ = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const typing = (element) => element.matches("input, textarea, select, [contenteditable]");

  /* Search: Ctrl-K or "/" */
  function toSearch(event) {
    const box = $("[data-find]") || $('input[type="search"]');
    if (!box) return;
    event.preventDefault();
    if (box.offsetParent) { box.focus(); box.select(); } else if ($(".find-small")) { $(".find-small").click(); }
  }

  /* Queues: j and k walk over the rows, Enter opens, x picks */
  function walk(step) {
    const rows = $$("[data-queue] [data-row]");
    if (!rows.length) return;
    const now = rows.findIndex((row) => row.classList.contains("at"));
    const next = rows[Math.min(Math.max(now + step, 0), rows.length - 1)];
    rows.forEach((row) => row.classList.toggle("at", row === next));
    const link = $("a", next);
    if (link) link.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") return toSearch(event);
    if (event.key === "Escape") $$("details.menu[open]").forEach((menu) => { menu.open = false; $("summary", menu).focus(); });
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
    if (event.key === "/") toSearch(event);
    if (event.key === "j") walk(1);
    if (event.key === "k") walk(-1);
    if (event.key === "x") { const pick = $("[data-row].at [data-pick]"); if (pick) pick.click(); }
  });

  document.addEventListener("click", (event) => {
    $$("details.menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy) copyFrom(copy, document.getElementById(copy.dataset.copy));
  });

  /* Copying what a page shows once; where the browser refuses, the text is left selected for the keyboard */
  async function copyFrom(button, field) {
    field.focus();
    field.select();
    const say = $("[data-copied]", button.parentElement);
    try { await navigator.clipboard.writeText(field.value); say.textContent = "已复制"; } catch { say.textContent = "已选中，请按 Ctrl C 复制"; }
  }

  /* Asking back before what cannot be undone, and for a note where one is due */
  function ask(text, verb) {
    const dialog = document.createElement("dialog");
    dialog.className = "ask";
    dialog.setAttribute("aria-labelledby", "ask-title");
    const title = Object.assign(document.createElement("h2"), { id: "ask-title", textContent: text });
    const acts = Object.assign(document.createElement("div"), { className: "acts" });
    const no = Object.assign(document.createElement("button"), { className: "btn", textContent: "先不", autofocus: true });
    const yes = Object.assign(document.createElement("button"), { className: "btn btn-danger", textContent: verb });
    acts.append(no, yes);
    dialog.append(title, acts);
    document.body.append(dialog);
    return new Promise((done) => {
      no.onclick = () => dialog.close();
      yes.onclick = () => dialog.close("yes");
      dialog.onclose = () => { done(dialog.returnValue === "yes"); dialog.remove(); };
      dialog.showModal();
    });
  }

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button) return;
    const note = button.dataset.needsNote && document.getElementById(button.dataset.needsNote);
    if (note && !note.value.trim()) {
      event.preventDefault();
      event.stopPropagation();
      note.setCustomValidity("请先写明原因，对方会看到。");
      note.reportValidity();
      note.addEventListener("input", () => note.setCustomValidity(""), { once: true });
      return;
    }
    const text = button.dataset.confirm || event.target.dataset.confirm;
    if (!text || button.dataset.sure) return;
    event.preventDefault();
    // Nothing else may send it meanwhile.
    event.stopPropagation();
    ask(text, button.textContent.trim()).then((sure) => {
      if (!sure) return button.focus();
      button.dataset.sure = "yes";
      event.target.requestSubmit(button);
      delete button.dataset.sure;
    });
  }, true);

  /* Picking rows for a bulk deed */
  function picked(list) {
    const picks = $$("[data-pick]", list), all = $("[data-pick-all]", list), bar = $("[data-bulk]", list);
    const count = picks.filter((pick) => pick.checked).length;
    if (all) { all.checked = count > 0 && count === picks.length; all.indeterminate = count > 0 && count < picks.length; }
    if (!bar) return;
    bar.hidden = count === 0;
    const say = $("[data-picked]", bar);
    if (say) say.textContent = String(count);
  }

  document.addEventListener("change", (event) => {
    const list = event.target.closest("[data-list]");
    if (event.target.matches("[data-pick-all]")) $$("[data-pick]", list).forEach((pick) => { pick.checked = event.target.checked; });
    if (list && event.target.matches("[data-pick], [data-pick-all]")) picked(list);
    const form = event.target.closest("form[data-autosubmit]");
    if (form && event.target.matches("select, input[type=checkbox]")) form.requestSubmit();
  });

  function wake(root) {
    $$("[data-without-script]", root).forEach((element) => { element.hidden = true; });
    $$("[data-with-script]", root).forEach((element) => { element.hidden = false; });
    $$("[data-list]", root).forEach(picked);
    $$(".heat-wrap", root).forEach((wrap) => { wrap.scrollLeft = wrap.scrollWidth; });
    const first = $("[data-focus]", root);
    if (first) first.focus();
  }

  wake(document);
  document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) wake(event.target); });
})();
