"""Fixes change what they mean to change and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import judged
from policygraph.judging.fixing import fixed
from policygraph.model.fix import Edit, Fix
from policygraph.model.place import Place


def edit(line: int, column: int, old: str, new: str, file: str = "a.md") -> Edit:
    return Edit(Place(file, line, column), old, new)


def test_line_endings_and_byte_order_mark_stay() -> None:
    texts = {"a.md": "\ufeffone\r\ntwo AI-1\r\n"}
    found = fixed(texts, [Fix("f", (edit(2, 5, "AI-1", "[[AI-1]]"), edit(1, 1, "", "---\n")))])
    assert found.texts == {"a.md": "\ufeff---\r\none\r\ntwo [[AI-1]]\r\n"}


def test_a_fix_is_applied_whole_or_not_at_all() -> None:
    texts = {"a.md": "one two\n", "b.md": "three\n"}
    missed = Fix("f", (edit(1, 1, "one", "1"), edit(1, 1, "four", "4", "b.md")))
    assert fixed(texts, [missed]).texts == {}
    assert fixed(texts, [missed]).left == (missed,)


def test_the_first_of_two_that_touch_wins() -> None:
    first = Fix("first", (edit(1, 1, "one two", "both"),))
    second = Fix("second", (edit(1, 5, "two", "2"),))
    found = fixed({"a.md": "one two three"}, [first, second])
    assert found.texts == {"a.md": "both three"}
    assert (found.applied, found.left) == ((first,), (second,))


def test_what_does_not_stand_there_is_left_alone() -> None:
    for wrong in (
        edit(9, 1, "x", "y"),
        edit(1, 99, "", "y"),
        edit(1, 2, "one", "y"),
        edit(1, 1, "o", "y", "no.md"),
    ):
        assert fixed({"a.md": "one\n"}, [Fix("f", (wrong,))]).texts == {}


@given(
    st.text(),
    st.lists(st.tuples(st.integers(-1, 9), st.integers(-1, 9), st.text(max_size=3), st.text(max_size=3))),
)
def test_no_edit_ends_in_a_traceback(text: str, edits: list[tuple[int, int, str, str]]) -> None:
    found = fixed({"a.md": text}, [Fix("f", (edit(*one),)) for one in edits])
    assert len(found.applied) + len(found.left) == len({edit(*one) for one in edits})


def test_an_unlinked_mention_can_be_linked() -> None:
    files = {
        "a.md": "---\ntitle: A\n---\nSee the Access control policy.\n",
        "b.md": "---\ntitle: Access control policy\n---\nKeys.\n",
    }
    (finding,) = [f for f in judged(files).findings if f.code == "PG212"]
    assert finding.fix is not None
    assert finding.fix.safe
    found = fixed({"policies/a.md": files["a.md"]}, [finding.fix])
    assert "See the [[b|Access control policy]]." in found.texts["policies/a.md"]
    mended = judged({**files, "a.md": found.texts["policies/a.md"]})
    assert "PG212" not in {f.code for f in mended.findings}


@given(
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 4), st.sampled_from(["", "x", "yy"])), max_size=8)
)
def test_changes_never_touch_each_other(wanted: list[tuple[int, int, str]]) -> None:
    text = "abcdefghijkl"
    fixes = [
        Fix(str(number), (edit(1, start + 1, text[start : start + length], new),))
        for number, (start, length, new) in enumerate(wanted)
    ]
    found = fixed({"a.md": text}, fixes)
    spans = [(f.edits[0].place.column, f.edits[0].place.column + len(f.edits[0].old)) for f in found.applied]
    for number, (start, end) in enumerate(sorted(spans)):
        for other, stop in sorted(spans)[number + 1 :]:
            assert end <= other
            assert start != other
            assert stop >= other
    sizes = sum(len(f.edits[0].new) - len(f.edits[0].old) for f in found.applied)
    assert len(found.texts.get("a.md", text)) == len(text) + sizes


def test_a_title_that_only_its_capitals_tell_from_prose_is_for_the_author() -> None:
    files = {
        "a.md": "It goes onto the Access List, always.\n",
        "b.md": "---\ntitle: Access list\n---\nKeys.\n",
    }
    (finding,) = [f for f in judged(files).findings if f.code == "PG212"]
    assert finding.fix is not None
    assert not finding.fix.safe


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "title: A",
            '\nnot_related:\n  - to: B\n    because: "…"\n    decided: 2026-11-23\n    by: "…"\n---',
        ),
        ("not_related: []", 'not_related: [{to: B, because: "…", decided: 2026-11-23, by: "…"}]\n'),
        (
            'not_related:\n- to: C\n  because: "Other matter."',
            '\n- to: B\n  because: "…"\n  decided: 2026-11-23\n  by: "…"\nsatisf',
        ),
        (
            "title: A\nnot_related:\n  - C",
            '\n  - to: B\n    because: "…"\n    decided: 2026-11-23\n    by: "…"\nsat',
        ),
    ],
)
def test_a_decision_can_be_recorded_and_is_asked_for_until_it_has_a_reason(before: str, after: str) -> None:
    files = {
        "A.md": f'---\n{before}\nsatisfies: ["iso-42001:6.1.2"]\n---\nWe rate risks.\n',
        "B.md": '---\nid: B\ntitle: Impact\nsatisfies: ["iso-42001:6.1.4"]\n---\nWe look at impact.\n',
        "C.md": "---\nid: C\ntitle: Cold\n---\nWe freeze.\n",
    }
    asked = next(f for f in judged(files).findings if f.code == "PG220")
    (decision,) = asked.others
    assert not decision.safe
    assert decision.title == "Record a decision: no reference to B needed, because …"
    found = fixed({"policies/A.md": files["A.md"]}, [decision]).texts["policies/A.md"]
    assert after in found
    findings = judged({**files, "A.md": found}).findings
    assert "PG220" not in {f.code for f in findings if f.place.file == "policies/A.md"}
    (blank,) = [f for f in findings if f.code == "PG222" and "B)" in f.message]
    assert blank.message == (
        "The decision about 'Impact' (B) lacks its reason (`because`) and who decided it (`by`)."
    )
    assert blank.place.file == "policies/A.md"


def test_a_mention_that_needs_no_link_can_be_decided_about() -> None:
    files = {
        "a.md": "---\ntitle: A\n---\nSee the Access control policy.\n",
        "b.md": "---\nid: B-1\ntitle: Access control policy\n---\nText.\n",
    }
    finding = next(f for f in judged(files).findings if f.code == "PG212")
    found = fixed({"policies/a.md": files["a.md"]}, finding.others).texts["policies/a.md"]
    assert "PG212" not in {f.code for f in judged({**files, "a.md": found}).findings}
