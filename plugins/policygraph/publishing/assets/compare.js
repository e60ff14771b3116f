/* Any two versions of a document side by side, marked like the redlines that the build makes. */
(() => {
  "use strict";

  const CONTEXT = 12;
  const MOST_PAIRS = 2500;
  const MOST_BLOCKS = 400;
  const WORD = /[\p{L}\p{N}]+(?:['’_-][\p{L}\p{N}]+)*|\S/gu;

  const lettered = (words) => words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  const hidden = (text) => make("span", { class: "pg-hidden" }, text);
  const removed = (text) => make("del", {}, hidden(`${_("removed:")} `), text, hidden(". "));
  const added = (text) => make("ins", {}, hidden(`${_("added:")} `), text, hidden(". "));

  /* The document's language where it is not the page's, and text that says so. */
  let lang = null;
  const told = (text) => (lang && text ? make("span", { lang }, text) : text);
  const TOLD = ["title", "summary", "why"];

  function words(text) {
    const found = { words: [], gaps: [] };
    let last = 0;
    for (const match of text.matchAll(WORD)) {
      found.words.push(match[0]);
      found.gaps.push(text.slice(last, match.index));
      last = match.index + match[0].length;
    }
    found.text = (start, end) => {
      let text = start < end ? found.words[start] : "";
      for (let at = start + 1; at < end; at++) text += found.gaps[at] + found.words[at];
      return text;
    };
    return found;
  }

  /* What two lists have in common and where they differ: [same, from a, to a, from b, to b]. */
  function stretches(a, b) {
    const found = [];
    let i = 0;
    let j = 0;
    for (const part of window.Diff.diffArrays(a, b)) {
      const same = !part.added && !part.removed;
      const endA = part.added ? i : i + part.count;
      const endB = part.removed ? j : j + part.count;
      const last = found[found.length - 1];
      if (last && last[0] === same) [last[2], last[4]] = [endA, endB];
      else found.push([same, i, endA, j, endB]);
      [i, j] = [endA, endB];
    }
    return found;
  }

  function tidied(a, b) {
    const size = (s) => Math.max(a.text(s[1], s[2]).length, b.text(s[3], s[4]).length);
    const scrap = (before, same, after) =>
      !b.words.slice(same[3], same[4]).some((word) => /^[\p{L}\p{N}]/u.test(word)) ||
      b.text(same[3], same[4]).length <= Math.min(size(before), size(after));
    const tidy = [];
    for (const stretch of stretches(a.words, b.words)) {
      tidy.push(stretch);
      while (tidy.length > 2 && !stretchSame(tidy, 1) && stretchSame(tidy, 2) && !stretchSame(tidy, 3)) {
        const [first, same, last] = tidy.slice(-3);
        if (!scrap(first, same, last)) break;
        tidy.splice(-3, 3, [false, first[1], last[2], first[3], last[4]]);
      }
    }
    return tidy;
  }

  const stretchSame = (list, back) => list[list.length - back][0];

  function reworded(oldText, newText, into, count) {
    const a = words(oldText);
    const b = words(newText);
    const parts = tidied(a, b);
    parts.forEach(([same, a0, a1, b0, b1], at) => {
      if (same) {
        const head = at === 0 ? 0 : CONTEXT;
        const tail = at === parts.length - 1 ? 0 : CONTEXT;
        const length = b1 - b0;
        if (length <= head + tail + CONTEXT) {
          into.append(b.gaps[b0], told(b.text(b0, b1)));
          return;
        }
        if (head) into.append(b.gaps[b0], told(b.text(b0, b0 + head)), " ");
        const said = ngettext("%(num)s word unchanged", "%(num)s words unchanged", length - head - tail);
        into.append(make("span", { class: "pg-fold" }, `… ${said} …`));
        if (tail) into.append(" ", told(b.text(b1 - tail, b1)));
        return;
      }
      const gap = (a0 < a1 && a.gaps[a0]) || (b0 < b1 && b.gaps[b0]) || "";
      into.append(gap);
      if (a0 < a1) into.append(removed(told(a.text(a0, a1))));
      if (a0 < a1 && b0 < b1) into.append(b0 ? b.gaps[b0] : " ");
      if (b0 < b1) into.append(added(told(b.text(b0, b1))));
      count.removed += lettered(a.words.slice(a0, a1));
      count.added += lettered(b.words.slice(b0, b1));
    });
  }

  /* How much two paragraphs agree, counted in words; 0 where they are two things. */
  function alike(a, b) {
    if ((a[0] === "code") !== (b[0] === "code")) return 0;
    const one = a[1].toLowerCase().match(WORD) || [];
    const other = new Map();
    for (const word of b[1].toLowerCase().match(WORD) || []) other.set(word, (other.get(word) || 0) + 1);
    let shared = 0;
    let total = one.length;
    for (const count of other.values()) total += count;
    for (const word of one) {
      const left = other.get(word) || 0;
      if (left) {
        shared += 1;
        other.set(word, left - 1);
      }
    }
    const likeness = (2 * shared) / Math.max(1, total);
    return likeness >= 0.4 ? likeness : 0;
  }

  /* Pair reworded paragraphs so that, in order, as much as possible agrees. */
  function matched(a, b) {
    const alone = [...a.map((p) => [p, null]), ...b.map((p) => [null, p])];
    if (!a.length || !b.length || a.length * b.length > MOST_PAIRS) return alone;
    const likeness = a.map((p) => b.map((q) => alike(p, q)));
    const best = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        const paired = likeness[i][j] ? best[i + 1][j + 1] + likeness[i][j] : 0;
        best[i][j] = Math.max(paired, best[i + 1][j], best[i][j + 1]);
      }
    }
    const pairs = [];
    let i = 0;
    let j = 0;
    while (i < a.length && j < b.length) {
      if (likeness[i][j] && best[i][j] === best[i + 1][j + 1] + likeness[i][j]) pairs.push([a[i++], b[j++]]);
      else if (best[i][j] === best[i + 1][j]) pairs.push([a[i++], null]);
      else pairs.push([null, b[j++]]);
    }
    while (i < a.length) pairs.push([a[i++], null]);
    while (j < b.length) pairs.push([null, b[j++]]);
    return pairs;
  }

  function shortened(text, limit) {
    if (text.length <= limit) return text;
    const cut = text.lastIndexOf(" ", limit);
    return `${text.slice(0, cut > limit / 2 ? cut : limit)} …`;
  }

  function fieldsTable(a, b) {
    const before = new Map(a);
    const after = new Map(b);
    const rows = [];
    for (const name of [...new Set([...before.keys(), ...after.keys()])].sort()) {
      const one = before.get(name) || [];
      const other = after.get(name) || [];
      const gone = one.filter((value) => !other.includes(value));
      const come = other.filter((value) => !one.includes(value));
      if (!gone.length && !come.length) continue;
      const cell = (values, mark) =>
        make("td", {}, ...(values.length ? values.map((v) => make("p", {}, mark(TOLD.includes(name) ? told(v) : v))) : [make("span", { class: "pg-quiet" }, "–")]));
      rows.push(make("tr", {}, make("th", { scope: "row" }, make("code", {}, name)), cell(gone, removed), cell(come, added)));
    }
    if (!rows.length) return null;
    const heads = [_("Front matter"), _("Before"), _("After")].map((text) => make("th", { scope: "col" }, text));
    return make(
      "div",
      { class: "pg-scroll", tabindex: "0", role: "group", "aria-label": _("Front matter") },
      make("table", { class: "pg-table pg-fields" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows)),
    );
  }

  function redline(data, from, to) {
    const count = { added: 0, removed: 0, fields: 0 };
    const root = make("div", { class: "pg-redline" });
    const table = fieldsTable(from.fields, to.fields);
    if (table) {
      count.fields = table.querySelectorAll("tbody tr").length;
      root.append(table);
    }
    let waiting = [];
    let left = 0;
    const fold = () => {
      if (!waiting.length) return;
      const text = shortened(data.paragraphs[waiting[waiting.length - 1]][1], 90);
      const said = ngettext("%(num)s unchanged paragraph, up to “%(text)s”", "%(num)s unchanged paragraphs, up to “%(text)s”", waiting.length, { text: "\0" });
      root.append(make("p", { class: "pg-fold" }, around(said, told(text))));
      waiting = [];
    };
    let changed = false;
    for (const [same, a0, a1, b0, b1] of stretches(from.body, to.body)) {
      if (same) {
        waiting = to.body.slice(b0, b1);
        continue;
      }
      changed = true;
      fold();
      const paragraphs = (list, start, end) => list.slice(start, end).map((n) => data.paragraphs[n]);
      for (const [a, b] of matched(paragraphs(from.body, a0, a1), paragraphs(to.body, b0, b1))) {
        if (root.childElementCount >= MOST_BLOCKS) {
          left += 1;
          continue;
        }
        const block = make("p", { class: `pg-paragraph pg-paragraph--${(b || a)[0]}` });
        if (a && b) {
          reworded(a[1], b[1], block, count);
        } else {
          block.append((a ? removed : added)(told((a || b)[1])));
          count[a ? "removed" : "added"] += lettered((a || b)[1].match(WORD) || []);
        }
        root.append(block);
      }
    }
    if (changed) fold();
    if (left) root.append(make("p", { class: "pg-quiet" }, ngettext("%(num)s more changed paragraph is not shown here.", "%(num)s more changed paragraphs are not shown here.", left)));
    return { root, count };
  }

  function summary({ added, removed, fields }) {
    if (!added && !removed && !fields) return _("The two versions read the same; at most spacing and line breaks differ.");
    const parts = [];
    if (fields) parts.push(ngettext("%(num)s field changed", "%(num)s fields changed", fields));
    if (added) parts.push(ngettext("%(num)s word added", "%(num)s words added", added));
    if (removed) parts.push(ngettext("%(num)s word removed", "%(num)s words removed", removed));
    return `${parts.join(", ")}.`;
  }

  function build(root, data) {
    lang = root.dataset.pgLang || null;
    const choice = (label) => {
      const select = make("select", {});
      for (const version of data.versions) {
        select.append(make("option", { value: version.id }, `${version.when} · ${shortened(version.subject, 60)} · ${version.id}`));
      }
      return { select, label: make("label", {}, label, select) };
    };
    const from = choice(_("From"));
    const to = choice(_("To"));
    const turn = make("button", { type: "button" }, _("Swap"));
    const status = make("p", { class: "pg-compare-sum", role: "status" });
    const link = make("a", {}, _("Link to this comparison"));
    const result = make("div", { tabindex: "0", role: "region", "aria-label": _("What differs between the two versions") });
    const byId = new Map(data.versions.map((version) => [version.id, version]));
    let asked = false;

    function show() {
      const one = byId.get(from.select.value);
      const other = byId.get(to.select.value);
      const { root: shown, count } = redline(data, one, other);
      status.replaceChildren(one === other ? _("Choose two different versions.") : summary(count));
      link.href = `#from=${one.id}&to=${other.id}`;
      result.replaceChildren(shown);
      result.hidden = status.hidden = link.hidden = !asked;
    }

    function choose() {
      asked = true;
      show();
      history.replaceState(history.state, "", link.getAttribute("href"));
    }

    /* A shared address may name a version by a longer or a shorter id than ours. */
    function known(id) {
      return id && data.versions.find((v) => v.id === id || (id.length > 6 && (v.id.startsWith(id) || id.startsWith(v.id))));
    }

    function read() {
      const written = location.hash.startsWith("#from=") ? location.hash : location.search;
      const wanted = new URLSearchParams(written.slice(1));
      const one = known(wanted.get("from"));
      const other = known(wanted.get("to"));
      from.select.value = (one || data.versions[1]).id;
      to.select.value = (other || data.versions[0]).id;
      asked = Boolean(wanted.get("from") || wanted.get("to"));
      show();
      if (asked && !(one && other)) {
        result.replaceChildren();
        link.hidden = true;
        status.replaceChildren(_("The address names a version that is not among those that can be compared here."));
      }
    }

    from.select.addEventListener("change", choose);
    to.select.addEventListener("change", choose);
    turn.addEventListener("click", () => {
      [from.select.value, to.select.value] = [to.select.value, from.select.value];
      choose();
    });
    window.addEventListener("hashchange", () => {
      if (root.isConnected && location.hash.startsWith("#from=")) read();
    });
    root.append(
      make("h2", { id: "compare" }, _("Compare any two versions")),
      make("div", { class: "pg-filter" }, from.label, to.label, turn, link),
      status,
      result,
    );
    root.hidden = false;
    read();
    if (asked) root.scrollIntoView();
  }

  function start(tries) {
    const root = document.querySelector("[data-pg-compare]");
    if (!root || root.dataset.pgReady) return;
    if (window.Diff && window.policygraphVersions) {
      root.dataset.pgReady = "true";
      build(root, window.policygraphVersions);
    } else if (tries > 0) {
      // With instant navigation the scripts of a page arrive in any order.
      setTimeout(() => start(tries - 1), 100);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start(100));
  else start(100);
})();
