/* Why does one document (not) reference another? Answers are put together from what the build knows of each end. */
(() => {
  "use strict";

  const files = (window.policygraphWhy ??= {});
  const loading = {};

  /* What the build knows of a document: a script, since pages opened from a folder may load nothing else. */
  function load(names, file) {
    if (files[file]) return Promise.resolve(files[file]);
    return (loading[file] ??= new Promise((done, failed) => {
      const inner = file.startsWith(`${names.folder}/`) ? file.slice(names.folder.length + 1) : file;
      const address = `data/${inner.split("/").map(encodeURIComponent).join("/")}.js`;
      const script = make("script", { src: new URL(address, base).href });
      script.addEventListener("load", () => (files[file] ? done(files[file]) : failed(new Error(file))));
      script.addEventListener("error", () => failed(new Error(file)));
      document.head.append(script);
    }).catch((error) => {
      delete loading[file];
      throw error;
    }));
  }
  const own = document.currentScript && document.currentScript.previousElementSibling;
  const base = own && own.src ? new URL("..", own.src).href : document.baseURI;

  /* The answer as `policygraph why --format json` gives it. */
  async function answer(names, from, to) {
    const [source, target] = await Promise.all([load(names, from), load(names, to)]);
    const references = source.outgoing.filter((reference) => reference.target_file === to);
    const decisions = source.decisions.filter((decision) => decision.target_file === to);
    const paths = references.length ? [] : await pathsBetween(names, source, target);
    const shared = target.clauses.filter((clause) => source.clauses.includes(clause));
    const mentions = source.mentions.filter((mention) => mention.target_file === to);
    const asked = source.questions[to];
    const back = target.questions[from];
    const slot = source.slots.reference;
    const lines = (one, after) => ({ under: one.under, text: one.before + target.name + after });
    return {
      source: source.id,
      source_file: from,
      target: target.id,
      target_file: to,
      answer: references.length
        ? "reference"
        : decisions.length
          ? "decision"
          : paths.length
            ? "path"
            : shared.length
              ? "shared clauses"
              : mentions.length
                ? "mention"
                : "nothing recorded",
      references,
      decisions,
      changed_since: source.changed_since[to] || [],
      paths,
      reverse: target.outgoing.filter((reference) => reference.target_file === from),
      shared_clauses: shared,
      mentions,
      question: asked ? { state: asked.state, grounds: asked.grounds } : null,
      question_reverse: back ? { state: back.state, grounds: back.grounds } : null,
      lines: {
        reference: lines(slot, (asked && asked.after) || slot.after),
        decision: lines(source.slots.decision, source.slots.decision.after),
      },
    };
  }

  async function pathsBetween(names, source, target) {
    const leads = new Set(target.incoming);
    const inForce = new Set(names.documents.filter(([, , , note]) => !note).map(([file]) => file));
    const found = [];
    for (const first of source.outgoing) {
      const middle = first.target_file;
      if (middle === source.file || middle === target.file || !leads.has(middle) || !inForce.has(middle)) continue;
      const between = await load(names, middle);
      for (const second of between.outgoing.filter((reference) => reference.target_file === target.file)) {
        found.push([first, second]);
        if (found.length === names.most_paths) return found;
      }
    }
    return found;
  }

  /* Showing an answer --------------------------------------------------------------------------------------------- */

  const DATE = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const day = (iso) => DATE.format(new Date(`${iso}T00:00:00Z`));
  const LIST = new Intl.ListFormat(LANGUAGE, { type: "conjunction" });
  const said = (name) => (Object.hasOwn(window.policygraphNames.said, name) ? window.policygraphNames.said[name] : name);

  /* A message with elements in it, wherever the language puts them: it is said with STAY for its values. */
  const STAY = new Proxy({}, { get: (_values, name) => `%(${name})s` });
  const woven = (message, elements) =>
    message.split(/%\((\w+)\)s/).flatMap((part, number) => (number % 2 ? elements[part] : part));

  const link = (file, anchor) => files[file].url + (anchor ? `#${encodeURIComponent(anchor)}` : "");
  const named = (file) => [
    make("a", { href: files[file].url }, files[file].title),
    " ",
    make("a", { class: "pg-id", href: files[file].sheet }, files[file].id),
    files[file].note ? make("span", { class: "pg-mark" }, files[file].note) : "",
  ];
  const paragraph = (name, ...children) => make("p", name ? { class: name } : {}, ...children);
  const where = (place, more) => paragraph("pg-where", [more, `${place.file}:${place.line}`].filter(Boolean).join(" · "));

  function clause(key, ...ends) {
    const [title, address, lang] = ends.map((file) => files[file].named[key]).find(Boolean) || ["", ""];
    const attributes = { class: "pg-clause", href: address || null, title: title || null, lang: lang || null };
    return make(address ? "a" : "span", attributes, key);
  }

  function quotations(reference) {
    const seen = new Set();
    return reference.occurrences.flatMap((place) => {
      const passage = place.passage;
      if (!passage) return [where(place, _("declared"))];
      if (seen.has(passage.id)) return [];
      seen.add(passage.id);
      const quote = make("a", { href: link(reference.source_file, passage.id) }, passage.sentence);
      return [paragraph("pg-quote", quote), where(place, passage.headings.join(" › "))];
    });
  }

  function referenceItem(reference) {
    const declared = reference.occurrences.map((place) => place.because).find(Boolean);
    return make(
      "li",
      {},
      paragraph("", `${reference.source} `, make("strong", {}, said(reference.relation)), " ", named(reference.target_file)),
      declared ? paragraph("pg-because", declared) : "",
      quotations(reference),
    );
  }

  function section(title, ...children) {
    return make("section", { class: "pg-why-part" }, make("h2", {}, title), make("div", {}, ...children));
  }

  function grounds(question, from, to) {
    return make(
      "ul",
      { class: "pg-grounds" },
      question.grounds.map((ground) =>
        make(
          "li",
          {},
          ground.strength
            ? [
                paragraph(
                  "",
                  woven(_("%(one)s leans on %(other)s", STAY), {
                    one: clause(ground.clauses[0], from, to),
                    other: clause(ground.clauses[1], from, to),
                  }),
                  " ",
                  make("span", { class: "pg-mark" }, said(ground.strength)),
                ),
                ground.because
                  ? make("p", { class: "pg-because", lang: (files[from].tongues || {})[ground.because] || null }, ground.because)
                  : "",
              ]
            : paragraph("", ground.because),
        ),
      ),
    );
  }

  function decided({ decided, who }) {
    if (decided && who) return _("Decided on %(day)s, by %(who)s", { day: day(decided), who });
    if (decided) return _("Decided on %(day)s, by nobody recorded", { day: day(decided) });
    if (who) return _("Decided on a day that is not recorded, by %(who)s", { who });
    return _("Decided on a day that is not recorded, by nobody recorded");
  }

  function decisionItem(decision) {
    return make("li", {}, paragraph("pg-because", decision.because), where(decision, decided(decision)));
  }

  function copyable(title, lines, file) {
    const pre = make("pre", { class: "pg-example", "data-pg-copy": true }, make("code", {}, lines.text));
    const ends = { key: make("code", {}, lines.under || ""), file: make("span", { class: "pg-place" }, file) };
    const place = lines.under ? _("under %(key)s at the top of %(file)s", STAY) : _("at the top of %(file)s", STAY);
    return make(
      "div",
      { class: "pg-lines" },
      paragraph("", make("strong", {}, title), " ", woven(place, ends)),
      pre,
    );
  }

  const HEADS = {
    reference: (a) => {
      const relations = LIST.format(new Set(a.references.map((reference) => said(reference.relation))));
      return [`${a.source} ${relations} ${a.target}.`, "reference", _("answered by a reference")];
    },
    decision: (a) => [
      _("%(source)s needs no reference to %(target)s, by decision.", { source: a.source, target: a.target }),
      "decision",
      _("answered by a decision"),
    ],
    path: (a) => [
      _("%(source)s does not reference %(target)s itself; it leads there over %(middle)s.", {
        source: a.source,
        target: a.target,
        middle: a.paths[0][0].target,
      }),
      "indirect",
      _("answered indirectly"),
    ],
  };

  function headline(found) {
    const nothing = () => [
      _("Nothing is recorded: %(source)s does not reference %(target)s, neither directly nor over one other document, and no decision says that it need not.", {
        source: found.source,
        target: found.target,
      }),
      "open",
      found.question ? _("open") : _("nothing recorded"),
    ];
    return (HEADS[found.answer] || nothing)(found);
  }

  function shown(found) {
    const { source_file: from, target_file: to } = found;
    const list = (items) => make("ul", { class: "pg-why-list" }, items);
    const parts = [];
    if (found.references.length) parts.push(section(_("References"), list(found.references.map(referenceItem))));
    if (found.answer === "decision") {
      const changes = found.changed_since
        .map((change) => [change.commit, { id: files[change.file].id, day: day(change.day) }])
        .map(([commit, values]) =>
          commit ? _("%(id)s on %(day)s", values) : _("%(id)s on %(day)s, not committed yet", values),
        )
        .join("; ");
      parts.push(
        section(
          _("Decision"),
          list(found.decisions.map(decisionItem)),
          changes ? paragraph("pg-note", _("Decided before the text changed: %(changes)s.", { changes })) : "",
        ),
      );
    }
    if (found.paths.length && found.answer !== "reference") {
      parts.push(
        section(
          found.answer === "path" ? _("Over one other document") : _("It also leads there over one other document"),
          found.paths.map((path) => make("ol", { class: "pg-path" }, path.map(referenceItem))),
        ),
      );
    }
    if (found.question) parts.push(section(_("Why an auditor would ask"), grounds(found.question, from, to)));
    if (found.mentions.length && !found.references.length) {
      parts.push(
        section(
          _("Named without a link"),
          list(
            found.mentions.map((mention) =>
              make(
                "li",
                {},
                paragraph("", `‘${mention.text}’ `, make("span", { class: "pg-mark" }, said(mention.strength))),
                paragraph(
                  "pg-quote",
                  make("a", { href: link(mention.source_file, mention.anchor) }, mention.passage.sentence),
                ),
                where(mention, mention.passage.headings.join(" › ")),
              ),
            ),
          ),
        ),
      );
    }
    if (found.shared_clauses.length) {
      const keys = found.shared_clauses.flatMap((key, index) => [index ? ", " : "", clause(key, from, to)]);
      parts.push(section(_("Both answer"), paragraph("", keys)));
    }
    if (found.reverse.length) {
      parts.push(
        section(
          _("The other way round, which answers nothing about %(source)s", { source: found.source }),
          list(found.reverse.map(referenceItem)),
        ),
      );
    }
    if (found.question_reverse && !found.question) {
      parts.push(
        section(
          _("An auditor would ask the other way round"),
          grounds(found.question_reverse, to, from),
          paragraph(
            "",
            make(
              "a",
              { href: address(to, from) },
              _("Why does %(source)s not reference %(target)s?", { source: found.target, target: found.source }),
            ),
          ),
        ),
      );
    }
    if (!["reference", "decision", "path"].includes(found.answer)) {
      const ends = { source: found.source, target: found.target };
      parts.push(
        section(
          _("What would answer it"),
          copyable(_("If %(source)s relies on %(target)s, link it where the text does, or say so", ends), found.lines.reference, from),
          copyable(_("If it need not, say that"), found.lines.decision, from),
        ),
      );
    }
    return parts;
  }

  /* The page ------------------------------------------------------------------------------------------------------ */

  let address = () => "#";

  function build(root, names) {
    const documents = names.documents.map(([file, id, title, note, aliases]) => ({
      file,
      id,
      title,
      note,
      label: title.toLowerCase() === id.toLowerCase() ? id : `${id} ${title}`,
      // What words are looked for in, the most telling first. The folder that all share tells nothing.
      fields: [id, title, [...aliases, file.slice(names.folder.length + 1)].join(" ")].map((text) => text.toLowerCase()),
    }));
    const byFile = new Map(documents.map((one) => [one.file, one]));
    const exact = new Map();
    // What is typed means a document's id before anybody's label, title or file.
    for (const key of ["file", "title", "label", "id"]) {
      for (const one of [...documents].reverse()) exact.set(one[key].toLowerCase(), one);
    }
    const name = (file) => {
      const one = byFile.get(file);
      return encodeURIComponent(exact.get(one.id.toLowerCase()) === one ? one.id : file);
    };
    address = (from, to) => `#from=${name(from)}&to=${name(to)}`;

    const options = make(
      "datalist",
      { id: "pg-why-documents" },
      documents.map((one) => make("option", { value: one.label }, one.note || "")),
    );
    const field = (id) =>
      make("input", {
        id,
        type: "text",
        list: "pg-why-documents",
        autocomplete: "off",
        spellcheck: "false",
        placeholder: _("an id or a title"),
      });
    const inputs = { from: field("pg-why-from"), to: field("pg-why-to") };
    const swap = make("button", { type: "button" }, _("The other way round"));
    const form = make(
      "form",
      { class: "pg-why-form", autocomplete: "off" },
      make("label", { for: "pg-why-from" }, make("span", {}, _("Why does")), inputs.from),
      make("label", { for: "pg-why-to" }, make("span", {}, _("not reference")), inputs.to),
      make("div", { class: "pg-why-buttons" }, make("button", { type: "submit" }, _("Ask")), swap),
    );
    const status = make("p", { role: "status", class: "pg-why-status" });
    const result = make("div", { class: "pg-why-result" });
    root.append(form, options, status, result);

    const chosen = { from: null, to: null };
    let shownFor = "";

    function fits(text) {
      const one = exact.get(text.trim().toLowerCase());
      if (one) return [one];
      const words = text.toLowerCase().split(/\s+/).filter(Boolean);
      if (!words.length) return [];
      // A document stands as far up as the least telling field that it takes to find all the words.
      const place = (other, word) => {
        const found = other.fields.findIndex((field) => field.includes(word));
        return found < 0 ? Infinity : found;
      };
      return documents
        .map((other) => [Math.max(...words.map((word) => place(other, word))), other])
        .filter(([found]) => found < Infinity)
        .sort(([one], [two]) => one - two)
        .map(([, other]) => other);
    }

    function ask() {
      if (!chosen.from || !chosen.to) return;
      const wanted = address(chosen.from.file, chosen.to.file);
      if (location.hash === wanted) show();
      else location.hash = wanted;
    }

    function choose(end, loosely) {
      const found = loosely ? fits(inputs[end].value) : [exact.get(inputs[end].value.trim().toLowerCase())].filter(Boolean);
      chosen[end] = found.length === 1 ? found[0] : null;
      if (chosen[end] && loosely) inputs[end].value = chosen[end].label;
      return found;
    }

    function offer(end, found) {
      if (!inputs[end].value.trim()) {
        say(_("Pick a document for both fields."));
      } else if (!found.length) {
        say(_("No document fits “%(text)s”. Try an id or a word of the title.", { text: inputs[end].value.trim() }));
      } else {
        say(_("%(number)s documents fit “%(text)s”. Which one?", { number: found.length, text: inputs[end].value.trim() }));
        result.replaceChildren(
          make(
            "ul",
            { class: "pg-why-offers" },
            found.slice(0, 12).map((one) => {
              const button = make("button", { type: "button" }, one.label);
              button.addEventListener("click", () => {
                chosen[end] = one;
                inputs[end].value = one.label;
                result.replaceChildren();
                if (chosen.from && chosen.to) ask();
                else inputs[end === "from" ? "to" : "from"].focus();
              });
              return make("li", {}, button);
            }),
          ),
        );
      }
      inputs[end].focus();
    }

    function say(text, key, word) {
      shownFor = "";
      result.replaceChildren();
      const state = word ? [make("span", { class: `pg-answer-state pg-answer-state--${key}` }, word), " "] : [];
      status.replaceChildren(...state, make("span", {}, text));
    }

    /* What the address asks: after the hash, as we write it, else after a question mark, as others may. */
    function asked() {
      if (!/^#(from|to)=/.test(location.hash)) return new URLSearchParams(location.search);
      const wanted = new Map();
      for (const part of location.hash.slice(1).split("&")) {
        const [end, text = ""] = part.split("=");
        try {
          wanted.set(end, decodeURIComponent(text));
        } catch {
          // A percent sign that nobody encoded: taken as it stands.
          wanted.set(end, text);
        }
      }
      return wanted;
    }

    async function show() {
      const wanted = asked();
      for (const end of ["from", "to"]) {
        const text = wanted.get(end) || "";
        chosen[end] = exact.get(text.toLowerCase()) || null;
        inputs[end].value = chosen[end] ? chosen[end].label : text;
      }
      if (!chosen.from || !chosen.to) {
        const unknown = ["from", "to"].find((end) => inputs[end].value && !chosen[end]);
        if (unknown) offer(unknown, fits(inputs[unknown].value));
        else {
          say("");
          inputs[chosen.from ? "to" : "from"].focus({ preventScroll: true });
        }
        return;
      }
      const { from, to } = chosen;
      if (from === to) {
        say(_("Both are %(document)s. Pick two different documents.", { document: from.label }));
        return;
      }
      const hash = address(from.file, to.file);
      if (shownFor === hash) return;
      let found;
      try {
        found = await answer(names, from.file, to.file);
      } catch (error) {
        say(_("The data of %(file)s could not be loaded. Build the site again, or open its audit sheet.", { file: error.message }));
        return;
      }
      if (chosen.from !== from || chosen.to !== to) return;
      say(...headline(found));
      result.replaceChildren(...shown(found));
      shownFor = hash;
      if (window.policygraphCopy) window.policygraphCopy();
    }

    for (const end of ["from", "to"]) {
      inputs[end].addEventListener("input", () => {
        choose(end, false);
        ask();
      });
      inputs[end].addEventListener("focus", () => inputs[end].select());
    }
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const end of ["from", "to"]) {
        const found = choose(end, true);
        if (!chosen[end]) return offer(end, found);
      }
      ask();
    });
    swap.addEventListener("click", () => {
      [inputs.from.value, inputs.to.value] = [inputs.to.value, inputs.from.value];
      [chosen.from, chosen.to] = [chosen.to, chosen.from];
      ask();
    });
    window.addEventListener("hashchange", () => {
      if (root.isConnected) show();
    });
    show();
  }

  function start(tries) {
    const root = document.querySelector("[data-pg-why]");
    if (!root || root.dataset.pgReady) return;
    if (window.policygraphNames) {
      root.dataset.pgReady = "true";
      build(root, window.policygraphNames);
      window.policygraphAnswer = (from, to) => answer(window.policygraphNames, from, to);
    } else if (tries > 0) {
      // With instant navigation the scripts of a page arrive in any order.
      setTimeout(() => start(tries - 1), 100);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start(100));
  else start(100);
})();
