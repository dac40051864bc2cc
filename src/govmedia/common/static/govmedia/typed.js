/* What is typed is not lost: drafts save themselves, leaving what is not saved is asked about, and what was sent after
   the log-in had ended is put back after the next one. Nothing inline, nothing evaluated. */
(function () {
  "use strict";
  const $ = (selector, root) => (root || document).querySelector(selector);
  const $$ = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const clock = (date) => date.toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });
  const SEND_AFTER_MS = 1200, GIVE_UP_MS = 20000, HOLD_MS = 12 * 3600 * 1000, KEEPALIVE_MOST = 20000;
  // What of a form people type; never a password or a file.
  const TYPED = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit], [type=button])";
  // Over which writing it was typed, so that what is put back never passes for newer than it is.
  const OVER = "input[name=version], input[name=revision]";

  const fieldsOf = (form) => Array.from(form.elements).filter((field) => field.name && field.matches(TYPED) && !field.matches(":disabled"));
  const ticks = (field) => field.matches("[type=checkbox], [type=radio]");

  function valuesOf(form) {
    return fieldsOf(form).flatMap((field) => {
      if (field.matches("select")) return Array.from(field.selectedOptions, (option) => [field.name, option.value]);
      return ticks(field) && !field.checked ? [] : [[field.name, field.value]];
    });
  }

  /* Puts values where they were; gives back those that have no place here any more */
  function fill(form, pairs) {
    const left = pairs.slice();
    const take = (fits) => { const at = left.findIndex(fits); return at < 0 ? null : left.splice(at, 1)[0][1]; };
    fieldsOf(form).forEach((field) => {
      const exactly = (wanted) => take(([name, value]) => name === field.name && value === wanted) !== null;
      if (ticks(field)) field.checked = exactly(field.value);
      else if (field.matches("select[multiple]")) Array.from(field.options).forEach((option) => { option.selected = exactly(option.value); });
      else if (field.matches("select")) { const at = Array.from(field.options).findIndex((option) => exactly(option.value)); if (at >= 0) field.selectedIndex = at; }
      else { const value = take(([name]) => name === field.name); if (value !== null) field.value = value; }
      if (changed(field)) for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    });
    return left.filter(([, value]) => value.trim());
  }

  function changed(field) {
    if (ticks(field)) return field.checked !== field.defaultChecked;
    if (field.matches("[type=file]")) return field.files.length > 0;
    if (!field.matches("select")) return field.value !== field.defaultValue;
    const options = Array.from(field.options);
    if (field.multiple) return options.some((option) => option.selected !== option.defaultSelected);
    return field.selectedIndex !== Math.max(0, options.findIndex((option) => option.defaultSelected));
  }

  function told(form, words, ...more) {
    const note = Object.assign(document.createElement("div"), { className: "note warn" });
    note.setAttribute("role", "status");
    note.append(Object.assign(document.createElement("p"), { textContent: words }), ...more);
    // Beside it: a form may set out its children in columns.
    if (form.matches("form")) form.before(note); else form.prepend(note);
    return note;
  }

  const button = (words, css, onclick) => Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm " + css, textContent: words, onclick });

  /* Another page of the same browser may have logged in anew since: the token that counts is the cookie's. */
  function freshen(form) {
    const field = form.elements.namedItem("csrfmiddlewaretoken"), cookie = /(?:^|; )csrftoken=(\w+)/.exec(document.cookie);
    if (field && cookie) field.value = cookie[1];
  }

  /* ---------- drafts that save themselves: to the server, and on this device while it does not take them ---------- */

  function autosave(form) {
    const key = "govmedia-draft:" + form.dataset.autosave;
    const say = $("[data-saved]", form.dataset.savedIn ? document : form) || $("[data-saved]");
    let timer = 0, flying = false, again = false, stuck = false, held = false, waiting = null;
    const tell = (text, off) => { if (say) { say.textContent = text; say.classList.toggle("off", Boolean(off)); } };
    // Only what this page knows of is thrown away: another page of this draft may have left its own here.
    const hold = () => { held = true; localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: valuesOf(form) })); };
    const letGo = () => { if (held) localStorage.removeItem(key); held = false; };

    async function send() {
      clearTimeout(timer);
      timer = 0;
      if (flying) { again = true; return; }
      flying = true;
      freshen(form);
      const body = new FormData(form);
      const patience = new AbortController(), giveUp = setTimeout(() => patience.abort(), GIVE_UP_MS);
      let answer = null;
      try {
        // Goes on when the page is left; browsers do not let much go on in that way.
        const keepalive = Array.from(body).reduce((sum, pair) => sum + String(pair[1]).length, 0) < KEEPALIVE_MOST;
        answer = await fetch(form.dataset.autosave, { method: "POST", body, keepalive, credentials: "same-origin", redirect: "manual", headers: { "X-Autosave": "1" }, signal: patience.signal });
        await took(answer);
      } catch {
        hold();
        tell(answer && answer.type === "opaqueredirect" ? "登录已过期，" + clock(new Date()) + " 已存在这台电脑上，请另开一页登录" : "暂时连不上，" + clock(new Date()) + " 已存在这台电脑上", true);
      }
      clearTimeout(giveUp);
      flying = false;
      if (waiting) { const { submitter } = waiting; waiting = null; again = false; form.requestSubmit(submitter); }
      if (again) { again = false; later(0); }
    }

    async function took(answer) {
      if (answer.status === 409) {
        stuck = true;
        hold();
        const { error } = await answer.json();
        tell("没有保存", true);
        told(form, error).setAttribute("role", "alert");
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const { version } = await answer.json();
      form.elements.namedItem("version").value = version;
      letGo();
      forget(form);
      tell("草稿已于 " + clock(new Date()) + " 自动保存");
    }

    function offer() {
      let kept = null;
      try { kept = JSON.parse(localStorage.getItem(key)); } catch { localStorage.removeItem(key); }
      if (!kept) return;
      held = true;
      // It came after all, though the page was gone before it heard so.
      if (JSON.stringify(kept.values) === JSON.stringify(valuesOf(form))) { letGo(); return; }
      const note = told(form, "这台电脑上有一份 " + clock(new Date(kept.at)) + " 没能送出的草稿。",
        button("用它接着填", "push", () => { fill(form, kept.values); note.remove(); later(0); }),
        button("不要了", "", () => { letGo(); note.remove(); }));
    }

    // Once overtaken it is kept here only, until the page is opened anew.
    const later = (after) => { clearTimeout(timer); if (stuck) hold(); else timer = setTimeout(send, after); };
    const flush = () => { if (timer) send(); };
    form.addEventListener("input", () => later(SEND_AFTER_MS));
    form.addEventListener("focusout", flush);
    document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });
    window.addEventListener("pagehide", () => { if (flying && (timer || again)) hold(); else flush(); });
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      clearTimeout(timer);
      timer = 0;
      // The form bears the version of the last answer, so that it must be there before the form goes.
      if (flying) { event.preventDefault(); waiting = { submitter: event.submitter }; } else letGo();
    });
    window.addEventListener("online", () => { if (held && !stuck) send(); });
    offer();
  }

  /* ---------- leaving what is not saved ---------- */

  const touched = new WeakSet();
  let going = null, leaving = false;
  // The workbench keeps its own; ticks that pick rows of a list are no writing.
  const posts = (form) => (form.getAttribute("method") || "").toLowerCase() === "post";
  const guarded = (form) => posts(form) && !form.matches("[data-autosave], [data-login], .bench *");
  const written = (field) => field.name && field.matches(TYPED + ", [type=file]") && !field.matches("[data-pick], [data-pick-all]");

  function unsaved(form) {
    if (!guarded(form)) return false;
    if (form.matches("[data-unsaved]") || $(".is-bad", form)) return true;
    return touched.has(form) && Array.from(form.elements).some((field) => written(field) && changed(field));
  }

  ["input", "change"].forEach((name) => document.addEventListener(name, (event) => { if (event.target.form) touched.add(event.target.form); }));
  window.addEventListener("beforeunload", (event) => {
    const sent = going;
    going = null;
    if (!leaving && Array.from(document.forms).some((form) => form !== sent && unsaved(form))) event.preventDefault();
  });

  /* ---------- sent after the log-in had ended ---------- */

  const KEPT = "govmedia-sent";
  const person = () => ($("[data-person]") || { dataset: {} }).dataset.person;
  const place = (form) => { const action = form.getAttribute("action"); return [action, $$("form").filter((other) => other.getAttribute("action") === action).indexOf(form)]; };
  // Where the page is to be had: one that came in answer to a form may stand at an address that only takes forms.
  let here = location.pathname + location.search;

  function remember(form) {
    const kept = Array.from(document.forms).filter((other) => other === form || unsaved(other)).map((one) => ({
      place: place(one), values: valuesOf(one), over: $$(OVER, one).map((field) => [field.name, field.value]),
    })).filter((one) => one.values.length);
    sessionStorage.removeItem(KEPT);
    // Without room for it the form is sent all the same.
    try { sessionStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), person: person(), page: here, to: new URL(form.getAttribute("action") || "", location.href).pathname, forms: kept })); } catch { /* full */ }
  }

  /* What has arrived by now is not put back once more. */
  function forget(form) {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
    if (!kept) return;
    const forms = kept.forms.filter((one) => one.place[0] !== form.getAttribute("action"));
    sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, forms }));
  }

  function putBack() {
    const login = $("[data-login]");
    let kept = null;
    try { kept = JSON.parse(sessionStorage.getItem(KEPT)); } catch { /* not ours */ }
    if (!kept) return;
    if (login) {
      if (!$("[data-kept]")) return;
      sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, ended: true }));
      const next = $("input[name=next]", login);
      if (next) next.value = kept.page;
      if (!kept.forms.length) return;
      $$("[data-lost]").forEach((words) => { words.hidden = true; });
      $$("[data-kept]").forEach((words) => { words.hidden = false; });
      return;
    }
    if (!kept.ended || kept.person !== person() || Date.now() - kept.at > HOLD_MS) {
      // The form arrived, or somebody else sits here now.
      if (!kept.ended && kept.to === location.pathname) here = kept.page;
      sessionStorage.removeItem(KEPT);
      return;
    }
    if (kept.page === here) kept.forms.forEach(putBackIn);
  }

  function putBackIn({ place: [action, at], values, over }) {
    const form = $$("form").filter((one) => one.getAttribute("action") === action)[at];
    const left = form ? fill(form, values) : values.filter(([, value]) => value.trim());
    if (form) over.forEach(([name, value]) => { const field = form.elements.namedItem(name); if (field) field.value = value; });
    const drop = button("不要了", "push", () => { sessionStorage.removeItem(KEPT); touched.delete(form); $$("form").forEach((one) => one.reset()); note.remove(); });
    const note = told(form || $("main"), form ? "已放回登录过期前填写的内容，还没有提交。" : "登录过期前填写的内容，这一页已没有地方填，需要的话请复制。", drop);
    if (left.length) note.firstChild.after(Object.assign(document.createElement("textarea"), { className: "form-control", readOnly: true, value: left.map(([, value]) => value).join("\n"), ariaLabel: "放不回去的内容，需要的话请复制" }));
    if (form) form.dispatchEvent(new Event("input", { bubbles: true }));
    if (form) touched.add(form);
    note.scrollIntoView({ block: "center" });
  }

  document.addEventListener("submit", (event) => freshen(event.target), true);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // Prevented: asked back about, waiting, or on its way without the page.
    if (event.defaultPrevented || !posts(form) || form.matches("[data-login]")) return;
    if (form.matches("[data-logout]")) { sessionStorage.removeItem(KEPT); return; }
    going = form;
    remember(form);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const form = event.detail.elt, parameters = event.detail.parameters;
    if (!form.matches("form") || !("csrfmiddlewaretoken" in parameters)) return;
    freshen(form);
    parameters.csrfmiddlewaretoken = form.elements.namedItem("csrfmiddlewaretoken").value;
  });
  /* A log-in page must not take the place of a part of this one. The workbench sees to that by itself. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, serverResponse } = event.detail, form = event.detail.requestConfig.elt;
    if (!form.matches("form") || !guarded(form) || !serverResponse.includes("data-login")) return;
    event.detail.shouldSwap = false;
    remember(form);
    leaving = true;
    location.assign(xhr.responseURL);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    // The form itself has given way to the answer by now.
    const { successful, xhr } = event.detail, form = event.detail.requestConfig.elt;
    if (successful && form.matches("form") && guarded(form) && !xhr.response.includes("data-login")) forget(form);
  });
  ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => document.addEventListener(name, (event) => {
    const { elt: form, xhr } = event.detail;
    if (!form.matches("form") || !guarded(form)) return;
    const refused = xhr && xhr.status >= 400 && xhr.status < 500;
    told(form, refused ? "服务器没有接受，没有保存。请复制写的内容，刷新页面看看。" : "连不上，没有保存，请再试一次。");
  }));

  $$("form[data-autosave]").forEach(autosave);
  putBack();
})();
