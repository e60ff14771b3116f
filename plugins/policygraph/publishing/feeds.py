"""Atom feeds of what changed: one of everything, and one for each audience.

An entry keeps its id whatever becomes of the site's address, since it is made from the commit and the file.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.news import Batch, Beginning
from policygraph.judging.subjects import Party
from policygraph.publishing.change_places import CHANGES, anchor_of, change_places
from policygraph.publishing.change_views import ChangeView, change_view, news_word
from policygraph.publishing.escaping import html_text
from policygraph.publishing.expected_places import group_uri
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.links import file_name
from policygraph.publishing.publication import Asset
from policygraph.words import _, ngettext

ATOM = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml"
EVERYTHING = "changes/all.xml"
HOME_PAGE = "index.md"

MOST_ENTRIES = 50
"""Entries of one feed, the newest."""

_NAMESPACE = uuid.UUID("6f0d1f0e-7f0b-5c55-9d2f-3c6a4c1f4a10")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed, and whom it is for."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class _Feed:
    """What a feed holds; `audience` is None for everything."""

    uri: str
    title: str
    audience: str | None


def feed_links(index: Index, links: PageLinks) -> tuple[FeedLink, ...]:
    """The feeds there are, as links: of everything, then by audience."""
    return tuple(FeedLink(feed.title, links.to(feed.uri)) for feed in _feeds(index))


def feed_assets(index: Index) -> Iterator[Asset]:
    """Every feed; none where no history is known, since it would have nothing to say, for ever."""
    batches = index.case.changes.loud
    for feed in _feeds(index):
        yield Asset(feed.uri, _document(index, feed, list(_entries(batches, feed.audience))[:MOST_ENTRIES]))


def _entries(batches: Sequence[Batch], audience: str | None) -> Iterator[tuple[str, Batch]]:
    """What concerns an audience, each with its id: a part of something larger is an entry of its own."""
    for batch in batches:
        part = batch if audience is None else batch.concerning(audience)
        if part is not None:
            whole = len(part.changes) == len(batch.changes)
            yield entry_id(batch.key if whole else f"{batch.key}:{audience}"), part


def _feeds(index: Index) -> Iterator[_Feed]:
    if not any(index.handbook.history.revisions.values()):
        return
    yield _Feed(EVERYTHING, _("Everything"), None)
    taken = {EVERYTHING}
    for id, title in audiences_of_feeds(index):
        uri = feed_uri(id)
        if uri not in taken:
            taken.add(uri)
            yield _Feed(uri, title, id)


def audience_feed(index: Index, links: PageLinks, audience: str) -> str:
    """A link to the feed of an audience; empty where it has none."""
    found = (feed for feed in _feeds(index) if feed.audience == audience.lower())
    return next((links.to(feed.uri) for feed in found), "")


def feed_heads(index: Index) -> dict[str, str]:
    """What tells programs of the feeds in the head of a page, by the page: where the site's address is known."""
    if not index.handbook.settings.url:
        return {}
    every = next((feed for feed in _feeds(index) if feed.audience is None), None)
    pages = [HOME_PAGE, CHANGES, *(p.uri for ps in change_places(index).years.values() for p in ps)]
    found = {uri: _head(index, uri, every) for uri in pages if every is not None}
    for feed in _feeds(index):
        uri = group_uri(index, Party("audience", feed.audience)) if feed.audience else ""
        if uri:
            found[uri] = _head(index, uri, feed)
    return found


def _head(index: Index, uri: str, feed: _Feed) -> str:
    href = html_text(PageLinks(index, uri).address(feed.uri))
    # Material takes whatever is "alternate" and no more for the site in another language, and asks for its sitemap.
    return (
        f'<link rel="alternate feed" type="{TYPE}" title="{html_text(_title_of(index, feed))}" href="{href}">'
    )


def audiences_of_feeds(index: Index) -> Iterator[tuple[str, str]]:
    """Every audience that has a feed, by its id in lower case, with its title."""
    known = index.handbook.organisation.audiences
    for id, audience in known.items():
        yield id.lower(), audience.title
    used = {name.lower(): name for d in index.handbook.documents for name in d.front.applies_to}
    for id in sorted(used.keys() - known.keys()):
        yield id, used[id]


def feed_uri(audience: str) -> str:
    """The file of an audience's feed."""
    name = file_name(audience)
    return f"changes/for-{name}.xml"


def entry_id(key: str) -> str:
    """The id of an entry, by the key of its change."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, key.encode('utf-8', 'replace').decode())}"


def xml_text(text: str) -> str:
    """Text without characters that XML cannot hold, even escaped."""
    return _NO_XML.sub("", text)


def _document(index: Index, feed: _Feed, entries: Sequence[tuple[str, Batch]]) -> bytes:
    """A feed as XML."""
    settings = index.handbook.settings
    links = PageLinks(index, feed.uri)
    changes = index.case.changes
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": xml_text(settings.language)})
    _add(root, "title", _title_of(index, feed))
    # An id stays as it is, whatever language is spoken.
    _add(root, "id", entry_id(f"{settings.name or 'Handbook'}:{feed.uri}"))
    _add(root, "updated", _stamp(_updated(index, [batch for _, batch in entries])))
    ET.SubElement(
        root, "link", {"rel": "alternate", "type": "text/html", "href": _href(index, links, CHANGES)}
    )
    ET.SubElement(root, "link", {"rel": "self", "type": TYPE, "href": _href(index, links, feed.uri)})
    author = ET.SubElement(root, "author")
    _add(author, "name", settings.organisation or _name_of(index))
    _add(root, "generator", "policygraph")
    for id, batch in entries:
        _entry(index, links, root, id, batch)
    if changes.beginning is not None and changes.beginning.known and len(entries) < MOST_ENTRIES:
        _began(index, links, root, changes.beginning, feed)
    ET.indent(root, "  ")
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _title_of(index: Index, feed: _Feed) -> str:
    if feed.audience is None:
        return _("%(handbook)s: what changed", handbook=_name_of(index))
    return _("%(handbook)s: what changed for %(audience)s", handbook=_name_of(index), audience=feed.title)


def _name_of(index: Index) -> str:
    return index.handbook.settings.name or _("Handbook")


def _updated(index: Index, batches: Sequence[Batch]) -> dt.datetime:
    """When the feed last got something new; where it never did, when the handbook began or was first known."""
    found = [batch.first.when for batch in batches]
    beginning = index.case.changes.beginning
    if not found and beginning is not None:
        found.append(beginning.commit.when)
    history = index.handbook.history
    return max(found or [s.commit.when for states in history.revisions.values() for s in states])


def _entry(index: Index, links: PageLinks, root: ET.Element, id: str, batch: Batch) -> None:
    view = change_view(index, links, batch)
    entry = ET.SubElement(root, "entry")
    _add(entry, "title", _title(view, batch))
    _add(entry, "id", id)
    _add(entry, "updated", _stamp(batch.first.when))
    _add(entry, "published", _stamp(batch.first.when))
    href = _href(index, links, change_places(index).uris[batch.key], anchor_of(batch))
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
    ET.SubElement(entry, "category", {"term": batch.news.value, "label": news_word(batch.news)})
    _add(entry, "summary", _summary(view))


def _began(index: Index, links: PageLinks, root: ET.Element, beginning: Beginning, feed: _Feed) -> None:
    found = [c for c in beginning.documents if feed.audience is None or c.concerns(feed.audience)]
    entry = ET.SubElement(root, "entry")
    said = ngettext(
        "The handbook began with %(num)s document",
        "The handbook began with %(num)s documents",
        len(beginning.documents),
    )
    _add(entry, "title", said)
    _add(entry, "id", entry_id(f"{beginning.commit.id}:{feed.uri}:began"))
    _add(entry, "updated", _stamp(beginning.commit.when))
    ET.SubElement(
        entry, "link", {"rel": "alternate", "type": "text/html", "href": _href(index, links, CHANGES)}
    )
    names = ", ".join(change.line.title for change in found[:100])
    _add(entry, "summary", f"{names}." if names else _("None of them concerns this audience alone."))


def _title(view: ChangeView, batch: Batch) -> str:
    return view.title if view.document is None else f"{news_word(batch.news)}: {view.title}"


def _summary(view: ChangeView) -> str:
    parts = [
        *view.words,
        _("It applies from %(day)s.", day=view.starts) if view.starts else "",
        _("Use %(document)s instead.", document=view.replaced_by.title) if view.replaced_by else "",
        f"{', '.join(document.title for document in view.many[:100])}." if view.many else "",
        _("Why: %(reason)s", reason=view.reason) if view.reason else "",
        _("For: %(audience)s.", audience=view.audience) if view.audience else "",
    ]
    return "\n".join(part for part in parts if part)


def _href(index: Index, links: PageLinks, uri: str, anchor: str = "") -> str:
    """The whole address where the settings know the site's; else one that holds from the feed's own place."""
    if address := index.web_address(uri, anchor):
        return address
    return links.address(uri) + (f"#{anchor}" if anchor else "")


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = xml_text(text)


def _stamp(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
