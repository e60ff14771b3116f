"""Crosswalks: what two frameworks share in our documents, and nothing more."""

from __future__ import annotations

from builders import TODAY, book
from policygraph.judging.case import Case
from policygraph.judging.crosswalk import Crossing, answers_by_document, crosswalk

FILES = {
    "a.md": """\
---
satisfies: ["iso-42001:6.1.2", "eu-ai-act:Article 9"]
---
We must ask. { satisfies="iso-42001:A.6.2.8" }

We must log. { satisfies="iso-42001:A.6.2.6, eu-ai-act:Article 12" }
""",
    "b.md": '---\nsatisfies: ["iso-42001:6.1.2", "eu-ai-act:Article 9"]\n---\nText.\n',
    "c.md": '---\nstatus: draft\nsatisfies: ["iso-42001:5.2", "eu-ai-act:Article 5"]\n---\nText.\n',
    "d.md": '---\nsatisfies: ["iso-42001:4.1"]\n---\nText.\n',
}


def crossings(one: str, other: str) -> dict[str, Crossing]:
    handbook = book(FILES)
    assert not handbook.problems
    coverage = Case(handbook, TODAY).coverage
    first, second = handbook.frameworks[one], handbook.frameworks[other]
    found = crosswalk(first, second, coverage, answers_by_document(second, coverage))
    return {crossing.clause.id: crossing for crossing in found}


def test_only_documents_in_force_that_answer_both_tie_clauses() -> None:
    assert sorted(crossings("iso-42001", "eu-ai-act")) == ["6.1.2", "A.6.2.6", "A.6.2.8"]
    assert sorted(crossings("eu-ai-act", "iso-42001")) == ["Article 12", "Article 9"]


def test_the_same_statement_is_closer_than_the_same_document() -> None:
    ties = crossings("iso-42001", "eu-ai-act")["A.6.2.6"].ties
    assert [(tie.clause.id, tie.close) for tie in ties] == [("Article 12", True), ("Article 9", False)]
    (mapping,) = ties[0].statements
    assert mapping.passage is not None
    assert mapping.passage.sentence.startswith("We must log.")


def test_clauses_that_share_more_documents_come_first() -> None:
    ties = crossings("iso-42001", "eu-ai-act")["6.1.2"].ties
    assert [(tie.clause.id, len(tie.documents)) for tie in ties] == [("Article 9", 2), ("Article 12", 1)]


def test_a_crosswalk_reads_the_same_both_ways() -> None:
    forth = {(c.clause.id, t.clause.id) for c in crossings("iso-42001", "eu-ai-act").values() for t in c.ties}
    back = {(t.clause.id, c.clause.id) for c in crossings("eu-ai-act", "iso-42001").values() for t in c.ties}
    assert forth == back
