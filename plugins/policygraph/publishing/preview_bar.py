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
from policygraph.publishing.findings import FindingView, SeverityCount, count_words, finding_views
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.publication import Asset
from policygraph.publishing.templates import render

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
            BarEntry(view, _WEIGHTS[f.severity], _where(path, f), f.fix.title if f.fix is not None else "")
            for f, view in zip(ordered, finding_views(links, ordered), strict=True)
        ),
        left_out=len(findings) - len(ordered),
        all=links.to(FINDINGS),
    )


_WEIGHTS = {Severity.ERROR: "Error", Severity.WARNING: "Warning", Severity.INFO: "Note"}


def _where(path: str, finding: Finding) -> str:
    line = f"line {finding.place.line}"
    return line.capitalize() if finding.place.file == path else f"{finding.place.file}, {line}"
