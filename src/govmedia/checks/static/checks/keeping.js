/* What was answered and has not been kept yet: said beside its form, sent again, and never left behind silently. */
(function () {
  "use strict";
  const AGAIN_MS = 5000, UNKEPT = "还没保存";
  const bench = document.querySelector(".bench");
  if (!bench) return;
  const slotOf = (form) => form.querySelector(".saved");
  const nameOf = (form) => form.closest(".bench-item").id;
  // By form how often it was changed; what the server has not confirmed is in `unkept`.
  const changes = new WeakMap(), sent = new WeakMap(), unkept = new Set(), flying = new Set();
  let finishing = false, leaving = false;

  const answers = (element) => element instanceof HTMLFormElement && element.closest(".bench-item") ? element : null;

  function touched(event) {
    const form = event.target.form && answers(event.target.form);
    if (!form) return;
    changes.set(form, (changes.get(form) || 0) + 1);
    unkept.add(form);
  }
  bench.addEventListener("input", touched, true);
  bench.addEventListener("change", touched, true);

  function failed(form, why) {
    const code = nameOf(form).slice(2), slot = slotOf(form), state = document.getElementById("state-" + nameOf(form));
    if (slot) { slot.textContent = UNKEPT + "：" + why; slot.classList.add("off"); }
    if (state) state.replaceChildren(Object.assign(document.createElement("span"), { className: "pill warn", textContent: UNKEPT }));
    const said = Object.assign(document.createElement("span"), { className: "saved off", textContent: code + " " + UNKEPT + "：" + why });
    document.getElementById("kept").replaceChildren(said);
    finishing = false;
  }

  const send = (form) => { if (form.isConnected && unkept.has(form) && !flying.has(form)) form.requestSubmit(); };
  window.addEventListener("online", () => unkept.forEach(send));

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = answers(event.detail.elt);
    if (form) { sent.set(form, changes.get(form)); flying.add(form); }
  });

  /* A log-in page where an answer was expected must not take the page's place. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (!bench.contains(requestConfig.elt) || !xhr.responseURL) return;
    const asked = new URL(requestConfig.path, location.href).pathname;
    if (new URL(xhr.responseURL).pathname === asked) return;
    event.detail.shouldSwap = false;
    const form = answers(requestConfig.elt);
    if (form) failed(form, "登录已过期，请另开一页登录，再回来改一下这一项。");
    if (requestConfig.elt.matches(".post-wait")) requestConfig.elt.textContent = "登录已过期，请另开一页登录，再回来打开。";
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const form = answers(event.detail.elt);
    if (!form) return;
    flying.delete(form);
    const status = event.detail.xhr.status;
    if (!event.detail.successful) {
      failed(form, status && status < 500 ? "服务器没有接受，请刷新页面看看。" : "连不上，会自动再试。");
      if (!status || status >= 500) setTimeout(send, AGAIN_MS, form);
      return;
    }
    // By its words: classes are put in place a moment later.
    if (!slotOf(form).textContent.startsWith(UNKEPT) && sent.get(form) === changes.get(form)) unkept.delete(form);
    // What waits in the queue sets off only after this.
    setTimeout(() => { if (finishing && !flying.size) goOn(); });
  });

  /* A post that could not be opened says so, and is asked for again when it is opened again. */
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => document.addEventListener(name, (event) => {
    if (event.detail.elt.matches(".post-wait")) event.detail.elt.textContent = "没能打开。合上再打开一次，就会再试。";
  }));

  function goOn() {
    const left = Array.from(unkept).filter((form) => form.isConnected);
    finishing = false;
    if (!left.length) { document.getElementById("finish").click(); return; }
    document.querySelector(`[data-item="${nameOf(left[0])}"]`).click();
  }

  /* Before a verdict all that was typed must have been kept. Capturing, so that it comes before the asking back. */
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-discard]") && event.submitter.dataset.sure) leaving = true;
    if (!event.target.matches("[data-finish]") || !unkept.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    finishing = true;
    unkept.forEach(send);
    if (!flying.size) goOn();
  }, true);

  window.addEventListener("beforeunload", (event) => { if (unkept.size && !leaving) event.preventDefault(); });
})();
