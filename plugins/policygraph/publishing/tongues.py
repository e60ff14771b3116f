"""Text in another language than the page says so, so that it is read out and hyphenated as it should be."""

from __future__ import annotations

from markupsafe import Markup

from policygraph.model.framework import Clause
from policygraph.publishing.catalogues import language_family
from policygraph.publishing.escaping import html_text
from policygraph.words import ENGLISH, spoken


def foreign(language: str) -> str:
    """A text's language where it is not the page's; empty where it is, or where nobody has said."""
    return language if language and language_family(language) != language_family(spoken().code) else ""


def tongue(language: str = ENGLISH.code) -> Markup:
    """The attribute for an element whose text is in a language, by itself that of findings and rules."""
    return Markup(' lang="{}"').format(other) if (other := foreign(language)) else Markup()


def told(text: str, language: str = ENGLISH.code) -> str:
    """A text in a language, fit for content and not for attributes: as it is where the page's is the same."""
    if not text or not (attribute := tongue(language)):
        return text
    return Markup("<span{}>{}</span>").format(attribute, html_text(text))


def told_label(clause: Clause) -> str:
    """A clause's id and title; only the title is in the catalog's language."""
    title = told(clause.title, clause.lang)
    if not isinstance(title, Markup) or clause.label == clause.id:
        return clause.label
    return Markup("{} {}").format(html_text(clause.id), title)
