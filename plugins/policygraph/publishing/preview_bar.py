"""What only a preview shows: a quiet bar above a document, with the findings that concern it.

A build holds nothing of it, neither bar nor style: what an author still has to mend is nobody else's business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from markupsafe import Markup

from policygraph.model.finding import Finding, Severity
from policygraph.publishing.asset_files import FOLDER
from policygraph.publishing.audit_pages import FINDINGS
from policygraph.publishing.catalogues import words_in
from policygraph.publishing.findings import FindingView, SeverityCount, count_words, finding_views
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import Asset
from policygraph.publishing.templates import render
from policygraph.words import NP_, _, pgettext, speaking

STYLESHEET = f"{FOLDER}/preview.css"

_MOST = 50
"""Findings listed on a page; the page of findings has the rest."""


@dataclass(frozen=True, slots=True)
class BarEntry:
    """A finding in the bar: where it stands for somebody who has the file open, and what would put it right."""

    finding: FindingView
    weight: str
    where: str
    fix: str


def preview_bars(index: Index) -> Mapping[str, Markup]:
    """The bars by source path of their page; a document without findings has none."""
    with speaking(words_in(index.handbook.settings.language)):
        return {
            uri: _bar(PageLinks(index, uri), path, index.findings[path])
            for path, uri in index.pages.items()
            if path in index.findings
        }


def preview_assets() -> tuple[Asset, ...]:
    """The style of the bars."""
    file = resources.files("policygraph.publishing").joinpath("preview", "preview.css")
    return (Asset(STYLESHEET, file.read_bytes()),)


def _bar(links: PageLinks, path: str, findings: tuple[Finding, ...]) -> Markup:
    counts = Counter(f.severity for f in findings)
    ordered = sorted(findings, key=lambda f: (f.severity.rank, f.order))[:_MOST]
    return render(
        "preview_bar.html.j2",
        counts=tuple(
            SeverityCount(severity.value, count_words(counts[severity], severity))
            for severity in Severity
            if counts[severity]
        ),
        entries=tuple(
            BarEntry(
                view,
                pgettext("severity", _WEIGHTS[f.severity]),
                _where(path, f),
                f.fix.title if f.fix is not None else "",
            )
            for f, view in zip(ordered, finding_views(links, ordered), strict=True)
        ),
        left_out=len(findings) - len(ordered),
        all=links.to(FINDINGS),
    )


_WEIGHTS = {
    Severity.ERROR: NP_("severity", "Error"),
    Severity.WARNING: NP_("severity", "Warning"),
    Severity.INFO: NP_("severity", "Note"),
}


def _where(path: str, finding: Finding) -> str:
    place = finding.place
    if place.file == path:
        return _("Line %(line)s", line=place.line)
    return _("%(file)s, line %(line)s", file=place.file, line=place.line)
