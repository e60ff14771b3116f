"""A document's own text as every engine gets it: links resolved, headings and passages with their anchors.

All of it is done to the source by position, from the one scan, so the page and `check` cannot disagree, and
what MkDocs renders is, byte for byte, what `policygraph render` writes.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote

from policygraph.model.document import Document, Heading, Link, Origin
from policygraph.model.place import Passage
from policygraph.publishing.escaping import html_text, markdown_text, yaml_text
from policygraph.publishing.links import Links, clause_anchor
from policygraph.resolving.handbook import Handbook, LinkTarget
from policygraph.resolving.pages import PageLinks

_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_OWN_ANCHOR = re.compile(r"\{[^{}]*#[^{}]*\}[ \t]*$")
_SETEXT = re.compile(r"\n {0,3}(?:=+|-+)[ \t]*(?=\n|$)")
_INLINE_TARGET = re.compile(r"\]\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)")


class _Edit(NamedTuple):
    start: int
    order: int
    end: int
    text: str


def document_text(document: Document, handbook: Handbook, links: Links, header: str, foot: str) -> str:
    """Return the source of a document's page.

    `header` is HTML put below the title, `foot` HTML put after the text.
    """
    meta = [f"title: {yaml_text(document.title)}"]
    if document.summary:
        meta.append(f"description: {yaml_text(document.summary)}")
    if document.front.tags:
        meta.append("tags:")
        meta.extend(f"  - {yaml_text(tag)}" for tag in document.front.tags)
    tail = f"\n\n{foot.strip()}" if foot.strip() else ""
    return "---\n" + "\n".join(meta) + f"\n---\n\n{body_text(document, handbook, links, header)}{tail}\n"


def body_text(document: Document, handbook: Handbook, links: Links, header: str = "") -> str:
    """Return a document's text as published, its title first, `header` below that."""
    page = links.document_uri(document.path)
    targets = {
        link.span.start: target
        for link in document.links
        if (target := handbook.link_targets.get((document.path, link.span.start))) is not None
    }
    edits = _link_edits(document, targets, links, page)
    edits.extend(_Edit(span.start, 2, span.end, "") for span in document.addresses)
    edits.extend(_Edit(span.start, 2, span.end, "&lt;") for span in document.active)
    title = _title_heading(document)
    for heading in document.headings:
        edits.extend(_heading(document, heading, promote=heading is title and heading.level > 1))
    edits.extend(_anchors(document, edits))
    head = f"{header.strip()}\n\n" if header.strip() else ""
    top = ""
    if title is not None:
        end = _end_of_heading(document.body, title)
        edits.append(_Edit(end, 3, end, f"\n\n{head.rstrip()}\n\n" if head else ""))
    elif _html_title(document):
        top = head
    else:
        top = f"# {markdown_text(document.title)}\n\n{head}"
    return top + _applied(document.body, edits).strip("\n")


def page_text(found: PageLinks, links: Links, uri: str) -> str:
    """Return the text of a page beside the handbook with its links into the handbook resolved."""
    return _applied(found.page.body, _link_edits(found.page, found.targets, links, uri))


def _link_edits(
    document: Document, targets: Mapping[int, LinkTarget], links: Links, page: str
) -> list[_Edit]:
    return [
        _Edit(link.span.start, 2, link.span.end, text)
        for link in document.links
        if (target := targets.get(link.span.start)) is not None
        and (text := _link_text(document, link, target, links, page)) is not None
    ]


def _applied(body: str, edits: list[_Edit]) -> str:
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position:
            continue
        pieces.append(body[position : edit.start])
        pieces.append(edit.text)
        position = edit.end
    pieces.append(body[position:])
    return "".join(pieces)


def _link_text(document: Document, link: Link, target: LinkTarget, links: Links, page: str) -> str | None:
    """What stands in the place of a link; None where it stays as typed."""
    if link.origin is Origin.ID_PATTERN:
        if target.document is None or target.document == document.path:
            return None
        return f"[{markdown_text(link.label)}]({links.markdown(page, links.document_uri(target.document))})"
    label = _label(document, link)
    if target.nothing:
        return f'<span class="pg-unresolved" title="This link leads nowhere">{label}</span>'
    if target.outside:
        own = links.own_page_uri(target.file or "")
        # A file that exists, but not on the site, keeps its words and loses its link.
        return (
            label if own is None else _readdressed(document, link, links.markdown(page, own, target.section))
        )
    if target.clause is not None:
        id = target.clause.partition(":")[2]
        return f"[{label}]({links.markdown(page, links.clause_uri(target.clause), clause_anchor(id))})"
    uri = links.document_uri(target.file or "")
    address = links.markdown(page, uri, target.section)
    if link.origin is Origin.WIKI_LINK:
        return f"[{label}]({address})"
    return _readdressed(document, link, address)


def _label(document: Document, link: Link) -> str:
    """The source of what a link shows: markup inside it stays markup."""
    raw = document.body[link.span.start : link.span.end]
    if link.origin is Origin.WIKI_LINK:
        inner = raw[2:-2]
        _, bar, shown = inner.partition("|")
        return shown.strip() if bar and shown.strip() else str(markdown_text(link.label))
    end = raw.rfind("](")
    if end < 0:
        end = raw.rfind("][") if "][" in raw else raw.rfind("]")
    return raw[1:end] if raw.startswith("[") and end > 0 else str(markdown_text(link.label))


def _readdressed(document: Document, link: Link, address: str) -> str | None:
    """A Markdown link with the address that every engine understands; None where it has it already."""
    if unquote(link.target).removeprefix("./") == unquote(address):
        return None
    raw = document.body[link.span.start : link.span.end]
    targets = list(_INLINE_TARGET.finditer(raw))
    if not targets or not raw.endswith(")"):
        return f"[{_label(document, link)}]({address})"
    found = targets[-1]
    return f"{raw[: found.start(1)]}{address}{raw[found.end(1) :]}"


def _title_heading(document: Document) -> Heading | None:
    """The heading under which the page begins, if its text begins with one."""
    if not document.headings:
        return None
    first = document.headings[0]
    before = document.body[: first.content.start].strip(" #\n\t")
    if before:
        return None
    if first.level == 1:
        return first
    only_title = first.text == document.title and all(h.level > 1 for h in document.headings)
    return first if only_title else None


def _html_title(document: Document) -> bool:
    return "<h1" in document.body[:2000].lower() or document.body.lstrip()[:3].lower() == "<h1"


def _end_of_heading(body: str, heading: Heading) -> int:
    setext = _SETEXT.match(body, heading.content.end)
    is_atx = body[max(heading.content.start - 2, 0) : heading.content.start].strip(" \t").endswith("#")
    return setext.end() if setext and not is_atx else heading.content.end


def _heading(document: Document, heading: Heading, promote: bool) -> list[_Edit]:
    """Give a heading its anchor, and make the one that serves as title a first-level heading."""
    start, end = heading.content.start, heading.content.end
    text = document.body[start:end]
    kept = text.rstrip()
    edits = []
    if not _OWN_ANCHOR.search(kept):
        kept = _CLOSING_HASHES.sub("", kept)
        # A hash that is part of the title (C#) must not be taken for a closing one.
        hashes = len(kept) - len(kept.rstrip("#"))
        kept = kept.rstrip("#")
        edits.append(_Edit(start + len(kept), 2, end, f"{'&#35;' * hashes} {{#{heading.anchor}}}"))
    if promote:
        line = document.body.rfind("\n", 0, start) + 1
        edits.append(_Edit(line, 2, start, "# "))
        if (after := _end_of_heading(document.body, heading)) > end:
            edits.append(_Edit(end, 2, after, ""))
    return edits


def _anchors(document: Document, edits: list[_Edit]) -> list[_Edit]:
    """An anchor for every passage that something may point at, once each."""
    replaced = sorted((edit.start, edit.end) for edit in edits if edit.end > edit.start)
    passages: dict[str, Passage] = {}
    marked = (document.statements, document.timed, document.links)
    for passage in (one.passage for found in marked for one in found):
        if passage.span is not None:
            passages.setdefault(passage.id, passage)
    found: list[_Edit] = []
    end_of_last = 0
    for passage in sorted(passages.values(), key=lambda p: p.span.start if p.span else 0):
        span = passage.span
        if span is None or _inside(replaced, span.start):
            continue
        id = html_text(passage.id)
        wraps = passage.wrappable and span.start >= end_of_last and not _inside(replaced, span.end)
        if wraps and "\n\n" not in document.body[span.start : span.end]:
            end_of_last = span.end
            found.append(_Edit(span.start, 1, span.start, f'<span class="pg-passage" id="{id}">'))
            found.append(_Edit(span.end, 0, span.end, "</span>"))
        else:
            found.append(_Edit(span.start, 1, span.start, f'<span class="pg-anchor" id="{id}"></span>'))
    return found


def _inside(intervals: list[tuple[int, int]], position: int) -> bool:
    index = bisect_left(intervals, (position, 0)) - 1
    return index >= 0 and intervals[index][0] < position < intervals[index][1]
