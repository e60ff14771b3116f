"""Texts that are nearly the same, among many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from policygraph.judging.likeness import LEAST, likeness_of, ties, words_of

SENTENCE = "Every model has an owner who answers for it from the first idea to the day it is switched off."
EDITED = "Every model has an owner who answers for it from the first idea to the day it is taken down."
OTHER = "Suppliers are told in writing which of our rules bind them before any contract with them begins."

words = st.lists(
    st.sampled_from([f"word{number}" for number in range(400)]), min_size=12, max_size=40, unique=True
)


def found(*texts: str) -> list[tuple[int, int]]:
    return [(tie.first, tie.other) for tie in ties(texts)]


def test_same_words_in_other_spacing_and_case_are_the_same() -> None:
    (tie,) = ties((SENTENCE, OTHER, SENTENCE.upper().replace(" ", "  ")))
    assert (tie.first, tie.other, tie.likeness) == (0, 2, 1.0)


def test_two_words_changed_are_nearly_the_same() -> None:
    (tie,) = ties((SENTENCE, EDITED, OTHER))
    assert (tie.first, tie.other) == (0, 1)
    assert LEAST <= tie.likeness < 1.0
    assert tie.likeness == likeness_of(SENTENCE, EDITED)


def test_nothing_is_like_nothing() -> None:
    assert found() == []
    assert found(SENTENCE) == []
    assert found(SENTENCE, OTHER) == []
    assert found("", "") == []
    assert likeness_of("", "") == 0.0


def test_many_copies_are_tied_to_the_first_and_not_to_each_other() -> None:
    assert found(*[SENTENCE] * 300) == [(0, number) for number in range(1, 300)]


def test_many_variants_stay_linear() -> None:
    texts = [SENTENCE.replace("owner", f"owner{number}") for number in range(300)]
    assert [tie.other for tie in ties(texts)] == list(range(1, 300))


def test_scripts_without_spaces_are_compared_by_their_signs() -> None:
    one = "すべてのモデルには責任者がいて、最初の構想から停止まで責任を負います。"
    assert len(words_of(one)) > 20
    assert found(one, one.replace("停止", "廃止"), OTHER) == [(0, 1)]


@given(st.lists(words, min_size=2, max_size=12), st.data())
def test_a_copy_is_always_found(texts: list[list[str]], data: st.DataObject) -> None:
    lines = [" ".join(text) for text in texts]
    copied = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(copied + 1, len(lines)))
    lines.insert(place, lines[copied])
    tied = {tie.other: tie for tie in ties(lines)}
    assert tied[place].likeness == 1.0


@given(st.lists(words, min_size=2, max_size=12))
def test_what_is_tied_is_alike(texts: list[list[str]]) -> None:
    lines = [" ".join(text) for text in texts]
    for tie in ties(lines):
        assert tie.first < tie.other
        assert tie.likeness == likeness_of(lines[tie.first], lines[tie.other]) >= LEAST
