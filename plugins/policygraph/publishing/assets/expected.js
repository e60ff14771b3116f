/* What is expected of me: groups and roles are chosen here, and what they are asked is put together without duplicates. */
(() => {
  "use strict";

  const form = document.querySelector("[data-pg-expected]");
  const result = document.querySelector("[data-pg-expected-result]");
  if (!form || !result) return;
  const boxes = [...form.querySelectorAll("input[name=who]")];
  const paces = JSON.parse(form.dataset.paces);
  const kinds = [_("You must"), _("You must never"), _("You may")];
  const everyone = { value: "everyone", file: form.dataset.everyone };
  const files = (window.policygraphExpected ??= {});
  const loading = {};
  const key = `policygraph:${new URL(form.dataset.root, location.href).pathname}:who`;
  let turn = 0;

  /* A script, since pages opened from a folder may load nothing else. */
  function load({ value, file }) {
    if (files[value]) return Promise.resolve(files[value]);
    return (loading[value] ??= new Promise((done, failed) => {
      const script = make("script", { src: new URL(file, location.href).href });
      script.addEventListener("load", () => (files[value] ? done(files[value]) : failed(new Error(file))));
      script.addEventListener("error", () => failed(new Error(file)));
      document.head.append(script);
    }).catch((error) => {
      delete loading[value];
      throw error;
    }));
  }

  /* The choice: in the address after the hash, which no server is told, and in this browser. */
  function written() {
    const match = /^#who=(.*)$/.exec(location.hash);
    return match ? match[1].split(",").filter(Boolean) : null;
  }
  function kept() {
    try {
      const found = JSON.parse(localStorage.getItem(key) || "[]");
      return Array.isArray(found) ? found : [];
    } catch {
      return [];
    }
  }
  function keep(chosen) {
    try {
      if (chosen.length) localStorage.setItem(key, JSON.stringify(chosen));
      else localStorage.removeItem(key);
    } catch {
      /* A browser that keeps nothing still shows everything. */
    }
    try {
      history.replaceState(history.state, "", chosen.length ? `#who=${chosen.join(",")}` : location.pathname + location.search);
    } catch {
      if (chosen.length) location.hash = `who=${chosen.join(",")}`;
    }
  }
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  function tick(values) {
    const plain = (value) => {
      try {
        return decodeURIComponent(value);
      } catch {
        return value;
      }
    };
    const wanted = new Set(values.map(String).map(plain));
    for (const box of boxes) box.checked = wanted.has(plain(box.value));
  }

  const minutes = (words) => Math.max(1, Math.round(words / 200));

  function source([title, heading, href, lang = null], and) {
    const link = [
      make("a", { href, lang }, title),
      heading ? " " : "",
      heading ? make("span", { class: "pg-duty-under", lang }, heading) : "",
    ];
    return make("span", { class: "pg-duty-source" }, and ? around(_("and %(other)s", { other: "\0" }), link) : link);
  }

  function duty([, , , words, items, cells, when, sources, , more, head], whose) {
    const lang = sources[0][3] || null;
    return make(
      "li",
      { class: "pg-duty" },
      make("p", { class: "pg-duty-words", lang }, head ? make("span", { class: "pg-duty-head" }, `${head}:`) : "", head ? " " : "", words),
      items.length ? make("ul", { class: "pg-duty-items", lang }, items.map((item) => make("li", {}, item))) : "",
      cells.length
        ? make(
            "dl",
            { class: "pg-duty-cells" },
            cells.map(([head, text]) =>
              make(
                "div",
                {},
                head ? make("dt", { lang }, head) : make("dt", { class: "pg-duty-bare" }, _("And")),
                make("dd", { lang }, text),
              ),
            ),
          )
        : "",
      make(
        "p",
        { class: "pg-duty-foot" },
        when.map((one) => [make("span", { class: "pg-duty-when" }, one), " "]).flat(),
        sources.map((one, number) => [source(one, number > 0), " "]).flat(),
        more ? make("span", {}, `${_("and %(count)s more", { count: more })} `) : "",
        whose ? make("span", { class: "pg-duty-whose" }, whose) : "",
      ),
    );
  }

  function group(id, title, duties, whose, lang = null) {
    return make(
      "div",
      { class: "pg-pace" },
      make("p", { class: "pg-pace-name", id, lang }, title),
      make(
        "ul",
        { class: "pg-duties", "aria-labelledby": id },
        duties.map((one) => duty(one, whose(one))),
      ),
    );
  }

  function kind(number, duties, name, whose) {
    const these = duties.filter((one) => one[1] === number);
    if (!these.length) return "";
    const groups = paces.map((pace, index) => {
      const inside = these.filter((one) => one[2] === index);
      return inside.length ? group(`pg-${name}-${number}-${index}`, pace, inside, whose) : "";
    });
    return number === 2
      ? make("details", { class: "pg-permissions" }, make("summary", {}, `${kinds[2]} (${these.length})`), groups)
      : [make("h3", {}, kinds[number]), make("div", { class: "pg-asked" }, groups)];
  }

  /* What is asked of those whom no register knows, under the names that the sentences give them. */
  const strangers = [
    [
      (names) => _("If you are meant: %(names)s", { names }),
      _("No register of roles and groups knows these names. What stands here is yours if you are the one."),
    ],
    [
      (names) => _("Asked of others: %(names)s", { names }),
      _("For you to know, not to do: those who are named here are not part of the organisation."),
    ],
  ];
  function others(outside, duties, name) {
    const these = duties.filter((one) => one[12] === outside);
    if (!these.length) return "";
    const names = [...new Set(these.map((one) => one[11]))].sort((a, b) => a.localeCompare(b, LANGUAGE));
    const tongue = (stranger) => these.find((one) => one[11] === stranger)[13] || null;
    const said = (stranger) => (tongue(stranger) ? make("span", { lang: tongue(stranger) }, stranger) : stranger);
    const shown = names.slice(0, 3).flatMap((stranger, at) => [at ? ", " : "", said(stranger)]);
    const more = names.length - 3;
    const [title, note] = strangers[outside];
    return make(
      "details",
      { class: "pg-permissions" },
      make(
        "summary",
        {},
        around(title("\0"), ...(more > 0 ? around(ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, { names: "\0" }), ...shown) : shown)),
        ` (${these.length})`,
      ),
      make("p", { class: "pg-quiet" }, note),
      names.map((stranger, index) => {
        const own = these.filter((one) => one[11] === stranger);
        return group(`pg-${name}-${3 + outside}-${index}`, stranger, own, () => "", tongue(stranger));
      }),
    );
  }

  function part(title, duties, told, name, whose, empty) {
    return [
      make("h2", {}, title),
      duties.length ? "" : make("p", { class: "pg-quiet" }, empty),
      ...[0, 1, 2].map((number) => kind(number, duties, name, whose)).flat(),
      ...[0, 1].map((outside) => others(outside, told, name)),
    ];
  }

  function newcomer(documents) {
    if (!documents.length) return "";
    const all = documents.reduce((sum, one) => sum + one[3], 0);
    const values = { count: documents.length, minutes: all };
    return make(
      "details",
      { class: "pg-newcomer" },
      make("summary", {}, ngettext("New here? One document to read first, %(minutes)s min", "New here? %(count)s documents to read, %(minutes)s min", documents.length, values)),
      make("p", { class: "pg-newcomer-order" }, _("In this order, each stands on those before it.")),
      make(
        "ol",
        { class: "pg-reading" },
        documents.map(([, title, href, time, lang = null]) =>
          make("li", {}, make("a", { href, lang }, title), " ", make("span", { class: "pg-count" }, _("%(minutes)s min", { minutes: time }))),
        ),
      ),
    );
  }

  const union = (parties, field) =>
    [...new Map(parties.flatMap((party) => party[field]).map((one) => [one[0], one])).values()].sort((a, b) => a[0] - b[0]);

  const status = make("p", { class: "pg-expected-status", role: "status" });
  const content = make("div", {});
  result.append(status, content);

  async function show() {
    const mine = ++turn;
    const picked = boxes.filter((box) => box.checked).map((box) => ({ value: box.value, file: box.dataset.file }));
    form.querySelector("button[type=reset]").disabled = !picked.length;
    let common;
    let parties;
    try {
      [common, ...parties] = await Promise.all([everyone, ...picked].map(load));
    } catch {
      if (mine === turn) status.textContent = _("This could not be loaded. The page of each group and role has it too.");
      return;
    }
    if (mine !== turn) return;
    const known = new Set(common.duties.map((one) => one[0]));
    const own = union(parties, "duties").filter((one) => !known.has(one[0]));
    const both = [...own, ...common.duties];
    const asked = new Set(both.map((one) => one[0]));
    const toldAll = common.others.filter((one) => !asked.has(one[0]));
    const told = union(parties, "others").filter((one) => !asked.has(one[0]) && !toldAll.some((other) => other[0] === one[0]));
    const names = parties.map((party) => party.title);
    const holders = new Map(own.map((one) => [one[0], parties.filter((party) => party.duties.some((other) => other[0] === one[0]))]));
    const whose = (one) => (parties.length > 1 ? _("for %(names)s", { names: holders.get(one[0]).map((party) => party.title).join(", ") }) : "");
    const count = (number) => both.filter((one) => one[1] === number).length;
    const time = minutes(both.reduce((sum, one) => sum + one[8], 0));
    status.textContent = _("%(names)s: %(duties)s to do, %(bans)s never to do, %(minutes)s min to read.", {
      names: names.length ? names.join(", ") : _("Everyone"),
      duties: count(0),
      bans: count(1),
      minutes: time,
    });
    const longer = [common, ...parties].filter((party) => party.left_out);
    content.replaceChildren(
      ...[
        newcomer(union([common, ...parties], "documents")),
        make("p", { class: "pg-expected-order" }, form.dataset.order),
        ...(parties.length
          ? part(_("For you"), own, told, "own", whose, _("The handbook asks nothing of these beyond what everyone must do."))
          : []),
        ...part(_("For everyone"), common.duties, toldAll, "common", () => "", _("The handbook asks nothing of everyone.")),
        ...longer.map((party) =>
          make(
            "p",
            { class: "pg-text" },
            around(
              ngettext("%(num)s more statement stands on the page %(page)s.", "%(num)s more statements stand on the page %(page)s.", party.left_out, { page: "\0" }),
              make("a", { href: party.page }, party.title),
            ),
          ),
        ),
      ].filter((child) => child !== ""),
    );
  }

  form.addEventListener("change", () => {
    keep(chosen());
    show();
  });
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    tick([]);
    keep([]);
    show();
    if (boxes.length) boxes[0].focus();
  });
  window.addEventListener("hashchange", () => {
    const values = written();
    if (values === null) return;
    tick(values);
    keep(chosen());
    show();
  });

  document.querySelectorAll(".pg-choices").forEach((list) => list.remove());
  form.hidden = false;
  const address = written();
  tick(address ?? kept());
  if (address || chosen().length) keep(chosen());
  const fold = form.querySelector("details");
  if (fold) fold.open = fold.querySelector(":checked") !== null || window.matchMedia("(min-width: 60em)").matches;
  show();
})();
