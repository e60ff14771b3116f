/* What a browser adds to pages that are complete without it: sorting, filtering, folding. */
(() => {
  "use strict";

  // Numbers stand on pages as their language writes them.
  const point = new Intl.NumberFormat(LANGUAGE).formatToParts(1.5).find((part) => part.type === "decimal").value;
  const number = (text) => parseFloat(text.replace(point, "\0").replace(/[^\d\0-]/g, "").replace("\0", ".")) || 0;

  /* Tables: sort by column; filter by text and by the columns that say so. */
  function table(element) {
    const rows = [...element.tBodies].flatMap((body) => [...body.rows]);
    const data = rows.filter((row) => !row.classList.contains("pg-group-row"));
    if (window.Tablesort && !element.hasAttribute("data-pg-unsorted") && data.length > 1) {
      new window.Tablesort(element);
      for (const head of element.tHead.rows[0].cells) {
        head.addEventListener("keydown", (event) => {
          if (event.key === " ") {
            event.preventDefault();
            head.click();
          }
        });
      }
    }
    if (data.length < 6) return;
    const texts = data.map((row) => row.textContent.toLowerCase());
    const heads = [...element.tHead.rows[0].cells];
    const search = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    const count = make("output", { "aria-live": "polite" });
    const region = element.closest("[role=region][aria-label]");
    const name = [_("Filter the table"), region && region.getAttribute("aria-label")].filter(Boolean).join(": ");
    const bar = make("div", { class: "pg-filter", role: "search", "aria-label": name });
    bar.append(make("label", {}, _("Find"), search));
    const facets = [];
    heads.forEach((head, column) => {
      if (!head.hasAttribute("data-pg-facet")) return;
      const values = data.map((row) => (row.cells[column].dataset.pgValue ?? row.cells[column].textContent).trim());
      const names = [...new Set(values)].sort((a, b) => a.localeCompare(b));
      if (names.length < 2) return;
      const choice = make("select", {}, make("option", { value: "" }, _("all")));
      names.forEach((name) => choice.append(make("option", { value: name }, name)));
      facets.push({ choice, values });
      bar.append(make("label", {}, head.textContent.trim(), choice));
    });
    bar.append(count);

    function apply() {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      data.forEach((row, index) => {
        const fits =
          words.every((word) => texts[index].includes(word)) &&
          facets.every(({ choice, values }) => !choice.value || values[index] === choice.value);
        row.hidden = !fits;
        shown += fits;
      });
      for (const body of element.tBodies) {
        body.hidden = ![...body.rows].some((row) => !row.hidden && !row.classList.contains("pg-group-row"));
      }
      const values = { shown, count: data.length };
      count.textContent = shown === data.length ? _("%(count)s rows", values) : _("%(shown)s of %(count)s rows", values);
    }

    search.addEventListener("input", apply);
    facets.forEach(({ choice }) => choice.addEventListener("change", apply));
    element.closest(".pg-table-box").prepend(bar);
    apply();
  }

  /* Long lists of documents: find by words. */
  function list(element) {
    const items = [...element.children];
    const texts = items.map((item) => item.textContent.toLowerCase());
    const search = make("input", { type: "search", autocomplete: "off" });
    const count = make("output", { "aria-live": "polite" });
    search.addEventListener("input", () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      items.forEach((item, index) => {
        item.hidden = !words.every((word) => texts[index].includes(word));
        shown += !item.hidden;
      });
      count.textContent = _("%(shown)s of %(count)s", { shown, count: items.length });
    });
    element.before(make("div", { class: "pg-filter", role: "search" }, make("label", {}, _("Find"), search), count));
  }

  /* The matrix: light up the column under the pointer or the focus; the row is lit by the style sheet. */
  function matrix(element) {
    let lit = -1;
    const light = (event) => {
      const cell = event.target.closest("td, th");
      const column = cell && cell.cellIndex > 0 ? cell.cellIndex : -1;
      if (column === lit) return;
      for (const row of element.rows) {
        if (lit > 0) row.cells[lit].classList.remove("pg-lit");
        if (column > 0) row.cells[column].classList.add("pg-lit");
      }
      lit = column;
    };
    element.addEventListener("pointerover", light);
    element.addEventListener("focusin", light);
  }

  /* Lines to copy can be copied by a button; they stay plain text that can be selected. */
  function copying(element) {
    if (!navigator.clipboard) return;
    const button = make("button", { type: "button", class: "pg-copy" }, _("Copy"));
    button.addEventListener("click", () => {
      const say = (word) => {
        button.textContent = word;
        setTimeout(() => (button.textContent = _("Copy")), 2000);
      };
      navigator.clipboard.writeText(element.textContent).then(() => say(_("Copied")), () => say(_("Not copied")));
    });
    element.after(button);
  }

  /* A theme's own scrolling table can be reached by keyboard. */
  function scrolls(element) {
    if (element.scrollWidth <= element.clientWidth || element.hasAttribute("tabindex")) return;
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "region");
    element.setAttribute("aria-label", _("Table"));
  }

  /* On a narrow screen, the strip of audit pages shows where one is. */
  function strip(element) {
    const current = element.querySelector("[aria-current]");
    if (current) element.scrollLeft = current.offsetLeft - element.offsetLeft - element.clientWidth / 3;
  }

  function decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      // A percent sign that nobody encoded: taken as it stands.
      return text;
    }
  }

  /* A link into something folded unfolds it. */
  function unfold() {
    const target = location.hash.length > 1 && document.getElementById(decoded(location.hash.slice(1)));
    const fold = target && target.closest("details:not([open])");
    if (fold) {
      fold.open = true;
      target.scrollIntoView();
    }
  }

  /* A theme's search is a dialog without a name; a screen reader would only say "dialog". */
  function named(element) {
    const field = element.querySelector("input");
    element.setAttribute("aria-label", (field && (field.getAttribute("aria-label") || field.placeholder)) || _("Search"));
  }

  /* A theme names a section that has a page of its own after an icon, which says nothing; its title does. */
  function section(nav) {
    const label = document.getElementById(nav.getAttribute("aria-labelledby"));
    const title = nav.querySelector(".md-nav__title");
    if (!title || (label && label.textContent.trim())) return;
    nav.setAttribute("aria-label", title.textContent.trim());
    nav.removeAttribute("aria-labelledby");
  }

  /* A theme's drawer opens by a label, which no keyboard reaches: a button stands in for it. */
  function drawer(label) {
    const toggle = document.getElementById("__drawer");
    const nav = document.querySelector(".md-nav--primary[aria-label]");
    if (!toggle || !nav) return;
    const button = make("button", { type: "button", class: `${label.className} pg-drawer`, "aria-label": nav.getAttribute("aria-label") });
    button.append(...label.childNodes);
    const say = () => button.setAttribute("aria-expanded", String(toggle.checked));
    toggle.addEventListener("change", say);
    say();
    button.addEventListener("click", () => toggle.click());
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !toggle.checked) return;
      toggle.click();
      button.focus();
    });
    label.replaceWith(button);
  }

  function once(selector, work) {
    for (const element of document.querySelectorAll(selector)) {
      if (element.dataset.pgReady) continue;
      element.dataset.pgReady = "true";
      work(element);
    }
  }

  function start() {
    if (window.Tablesort && !window.Tablesort.pgNumbers) {
      window.Tablesort.pgNumbers = true;
      window.Tablesort.extend("number", (text) => /^-?[\d.,\s]+$/.test(text), (a, b) => number(b) - number(a));
    }
    once("[data-pg-table]", table);
    once("[data-pg-list]", list);
    once("pre[data-pg-copy]", copying);
    once("table.pg-matrix", matrix);
    once(".pg-strip", strip);
    once(".md-header label[for=__drawer]", drawer);
    once(".md-nav[aria-labelledby]", section);
    once(".md-search[role=dialog]:not([aria-label], [aria-labelledby])", named);
    unfold();
    // Themes wrap tables when they start, as we do; whichever comes first.
    setTimeout(() => document.querySelectorAll(".md-typeset__scrollwrap, pre > code").forEach(scrolls));
  }

  window.addEventListener("hashchange", unfold);
  window.policygraphCopy = () => once("pre[data-pg-copy]", copying);
  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
