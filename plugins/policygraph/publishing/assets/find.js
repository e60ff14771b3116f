/*
 * Finding: by title, id, former id, alias, term, section and clause, and by every word of the texts. It works in any
 * theme and from a folder, stands above whatever the theme's own search finds, and loads nothing before it is used.
 */
(() => {
  "use strict";

  /* Asking: pure functions of the data and of what was typed -------------------------------------------------------- */

  const MOST = 7;
  const QUIET = new Set(
    ("a an and are as at be been by can did do does for from has have he her how i if in is it its may me must my of on or " +
      "our shall she should so than that the their them there they this to us was we were what when where which who whom " +
      "why will with would you your " +
      "aber als am an auch auf aus bei bin bis da das dem den der des die dies doch du ein eine einem einen einer er es für " +
      "habe hat ich ihr im in ist kann man mein mich mir mit muss nach nicht oder sein sich sie sind soll über um und uns " +
      "von vor war was wann wenn wer wie wir wird wo zu zum zur").split(" "),
  );

  const plain = (text) =>
    /^[\x00-\x7f]*$/.test(text) ? text.toLowerCase() : text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/ß/g, "ss");
  const words = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) || [];

  /* A name however it is written: AI-06, ai 6 and AI06 are one. */
  const key = (text) => (plain(text).match(/\p{L}+|\p{N}+/gu) || []).map((run) => run.replace(/^0+(?=.)/, "")).join(" ");

  /* The stem that English and German forms of a word share, roughly: a longer one must still be a word's beginning. */
  const stems = new Map();
  function stem(word) {
    let found = stems.get(word);
    if (found === undefined) stems.set(word, (found = stemmed(word)));
    return found;
  }

  function stemmed(word) {
    if (word.length < 4) return word;
    let found = word.replace(/ies$/, "y").replace(/(?:sses)$/, "ss");
    if (found.length > 4) found = found.replace(/(?:ungen|ung|ments?|ations?|ing|ern|ers?|en|em|es|ed|e|s|n)$/, "");
    return found.length < 3 ? word : found.replace(/(.)\1$/, "$1");
  }

  const parts = (text) => words(text).map((word) => [word, stem(word)]);

  /* How well a word of the query fits a text: the word itself, another form of it, its beginning, a part of a compound. */
  function fit([word, root], list) {
    let best = 0;
    for (const [other, base] of list) {
      const value =
        other === word
          ? 1
          : base === root
            ? 0.9
            : word.length > 1 && other.startsWith(word)
              ? 0.75
              : root.length > 4 && other.startsWith(root)
                ? 0.65
                : word.length > 3 && other.includes(root)
                  ? 0.5
                  : 0;
      if (value > best) best = value;
      if (best === 1) break;
    }
    return best;
  }

  /* The same, of values that were worked out once for every word of the handbook. */
  function best(values, list) {
    let found = 0;
    for (const [word] of list) {
      const value = values.get(word);
      if (value > found) found = value;
    }
    return found;
  }

  const names = (given) => given.filter(Boolean).map((name) => ({ name, key: key(name), parts: parts(name) }));

  /* The data as the search wants it, made once. */
  function prepared(data) {
    const places = [];
    data.documents.forEach((entry, number) => {
      const [id, title, type, area, url, also, tags, former, clauses, summary, headings, note, cited, lang] = entry;
      places.push({
        kind: type ? type[0].toUpperCase() + type.slice(1) : _("Document"),
        // Of two by one name the original comes before its translation, which has no id.
        rank: id ? 3 : 2.5,
        translated: !id,
        number,
        id,
        title,
        lang,
        url,
        note,
        cited,
        area: data.areas[area],
        ids: names([id, url.replace(/(?:\.html|\/)$/, "").split("/").pop()]),
        titles: names([title]),
        also: names(also),
        tags: names(tags),
        former: names(former),
        clauses: clauses.map((clause) => ({ name: clause, keys: [key(clause), key(clause.slice(clause.indexOf(":") + 1))] })),
        summary: parts(summary),
        headings: headings.map(([text, anchor]) => ({ text, anchor, key: key(text), parts: parts(text) })),
        area_parts: parts(`${type} ${data.areas[area]}`),
      });
    });
    for (const [term, also, url] of data.terms) {
      places.push({ ...empty(), kind: _("Term"), rank: 2, title: term, url, titles: names([term]), also: names(also) });
    }
    for (const [title, kind, url, summary] of data.pages) {
      places.push({ ...empty(), kind, rank: 1, title, url, titles: names([title]), summary: parts(summary) });
    }
    const groups = data.terms.map(([term, also]) => [term, ...also].map(words)).filter((group) => group.length > 1);
    return { places, groups, vocabulary: vocabulary(places), begins: data.text || [] };
  }

  const empty = () => ({
    id: "", note: "", area: "", ids: [], titles: [], also: [], tags: [], former: [], clauses: [], summary: [], headings: [], area_parts: [],
  });

  /* Every word of the names, with its stem and the places that have it. */
  function vocabulary(places) {
    const found = new Map();
    places.forEach((place, number) => {
      for (const [word, root] of bag(place)) {
        const entry = found.get(word) || found.set(word, { root, places: new Set() }).get(word);
        entry.places.add(number);
      }
    });
    return found;
  }

  const bag = (place) => [
    ...[place.ids, place.titles, place.also, place.tags, place.former].flat().flatMap((one) => one.parts),
    ...place.headings.flatMap((heading) => heading.parts),
    ...place.summary,
    ...place.area_parts,
  ];

  function withAudit(known, audit, data) {
    const places = [];
    for (const [title, url, summary] of audit.pages) {
      places.push({ ...empty(), kind: _("Audit page"), rank: 0, title, url, titles: names([title]), summary: parts(summary) });
    }
    audit.sheets.forEach((url, number) => {
      const [id, title] = data.documents[number];
      const lang = data.documents[number][13];
      places.push({ ...empty(), kind: _("Audit sheet"), rank: 0, id, title, lang, url, ids: names([id]), titles: names([title]) });
    });
    for (const [clause, title, url, lang] of audit.clauses) {
      const own = { name: clause, keys: [key(clause), key(clause.slice(clause.indexOf(":") + 1))] };
      places.push({ ...empty(), kind: _("Clause"), clause: true, rank: 0, id: clause, title, lang, url, titles: names([title]), clauses: [own] });
    }
    for (const [code, title, url, lang] of audit.rules) {
      places.push({ ...empty(), kind: _("Rule"), rank: 0, id: code, title, lang, url, ids: names([code]), titles: names([title]) });
    }
    const all = [...known.places, ...places];
    return { ...known, places: all, vocabulary: vocabulary(all) };
  }

  /* What was typed names a place outright. */
  function named(place, asked) {
    const same = (list) => list.find((one) => one.key === asked);
    let found;
    if (same(place.ids.slice(0, 1))) return { score: 1000, why: "" };
    if ((found = same(place.former))) return { score: 980, why: _("formerly %(name)s", { name: found.name }) };
    if (same(place.titles)) return { score: 960, why: "" };
    if ((found = same(place.also))) return { score: 940, why: _("also called %(name)s", { name: found.name }) };
    if ((found = place.clauses.find((clause) => clause.keys.includes(asked)))) {
      return place.clause ? { score: 930, why: "" } : { score: 920, why: _("answers %(name)s", { name: found.name }) };
    }
    if (same(place.ids)) return { score: 900, why: "" };
    if (same(place.tags)) return { score: 800, why: "" };
    if (/^\p{L}* ?\p{N}/u.test(asked) && asked.length > 1) {
      // A number that goes on: 6.1 leads to 6.1.2, AI-2 to AI-21.
      if (place.ids.slice(0, 1).some((one) => one.key.startsWith(asked))) return { score: 700, why: "" };
      found = place.clauses.find((clause) => clause.keys.some((one) => one.startsWith(`${asked} `)));
      if (found) return { score: place.clause ? 610 : 600, why: place.clause ? "" : _("answers %(name)s", { name: found.name }) };
      if (/^\p{N}+$/u.test(asked) && place.ids.some((one) => one.key.endsWith(` ${asked}`))) return { score: 650, why: "" };
    }
    return null;
  }

  /* The best place for one word: how much it weighs, and the section it points to. */
  function weight(place, values) {
    let most = 0;
    const take = (value) => (most = Math.max(most, value));
    for (const one of place.ids) take(9 * best(values, one.parts));
    for (const one of place.titles) take((10 + 4 / (1 + one.parts.length)) * best(values, one.parts));
    for (const one of [...place.also, ...place.tags]) take(9 * best(values, one.parts));
    take(4.5 * best(values, place.summary));
    take(1.5 * best(values, place.area_parts));
    return most;
  }

  /* The files that hold the words which begin as a word does. */
  function files(known, word) {
    const { begins } = known;
    const from = word.slice(0, 4);
    const found = [];
    begins.forEach((begin, number) => {
      const next = begins[number + 1];
      if (begin.slice(0, from.length) <= from && (next === undefined || next.slice(0, from.length) >= from)) found.push(number);
    });
    return found;
  }

  /* Where a word stands in the texts: for each document how much it weighs there, and in which sections. */
  function standing(known, held, word) {
    const found = new Map();
    for (const number of files(known, word[0])) {
      for (const [other, list] of Object.entries(held[number] || {})) {
        if (other.slice(0, 4) !== word[0].slice(0, 4)) continue;
        const fits = fit(word, [[other, stem(other)]]);
        if (fits < 0.65 || (word[0].length < 4 && fits < 0.9)) continue;
        for (let at = 0; at < list.length; at += 3) {
          const sections = found.get(list[at]) || found.set(list[at], new Map()).get(list[at]);
          sections.set(list[at + 1], (sections.get(list[at + 1]) || 0) + fits * list[at + 2]);
        }
      }
    }
    return found;
  }

  const often = (count) => (3.6 * count) / (count + 0.8);

  function scored(known, asked, held) {
    const standings = asked.map((word) => standing(known, held, word));
    const candidates = new Set();
    const numbered = new Map(known.places.map((place, number) => [place.number, number]));
    const values = [];
    const weights = asked.map((word, at) => {
      const fits = new Map();
      const having = new Set();
      for (const [other, { root, places }] of known.vocabulary) {
        const value = fit(word, [[other, root]]);
        if (!value) continue;
        fits.set(other, value);
        for (const place of places) {
          candidates.add(place);
          if (value >= 0.65) having.add(place);
        }
      }
      for (const document of standings[at].keys()) {
        candidates.add(numbered.get(document));
        having.add(numbered.get(document));
      }
      values.push(fits);
      const holding = having.size;
      // A word that stands nowhere tells nothing.
      return holding ? Math.log(1 + known.places.length / holding) : 0.3;
    });
    const whole = weights.reduce((sum, one) => sum + one, 0);
    const found = [];
    for (const candidate of candidates) {
      const place = known.places[candidate];
      const names = values.map((fits) => weight(place, fits));
      const texts = standings.map((standing) => (place.number === undefined ? null : standing.get(place.number)));
      // What a document is called says more than what stands in it; words that stand together say more than apart.
      const counts = texts.map((sections) => (sections ? often([...sections.values()].reduce((sum, one) => sum + one, 0)) : 0));
      const own = asked.map((_, at) => Math.max(names[at], counts[at]) + 0.3 * Math.min(names[at], counts[at]));
      const passage = together(texts, weights);
      let section = null;
      let gain = 0;
      for (const heading of place.headings) {
        const fits = values.map((one) => 6 * best(one, heading.parts));
        const more = fits.reduce((sum, one, at) => sum + Math.max(0, one - own[at]) * weights[at], 0);
        const better = more - heading.parts.length * 0.01;
        if (more > 0 && better > gain) [gain, section] = [better, { heading, fits }];
      }
      const both = own.map((one, at) => Math.max(one, section ? section.fits[at] : 0));
      // A text that has no heading for it still has a section in which it stands.
      if (passage && !section && names.some((one, at) => one < counts[at])) {
        section = passage.number ? { heading: place.headings[passage.number - 1], fits: own, said: true } : null;
      }
      const covered = both.reduce((sum, one, at) => sum + (one ? weights[at] : 0), 0) / whole;
      if (covered < 0.3) continue;
      const close = passage && asked.length > 1 ? 0.8 * passage.share : 0;
      const score = (both.reduce((sum, one, at) => sum + one * weights[at], 0) / whole + close) * covered * covered;
      // Its whole name, in another form: passwords, for password.
      const whole_name = place.titles.some((one) => one.parts.length === asked.length && values.every((fits) => best(fits, one.parts) >= 0.9));
      // A section is named where it says more about the question than the document's own name does.
      const says = section && (section.said || section.fits.filter((one, at) => one > own[at]).length > 0 && gain / whole > 0.8);
      if (score <= 0.25) continue;
      // What many documents lean on comes before what none does, what is in force before what is not, and what is in the
      // handbook's language before what is in another.
      const standing = (score + place.rank * 0.3 + (whole_name ? 3 : 0) + 0.2 * Math.log2(1 + (place.cited || 0))) * (place.note ? 0.85 : 1) * (place.translated ? 0.7 : 1);
      found.push({ place, score: standing, section: says ? section.heading : null, why: "" });
    }
    return found;
  }

  /* The section in which most of the query stands, and how much of it. */
  function together(texts, weights) {
    const shares = new Map();
    texts.forEach((sections, at) => {
      for (const [number, count] of sections || []) {
        const held = shares.get(number) || { number, share: 0, count: 0 };
        held.share += weights[at];
        held.count += Math.min(count, 5) * weights[at];
        shares.set(number, held);
      }
    });
    const whole = weights.reduce((sum, one) => sum + one, 0);
    const first = [...shares.values()].sort((a, b) => b.share - a.share || b.count - a.count || a.number - b.number)[0];
    return first ? { number: first.number, share: first.share / whole } : null;
  }

  /* Words that terms.yml calls one thing stand for one another. */
  function variants(known, typed) {
    const found = [typed];
    // Who has no umlauts on the keyboard types ue for ü, which is taken as u.
    const bare = typed.map((word) => word.replace(/([aou])e/g, "$1"));
    if (bare.some((word, at) => word !== typed[at])) found.push(bare);
    for (const group of known.groups) {
      for (const name of group) {
        const at = typed.findIndex((_, start) => name.every((word, next) => typed[start + next] === word));
        if (at < 0) continue;
        for (const other of group) {
          if (other !== name && found.length < 5) found.push([...typed.slice(0, at), ...other, ...typed.slice(at + name.length)]);
        }
      }
    }
    return found;
  }

  /* What was typed, and the same in other words, each as the words that count with their stems. */
  const meanings = (known, text) =>
    variants(known, words(text)).map((variant) => {
      const meant = variant.filter((word) => !QUIET.has(word));
      return (meant.length ? meant : variant).slice(0, 12).map((word) => [word, stem(word)]);
    });

  /* The files that a search wants to have read. */
  const wanted = (known, text) => [
    ...new Set(meanings(known, text).flatMap((list) => list.filter(([word]) => word.length > 1).flatMap(([word]) => files(known, word)))),
  ];

  /* The places that answer to what was typed, the best first; `exact` where it names one outright. */
  function search(known, text, most = MOST, held = {}) {
    const asked = key(text.trim());
    if (!asked) return { exact: null, results: [] };
    const kept = new Map();
    const keep = (one) => {
      const before = kept.get(one.place);
      if (!before || before.score < one.score) kept.set(one.place, one);
    };
    for (const place of known.places) {
      const hit = named(place, asked);
      if (hit) keep({ place, section: null, ...hit });
      for (const heading of place.headings) {
        if (heading.key === asked && !hit) keep({ place, section: heading, score: 500, why: "" });
      }
    }
    // The figures of A.6.2.4, each by itself, stand in many a name that has nothing to do with it.
    const figures = kept.size > 0 && words(text).every((word) => word.length < 2 || /^\p{N}+$/u.test(word));
    (figures ? [] : meanings(known, text)).forEach((list, number) => {
      if (list.length) for (const one of scored(known, list, held)) keep({ ...one, score: one.score * (number ? 0.85 : 1) });
    });
    const order = [...kept.values()].sort((a, b) => b.score - a.score || b.place.rank - a.place.rank);
    // Documents before the pages for auditors.
    const results = order.filter((one) => one.place.rank > 0).slice(0, most);
    results.push(...order.filter((one) => one.place.rank === 0).slice(0, most));
    const first = results[0];
    const exact = first && first.score >= 900 ? first : null;
    return { exact, results };
  }

  window.policygraphFind = { prepared, withAudit, search, wanted };
  if (typeof document === "undefined") return;

  /* The data: a script, loaded when somebody begins to search ------------------------------------------------------- */

  const own = document.currentScript && document.currentScript.src;
  const root = own ? new URL("../../", own).href : document.baseURI;
  const memory = `policygraph:${new URL(root).pathname}:find-audit`;
  const loading = {};
  let known = null;
  let audit = false;

  function stored(value) {
    try {
      if (value === undefined) return window.localStorage.getItem(memory) === "yes";
      window.localStorage.setItem(memory, value ? "yes" : "no");
    } catch {
      // A browser that keeps nothing: the choice holds for this page.
    }
    return false;
  }

  function load(name, held) {
    if (held()) return Promise.resolve();
    return (loading[name] ??= new Promise((done) => {
      const script = document.createElement("script");
      script.src = new URL(`assets/policygraph/${name}`, root).href;
      script.addEventListener("load", done);
      script.addEventListener("error", () => {
        delete loading[name];
        done();
      });
      document.head.append(script);
    }));
  }

  async function ready() {
    await load("places.js", () => window.policygraphPlaces);
    if (!window.policygraphPlaces) return null;
    known ??= prepared(window.policygraphPlaces);
    if (!audit || !window.policygraphPlaces.audit) return known;
    await load("audit-places.js", () => window.policygraphAuditPlaces);
    if (!window.policygraphAuditPlaces) return known;
    return (known.audit ??= withAudit(known, window.policygraphAuditPlaces, window.policygraphPlaces));
  }

  /* The best places for what was typed, once the words it asks for have come. */
  async function answerTo(text, most) {
    const all = await ready();
    if (!all) return null;
    await Promise.all(wanted(all, text).map((number) => load(`text/${number}.js`, () => (window.policygraphText || {})[number])));
    return search(all, text, most, window.policygraphText);
  }

  const address = ({ place, section }) => new URL(place.url + (section ? `#${encodeURIComponent(section.anchor)}` : ""), root).href;

  /* Showing ---------------------------------------------------------------------------------------------------------- */

  /* What a result says: the name, the section, and in the line below what kind of thing it is, where, and why it is here. */
  function said({ place, section, why }) {
    const facts = [place.kind, place.id, place.area, why].filter(Boolean);
    return [
      make(
        "span",
        { class: "pg-find-name" },
        place.lang ? make("span", { lang: place.lang }, place.title) : place.title || place.id,
        section ? make("span", { class: "pg-find-section", lang: place.lang || null }, ` › ${section.text}`) : "",
        place.note ? make("span", { class: "pg-mark" }, place.note) : "",
      ),
      make("span", { class: "pg-find-facts" }, facts.join(" · ")),
    ];
  }

  const counted = (number) => ngettext("%(num)s place", "%(num)s places", number);

  /* The theme's own search, for pages that are none of the handbook's; where there are such, and we know how to ask it. */
  function fullText() {
    if (!window.policygraphPlaces || !window.policygraphPlaces.others) return null;
    // From a folder, only a search works whose data is a script.
    if (location.protocol === "file:" && !window.__index) return null;
    const material = document.querySelector('[data-md-component="search-query"]');
    if (material) {
      return (text) => {
        const toggle = document.querySelector('[data-md-toggle="search"]');
        if (toggle && !toggle.checked) toggle.click();
        material.focus();
        material.value = text;
        for (const name of ["input", "keyup"]) material.dispatchEvent(new Event(name, { bubbles: true }));
      };
    }
    const dialog = document.querySelector('[data-bs-target="#mkdocs_search_modal"]');
    const query = document.querySelector("#mkdocs-search-query");
    if (dialog && query) {
      return (text) => {
        dialog.click();
        query.value = text;
        for (const name of ["input", "keyup"]) query.dispatchEvent(new Event(name, { bubbles: true }));
        setTimeout(() => query.focus(), 400);
      };
    }
    const form = document.querySelector("#rtd-search-form");
    if (form) {
      return (text) => {
        form.querySelector("input[name=q]").value = text;
        form.submit();
      };
    }
    return null;
  }

  let lists = 0;

  /* A field with a list of places below it, as the combobox pattern wants it. */
  function combobox(input, box, whole = () => null) {
    const id = `pg-find-${++lists}`;
    const list = make("div", { id, class: "pg-find-list", role: "listbox", "aria-label": _("Places"), hidden: true });
    const status = make("div", { class: "pg-hidden", role: "status" });
    let active = -1;
    let asked = 0;
    Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": id,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
    }).forEach(([name, value]) => input.setAttribute(name, value));
    box.append(list, status);

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function choose(number) {
      const options = [...list.querySelectorAll('[role="option"]:not([aria-disabled])')];
      active = options.length ? (number + options.length) % options.length : -1;
      options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
      if (active < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    }

    function option(attributes, ...children) {
      const tag = attributes.href ? "a" : "div";
      const made = make(tag, { role: "option", tabindex: "-1", "aria-selected": "false", ...attributes }, ...children);
      made.id = `${id}-${list.querySelectorAll('[role="option"]').length}`;
      list.append(made);
      return made;
    }

    function act(made, work) {
      made.addEventListener("mousedown", (event) => event.preventDefault());
      made.addEventListener("click", (event) => {
        event.preventDefault();
        work();
      });
    }

    async function update() {
      const turn = ++asked;
      const text = input.value;
      if (!text.trim()) return close();
      const answer = await answerTo(text);
      if (turn !== asked || !answer) return;
      const { results } = answer;
      list.replaceChildren();
      results.forEach((one) => option({ class: "pg-find-option", href: address(one) }, ...said(one)));
      if (!results.length) list.append(make("div", { class: "pg-find-none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, _("Nothing found for “%(text)s”.", { text: text.trim() })));
      const engine = whole();
      if (engine) {
        act(option({ class: "pg-find-option pg-find-more" }, _("Search the other pages of this site for “%(text)s”", { text: text.trim() })), () => {
          close();
          engine(text.trim());
        });
      }
      if (!window.policygraphPlaces.audit) {
        // An edition without audit pages.
      } else if (!audit) act(option({ class: "pg-find-option pg-find-more" }, _("Search the audit pages too")), () => also(true));
      else act(option({ class: "pg-find-option pg-find-more" }, _("Leave out the audit pages")), () => also(false));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      choose(results.length || engine ? 0 : -1);
      status.textContent = counted(results.length);
    }

    function also(wanted) {
      audit = wanted;
      stored(wanted);
      input.focus();
      update();
    }

    input.addEventListener("focus", () => {
      ready();
      if (input.value.trim()) update();
    });
    input.addEventListener("input", update);
    input.addEventListener("blur", () => setTimeout(() => box.contains(document.activeElement) || close(), 150));
    input.addEventListener("keydown", async (event) => {
      if (event.isComposing) return;
      const open = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return update();
        choose(active + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        event.stopPropagation();
        close();
      } else if (event.key === "Enter" && input.value.trim()) {
        event.preventDefault();
        event.stopPropagation();
        // Somebody who types fast is ahead of the list.
        const at = active;
        await update();
        const options = [...list.querySelectorAll('[role="option"]:not([aria-disabled])')];
        const chosen = options[Math.max(0, at)];
        if (chosen) chosen.click();
      }
    });
  }

  function below(input) {
    const box = make("div", { class: "pg-find pg-find-inline" });
    input.after(box);
    return box;
  }

  /* The front door's own field. */
  function door(element) {
    const input = make("input", { id: "pg-find-field", type: "search", placeholder: element.dataset.pgHint || null });
    const label = make("label", { for: "pg-find-field" }, element.dataset.pgFind || _("Find"));
    const field = make("div", { class: "pg-find-field" }, input);
    element.replaceChildren(label, field);
    combobox(input, field, fullText);
  }

  /* In Material's search, the places stand above what it finds in the text, and its arrow keys reach them. */
  function material(input) {
    const found = document.querySelector('[data-md-component="search-result"]');
    if (!found) return;
    const list = make("ol", { class: "pg-find-list" });
    const other = make("a", { class: "pg-find-option pg-find-more", role: "checkbox", "aria-checked": "false" }, _("Search the audit pages too"));
    other.href = root;
    const status = make("div", { class: "pg-hidden", role: "status" });
    const box = make("section", { class: "pg-find-places", "aria-label": _("Places") }, list, other, status);
    box.hidden = true;
    found.prepend(box);
    let asked = 0;

    async function update() {
      const turn = ++asked;
      const text = input.value;
      other.setAttribute("aria-checked", String(audit));
      if (!text.trim()) {
        list.replaceChildren();
        box.hidden = true;
        return [];
      }
      const answer = await answerTo(text, 10);
      if (turn !== asked || !answer) return [];
      const { results } = answer;
      if (window.policygraphPlaces.audit) other.href = new URL(window.policygraphPlaces.audit, root).href;
      else other.remove(); // an edition without audit pages
      list.replaceChildren(
        ...results.map((one) => make("li", {}, make("a", { class: "pg-find-option", href: address(one) }, ...said(one)))),
      );
      if (!results.length) list.append(make("li", { class: "pg-find-none" }, _("Nothing found for “%(text)s” in the handbook.", { text: text.trim() })));
      box.hidden = false;
      status.textContent = counted(results.length);
      return results;
    }

    const flip = (event) => {
      event.preventDefault();
      audit = !audit;
      stored(audit);
      update();
    };
    other.addEventListener("click", flip);
    other.addEventListener("keydown", (event) => event.key === " " && flip(event));
    for (const name of ["input", "focus", "keyup"]) {
      let last = null;
      input.addEventListener(name, () => {
        if (name === "focus") ready();
        if (input.value !== last) {
          last = input.value;
          update();
        }
      });
    }
    if (input.form) input.form.addEventListener("reset", () => setTimeout(update));
    document.addEventListener(
      "keydown",
      async (event) => {
        if (event.key !== "Enter" || event.target !== input || event.isComposing || !input.value.trim()) return;
        event.preventDefault();
        event.stopPropagation();
        const [first] = await update();
        const result = document.querySelector(".md-search-result__link");
        if (first) location.assign(address(first));
        else if (result) result.click();
      },
      true,
    );
  }

  function start() {
    audit = stored();
    for (const element of document.querySelectorAll("[data-pg-find]")) {
      if (element.dataset.pgReady) continue;
      element.dataset.pgReady = "true";
      door(element);
    }
    const fields = [
      ['[data-md-component="search-query"]', material],
      ["#mkdocs-search-query", (input) => combobox(input, below(input))],
      ["#rtd-search-form input[name=q]", (input) => combobox(input, below(input), fullText)],
    ];
    for (const [selector, work] of fields) {
      const input = document.querySelector(selector);
      if (!input || input.dataset.pgReady) continue;
      input.dataset.pgReady = "true";
      work(input);
    }
  }

  if (window.document$ && window.document$.subscribe) window.document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
