"""The findings, and the rules behind them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policygraph.judging.rule import Rule
from policygraph.judging.rules import all_rules
from policygraph.model.finding import Finding, Severity
from policygraph.publishing.audit_pages import FINDINGS, Crumb, audit_page
from policygraph.publishing.chunking import Piece, area_pieces, packed, pieces
from policygraph.publishing.index import Index, PageLinks, Shelf, grouped
from policygraph.publishing.names import name_of
from policygraph.publishing.publication import MOST_ROWS, Page
from policygraph.publishing.reference_views import DocumentLink, document_link
from policygraph.publishing.rule_address import RULES
from policygraph.words import _, ngettext

_CODE = re.compile(r"`([^`\n]+)`")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: prose or code."""

    text: str
    code: bool


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding as pages show it; `key` is its severity for programs."""

    code: str
    rule: str
    rule_href: str
    key: str
    severity: str
    message: tuple[Run, ...]
    help: tuple[Run, ...]
    suggestion_word: str
    suggestion: str
    in_lines: bool
    place: str
    allowed: str


@dataclass(frozen=True, slots=True)
class SeverityCount:
    """How many findings weigh so much, in words."""

    severity: str
    words: str


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """The findings of one document, or of one other file."""

    heading: str
    document: DocumentLink | None
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule's page of help; `key` is its severity for programs, `off` says that the settings switch it off."""

    anchor: str
    heading: str
    key: str
    severity: str
    off: bool
    what: tuple[tuple[Run, ...], ...]
    why: tuple[tuple[Run, ...], ...]
    example: str
    remedy: tuple[tuple[Run, ...], ...]
    count: int


_Group = tuple[str, tuple[Finding, ...]]


def finding_views(links: PageLinks, findings: Sequence[Finding]) -> tuple[FindingView, ...]:
    """Findings for a page."""
    return tuple(
        FindingView(
            f.code,
            f.rule,
            links.to(RULES, f.code.lower()),
            f.severity.value,
            name_of(f.severity),
            _runs(f.message),
            _runs(f.help),
            f.suggestion_word.capitalize(),
            f.suggestion or "",
            "\n" in (f.suggestion or ""),
            f"{f.place.file}:{f.place.line}",
            f.allowed or "",
        )
        for f in findings
    )


def finding_pages(index: Index) -> Iterator[Page]:
    """All findings, on one page or split by area."""
    judgement = index.judgement
    shelved = {d.path for shelf in index.shelves for d in shelf.documents}
    others = [(path, found) for path, found in index.findings.items() if path not in shelved]
    if len(judgement.findings) <= MOST_ROWS:
        groups = [g for shelf in index.shelves for g in _of_shelf(index, shelf)] + others
        yield _page(index, FINDINGS, _("Findings"), groups, ())
        return
    links = PageLinks(index, FINDINGS)
    parts = area_pieces(
        "findings",
        index.shelves,
        lambda shelf: packed(_cut(_of_shelf(index, shelf)), lambda g: len(g[1])),
        lambda g: index.documents[g[0]].id,
    )
    # No area's file name ends in a hyphen, so these cannot clash with an area's.
    files = tuple(
        Piece(f"audit/findings/files--{number}.md", _("Other files"), rows)
        for number, rows in enumerate(packed(_cut(others), lambda g: len(g[1])), start=1)
    )
    parts += files
    crumbs = tuple(Crumb(p.title, links.to(p.uri), sum(len(f) for _, f in p.rows)) for p in parts)
    yield _page(index, FINDINGS, _("Findings"), (), crumbs)
    for part in parts:
        yield _page(index, part.uri, _("Findings: %(part)s", part=part.title), part.rows, (), main=False)


def rules_page(index: Index) -> Page:
    """Every rule with its page of help."""
    links = PageLinks(index, RULES)
    counts = Counter(f.code for f in index.judgement.findings)
    settings = index.handbook.settings.rules
    return audit_page(
        RULES,
        _("Rules"),
        "rules.md.j2",
        links,
        section=RULES,
        description=_("What the handbook is checked for, and why."),
        rules=tuple(_rule(rule, rule.weight(settings), counts[rule.code]) for rule in all_rules()),
        findings=links.to(FINDINGS),
    )


def _of_shelf(index: Index, shelf: Shelf) -> list[_Group]:
    return [(d.path, index.findings[d.path]) for d in shelf.documents if d.path in index.findings]


def _cut(groups: list[_Group]) -> list[_Group]:
    return [(path, piece) for path, found in groups for piece in pieces(found)]


def _page(
    index: Index,
    uri: str,
    title: str,
    groups: Sequence[_Group],
    parts: tuple[Crumb, ...],
    *,
    main: bool = True,
) -> Page:
    links = PageLinks(index, uri)
    judgement = index.judgement
    shown = judgement.findings if main else [f for _, found in groups for f in found]
    severities = Counter(f.severity for f in shown)
    codes = grouped(judgement.findings, lambda f: (f.code, f.rule)) if main else {}
    return audit_page(
        uri,
        title,
        "findings.md.j2",
        links,
        section=FINDINGS,
        description=_("What the rules have to say, document by document."),
        total=len(shown),
        severities=tuple(
            SeverityCount(severity.value, count_words(severities[severity], severity))
            for severity in Severity
            if severities[severity]
        ),
        codes=tuple(
            Crumb(f"{code} {name}", links.to(RULES, code.lower()), len(found))
            for (code, name), found in sorted(codes.items())
        ),
        groups=tuple(_group(index, links, path, found) for path, found in groups),
        allowed=finding_views(links, judgement.allowed[:MOST_ROWS]) if main else (),
        parts=parts,
        rules=links.to(RULES),
    )


def count_words(count: int, severity: Severity) -> str:
    """How many findings weigh so much, in words."""
    match severity:
        case Severity.ERROR:
            return ngettext("%(num)s error", "%(num)s errors", count)
        case Severity.WARNING:
            return ngettext("%(num)s warning", "%(num)s warnings", count)
        case Severity.INFO:
            return ngettext("%(num)s note", "%(num)s notes", count)


def _group(index: Index, links: PageLinks, path: str, found: Sequence[Finding]) -> FindingGroup:
    document = index.documents.get(path)
    if document is None:
        return FindingGroup(path, None, finding_views(links, found))
    return FindingGroup(
        f"{document.id} {document.title}", document_link(index, links, path), finding_views(links, found)
    )


def _rule(rule: Rule, severity: Severity | None, count: int) -> RuleView:
    weight = severity or rule.severity
    return RuleView(
        rule.code.lower(),
        f"{rule.code} {rule.name}",
        weight.value,
        name_of(weight),
        severity is None,
        _paragraphs(rule.help.what),
        _paragraphs(rule.help.why),
        rule.help.example,
        _paragraphs(rule.help.remedy),
        count,
    )


def _paragraphs(text: str) -> tuple[tuple[Run, ...], ...]:
    """Prose in paragraphs, with what stands between backticks as code."""
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return tuple(_runs(paragraph) for paragraph in paragraphs if paragraph)


def _runs(text: str) -> tuple[Run, ...]:
    return tuple(Run(piece, number % 2 == 1) for number, piece in enumerate(_CODE.split(text)) if piece)
