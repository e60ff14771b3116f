"""Tables for spreadsheets: comma-separated values in UTF-8, quoted as RFC 4180 asks, lines ending in LF.

No cell begins a formula. A cell that a spreadsheet could take for one (it begins with =, +, -, @, their
full-width forms, a tab or a carriage return, or with white space, seen or unseen, before one of these) has an apostrophe put
before it, which spreadsheets take for "this is text".
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from policygraph.judging.judgement import Judgement
from policygraph.publishing.exports.records import portable, strength
from policygraph.resolving.handbook import Handbook

REGISTER_HEADER = (
    "id",
    "title",
    "type",
    "owner",
    "status",
    "file",
    "area",
    "summary",
    "lang",
    "words",
    "applies_to",
    "approver",
    "review_every",
    "effective",
    "expires",
    "basis",
    "visibility",
    "owner_held_by",
    "satisfies",
    "references",
    "referenced_by",
    "findings",
)
REFERENCES_HEADER = (
    "source",
    "relation",
    "target",
    "origin",
    "because",
    "passage",
    "file",
    "line",
    "column",
    "section",
    "headings",
    "passage_id",
    "source_title",
    "target_title",
    "target_file",
)
MENTIONS_HEADER = (
    "source",
    "target",
    "text",
    "strength",
    "file",
    "line",
    "column",
    "passage",
    "passage_id",
    "target_file",
)

_FORMULA = re.compile(r"[\t\r\n]|[\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def register_csv(judgement: Judgement) -> bytes:
    """register.csv: one row for each document."""
    handbook = judgement.case.handbook
    answered: dict[str, list[str]] = {}
    for mapping in handbook.mappings:
        answered.setdefault(mapping.document, []).append(mapping.clause)
    findings = Counter(finding.document for finding in judgement.findings)
    rows = []
    for document in handbook.documents:
        front = document.front
        role = handbook.role(document.owner)
        rows.append(
            (
                document.id,
                document.title,
                document.type,
                document.owner,
                document.status.value,
                document.path,
                document.area,
                document.summary,
                document.lang,
                document.words,
                _joined(front.applies_to),
                front.approver,
                front.review_every,
                front.effective,
                front.expires,
                front.basis,
                front.visibility.value if front.visibility else None,
                _joined(role.holders if role else ()),
                _joined(dict.fromkeys(answered.get(document.path, ()))),
                len({reference.target for reference in handbook.outgoing.get(document.path, ())}),
                len({reference.source for reference in handbook.incoming.get(document.path, ())}),
                findings[document.path],
            )
        )
    return _table(REGISTER_HEADER, rows)


def references_csv(handbook: Handbook) -> bytes:
    """references.csv: one row for each place where a reference is written.

    `because` is the reason declared for the reference; where none is, the passage has to serve.
    """
    rows = []
    for reference in handbook.references:
        source, target = handbook.by_path[reference.source], handbook.by_path[reference.target]
        declared = next((o.because for o in reference.occurrences if o.because), None)
        for occurrence in reference.occurrences:
            passage = occurrence.passage
            rows.append(
                (
                    source.id,
                    reference.relation.name,
                    target.id,
                    occurrence.origin.value,
                    occurrence.because or declared,
                    passage.sentence if passage else None,
                    portable(occurrence.place.file),
                    occurrence.place.line,
                    occurrence.place.column,
                    occurrence.section,
                    " > ".join(passage.headings) if passage else None,
                    passage.id if passage else None,
                    source.title,
                    target.title,
                    target.path,
                )
            )
    return _table(REFERENCES_HEADER, rows)


def mentions_csv(handbook: Handbook) -> bytes:
    """mentions.csv: one row for each document's name in another's text without a link."""
    return _table(
        MENTIONS_HEADER,
        [
            (
                handbook.by_path[mention.source].id,
                handbook.by_path[mention.target].id,
                mention.text,
                strength(mention),
                portable(mention.place.file),
                mention.place.line,
                mention.place.column,
                mention.passage.sentence,
                mention.passage.id,
                mention.target,
            )
            for mention in handbook.mentions
        ],
    )


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def cell(value: object) -> str:
    """A value as the text of a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isalnum():
        return text
    text = _CONTROL.sub("", text)
    return f"'{text}" if _FORMULA.match(text) else text


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8", "replace")
