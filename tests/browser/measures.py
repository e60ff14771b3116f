"""What is measured on a page: axe's rules, room on narrow screens, whether the focus can be seen, what moves."""

from __future__ import annotations

from functools import cache

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from conftest import DESK, PHONE

SMALLEST = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 450}
"""A window of 1280 by 900 pixels under a zoom of 200 %."""
COLOURS = ("color-contrast", "link-in-text-block")
"""The rules that look at colours; no other one can tell light from dark."""
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""axe's names for WCAG 2.2 at the levels A and AA, and for what is good practice beyond."""


@cache
def axe_script() -> str:
    """axe itself; a context may have it put into each page beforehand."""
    return Axe().axe_script


_RUN = """async ({ colours, others, scheme }) => {
  const seen = ((window.pgLooks ??= {})[scheme] ??= new WeakMap());
  const looksNew = (element) => {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    const s = getComputedStyle(element);
    const look = [
      s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.fontSize, s.fontWeight, s.fontStyle, s.position,
      s.textShadow, s.textDecorationLine, s.borderBottomWidth, s.borderBottomColor, s.fill, s.filter, s.mixBlendMode,
    ].join();
    const known = seen.get(element) === look;
    seen.set(element, look);
    // What is taken out of the flow lies over something else on another screen.
    return !known || /absolute|fixed|sticky/.test(s.position);
  };
  const newest = new Set([...document.body.querySelectorAll("*")].filter(looksNew));
  const include = [...newest].filter((element) => !newest.has(element.parentElement));
  const rules = (values) => ({ runOnly: { type: "rule", values }, resultTypes: ["violations"] });
  const found = [];
  if (others.length) {
    const left = Object.fromEntries(colours.map((rule) => [rule, { enabled: false }]));
    found.push(await axe.run(document, { runOnly: { type: "tag", values: others }, rules: left, resultTypes: ["violations"] }));
  }
  if (include.length) found.push(await axe.run({ include }, rules(colours)));
  return found.flatMap(({ violations }) => violations);
}"""
"""Colours are measured where something looks other than it did in the same scheme: on the page's first screen everywhere."""


def _axe(page: Page, scheme: str, others: tuple[str, ...] = ()) -> list[str]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
    asked = {"colours": COLOURS, "others": others, "scheme": scheme}
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: {node['html'][:160]}"
        for violation in page.evaluate(_RUN, asked)
        for node in violation["nodes"][:4]
    ]


def wrong(page: Page, scheme: str = "") -> list[str]:
    """What axe finds wrong on the whole page, colours only where they were not yet measured in this scheme."""
    return _axe(page, scheme, _TAGS)


def colours_wrong(page: Page, scheme: str = "") -> list[str]:
    """What axe finds wrong with the colours, where they were not yet measured in this scheme."""
    return _axe(page, scheme)


_THIN = """(most) => {
  const built = new Map();
  const of = (element) => {
    let found = built.get(element);
    if (found === undefined) {
      const own = `${element.localName}.${element.className.baseVal ?? element.className}${element.hidden ? "!" : ""}`;
      const style = element.getAttribute("style");
      found = `${own}{${style ?? ""}}(${[...new Set([...element.children].map(of))].sort().join(",")})`;
      built.set(element, found);
    }
    return found;
  };
  const thin = (parent) => {
    const seen = new Map();
    for (const child of [...parent.children]) {
      const count = (seen.get(of(child)) ?? 0) + 1;
      seen.set(of(child), count);
      if (count > most) child.remove();
      else thin(child);
    }
  };
  thin(document.body);
}"""


def thin_out(page: Page, most: int = 2) -> None:
    """Leave `most` of those neighbours that are built alike: tags, classes and styles, all the way down.

    The colours of the thousandth row are those of the second one.
    """
    page.evaluate(_THIN, most)


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways: the widest parts, or nothing."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          const over = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > width + 1);
          return over.slice(0, 5).map((e) => `${document.documentElement.scrollWidth} > ${width}: ${e.outerHTML.slice(0, 120)}`);
        }"""
    )


_FOCUS = """(forced) => {
  const still = document.createElement("style");
  still.textContent = "*, *::before, *::after { transition: none !important; animation: none !important; scroll-behavior: auto !important; }";
  document.head.append(still);
  const found = [];
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const seen = new Map();
  const all = [...document.querySelectorAll(wanted)].filter((e) => !e.disabled && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }));
  const name = (e) => `${e.localName}.${e.className.baseVal ?? e.className} in ${e.parentElement.localName}.${e.parentElement.className}`;
  const chosen = all.filter((e) => {
    const count = (seen.get(name(e)) ?? 0) + 1;
    seen.set(name(e), count);
    return count <= 2;
  });
  const look = (e) => {
    const parts = [];
    for (let at = e, up = 0; at && up < 4; at = at.parentElement, up += 1) {
      const s = getComputedStyle(at);
      const outline = s.outlineStyle === "none" || parseFloat(s.outlineWidth) === 0 ? "" : `${s.outlineStyle} ${s.outlineWidth} ${s.outlineColor}`;
      // Where the reader's own colours rule, those of a page are not seen, and shadows are none.
      if (forced) parts.push(outline, s.borderStyle, s.borderWidth, s.textDecorationLine, s.textDecorationThickness);
      else parts.push(outline, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.color, s.opacity, s.textDecoration);
    }
    for (const child of [...e.querySelectorAll("rect, circle, path, text, span"), ...(e.labels ?? []), e.nextElementSibling].filter(Boolean)) {
      const s = getComputedStyle(child);
      parts.push(s.stroke, s.strokeWidth, s.fill, s.outlineStyle, s.borderWidth);
      if (!forced) parts.push(s.boxShadow, s.borderColor);
    }
    return parts.join("|");
  };
  const covered = (e) => {
    // A theme's header does not cover itself.
    if (e.closest(".md-header, .md-tabs, .md-skip")) return false;
    const boxes = [...e.getClientRects()].map((b) => {
      const [left, top] = [Math.max(b.left, 0), Math.max(b.top, 0)];
      return { left, top, width: Math.min(b.right, innerWidth) - left, height: Math.min(b.bottom, innerHeight) - top };
    }).filter((b) => b.width > 0 && b.height > 0);
    const points = boxes.flatMap((b) => [0.1, 0.5, 0.9].flatMap((x) => [0.15, 0.5, 0.85].map((y) => [b.left + b.width * x, b.top + b.height * y])));
    return !points.some(([x, y]) => {
      const at = document.elementFromPoint(x, y);
      return at && (e.contains(at) || at.contains(e) || (e.labels && [...e.labels].some((label) => label.contains(at))));
    });
  };
  // From below, so that each comes up under whatever stays at the top of the window.
  for (const e of chosen.reverse()) {
    if (document.activeElement) document.activeElement.blur();
    const before = look(e);
    e.focus({ focusVisible: true });
    if (document.activeElement !== e) continue;
    // In a field the caret shows it.
    if (look(e) === before && !e.matches("input:not([type=radio], [type=checkbox])")) found.push(`not seen: ${e.outerHTML.slice(0, 140)}`);
    // Colours cover nothing.
    if (!forced && covered(e)) found.push(`covered: ${e.outerHTML.slice(0, 140)}`);
  }
  still.remove();
  return found;
}"""


def focus_hidden(page: Page, *, forced: bool = False) -> list[str]:
    """What does not show that it has the focus, or is wholly covered when it has; two of each way of being built.

    The pointer must not have been used: a browser shows the focus to whoever uses the keyboard. `forced` looks at the
    page in the reader's own few colours.
    """
    page.keyboard.press("Tab")
    if not forced:
        return page.evaluate(_FOCUS, False)
    page.emulate_media(forced_colors="active")
    found: list[str] = page.evaluate(_FOCUS, True)
    page.emulate_media(forced_colors="none")
    return found


def empty(page: Page) -> list[str]:
    """Parts of the text that take room and hold nothing."""
    return page.evaluate(
        """() => [...document.querySelectorAll(":is(article, body > main) :is(section, ul, ol, dl, table, figure, nav, details, form, p, div, h1, h2, h3)")]
          .filter((e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().height > 0)
          .filter((e) => !e.textContent.trim() && !e.querySelector("svg, img, input, i"))
          .map((e) => `empty: ${e.outerHTML.slice(0, 140)}`)"""
    )


def moving(page: Page) -> list[str]:
    """What would move for longer than a blink."""
    return page.evaluate(
        """() => [...document.querySelectorAll("body, body *")].filter((e) => {
          const s = getComputedStyle(e);
          const longest = (text) => Math.max(...text.split(",").map(parseFloat));
          return longest(s.transitionDuration) > 0.001 || (s.animationName !== "none" && longest(s.animationDuration) > 0.001);
        }).slice(0, 5).map((e) => `moves: ${e.outerHTML.slice(0, 140)}`)"""
    )


def contrasts(page: Page, inks: tuple[str, ...], papers: tuple[str, ...]) -> dict[str, float]:
    """The contrast of each ink on each paper, both named by the variables of the style sheets."""
    return page.evaluate(
        """([inks, papers]) => {
          const probe = document.body.appendChild(document.createElement("i"));
          const light = (name) => {
            probe.style.color = `var(${name})`;
            // A mixed colour is given in shares of one.
            const scale = getComputedStyle(probe).color.startsWith("color(") ? 1 : 255;
            const [r, g, b] = getComputedStyle(probe).color.match(/[\\d.]+/g).map((part) => {
              const share = part / scale;
              return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
            });
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          return Object.fromEntries(inks.flatMap((ink) => papers.map((paper) => {
            const [low, high] = [light(ink), light(paper)].sort((a, b) => a - b);
            return [`${ink} on ${paper}`, (high + 0.05) / (low + 0.05)];
          })));
        }""",
        [inks, papers],
    )


def wrong_with_bare(page: Page) -> list[str]:
    """Everything wrong with a page that no theme dresses, by screen and colours; it takes those of the reader."""
    found: list[str] = []
    page.set_viewport_size(DESK)
    found += [f"focus: {one}" for one in focus_hidden(page)]
    found += [f"focus, forced colours: {one}" for one in focus_hidden(page, forced=True)]
    for name, size in (("zoomed", ZOOMED), ("smallest", SMALLEST)):
        page.set_viewport_size(size)
        found += [f"{name}: {one}" for one in too_wide(page)]
    thin_out(page)
    for scheme in ("light", "dark"):
        for name, size in (("phone", PHONE), ("desk", DESK)):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [f"{name}, {scheme}: {one}" for one in wrong(page, scheme)]
    inks = tuple(name for name in ("--ink", "--soft", "--link") if page.evaluate(_HAS, name))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, contrast="more")  # type: ignore[arg-type]
        for pair, value in contrasts(page, inks, ("--paper",)).items():
            found += [f"more contrast, {scheme}: {pair} is {value:.1f}"] if value < 7 else []
    page.emulate_media(color_scheme="light", contrast="no-preference")
    return found


_HAS = "(name) => getComputedStyle(document.documentElement).getPropertyValue(name) !== ''"


def without_scripts(browser: Browser) -> Page:
    """A tab of a phone that runs no scripts and asks for less motion; its context is the caller's to close."""
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    return context.new_page()
