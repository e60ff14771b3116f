"""The line that says why a document matters: what only repeats, and what cites a standard."""

from __future__ import annotations

import pytest

from builders import document, judged
from policygraph.judging.why_lines import repeats, standard_cited
from policygraph.model.framework import Framework

FILE = "---\ntitle: {title}\nsummary: {summary}\nwhy: {why}\n---\n# A\n\nText.\n"
HOUSE = {"house": Framework("house", "House rules", "2025", "The guild", "", {})}
SUMMARY = "Who may stop a system that harms somebody, and how it is started again."


@pytest.mark.parametrize(
    ("why", "cited"),
    [
        ("Required by ISO/IEC 42001, clause 6.1.2.", "ISO/IEC 42001"),
        ("ISO 27001 wants it.", "ISO 27001"),
        ("To comply with the GDPR.", "GDPR"),
        ("Clause 8.1 demands it.", "Clause 8.1"),
        ("Because the auditor wants it.", "the auditor wants"),
        ("It is required by law.", "required by law"),
        ("We need it for the certification.", "for the certification"),
        ("Gefordert von der Norm.", "Gefordert von"),
        ("Die Norm verlangt es so.", "Die Norm verlangt"),
        ("Artikel 9 will es so.", "Artikel 9"),
        ("Our House rules say so.", "House rules"),
        ("A tenant who smells gas cannot wait.", ""),
        ("Das Gesetz der Schwerkraft gilt auch hier.", ""),
        ("An article in the press cost us a customer.", ""),
        ("Section leaders learned it last.", ""),
        ("Somebody fell in section B of the plant.", ""),
    ],
)
def test_a_standard_is_no_reason(why: str, cited: str) -> None:
    assert standard_cited(why, HOUSE) == cited


@pytest.mark.parametrize(
    ("title", "why", "repeated"),
    [
        ("Access control policy", "To ensure proper access control.", "the title"),
        ("Richtlinie zur Zugangskontrolle", "Regelt die Zugangskontrolle.", "the title"),
        ("Stopping", "It says who may stop a system that harms somebody.", "the summary"),
        ("Access control policy", "This policy is important.", "nothing"),
        ("Access control policy", "Access to the payroll stood open for three weeks.", ""),
        ("Raising a concern", "The first to notice is rarely the one who is paid to watch.", ""),
    ],
)
def test_a_reason_has_words_of_its_own(title: str, why: str, repeated: str) -> None:
    handbook = judged({"a.md": FILE.format(title=title, summary=SUMMARY, why=f'"{why}"')}).case.handbook
    assert repeats(why, document(handbook, "a")) == repeated


def test_one_line_is_one_finding() -> None:
    found = judged({"a.md": FILE.format(title="ISO 42001 policy", summary="S", why="ISO 42001.")})
    assert [f.code for f in found.findings if f.code in ("PG408", "PG409", "PG410")] == ["PG410"]
