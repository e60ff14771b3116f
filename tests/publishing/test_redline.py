"""Redlines: nothing is lost, nothing is invented, and people can read them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from publications import seen

from policygraph.publishing.paragraphs import ParagraphKind, paragraphs
from policygraph.publishing.redline import Redline, Run, RunKind, redline, runs
from policygraph.publishing.templates import environment


def told(found: list[Run] | tuple[Run, ...]) -> str:
    """Runs in one line: [-removed-] {+added+}."""
    marks = {
        RunKind.SAME: "%s",
        RunKind.REMOVED: "[-%s-]",
        RunKind.ADDED: "{+%s+}",
        RunKind.FOLDED: "<%s>",
    }
    return "".join(run.before + marks[run.kind] % run.text for run in found)


def changed(found: Redline) -> list[str]:
    """The changed paragraphs in one line each, folded ones as their number."""
    return [str(block.folded) if block.folded else told(block.runs) for block in found.blocks]


def html(found: Redline) -> str:
    """What a page shows."""
    macro = environment().get_template("redline_macros.html.j2").module.redline  # type: ignore[attr-defined]
    return str(macro(found))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "You must report it within 24 hours.",
            "You may report it within 72 hours.",
            "You [-must-] {+may+} report it within [-24-] {+72+} hours.",
        ),
        ("It ends.", "It never ends.", "It {+never+} ends."),
        ("It never ends.", "It ends.", "It [-never-] ends."),
        ("Ask the owner.", "Ask the owner, in writing.", "Ask the owner{+, in writing+}."),
        (
            "The committee meets often and looks at risks.",
            "Every month the board reviews all of them.",
            "[-The committee meets often and looks at risks-] {+Every month the board reviews all of them+}.",
        ),
        ("Müller prüft die Maßnahmen.", "Meyer prüft alle Maßnahmen.", "[-Müller-] {+Meyer+} prüft [-die-] {+alle+} Maßnahmen."),
    ],
)  # fmt: skip
def test_words_are_marked_without_confetti(old: str, new: str, shown: str) -> None:
    assert told(list(runs(old, new))) == shown


def test_long_unchanged_stretches_are_folded() -> None:
    words = " ".join(f"w{n}" for n in range(100))
    shown = told(list(runs(f"{words} old {words}", f"{words} new {words}")))
    assert "[-old-] {+new+}" in shown
    assert "<88 words unchanged>" in shown
    assert len(shown) < 300


def test_paragraphs_that_belong_together_are_compared_and_others_stand_alone() -> None:
    old = "# Scope\n\nAll staff must report.\n\nNobody is exempt from it.\n\n- one\n- two\n"
    new = "# Scope\n\nA new thing.\n\nAll staff may report.\n\nNobody is exempt from it.\n\n- one\n- 2\n- three\n"
    assert changed(redline(old, new)) == [
        "1",
        "{+A new thing.+}",
        "All staff [-must-] {+may+} report.",
        "2",
        "[-two-]",
        "{+2+}",
        "{+three+}",
    ]


def test_rewrapped_text_is_no_change() -> None:
    found = redline("one two\nthree four", "one\ntwo three\nfour")
    assert found.empty
    assert "Only spacing and line breaks differ" in html(found)


def test_front_matter_is_a_table_of_fields() -> None:
    old = "---\nowner: a\nreferences: [AI-1, AI-2]\ntags: [x]\n---\nText."
    new = "---\nowner: b\nreferences: [AI-2, AI-3]\nstatus: draft\ntags: [x]\n---\nText."
    fields = {field.name: (field.old, field.new) for field in redline(old, new).fields}
    assert fields == {
        "owner": (("a",), ("b",)),
        "references": (("AI-1",), ("AI-3",)),
        "status": ((), ("draft",)),
    }


def test_broken_front_matter_is_compared_as_it_was_typed() -> None:
    shown = changed(redline("---\nowner: [a\n---\nText.", "---\nowner: [b\n---\nText."))
    assert any("{+b+}" in line for line in shown)


def test_changes_are_marked_for_ears_and_eyes_and_nothing_is_markup() -> None:
    evil = "<script>alert(1)</script> {{ x }} <b>"
    page = html(redline(f"---\nowner: '{evil}'\n---\nYou must {evil}", f"---\nowner: b\n---\nYou may {evil}"))
    found = seen(page)
    assert found.wrong == []
    assert found.stack == []
    assert not {"script", "b"} & found.names()
    assert "{{" not in page
    assert "removed: must" in found.text
    assert "added: may" in found.text
    assert "\n\n" not in page


def test_code_keeps_its_lines_and_breaks_no_block() -> None:
    found = redline("```\na\n\nb\n```", "```\na\n\nc\n```")
    assert found.blocks[0].kind is ParagraphKind.CODE
    assert "\n\n" not in html(found)


def test_a_rewritten_text_of_hundreds_of_kilobytes_is_cut_and_says_so() -> None:
    old = "\n\n".join(f"Old {n} " + "word " * 60 for n in range(1_300))
    new = "\n\n".join(f"New {n} " + "other " * 60 for n in range(1_300))
    found = redline(old, new)
    assert found.left_out > 1_000
    assert len(html(found)) < 200_000
    assert f"{found.left_out} more changed paragraphs are not shown here" in seen(html(found)).text


def test_endless_front_matter_is_cut_and_says_so() -> None:
    def text(front: str) -> str:
        return f"---\n{front}---\nText.\n"

    values = "aliases:\n" + "".join(f"  - Name {number}\n" for number in range(4_000))
    value = f"why: {'words and more words ' * 2_000}\n"
    keys = "".join(f"key-{number}: a value of its own\n" for number in range(2_000))
    for front in (values, value, keys):
        found = redline(text("title: A\n"), text("title: A\n" + front))
        shown = sum(len(value) for field in found.fields for value in (*field.old, *field.new))
        assert 0 < shown <= 45_000
        cut = any(one.endswith((" …", " more")) for field in found.fields for one in field.new)
        assert cut or found.left_out


def test_one_endless_paragraph_is_cut() -> None:
    old, new = "word " * 90_000, "other " * 90_000
    found = redline(old, new)
    assert len(html(found)) < 200_000
    assert "the paragraph goes on" in html(found)


texts = st.lists(
    st.sampled_from(["must ", "may ", "24 ", "the owner ", ", ", ". ", "\n\n", "\n- ", "# H\n", "| a |\n", "```\n", "é", "<b>"]),
    max_size=25,
).map("".join)  # fmt: skip


@given(texts, texts)
def test_both_texts_can_be_read_from_a_redline(old: str, new: str) -> None:
    def side(kind: RunKind, text: str) -> list[str]:
        kept = [
            "".join(run.text for run in block.runs if run.kind in (RunKind.SAME, kind))
            for block in redline(old, new).blocks
            if not block.folded and all(run.kind is not RunKind.FOLDED for run in block.runs)
        ]
        whole = {"".join(p.text.split()) for p in paragraphs(text)}
        return [line for line in kept if line and "".join(line.split()) not in whole]

    assert side(RunKind.REMOVED, old) == []
    assert side(RunKind.ADDED, new) == []


@given(texts)
def test_a_text_has_no_redline_against_itself(text: str) -> None:
    assert redline(text, text).empty


@given(texts)
def test_paragraphs_lose_nothing_but_markup(text: str) -> None:
    kept = "".join("".join(p.text.split()) for p in paragraphs(text))
    dropped = set("# -")
    assert [c for c in kept if c not in dropped] == [c for c in "".join(text.split()) if c not in dropped]
