"""Text in another language than the page says so, so that it is read out and hyphenated as it should be."""

from __future__ import annotations

import re

from markupsafe import Markup

from policygraph.model.framework import Clause
from policygraph.publishing.catalogues import language_family
from policygraph.publishing.escaping import html_text
from policygraph.words import ENGLISH, spoken

_CODE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def foreign(language: str) -> str:
    """A text's language where it is not the page's; empty where it is, or where nobody has said."""
    other = _CODE.fullmatch(language) and language_family(language) != language_family(spoken().code)
    return language if other else ""


def tongue(language: str = ENGLISH.code) -> Markup:
    """The attribute for an element whose text is in a language, by itself that of findings and rules."""
    return Markup(' lang="{}"').format(other) if (other := foreign(language)) else Markup()


def heading_tongue(language: str = ENGLISH.code) -> Markup:
    """The same for a heading in Markdown, where no engine is sure to take HTML."""
    return Markup(" {{ lang={} }}").format(other) if (other := foreign(language)) else Markup()


def told(text: str, language: str = ENGLISH.code) -> str:
    """A text in a language, fit for content and not for attributes: as it is where the page's is the same."""
    if not text or not (attribute := tongue(language)):
        return text
    return Markup("<span{}>{}</span>").format(attribute, html_text(text))


def labelled(id: str, title: str, language: str) -> str:
    """An id and a title, of which only the title is in a language."""
    said = told(title, language)
    return Markup("{} {}").format(html_text(id), said) if isinstance(said, Markup) else f"{id} {title}"


def told_label(clause: Clause) -> str:
    """A clause's id and title, where the framework has one of its own."""
    return clause.id if clause.label == clause.id else labelled(clause.id, clause.title, clause.lang)
