"""What connects two documents, and which declared references run in a circle."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, book, document
from policygraph.resolving import queries
from policygraph.resolving.connection import MOST_PATHS, Answer, Connection, connection

CLAUSE = 'satisfies: ["iso-42001:6.1.2"]'
DECISION = 'not_related:\n  - to: b\n    because: "Another matter."'
NAMED = "See the access control policy."


def connected(keys: str, text: str = "Text.", others: dict[str, str] | None = None) -> Connection:
    """What connects `a`, which has these keys and this text, with `b`."""
    files = {
        "a.md": f"---\ntitle: A\n{keys}\n---\n{text}\n",
        "b.md": f"---\ntitle: Access control policy\n{CLAUSE}\n---\nx\n",
    }
    found = book(files | (others or {}))
    return connection(found, document(found, "a"), document(found, "b"), TODAY)


@pytest.mark.parametrize(
    ("keys", "text", "others", "expected"),
    [
        (f"references: [b]\n{DECISION}", "x", {}, Answer.REFERENCE),
        (f"{DECISION}\nreferences: [c]\n{CLAUSE}", NAMED, {"c.md": "[[b]]"}, Answer.DECISION),
        (f"references: [c]\n{CLAUSE}", NAMED, {"c.md": "[[b]]"}, Answer.PATH),
        (CLAUSE, NAMED, {}, Answer.SHARED_CLAUSES),
        ("id: a", NAMED, {}, Answer.MENTION),
        ("id: a", "x", {"c.md": "[[a]] [[b]]"}, Answer.NOTHING),
    ],
)
def test_the_best_answer_comes_first(keys: str, text: str, others: dict[str, str], expected: Answer) -> None:
    assert connected(keys, text, others).answer is expected


def test_a_reference_the_other_way_round_is_shown_and_answers_nothing() -> None:
    found = book({"a.md": "x", "b.md": "Ask [[a]] first."})
    one = connection(found, document(found, "a"), document(found, "b"), TODAY)
    assert one.answer is Answer.NOTHING
    assert [r.because for r in one.reverse] == ["Ask a first."]
    assert connection(found, document(found, "b"), document(found, "a"), TODAY).answer is Answer.REFERENCE


def test_every_relation_between_the_two_is_there() -> None:
    found = connected("references:\n  - depends on: b\n  - see also: b")
    assert [r.relation.name for r in found.references] == ["depends on", "see also"]
    assert found.paths == ()


def test_clauses_that_both_answer_stand_once_each() -> None:
    files = {
        "a.md": '---\nsatisfies: ["iso-42001:6.1.2", "iso-42001:8.2"]\n---\nx { satisfies="iso-42001:8.2" }',
        "b.md": '---\nsatisfies: ["iso-42001:8.2", "iso-42001:8.3"]\n---\nx { satisfies="iso-42001:8.2" }',
    }
    found = book(files)
    both = connection(found, document(found, "a"), document(found, "b"), TODAY)
    assert both.clauses == ("iso-42001:8.2",)


@pytest.mark.parametrize(
    ("others", "answer", "over"),
    [
        ({"m.md": "[[b]]"}, Answer.PATH, ["m"]),
        ({"m.md": "[[n]]", "n.md": "[[b]]"}, Answer.NOTHING, []),
        ({"m.md": "---\ntitle: M\nstatus: draft\n---\n[[b]]"}, Answer.NOTHING, []),
        ({"m.md": "---\ntitle: M\nexpires: 2026-11-01\n---\n[[b]]"}, Answer.NOTHING, []),
    ],
)
def test_a_path_leads_over_one_document_in_force(
    others: dict[str, str], answer: Answer, over: list[str]
) -> None:
    found = book({"a.md": "[[m]]", "b.md": "x", **others})
    one = connection(found, document(found, "a"), document(found, "b"), TODAY)
    assert one.answer is answer
    assert [found.by_path[path[0].target].id for path in one.paths] == over


PAIRS = st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")), max_size=30)


@given(PAIRS, st.sets(st.sampled_from("cdefgh")))
def test_paths_are_those_of_two_references(pairs: set[tuple[str, str]], drafts: set[str]) -> None:
    files = {}
    for node in "abcdefgh":
        front = "---\ntitle: T\nstatus: draft\n---\n" if node in drafts else ""
        files[f"{node}.md"] = front + " ".join(f"[[{t}]]" for s, t in sorted(pairs) if s == node and t != s)
    found = book(files)
    one = connection(found, document(found, "a"), document(found, "b"), TODAY)
    expected = [m for m in "cdefgh" if {("a", m), (m, "b")} <= pairs and m not in drafts]
    over = [found.by_path[path[0].target].id for path in one.paths]
    if ("a", "b") in pairs:
        assert (one.answer, over) == (Answer.REFERENCE, [])
    else:
        assert over == expected[:MOST_PATHS]
        assert one.answer is (Answer.PATH if expected else Answer.NOTHING)


# Circles

NODES = "abcde"
DECLARED = st.dictionaries(
    st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)).filter(lambda pair: pair[0] != pair[1]),
    st.sampled_from(["references", "depends on", "see also", "supersedes", "in the text"]),
    max_size=12,
)


def reached(steps: set[tuple[str, str]], start: str) -> set[str]:
    seen: set[str] = set()
    while True:
        more = {y for x, y in steps if x == start or x in seen} - seen
        if not more:
            return seen
        seen |= more


@given(DECLARED)
def test_declared_circles_are_mutual_reach_over_what_orders(edges: dict[tuple[str, str], str]) -> None:
    files = {}
    for node in NODES:
        mine = {target: kind for (source, target), kind in edges.items() if source == node}
        declared = [
            f"  - to: {t}\n    relation: {kind}\n" for t, kind in mine.items() if kind != "in the text"
        ]
        linked = " ".join(f"[[{t}]]" for t, kind in mine.items() if kind == "in the text")
        front = "---\nreferences:\n" + "".join(declared) + "---\n" if declared else ""
        files[f"{node}.md"] = f"{front}Text. {linked}\n"
    found = book(files)
    steps = {pair for pair, kind in edges.items() if kind in ("references", "depends on")}
    expected = {
        frozenset({x, *(y for y in reached(steps, x) if x in reached(steps, y))})
        for x in NODES
        if x in reached(steps, x)
    }
    circles = queries.declared_cycles(found)
    assert {frozenset(d.id for d in circle) for circle in circles} == expected
    assert len(circles) == len(expected)
    touched = {node for pair in edges for node in pair}
    assert {d.id for d in queries.isolated(found)} == set(NODES) - touched
    for circle in circles:
        assert [d.id for d in circle] == sorted(d.id for d in circle)
