"""What document control wants to see of a document, folded behind one quiet line on its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policygraph.model.document import Document
from policygraph.publishing.dates import date_words
from policygraph.publishing.document_notes import version_fact
from policygraph.publishing.index import Index, PageLinks
from policygraph.publishing.names import name_of
from policygraph.publishing.reference_views import status_words
from policygraph.words import _, ngettext


@dataclass(frozen=True, slots=True)
class ControlFact:
    """One fact; `href` leads to where more is said."""

    name: str
    value: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class ControlData:
    """The line that is always seen, after the id, and the facts behind it, if any."""

    id: str
    line: str
    facts: tuple[ControlFact, ...]


def control_data(index: Index, links: PageLinks, document: Document, asked: Document) -> ControlData:
    """The control data of a document; of a translation those of its original, `asked`."""
    standing = index.case.standings.get(asked.path)
    parts = [name_of(asked.type)] if asked.type != "document" else []
    if standing is not None and standing.version is not None:
        parts.append(_("version %(version)s", version=standing.version))
    if standing is not None and standing.last_review is not None:
        parts.append(_("reviewed %(day)s", day=date_words(standing.last_review.on)))
    facts = tuple(_facts(index, links, document, asked)) if index.audited else ()
    return ControlData(document.id, " · ".join(("", *parts)), facts)


def _facts(index: Index, links: PageLinks, document: Document, asked: Document) -> Iterator[ControlFact]:
    front = asked.front
    sheet = links.sheet(document.path)
    standing = index.case.standings.get(asked.path)
    yield ControlFact(_("Status"), status_words(asked, index.today))
    if (version := version_fact(index, asked)) is not None:
        yield ControlFact(_("Version"), f"{version.version}, {version.more}")
    if front.approver:
        role = index.handbook.role(front.approver)
        holders = f" ({', '.join(role.holders)})" if role and role.holders else ""
        yield ControlFact(_("Approved by"), f"{role.title if role else front.approver}{holders}")
    if standing is not None:
        if (last := standing.last_review) is not None:
            said = _(
                "%(day)s, %(outcome)s, by %(person)s",
                day=date_words(last.on),
                outcome=name_of(last.outcome),
                person=last.by,
            )
            yield ControlFact(_("Last review"), said)
        if standing.next_review is not None:
            due = date_words(standing.next_review)
            yield ControlFact(_("Next review"), _("%(day)s, overdue", day=due) if standing.overdue else due)
    if front.effective:
        yield ControlFact(_("In force from"), date_words(front.effective))
    if front.expires:
        yield ControlFact(_("Expires"), date_words(front.expires))
    if front.former_ids:
        yield ControlFact(_("Former ids"), ", ".join(front.former_ids))
    if clauses := len({mapping.clause for mapping in index.mappings.get(asked.path, ())}):
        yield ControlFact(
            _("Answers"),
            ngettext("%(num)s clause", "%(num)s clauses", clauses),
            links.sheet(asked.path, "clauses"),
        )
    if (history := index.histories.get(document.path)) is not None:
        yield ControlFact(_("History"), _("What changed, and when"), links.to(history))
    yield ControlFact(_("For auditors"), _("Audit sheet"), sheet)
