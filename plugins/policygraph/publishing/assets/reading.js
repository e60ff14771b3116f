/* What a browser adds to a document's page: cards beside links, and the passage in "Is this still true?". */
(() => {
  "use strict";

  const MAIN = ".md-content, [role='main'], main";
  const NO_CARD = "nav, header, svg, .pg-head, .pg-cards, .pg-card, .pg-here, .headerlink, .pg-still, .pg-ask";
  const NO_TEXT = ".pg-head, .pg-foot, .pg-still, .pg-cards, nav, button, input, textarea";
  const LONGEST = 600;
  const SOON = 250;
  const NARROW = 600; // pixels of width below which a card has no room beside its word

  /* Cards: the meaning of a term, the summary of a document. They come with pointer or focus, can themselves be
     pointed at, and go with Escape. */

  let meanings = new Map();
  let shownFor = null;
  let timer = 0;
  let touching = false;
  const card = make("div", { class: "pg-card", id: "pg-card" });
  card.hidden = true;

  const place = (url) => url.origin + url.pathname.replace(/\/index\.html$/, "/") + url.search;

  function meaning(link) {
    if (!link || !meanings.size || link.closest(NO_CARD) || !link.closest(MAIN)) return null;
    let url;
    try {
      url = new URL(link.href);
    } catch {
      return null;
    }
    const page = place(url);
    if (page === place(new URL(location.href))) return null;
    return meanings.get(page + url.hash) || meanings.get(page) || null;
  }

  function hide() {
    clearTimeout(timer);
    if (!shownFor) return;
    if (shownFor.getAttribute("aria-describedby") === card.id) shownFor.removeAttribute("aria-describedby");
    shownFor = null;
    card.hidden = true;
  }

  function beside(element, at, room) {
    const rects = [...at.getClientRects()];
    const rect = rects[0] || at.getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    element.style.left = "0px";
    element.style.top = "0px";
    const box = element.getBoundingClientRect();
    const last = rects[rects.length - 1] || rect;
    const below = last.bottom + room;
    const fits = below + box.height <= innerHeight || rect.top < box.height + room;
    const top = fits ? below : rect.top - room - box.height;
    const left = Math.max(8, Math.min((fits ? last : rect).left, width - box.width - 8));
    element.style.left = `${left - box.left}px`;
    element.style.top = `${top - box.top}px`;
  }

  /* At the foot of the screen; at its head where the foot would cover more of the sentence. */
  function atEdge(element, link) {
    element.style.left = element.style.top = "";
    element.classList.add("pg-card--edge");
    const sentence = (link.closest(".pg-passage") || link).getBoundingClientRect();
    const covered = () => {
      const box = element.getBoundingClientRect();
      return Math.max(0, Math.min(box.bottom, sentence.bottom) - Math.max(box.top, sentence.top));
    };
    const below = covered();
    if (!below) return;
    element.classList.add("pg-card--head");
    if (covered() >= below) element.classList.remove("pg-card--head");
  }

  function show(link, found, tapped) {
    clearTimeout(timer);
    if (shownFor === link) return;
    hide();
    const parts = [make("p", { class: "pg-card-title", lang: found.lang }, found.title)];
    if (found.text) parts.push(make("p", { lang: found.lang }, found.text));
    if (found.more) parts.push(make("p", { class: "pg-card-more" }, found.more));
    if (tapped) parts.push(make("p", {}, make("a", { href: link.href }, found.all)));
    card.replaceChildren(...parts);
    card.setAttribute("role", tapped ? "group" : "tooltip");
    if (tapped) card.setAttribute("aria-label", found.title);
    else card.removeAttribute("aria-label");
    document.body.append(card);
    card.hidden = false;
    card.classList.remove("pg-card--edge", "pg-card--head");
    if (tapped && innerWidth < NARROW) atEdge(card, link);
    else beside(card, link, 6);
    if (!link.hasAttribute("aria-describedby")) link.setAttribute("aria-describedby", card.id);
    shownFor = link;
  }

  const later = (work) => {
    clearTimeout(timer);
    timer = setTimeout(work, SOON);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || !(event.target instanceof Element)) return;
    if (card.contains(event.target)) {
      clearTimeout(timer);
      return;
    }
    const link = event.target.closest("a[href]");
    const found = meaning(link);
    if (found && link === shownFor) clearTimeout(timer);
    else if (found) later(() => show(link, found, false));
    else if (shownFor && shownFor !== document.activeElement) later(hide);
    else clearTimeout(timer);
  });
  document.addEventListener("focusin", (event) => {
    const link = event.target.closest && event.target.closest("a[href]");
    if (card.contains(event.target)) return;
    const found = meaning(link);
    if (found && !touching && link.matches(":focus-visible")) show(link, found, false);
    else if (shownFor && shownFor !== link) hide();
  });
  document.addEventListener("focusout", (event) => {
    if (event.target === shownFor && !card.matches(":hover") && !touching) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      hide();
      ask.hidden = true;
    }
  });
  document.addEventListener("pointerdown", (event) => {
    touching = event.pointerType === "touch";
  });
  document.addEventListener("click", (event) => {
    if (card.contains(event.target)) return;
    if (touching) tapped(event.target);
    const link = event.target instanceof Element && event.target.closest("a.pg-term");
    const found = touching && link && !event.ctrlKey && !event.metaKey ? meaning(link) : null;
    if (found) {
      event.preventDefault();
      if (shownFor === link) hide();
      else show(link, found, true);
    } else {
      hide();
    }
  });

  /* A statement that is tapped shows its link: not every phone takes a tap for pointing. */
  function tapped(target) {
    const statement = target instanceof Element ? target.closest(".pg-passage") : null;
    document.querySelectorAll(".pg-tapped").forEach((other) => other.classList.toggle("pg-tapped", other === statement));
    if (statement) statement.classList.add("pg-tapped");
  }

  function read(box) {
    const seen = new Map();
    for (const entry of box.querySelectorAll("a[data-pg-title]")) {
      const { pgTitle: title, pgText: text, pgMore: more } = entry.dataset;
      const url = new URL(entry.href);
      const found = { title, text, more, lang: entry.lang || null, all: box.dataset.pgAll || title };
      meanings.set(place(url) + url.hash, found);
      if (url.hash) seen.set(place(url) + url.hash, found);
    }
    /* Whoever hears the page hears what a term means without asking for it. */
    let number = 0;
    for (const link of document.querySelectorAll("a.pg-term")) {
      const url = new URL(link.href);
      const found = seen.get(place(url) + url.hash);
      if (!found) continue;
      if (!found.id) {
        found.id = `pg-meaning-${++number}`;
        box.append(make("span", { id: found.id }, found.text));
      }
      link.setAttribute("aria-describedby", found.id);
    }
  }

  /* "Is this still true?" takes along the passage that is selected, or that the reader came for. */

  let asking = null;
  const ask = make("a", { class: "pg-ask", "aria-hidden": "true", tabindex: "-1" });
  ask.hidden = true;

  const words = (text) => {
    const line = [...text.replace(/\s+/g, " ").trim()];
    const cut = line.length > LONGEST ? `${line.slice(0, LONGEST).join("")} …` : line.join("");
    return cut.toWellFormed ? cut.toWellFormed() : cut;
  };

  function quoting(link) {
    const whole = link.getAttribute("href");
    const note = link.parentElement.querySelector("[data-pg-quoted]");
    const quote = note.querySelector("q");
    const anchored = (text, id) => {
      const hash = id ? encodeURIComponent(`#${id}`) : "";
      const web = /^https?:$/.test(location.protocol);
      const here = web ? encodeURIComponent(location.href.split("#")[0]) + hash : "";
      return link.dataset.pgStill
        .replaceAll("%23~anchor~", () => hash)
        .replaceAll("~address~", () => here)
        .replaceAll("~passage~", () => encodeURIComponent(text));
    };
    // A form need not take the passage, and then the page must not say that it is quoted.
    const quotes = link.dataset.pgStill.includes("~passage~");
    const put = (text, id) => {
      note.hidden = !text || !quotes;
      quote.textContent = text;
      link.setAttribute("href", text ? anchored(text, id) : whole);
      ask.setAttribute("href", link.getAttribute("href"));
      if (!text) ask.hidden = true;
    };
    note.querySelector("button").addEventListener("click", () => put("", ""));
    ask.textContent = link.textContent;
    return put;
  }

  /* The statement that a position is in; outside of one the heading above it. */
  function anchorOf(node, main) {
    const element = node.nodeType === 1 ? node : node.parentElement;
    const passage = element && element.closest(".pg-passage");
    if (passage) return passage.id;
    let found = "";
    for (const head of main.querySelectorAll(":is(h1, h2, h3, h4, h5, h6)[id]")) {
      if (head.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) found = head.id;
    }
    return found;
  }

  function selected() {
    const selection = getSelection();
    if (!asking || !selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const both = range.commonAncestorContainer;
    const element = both.nodeType === 1 ? both : both.parentElement;
    const start = range.startContainer.nodeType === 1 ? range.startContainer : range.startContainer.parentElement;
    const main = element && element.closest(MAIN);
    if (!main || element.closest(NO_TEXT) || !start || start.closest(NO_TEXT)) return null;
    const text = words(selection.toString());
    return text.length > 3 ? { text, id: anchorOf(range.startContainer, main), range } : null;
  }

  document.addEventListener("selectionchange", () => {
    const found = selected();
    if (found) asking(found.text, found.id);
    else ask.hidden = true;
  });
  document.addEventListener("pointerup", (event) => {
    if (event.pointerType !== "mouse") return;
    // The selection is as it will be only after the pointer has gone up.
    setTimeout(() => {
      const found = selected();
      if (!found || ask.contains(event.target)) return;
      document.body.append(ask);
      ask.hidden = false;
      beside(ask, found.range, 8);
    });
  });

  function arrived() {
    if (!asking || location.hash.length < 2) return;
    let id = location.hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // A percent sign that nobody encoded.
    }
    const target = document.getElementById(id);
    if (target && target.matches(".pg-passage")) asking(words(target.textContent), target.id);
  }

  function start() {
    hide();
    ask.hidden = true;
    meanings = new Map();
    asking = null;
    document.querySelectorAll(".pg-cards").forEach(read);
    const link = document.querySelector("a[data-pg-still]");
    if (link) asking = quoting(link);
    arrived();
  }

  window.addEventListener("hashchange", arrived);
  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
