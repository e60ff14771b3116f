"""A document's own text as every engine gets it: links resolved, headings and passages with their anchors.

All of it is done to the source by position, from the one scan, so the page and `check` cannot disagree, and
what MkDocs renders is, byte for byte, what `policygraph render` writes, but for the element that holds a text in
another language than the pages'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from urllib.parse import unquote

from policygraph.model.document import Document, Heading, Link, Origin
from policygraph.publishing.escaping import html_text, markdown_text, yaml_text
from policygraph.publishing.links import Links, clause_anchor
from policygraph.publishing.text_edits import Edit, TermLink, anchor_edits, applied, term_edits
from policygraph.publishing.tongues import foreign, heading_tongue
from policygraph.resolving.handbook import Handbook, LinkTarget
from policygraph.resolving.pages import PageLinks
from policygraph.words import _

_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_OWN_ANCHOR = re.compile(r"\{[^{}]*#[^{}]*\}[ \t]*$")
_HTML = re.compile(r"</?div\b|^[ \t>]*<[a-z/!?]", re.IGNORECASE | re.MULTILINE)
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_SETEXT = re.compile(r"\n {0,3}(?:=+|-+)[ \t]*(?=\n|$)")
_INLINE_TARGET = re.compile(r"\]\(\s*(<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)")


def document_text(
    document: Document,
    handbook: Handbook,
    links: Links,
    header: str,
    foot: str,
    terms: Sequence[TermLink] = (),
) -> str:
    """Return the source of a document's page, with a link to each of its statements.

    `header` is HTML put below the title, `foot` HTML put after the text; `terms` are the words of the text
    that explain themselves.
    """
    meta = [f"title: {yaml_text(document.title)}"]
    if document.summary:
        meta.append(f"description: {yaml_text(document.summary)}")
    if document.front.tags:
        meta.append("tags:")
        meta.extend(f"  - {yaml_text(tag)}" for tag in document.front.tags)
    meta += ["search:", "  exclude: true"]
    tail = f"\n\n{foot.strip()}" if foot.strip() else ""
    lang = foreign(document.lang) if links.tells_languages else ""
    body = body_text(document, handbook, links, header, terms, permalinks=True, lang=lang)
    return "---\n" + "\n".join(meta) + f"\n---\n\n{body}{tail}\n"


def body_text(
    document: Document,
    handbook: Handbook,
    links: Links,
    header: str = "",
    terms: Sequence[TermLink] = (),
    *,
    permalinks: bool = False,
    lang: str = "",
) -> str:
    """Return a document's text as published, its title first, `header` below that.

    Where a `lang` is given, elements say it that are Markdown inside.
    """
    page = links.document_uri(document.path)
    targets = {
        link.span.start: target
        for link in document.links
        if (target := handbook.link_targets.get((document.path, link.span.start))) is not None
    }
    edits = _link_edits(document, targets, links, page)
    edits.extend(Edit(span.start, 2, span.end, "") for span in document.addresses)
    edits.extend(Edit(span.start, 2, span.end, "&lt;") for span in document.active)
    title = _title_heading(document)
    if _HTML.search(document.body) or len(_FENCE.findall(document.body)) % 2:
        # Blocks of the author's HTML might close ours, and are read otherwise inside it; an open fence might hold our end.
        lang = ""
    for heading in document.headings:
        edits.extend(
            _heading(
                document,
                heading,
                promote=heading is title and heading.level > 1,
                lang=lang if heading is title else "",
            )
        )
    edits.extend(anchor_edits(document, edits, permalinks=permalinks))
    edits.extend(term_edits(document.body, terms, edits))
    head = f"{header.strip()}\n\n" if header.strip() else ""
    if lang:
        head += f'<div lang="{lang}" markdown="1">\n\n'
    top = ""
    if title is not None:
        end = _end_of_heading(document.body, title)
        edits.append(Edit(end, 3, end, f"\n\n{head.rstrip()}\n\n" if head else ""))
    elif _html_title(document):
        top = head
    else:
        top = f"# {markdown_text(document.title)}{heading_tongue(lang)}\n\n{head}"
    text = top + applied(document.body, edits).strip("\n")
    return f"{text}\n\n</div>" if lang else text


def page_text(found: PageLinks, links: Links, uri: str) -> str:
    """Return the text of a page beside the handbook with its links into the handbook resolved."""
    return applied(found.page.body, _link_edits(found.page, found.targets, links, uri))


def _link_edits(document: Document, targets: Mapping[int, LinkTarget], links: Links, page: str) -> list[Edit]:
    return [
        Edit(link.span.start, 2, link.span.end, text)
        for link in document.links
        if (target := targets.get(link.span.start)) is not None
        and (text := _link_text(document, link, target, links, page)) is not None
    ]


def _link_text(document: Document, link: Link, target: LinkTarget, links: Links, page: str) -> str | None:
    """What stands in the place of a link; None where it stays as typed."""
    if link.origin is Origin.ID_PATTERN:
        if target.document is None or target.document == document.path:
            return None
        return f"[{markdown_text(link.label)}]({links.markdown(page, links.document_uri(target.document))})"
    label = _label(document, link)
    if target.nothing:
        nowhere = html_text(_("This link leads nowhere"))
        return f'<span class="pg-unresolved" title="{nowhere}">{label}</span>'
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


def _heading(document: Document, heading: Heading, promote: bool, lang: str) -> list[Edit]:
    """Give a heading its anchor, and make the one that serves as title a first-level heading."""
    start, end = heading.content.start, heading.content.end
    text = document.body[start:end]
    kept = text.rstrip()
    edits = []
    said = f" lang={lang}" if lang else ""
    if not _OWN_ANCHOR.search(kept):
        kept = _CLOSING_HASHES.sub("", kept)
        # A hash that is part of the title (C#) must not be taken for a closing one.
        hashes = len(kept) - len(kept.rstrip("#"))
        kept = kept.rstrip("#")
        edits.append(Edit(start + len(kept), 2, end, f"{'&#35;' * hashes} {{#{heading.anchor}{said}}}"))
    if promote:
        line = document.body.rfind("\n", 0, start) + 1
        edits.append(Edit(line, 2, start, "# "))
        if (after := _end_of_heading(document.body, heading)) > end:
            edits.append(Edit(end, 2, after, ""))
    return edits
