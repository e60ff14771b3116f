"""Changes as pages show them: in plain words, with whom they concern, the reason and the redline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from policygraph.judging.news import Batch, Beginning, News, ReaderChange
from policygraph.publishing.change_places import (
    anchor_in,
    anchor_of,
    change_places,
    redline_of,
    shown_redline,
)
from policygraph.publishing.change_words import audience_names, change_words, in_short, quiet_words
from policygraph.publishing.dates import date_words, moment
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import MOST_ROWS
from policygraph.publishing.redline import Redline
from policygraph.publishing.successors import successor_of
from policygraph.words import N_, _, ngettext, spoken

MOST_TOLD_AT_ONCE = 50
"""Documents changed at once up to which each says what changed in it."""

_MOST_WORDS = 450
"""Characters that say what changed in one of many documents."""

_WORDS = {
    News.NEW: N_("New"),
    News.BACK: N_("In force again"),
    News.CHANGED: N_("Changed"),
    News.RETIRED: N_("Retired"),
    News.WITHDRAWN: N_("Taken back"),
    News.REMOVED: N_("Removed"),
    News.EXPIRED: N_("Expired"),
    News.EDITORIAL: N_("Wording"),
    News.CONTROL: N_("Control data"),
}


@dataclass(frozen=True, slots=True)
class ChangedDocument:
    """A document in a change: `href` leads to it where it still exists, `mark` is the version that it has today.

    Of many documents in one change, `words` say what it means for this one, and `history` leads to the redline.
    """

    id: str
    title: str
    href: str
    mark: str
    words: str
    history: str = ""
    anchor: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change as it is shown: one document, or `many` at once."""

    anchor: str
    href: str
    word: str
    style: str
    title: str
    document: ChangedDocument | None
    many: tuple[ChangedDocument, ...]
    more: int
    day: str
    short_day: str
    date: str
    audience: str
    reason: str
    words: tuple[str, ...]
    starts: str
    redline: Redline | None
    history: str
    replaced_by: ChangedDocument | None


@dataclass(frozen=True, slots=True)
class BeginningView:
    """Where the history begins."""

    day: str
    date: str
    documents: tuple[ChangedDocument, ...]
    more: int
    known: bool


def news_word(news: News) -> str:
    """What kind of news a change is, in a word."""
    return _(_WORDS[news])


def _many(news: News, number: int) -> str:
    """What one commit did to several documents."""
    match news:
        case News.NEW:
            return ngettext("%(num)s document is new", "%(num)s documents are new", number)
        case News.BACK:
            return ngettext(
                "%(num)s document is in force again", "%(num)s documents are in force again", number
            )
        case News.CHANGED:
            return ngettext("%(num)s document changed", "%(num)s documents changed at once", number)
        case News.RETIRED:
            return ngettext("%(num)s document was retired", "%(num)s documents were retired", number)
        case News.WITHDRAWN:
            return ngettext(
                "%(num)s document was taken back to a draft",
                "%(num)s documents were taken back to drafts",
                number,
            )
        case News.REMOVED:
            return ngettext("%(num)s document was removed", "%(num)s documents were removed", number)
        case News.EXPIRED:
            return ngettext("%(num)s document expired", "%(num)s documents expired", number)
        case News.EDITORIAL:
            return ngettext(
                "%(num)s document is worded or laid out better",
                "%(num)s documents are worded or laid out better",
                number,
            )
        case News.CONTROL:
            return ngettext(
                "The control data of %(num)s document changed",
                "The control data of %(num)s documents changed",
                number,
            )


def change_view(index: Index, links: PageLinks, batch: Batch) -> ChangeView:
    """Make the view of a change."""
    change = batch.first
    single = len(batch.changes) == 1
    shown = shown_redline(index, batch)
    many = () if single else tuple(_one_of_many(index, links, batch, c) for c in batch.changes[:MOST_ROWS])
    successor = successor_of(index, change.line) if single and batch.news.ends else None
    return ChangeView(
        anchor_of(batch),
        change_places(index).href(links, batch),
        news_word(batch.news),
        _style(batch.news),
        _many(batch.news, len(batch.changes)) if not single else change.line.title,
        _document(index, links, change) if single else None,
        many,
        len(batch.changes) - len(many) if not single else 0,
        date_words(change.day),
        spoken().day(change.day),
        moment(change.day),
        "" if not single else _listed(audience_names(index, change.audiences)),
        batch.reason,
        change_words(index, change, shown) if single else (),
        date_words(change.applies_from) if single and change.applies_from else "",
        shown if batch.news in (News.CHANGED, News.BACK) else None,
        _history(index, links, change) if single else "",
        ChangedDocument(
            successor.id,
            successor.title,
            links.document(successor.path),
            index.mark(successor.path),
            "",
            lang=successor.lang,
        )
        if successor is not None
        else None,
    )


def beginning_view(index: Index, links: PageLinks, beginning: Beginning) -> BeginningView:
    """Make the view of the beginning."""
    shown = beginning.documents[:MOST_ROWS]
    day = beginning.commit.when.date()
    return BeginningView(
        date_words(day),
        moment(day),
        tuple(_document(index, links, change) for change in shown),
        len(beginning.documents) - len(shown),
        beginning.known,
    )


def _one_of_many(index: Index, links: PageLinks, batch: Batch, change: ReaderChange) -> ChangedDocument:
    told = batch.news is News.CHANGED and len(batch.changes) <= MOST_TOLD_AT_ONCE
    words = change_words(index, change, redline_of(index, batch, change)) if told else ()
    found = _document(index, links, change)
    return replace(
        found,
        words=in_short(words[:2], _MOST_WORDS) if words else found.words,
        history=_history(index, links, change) if batch.news is News.CHANGED else "",
        anchor=anchor_in(change),
    )


def _document(index: Index, links: PageLinks, change: ReaderChange) -> ChangedDocument:
    line = change.line
    path = line.document.path if line.document is not None else ""
    return ChangedDocument(
        line.id,
        line.title,
        links.document(path) if path else "",
        index.mark(path),
        quiet_words(index, change) if change.news.quiet else "",
        lang=line.document.lang if line.document is not None else "",
    )


def _style(news: News) -> str:
    if news.ends:
        return "ended"
    return "new" if news in (News.NEW, News.BACK) else "quiet" if news.quiet else "changed"


def _history(index: Index, links: PageLinks, change: ReaderChange) -> str:
    """Where the version stands with all that is known of it."""
    if change.line.document is None or change.news is News.EXPIRED:
        return ""
    uri = index.histories.get(change.line.document.path)
    return links.to(uri, f"r-{change.commit.id[:10]}") if uri else ""


def _listed(names: Sequence[str]) -> str:
    return ", ".join([names[0], *(spoken().inside(name) for name in names[1:])])
