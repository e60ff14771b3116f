/* The whole graph. Positions come with the data; nothing is laid out in the browser. */
(() => {
  "use strict";

  const STYLES = {
    "depends on": { style: "solid", width: 1.6, strong: true },
    implements: { style: "dashed", width: 1.6, dash: [9, 3], strong: true },
    references: { style: "solid", width: 1 },
    supersedes: { style: "dotted", width: 1.6 },
    "see also": { style: "dashed", width: 1, dash: [5, 4] },
  };
  const OWN = { style: "dashed", width: 1.2, dash: [9, 3, 2, 3] };
  const MANY = 60; // documents beyond which lines between areas are bundled until something is chosen
  const NARROW = 600; // pixels of width below which areas stand below one another, two documents wide

  function colours() {
    // A canvas knows neither variables nor every notation, so the browser works each colour out first.
    const probe = make("span", { hidden: true });
    document.querySelector("[data-pg-graph]").append(probe);
    const read = (name, otherwise) => {
      probe.style.color = `var(${name}, ${otherwise})`;
      return getComputedStyle(probe).color;
    };
    const found = {
      ink: read("--pg-ink", "#222"),
      soft: read("--pg-soft", "#555"),
      line: read("--pg-line-strong", "#999"),
      edge: read("--pg-edge", "#777"),
      wash: read("--pg-wash", "#f5f5f5"),
      paper: read("--pg-paper", "#fff"),
      accent: read("--pg-accent", "#1b5e57"),
      onAccent: read("--pg-on-accent", "#fff"),
      font: getComputedStyle(document.body).fontFamily,
    };
    probe.remove();
    return found;
  }

  /* From afar a box has room for an id at most, and only where that can still be read. */
  const far = { shown: false, size: 13, heading: 19 };

  function measure(zoom, data) {
    const longest = Math.max(...data.nodes.map((node) => node.id.length), 1);
    far.size = Math.min(11 / zoom, (data.size[0] - 12) / (longest * 0.64), data.size[1] * 0.6);
    far.shown = far.size * zoom >= 7.5;
    far.heading = Math.min(heading(data), Math.max(19, 19 / zoom));
    return zoom * 13 < 8;
  }

  /* On a phone areas stand below one another, two documents wide, so that titles can be read without zooming. */
  function stacked(data) {
    const [width, height] = data.size;
    const [across, down, edge] = [width + 44, height + 30, 26];
    const placed = data.nodes.map((node) => ({ ...node }));
    let top = 0;
    const districts = data.districts.map((district, index) => {
      const own = placed.filter((node) => node.district === index);
      const rows = Math.max(1, Math.ceil(own.length / 2));
      const size = { width: 2 * width + 44 + 2 * edge, height: rows * down - 30 + 2 * edge };
      own.forEach((node, number) => {
        node.x = ((number % 2) - 0.5) * across;
        node.y = top + edge + height / 2 + Math.floor(number / 2) * down;
      });
      const found = { title: district.title, x: 0, y: top + size.height / 2, ...size };
      top += size.height + 84;
      return found;
    });
    return { ...data, nodes: placed, districts };
  }

  /* One line for all references between two areas, the thicker the more there are. */
  function bundles(data) {
    const counts = new Map();
    data.edges.forEach(([source, target]) => {
      const ends = [data.nodes[source].district, data.nodes[target].district].sort((a, b) => a - b);
      if (ends[0] !== ends[1]) counts.set(ends.join(), (counts.get(ends.join()) || 0) + 1);
    });
    const most = Math.max(...counts.values(), 1);
    return [...counts].map(([key, count]) => {
      const [from, to] = key.split(",").map(Number);
      const [a, b] = [data.districts[from], data.districts[to]];
      return {
        group: "edges",
        data: {
          id: `b${key}`,
          source: `d${from}`,
          target: `d${to}`,
          line: "solid",
          dash: [1, 0],
          stroke: Math.max(2, (heading(data) * 0.6 * count) / most),
          bend: Math.round(Math.hypot(a.x - b.x, a.y - b.y) * 0.1),
        },
        classes: "bundle",
      };
    });
  }

  function styles(data) {
    const c = colours();
    const [width, height] = data.size;
    return [
      {
        selector: "node",
        style: {
          shape: "round-rectangle",
          width,
          height,
          "background-color": c.paper,
          "border-width": 1,
          "border-color": c.line,
          label: "data(label)",
          color: c.ink,
          "font-family": c.font,
          "font-size": 13,
          "line-height": 1.25,
          "text-valign": "center",
          "text-halign": "center",
          "text-wrap": "wrap",
          "text-max-width": width - 18,
          "min-zoomed-font-size": 5,
          "overlay-opacity": 0,
          // Districts lie below the lines, documents above them.
          "z-index-compare": "manual",
          "z-index": 20,
        },
      },
      { selector: "node.draft", style: { "border-style": "dashed" } },
      { selector: "node.retired", style: { "border-style": "dotted", color: c.soft } },
      {
        selector: "node.district",
        style: {
          width: "data(width)",
          height: "data(height)",
          "background-color": c.wash,
          "border-width": 0,
          "text-valign": "top",
          "text-margin-y": -8,
          "font-size": () => far.heading,
          "font-weight": 600,
          color: c.soft,
          "text-wrap": "ellipsis",
          "text-max-width": "data(width)",
          "text-outline-width": () => far.heading / 6,
          "text-outline-color": c.paper,
          "text-events": "no",
          "min-zoomed-font-size": 0,
          events: "no",
          "z-index": 1,
        },
      },
      { selector: "node.far", style: { label: (node) => (far.shown ? node.data("short") : ""), "font-size": () => far.size, "text-wrap": "none" } },
      {
        selector: "edge",
        style: {
          width: "data(stroke)",
          "line-color": c.edge,
          "line-style": "data(line)",
          "line-dash-pattern": "data(dash)",
          "target-arrow-color": c.edge,
          "target-arrow-shape": "triangle",
          "arrow-scale": 0.8,
          "curve-style": "unbundled-bezier",
          "control-point-distances": "data(bend)",
          "control-point-weights": 0.5,
          opacity: 0.85,
          events: "no",
          "z-index-compare": "manual",
          "z-index": 5,
        },
      },
      { selector: "edge.strong", style: { "line-color": c.accent, "target-arrow-color": c.accent } },
      /* What ties an area together is seen first; what leaves it, once something is chosen. */
      { selector: "edge.between", style: { opacity: 0.36 } },
      { selector: "node.faded", style: { opacity: 0.18 } },
      { selector: "edge.faded", style: { opacity: 0.05 } },
      { selector: "edge.lit", style: { opacity: 1, width: 2.2, "z-index": 9 } },
      { selector: "node.near", style: { "border-color": c.accent, "border-width": 1.5 } },
      {
        selector: "node.chosen",
        style: { "background-color": c.accent, "border-color": c.accent, color: c.onAccent, "font-weight": 600 },
      },
      {
        selector: "edge.bundle",
        style: { width: "data(stroke)", opacity: 0.55, "target-arrow-shape": "none", "z-index": 0 },
      },
      { selector: "node.measured", style: { "text-opacity": 1 } },
      { selector: ".gone, .resting", style: { display: "none" } },
    ];
  }

  const widest = (data) => Math.max(...data.districts.map((d) => d.x + d.width / 2), 1) * 2;

  /* The names of districts grow with the whole, so that they can be read when all of it is shown. */
  const heading = (data) => Math.min(60, Math.max(19, widest(data) / 58));

  function elements(data) {
    const found = data.districts.map((district, index) => ({
      group: "nodes",
      data: { id: `d${index}`, label: district.title, width: district.width, height: district.height },
      position: { x: district.x, y: district.y },
      classes: "district",
      selectable: false,
      grabbable: false,
    }));
    data.nodes.forEach((node, index) => {
      const title = node.title.length > 46 ? `${node.title.slice(0, 44).trimEnd()}…` : node.title;
      found.push({
        group: "nodes",
        data: { id: `n${index}`, index, short: node.id, label: title },
        position: { x: node.x, y: node.y },
        classes: `document ${node.status}`,
        grabbable: false,
      });
    });
    data.edges.forEach(([source, target, relation], index) => {
      const [name, , relies] = data.relations[relation];
      const look = STYLES[name] || OWN;
      const from = data.nodes[source];
      const to = data.nodes[target];
      const length = Math.hypot(from.x - to.x, from.y - to.y);
      found.push({
        group: "edges",
        data: {
          id: `e${index}`,
          source: `n${source}`,
          target: `n${target}`,
          relation,
          line: look.style,
          stroke: look.width,
          dash: look.dash || [1, 0],
          // A bend sets apart lines that would lie on one another, and the two ways between a pair.
          bend: Math.round(Math.min(90, length * 0.16)) + 6 * (index % 3),
        },
        classes: `reference ${relies || look.strong ? "strong" : ""} ${data.nodes[source].district === data.nodes[target].district ? "inside" : "between"}`,
      });
    });
    return found;
  }

  function choice(name, values) {
    const select = make("select", {}, make("option", { value: "" }, _("all")));
    [...new Set(values)].sort((a, b) => a.localeCompare(b, LANGUAGE)).forEach((value) => {
      select.append(make("option", { value }, value || _("not recorded")));
    });
    return { select, label: make("label", {}, name, select) };
  }

  function sample(name) {
    const look = STYLES[name] || OWN;
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", "pg-graph-line");
    svg.setAttribute("viewBox", "0 0 36 12");
    svg.setAttribute("aria-hidden", "true");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("d", "M1 6H35");
    line.setAttribute("fill", "none");
    line.setAttribute("stroke", look.strong ? "var(--pg-accent)" : "var(--pg-edge)");
    line.setAttribute("stroke-width", String(look.width * 1.3));
    const dash = look.style === "dotted" ? [1.5, 3.5] : look.dash;
    if (dash) line.setAttribute("stroke-dasharray", dash.join(" "));
    svg.append(line);
    return svg;
  }

  function sign(name, words) {
    return make("li", {}, make("span", { class: `pg-graph-sign pg-graph-sign--${name}`, "aria-hidden": "true" }), " ", words);
  }

  function build(root, given) {
    const narrow = root.clientWidth < NARROW;
    const data = narrow ? stacked(given) : given;
    const quiet = narrow || data.nodes.length > MANY;
    const nodes = data.nodes;
    const search = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
    const area = choice(_("Area"), nodes.map((n) => n.area));
    const type = choice(_("Type"), nodes.map((n) => n.type));
    const owner = choice(_("Owner"), nodes.map((n) => n.owner));
    const count = make("output", { "aria-live": "polite" });
    const reset = make("button", { type: "button" }, _("Clear"));
    const boxes = make("fieldset", {}, make("legend", { class: "pg-hidden" }, _("Relations")));
    const used = [...new Set(data.edges.map((e) => e[2]))].sort((a, b) => a - b);
    const checks = new Map();
    used.forEach((relation) => {
      const check = make("input", { type: "checkbox", checked: true });
      checks.set(relation, check);
      boxes.append(make("label", {}, check, sample(data.relations[relation][0]), data.relations[relation][1]));
    });
    const bar = make("div", { class: "pg-filter", role: "search", "aria-label": _("Filter the graph") });
    bar.append(make("label", {}, _("Find"), search), area.label, type.label, owner.label, reset, count);
    const canvas = make("div", { class: "pg-graph-canvas" });
    const card = make("div", { class: "pg-graph-card", hidden: true });
    const live = make("p", { class: "pg-hidden", "aria-live": "polite" });
    const zoom = make("div", { class: "pg-graph-zoom" });
    const stage = make(
      "div",
      {
        class: "pg-graph-stage pg-scroll",
        tabindex: "0",
        role: "application",
        "aria-label": _("Graph of all documents. Arrow keys go from document to document, Enter opens one, Escape lets go."),
      },
      canvas,
      card,
      zoom,
    );
    const hint = make(
      "p",
      { class: "pg-graph-hint" },
      narrow
        ? _("Tap a document to see its lines and what it is tied to; tap it again to open it. Choose an area to go there.")
        : _(
            "Point at a document to see what it is tied to; click to open it. Drag to move, pinch or use the buttons to zoom. With the keyboard: arrow keys, Enter, Escape.",
          ),
    );
    const across = widest(data);
    const down = Math.max(...data.districts.map((d) => d.y + d.height / 2), 1);
    if (narrow) stage.classList.add("pg-graph-stage--narrow");
    else stage.style.aspectRatio = String(Math.min(2.4, Math.max(1.2, across / (down + 60))));
    const signs = make("ul", { class: "pg-legend" });
    if (nodes.some((n) => n.status === "draft")) signs.append(sign("draft", _("draft")));
    if (nodes.some((n) => n.status === "retired")) signs.append(sign("retired", _("retired")));
    if (quiet && !narrow) signs.append(sign("bundle", _("references between two areas, the thicker the more")));
    root.replaceChildren(bar, make("div", { class: "pg-filter" }, boxes), signs.childElementCount ? signs : "", stage, hint, live);

    const cy = window.cytoscape({
      container: canvas,
      elements: [...elements(data), ...(quiet && !narrow ? bundles(data) : [])],
      layout: { name: "preset", fit: true, padding: 24 },
      style: styles(data),
      minZoom: 0.03,
      maxZoom: 2.5,
      boxSelectionEnabled: false,
      autounselectify: true,
      userZoomingEnabled: true,
      textureOnViewport: nodes.length > 1000,
      hideEdgesOnViewport: nodes.length > 600,
    });
    root.pgGraph = cy;
    const documents = cy.nodes(".document");
    const references = cy.edges(".reference");
    const lines = cy.edges(".bundle");

    /* All of it, or as much as can be read, from the top. */
    function home() {
      if (narrow) reach(data.districts[0]);
      else cy.fit(undefined, 24);
    }

    function reach(district) {
      if (!district) return;
      if (!narrow) {
        cy.fit(cy.getElementById(`d${data.districts.indexOf(district)}`), 40);
        return;
      }
      const zoom = Math.min(1, cy.width() / (district.width + 24));
      cy.viewport({ zoom, pan: { x: cy.width() / 2 - district.x * zoom, y: 40 - (district.y - district.height / 2) * zoom } });
    }

    let seen = 0;
    function zoomed() {
      if (Math.abs(cy.zoom() / seen - 1) < 0.1) return;
      seen = cy.zoom();
      const distant = measure(seen, data);
      cy.batch(() => {
        cy.nodes().toggleClass("measured");
        documents.toggleClass("far", distant);
      });
    }
    cy.on("zoom", zoomed);
    let chosen = -1;
    let held = false;
    let narrowed = false;

    function visible(index) {
      return !cy.getElementById(`n${index}`).hasClass("faded-out");
    }

    /* From afar the titles are too small to read, so what is lit shows its id in the size of the page. */
    function name(lit) {
      const size = 11 / cy.zoom();
      if (size < 20 || lit.length > 150 || far.shown) return;
      const c = colours();
      lit.forEach((node) => {
        node.style({
          label: node.data("short"),
          color: c.ink,
          "font-size": size,
          "font-weight": 400,
          "text-wrap": "none",
          "text-valign": "top",
          "text-outline-width": size / 5,
          "text-outline-color": c.paper,
          "min-zoomed-font-size": 0,
          "z-index": 40,
        });
      });
    }

    function light(index, hold) {
      chosen = index;
      held = index >= 0 && hold;
      cy.batch(() => {
        documents.filter(".near, .chosen").removeStyle();
        cy.elements().removeClass("faded lit near chosen");
        references.toggleClass("resting", quiet);
        lines.toggleClass("resting", index >= 0 || narrowed);
        if (quiet && narrowed) references.not(".apart").removeClass("resting");
        const out = cy.nodes(".faded-out");
        out.addClass("faded");
        if (index < 0) {
          references.filter(".off").addClass("faded");
          return;
        }
        const node = cy.getElementById(`n${index}`);
        const edges = node.connectedEdges(".reference").not(".gone");
        documents.addClass("faded");
        cy.edges().addClass("faded");
        edges.removeClass("faded resting").addClass("lit");
        edges.connectedNodes().removeClass("faded").addClass("near");
        node.removeClass("faded near").addClass("chosen");
        name(edges.connectedNodes().union(node));
      });
      describe(index);
    }

    function describe(index) {
      if (index < 0) {
        card.hidden = true;
        return;
      }
      const node = nodes[index];
      const on = (edge) => checks.get(edge[2]).checked;
      const out = data.edges.filter((e) => e[0] === index && on(e)).length;
      const into = data.edges.filter((e) => e[1] === index && on(e)).length;
      const ties = _("references %(out)s, referenced by %(into)s", { out, into });
      card.replaceChildren(
        make("p", {}, make("a", { href: node.url, lang: node.lang || null }, node.title), " ", make("span", { class: "pg-id" }, node.id)),
        make("p", { class: "pg-quiet" }, [node.type, node.owner, node.status === "active" ? "" : node.state].filter(Boolean).join(", ")),
        make("p", { class: "pg-quiet" }, ties, " · ", make("a", { href: node.sheet }, _("audit sheet"))),
      );
      card.hidden = false;
      if (held) live.replaceChildren(`${node.id} `, make("span", { lang: node.lang || null }, node.title), `, ${ties}`);
    }

    function filter() {
      const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
      const fits = nodes.map((n) => {
        const text = `${n.id} ${n.title}`.toLowerCase();
        return (
          words.every((word) => text.includes(word)) &&
          (!area.select.value || n.area === area.select.value) &&
          (type.select.selectedIndex === 0 || n.type === type.select.value) &&
          (owner.select.selectedIndex === 0 || n.owner === owner.select.value)
        );
      });
      const all = fits.every(Boolean);
      narrowed = !all;
      cy.batch(() => {
        documents.forEach((node) => node.toggleClass("faded-out", !fits[node.data("index")]));
        references.forEach((edge) => {
          edge.toggleClass("gone", !checks.get(edge.data("relation")).checked);
          const [source, target] = data.edges[Number(edge.id().slice(1))];
          edge.toggleClass("off", !all && !(fits[source] || fits[target]));
          edge.toggleClass("apart", !(fits[source] && fits[target]));
        });
      });
      const shown = fits.filter(Boolean).length;
      count.textContent = all
        ? ngettext("%(num)s document", "%(num)s documents", shown)
        : ngettext("%(shown)s of %(num)s document", "%(shown)s of %(num)s documents", nodes.length, { shown });
      light(-1);
      const only = words.length && shown === 1 ? fits.indexOf(true) : -1;
      if (only >= 0) light(only, true);
      if (narrow && words.length && shown) bring(fits.indexOf(true));
    }

    function bring(index) {
      const node = cy.getElementById(`n${index}`);
      const box = cy.extent();
      const { x, y } = node.position();
      if (cy.zoom() < 0.6 || x < box.x1 || x > box.x2 || y < box.y1 || y > box.y2) {
        cy.zoom(Math.max(cy.zoom(), 0.7));
        cy.center(node);
      }
    }

    function step(dx, dy) {
      if (chosen < 0) {
        const first = nodes.findIndex((_, index) => visible(index));
        if (first >= 0) light(first, true);
        return;
      }
      const from = nodes[chosen];
      let best = -1;
      let least = Infinity;
      nodes.forEach((node, index) => {
        if (index === chosen || !visible(index)) return;
        const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
        if (along <= 0) return;
        const across = Math.abs((node.x - from.x) * dy) + Math.abs((node.y - from.y) * dx);
        if (along + 2.5 * across < least) [least, best] = [along + 2.5 * across, index];
      });
      if (best >= 0) {
        light(best, true);
        bring(best);
      }
    }

    const by = (factor) => cy.zoom({ level: cy.zoom() * factor, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    const button = (label, text, work) => {
      const made = make("button", { type: "button", "aria-label": label, title: label }, text);
      made.addEventListener("click", work);
      zoom.append(made);
    };
    button(_("Zoom in"), "+", () => by(1.3));
    button(_("Zoom out"), "−", () => by(1 / 1.3));
    button(_("Show all"), _("all"), () => (narrow ? cy.fit(undefined, 24) : home()));

    const take = document.querySelector("[data-pg-graph-take]");
    if (take) {
      const save = make("button", { type: "button" }, _("as PNG"));
      save.addEventListener("click", async () => {
        // As it is shown, chosen or filtered, and so large that it can be printed.
        const scale = Math.min(3, 8000 / Math.max(cy.width(), cy.height()));
        const image = await cy.png({ output: "blob-promise", bg: colours().paper, scale });
        const link = make("a", { href: URL.createObjectURL(image), download: "graph.png" });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      });
      take.append(", ", _("what is shown"), " ", save);
    }

    search.addEventListener("input", filter);
    [area, type, owner].forEach(({ select }) => select.addEventListener("change", filter));
    area.select.addEventListener("change", () => {
      if (area.select.value) reach(data.districts.find((district) => district.title === area.select.value));
      else home();
    });
    checks.forEach((check) => check.addEventListener("change", filter));
    reset.addEventListener("click", () => {
      search.value = "";
      [area, type, owner].forEach(({ select }) => (select.selectedIndex = 0));
      checks.forEach((check) => (check.checked = true));
      filter();
      home();
    });
    cy.on("mouseover", "node.document", (event) => {
      if (!held) light(event.target.data("index"));
      canvas.style.cursor = "pointer";
    });
    cy.on("mouseout", "node.document", () => {
      if (!held) light(-1);
      canvas.style.cursor = "";
    });
    cy.on("tap", (event) => {
      const index = event.target === cy ? undefined : event.target.data("index");
      if (index === undefined) {
        light(-1);
        return;
      }
      const touch = event.originalEvent && event.originalEvent.type.startsWith("touch");
      // A finger cannot point first: the first tap shows, the second opens.
      if (touch && !(held && chosen === index)) light(index, true);
      else location.href = nodes[index].url;
    });
    stage.addEventListener("keydown", (event) => {
      if (event.target !== stage) return;
      const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
      if (steps[event.key]) step(...steps[event.key]);
      else if (event.key === "Enter" && chosen >= 0) location.href = nodes[chosen].url;
      else if (event.key === "Escape") light(-1);
      else if (event.key === "+") by(1.3);
      else if (event.key === "-") by(1 / 1.3);
      else return;
      event.preventDefault();
    });
    for (const item of document.querySelectorAll("[data-pg-node]")) {
      const show = make("button", { type: "button", class: "pg-graph-show" }, _("show"));
      const index = Number(item.dataset.pgNode);
      show.setAttribute("aria-label", _("Show %(title)s in the picture", { title: nodes[index].title }));
      show.addEventListener("click", () => {
        light(index, true);
        bring(index);
        stage.scrollIntoView({ block: "center" });
        stage.focus({ preventScroll: true });
      });
      item.querySelector(":scope > .pg-id").after(show);
    }
    new MutationObserver(() => cy.style(styles(data))).observe(document.body, {
      attributes: true,
      attributeFilter: ["data-md-color-scheme"],
    });
    filter();
    home();
    zoomed();
  }

  function start(tries) {
    const root = document.querySelector("[data-pg-graph]");
    if (!root || root.dataset.pgReady) return;
    if (window.cytoscape && window.policygraphData) {
      root.dataset.pgReady = "true";
      build(root, window.policygraphData);
    } else if (tries > 0) {
      // With instant navigation the scripts of a page arrive in any order.
      setTimeout(() => start(tries - 1), 100);
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => start(100));
  else start(100);
})();
