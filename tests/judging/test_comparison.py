"""What lies between two states of a handbook."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from builders import book
from policygraph.judging.case import Case
from policygraph.judging.comparison import Comparison, compare, same_documents
from policygraph.model.change import ChangeKind
from policygraph.model.document import Document
from policygraph.model.reference import Reference

DAY = dt.date(2026, 11, 25)
NAMES = "abcd"


def case(files: dict[str, str], settings: str = "") -> Case:
    return Case(book(files, settings), DAY)


def document(name: str, text: str = "", front: str = "") -> str:
    return f"---\nid: D-{name}\ntitle: Rules {name}\n{front}---\n# Rules {name}\n\n{text}\n"


@st.composite
def handbooks(draw: st.DrawFn) -> dict[str, str]:
    """A few documents with links among them and clauses that they answer."""
    names = draw(st.sets(st.sampled_from(NAMES), min_size=1))
    files = {}
    for name in sorted(names):
        links = draw(st.sets(st.sampled_from(sorted(names))))
        text = " ".join(f"See [[D-{other}]]." for other in sorted(links - {name}))
        clause = draw(
            st.sampled_from(["", "satisfies: ['iso-42001:6.1.2']\n", "satisfies: ['iso-42001:6.1.4']\n"])
        )
        status = draw(st.sampled_from(["", "status: draft\n"]))
        files[f"{name}.md"] = document(name, text, clause + status)
    return files


def ids(documents: tuple[Document, ...]) -> list[str]:
    return [one.id for one in documents]


def edges(references: tuple[Reference, ...]) -> set[tuple[str, str, str]]:
    return {(one.source, one.relation.name, one.target) for one in references}


@given(handbooks())
@settings(max_examples=30, deadline=None)
def test_nothing_lies_between_a_handbook_and_itself(files: dict[str, str]) -> None:
    assert compare(case(files), case(files)).nothing


@given(handbooks(), handbooks())
@settings(max_examples=60, deadline=None)
def test_the_way_back_is_the_way_there_turned_round(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = case(one), case(other)
    there, back = compare(first, second), compare(second, first)
    assert ids(there.added) == ids(back.removed)
    assert ids(there.removed) == ids(back.added)
    assert edges(there.gained) == edges(back.lost)
    assert edges(there.lost) == edges(back.gained)
    assert {(m.clause, m.before, m.after) for m in there.moved} == {
        (m.clause, m.after, m.before) for m in back.moved
    }
    assert all(moved.risen != turned.risen for moved, turned in zip(there.moved, back.moved, strict=True))
    assert {(c.before.id, c.change.kind) for c in there.changed} == {
        (c.before.id, c.change.kind) for c in back.changed
    }


@given(handbooks(), handbooks())
@settings(max_examples=60, deadline=None)
def test_what_was_and_what_changed_make_what_is(one: dict[str, str], other: dict[str, str]) -> None:
    first, second = case(one), case(other)
    found = compare(first, second)
    before, after = first.handbook, second.handbook
    assert {d.id for d in before.documents} - {d.id for d in found.removed} | {d.id for d in found.added} == {
        d.id for d in after.documents
    }
    assert edges(before.references) - edges(found.lost) | edges(found.gained) == edges(after.references)


def changed(before: dict[str, str], after: dict[str, str]) -> Comparison:
    return compare(case(before), case(after))


def test_a_document_with_another_path_is_known_by_its_id() -> None:
    found = changed({"a.md": document("a")}, {"it/b.md": document("a")})
    assert (found.added, found.removed) == ((), ())
    assert found.changed[0].renamed
    assert found.changed[0].change.kind is ChangeKind.NONE


def test_a_document_with_another_id_is_known_by_its_former_one() -> None:
    after = document("b", front="former_ids: [D-a]\n")
    found = changed({"a.md": document("a")}, {"b.md": after})
    assert (found.added, found.removed) == ((), ())
    assert ("id", "D-a", "D-b") in found.changed[0].facts


def test_each_document_is_one_other_at_most() -> None:
    before = book({"a.md": document("a"), "b.md": document("b")})
    after = book({"b.md": document("a"), "c.md": document("b")})
    same = same_documents(before, after)
    assert len(set(same.values())) == len(same)
    assert same["policies/b.md"] == "policies/b.md"


def test_a_renamed_target_loses_no_reference() -> None:
    source = document("a", "See [[D-b]].")
    found = changed({"a.md": source, "b.md": document("b")}, {"a.md": source, "deep/b.md": document("b")})
    assert (found.gained, found.lost) == ((), ())


def test_a_relation_that_changed_is_another_reference() -> None:
    def files(relation: str) -> dict[str, str]:
        front = f'references:\n  - to: D-b\n    relation: {relation}\n    because: "It does."\n'
        return {"a.md": document("a", front=front), "b.md": document("b")}

    found = changed(files("see also"), files("depends on"))
    assert [r.relation.name for r in found.gained] == ["depends on"]
    assert [r.relation.name for r in found.lost] == ["see also"]


def test_a_control_that_no_longer_applies_has_moved() -> None:
    register = "policies/registers/applicability.yml"
    applies = "iso-42001:\n  A.10.4: {applies: yes, justification: We have customers.}\n"
    answer = document("a", front="owner: ceo\nsatisfies: ['iso-42001:A.10.4']\n")
    before = {"a.md": answer, register: applies}
    after = {"a.md": answer, register: applies.replace("yes", "no").replace("We have", "We have no")}
    found = changed(before, after)
    assert [(moved.clause, moved.after, moved.risen) for moved in found.moved] == [
        ("iso-42001:A.10.4", "not applicable", False)
    ]
