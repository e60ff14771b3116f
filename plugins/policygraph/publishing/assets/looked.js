/* Which version of each document this browser last showed, kept in the browser alone; what says something else is marked. */
(() => {
  "use strict";

  const MOST = 3000;
  const script = document.currentScript;
  const base = script ? new URL("../../", script.src) : new URL(".", location.href);
  const KEY = `policygraph:${base.pathname}:looked`;
  const SHOWN = `policygraph:${base.pathname}:shown`;

  /* Storage may be missing, full, closed to us, or hold what others put there. */
  function read(storage, key) {
    try {
      const found = JSON.parse(window[storage].getItem(key));
      return found && typeof found === "object" && !Array.isArray(found) ? found : {};
    } catch {
      return {};
    }
  }

  function write(storage, key, value) {
    try {
      window[storage].setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }

  function place(address) {
    const url = new URL(address, location.href);
    if (url.origin !== base.origin && url.protocol !== "file:") return "";
    if (!url.pathname.startsWith(base.pathname)) return "";
    return url.pathname.slice(base.pathname.length).replace(/(^|\/)index\.html$/, "$1");
  }

  const valid = (entry) => Array.isArray(entry) && typeof entry[0] === "string" && typeof entry[1] === "number";

  function inWords(day) {
    try {
      return new Intl.DateTimeFormat(LANGUAGE, { dateStyle: "long" }).format(new Date(day * 86400000));
    } catch {
      return "";
    }
  }

  /* The document that is open: say whether it has changed since, and remember that it was looked at. */
  function head(note, looked) {
    const here = place(location.href);
    const mark = note.dataset.pgChanged;
    const before = looked[here];
    const shown = read("sessionStorage", SHOWN);
    const told = shown[here];
    let since = null;
    if (valid(before) && before[0] !== mark) since = before[1];
    else if (valid(told) && told[0] === mark) since = told[1];
    if (since !== null) {
      const day = inWords(since);
      const when = note.querySelector("[data-pg-when]");
      if (when && day) when.textContent = _(", on %(day)s", { day });
      note.hidden = false;
      // Until the tab is closed it stays, also when the page is loaded again.
      shown[here] = [mark, since];
      write("sessionStorage", SHOWN, shown);
    }
    looked[here] = [mark, Math.floor(Date.now() / 86400000)];
    const places = Object.keys(looked);
    if (places.length > MOST) {
      places.sort((a, b) => (valid(looked[a]) ? looked[a][1] : 0) - (valid(looked[b]) ? looked[b][1] : 0));
      for (const old of places.slice(0, places.length - MOST)) delete looked[old];
    }
    write("localStorage", KEY, looked);
  }

  function marks(looked) {
    for (const old of document.querySelectorAll(".pg-changed-mark")) old.remove();
    for (const link of document.querySelectorAll("a[data-pg-mark]")) {
      const before = looked[place(link.href)];
      if (!valid(before) || !link.dataset.pgMark || before[0] === link.dataset.pgMark) continue;
      const mark = document.createElement("span");
      mark.className = "pg-changed-mark";
      mark.textContent = _("changed since you last looked");
      link.after(" ", mark);
    }
  }

  function forget(element) {
    const button = element.querySelector("button");
    const output = element.querySelector("output");
    element.hidden = false;
    button.addEventListener("click", () => {
      for (const [storage, key] of [["localStorage", KEY], ["sessionStorage", SHOWN]]) {
        try {
          window[storage].removeItem(key);
        } catch {
          // What cannot be kept need not be forgotten.
        }
      }
      output.textContent = _("Forgotten.");
      marks({});
    });
  }

  function start() {
    const looked = read("localStorage", KEY);
    marks(looked);
    const note = document.querySelector("[data-pg-changed]");
    if (note && !note.dataset.pgReady) {
      note.dataset.pgReady = "true";
      head(note, looked);
    }
    for (const element of document.querySelectorAll("[data-pg-looked]")) {
      if (element.dataset.pgReady) continue;
      element.dataset.pgReady = "true";
      forget(element);
    }
  }

  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
