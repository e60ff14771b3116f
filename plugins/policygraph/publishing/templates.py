"""The page templates: compiled once, strict, and escaping whatever they are given."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension, InternationalizationExtension
from markupsafe import Markup

from policygraph.publishing.escaping import html_text, markdown_text, yaml_text
from policygraph.publishing.publication import Page
from policygraph.publishing.tongues import foreign, heading_tongue, told, tongue
from policygraph.publishing.whole_names import breakable, whole
from policygraph.words import spoken

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_BREAK = re.compile(r"^===$", re.MULTILINE)


class _Blocks(Extension):
    """Templates are written for people: indented, with blank lines where they like.

    Engines would take an indent for code and a blank line for the end of an HTML block. So neither reaches
    the page, and a line `===` is where a block ends.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _BREAK.sub("\f", _INDENT.sub("", source))


@cache
def environment() -> Environment:
    """The Jinja environment of all pages."""
    env = Environment(
        loader=PackageLoader("policygraph.publishing", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=html_text,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=[_Blocks, InternationalizationExtension],
    )
    env.filters["md"] = markdown_text
    env.filters["listed"] = _listed
    env.filters["whole"] = whole
    env.filters["breakable"] = breakable
    say_messages(env)
    return env


def say_messages(env: Environment) -> None:
    """Have the templates of an environment, which has Jinja's extension for it, say messages as all of ours do."""
    env.policies["ext.i18n.trimmed"] = True
    # As Jinja's own functions for messages with named values, but for the escaping, which is ours.
    env.newstyle_gettext = True  # type: ignore[attr-defined]
    env.globals.update(
        gettext=message,
        ngettext=_plural,
        pgettext=_message_in_context,
        told=told,
        tongue=tongue,
        heading_tongue=heading_tongue,
        foreign=foreign,
    )


def message(text: str, /, **values: object) -> Markup:
    """Say a message with values that may be HTML."""
    return _said(spoken().message(text), values)


def _message_in_context(context: str, text: str, /, **values: object) -> Markup:
    return _said(spoken().message(text, context), values)


def _plural(one: str, many: str, number: int, /, **values: object) -> Markup:
    # Jinja counts by the first value that a template names, whatever that is.
    if not isinstance(number, int):
        raise TypeError(f"'{one}' is counted by what is no whole number: {number!r}")
    return _said(spoken().plural(one, many, number), {"num": number, **values})


def _listed(words: Iterable[object], more: int = 0) -> Markup:
    """What a sentence lists, which may be links; `more` of it are not named."""
    safe = [html_text(word) for word in words]
    if more:
        return message("%(words)s and %(number)s more", words=Markup(", ").join(safe), number=more)
    return Markup(spoken().all_of(safe))  # noqa: S704 - escaped


def _said(text: str, values: Mapping[str, object]) -> Markup:
    """A message, which is ours and may hold HTML, with values, which may not."""
    return Markup(text) % {name: html_text(value) for name, value in values.items()}  # noqa: S704 - ours


def render(template: str, **values: object) -> Markup:
    """Render a template. The result is safe, since every value in it was escaped."""
    text = environment().get_template(template).render(values).strip()
    for doubled, single in (("\n\n", "\n"), ("\n\f", "\f"), ("\f\n", "\f"), ("\f\f", "\f")):
        while doubled in text:
            text = text.replace(doubled, single)
    return Markup(text.replace("\f", "\n\n"))  # noqa: S704 - autoescaped


def page(
    uri: str,
    title: str,
    template: str,
    *,
    description: str = "",
    hide: Sequence[str] = (),
    values: Mapping[str, object],
) -> Page:
    """Render a page of our own, with the front matter that engines read.

    `hide` names the parts of the theme (Material's words) that leave their room to the content.
    """
    front = [f"title: {yaml_text(title)}"]
    if description:
        front.append(f"description: {yaml_text(description)}")
    # Our own finder knows every page; an engine's search is left with the pages that are the site's own.
    front += ["search:", "  exclude: true"]
    if hide:
        front += ["hide:", *(f"  - {part}" for part in hide)]
    body = render(template, **values, title=title)
    return Page(uri, title, "---\n" + "\n".join(front) + f"\n---\n\n{body}\n")
