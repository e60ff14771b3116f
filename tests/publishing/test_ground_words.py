"""Why a question is asked, in the language of whoever hears it."""

from __future__ import annotations

import pytest

from policygraph.model.framework import Strength
from policygraph.model.question import Ground, GroundKind, SharedText
from policygraph.publishing.ground_words import ground_words
from policygraph.words import Words, speaking

GROUNDS = {
    "Both answer x:1, x:2 and x:3, and neither references the other.": Ground(
        GroundKind.SAME_CLAUSE, clauses=("x:1", "x:2", "x:3")
    ),
    "Both answer x:1, x:2, x:3, x:4 and 2 more, and neither references the other.": Ground(
        GroundKind.SAME_CLAUSE, clauses=tuple(f"x:{n}" for n in range(1, 7))
    ),
    "8 of the 9 words of A stand in B too, and neither references the other.": Ground(
        GroundKind.CLOSE_TEXT, shared=SharedText("A", "B", 8, 9)
    ),
    "100 %(x)s of it.": Ground(GroundKind.EXPECTATION, "100 %(x)s of it.", ("x:1", "x:2"), Strength.DIRECT),
    "": Ground(GroundKind.EXPECTATION, "", ("x:1", "x:2"), Strength.RELATED),
}


class Shouting(Words):
    """A language that says everything louder, but for the values."""

    code = "xx"

    def message(self, text: str, context: str = "") -> str:
        return f"{text}!"


@pytest.mark.parametrize("said", GROUNDS)
def test_a_ground_in_a_sentence(said: str) -> None:
    assert ground_words(GROUNDS[said]) == said


@pytest.mark.parametrize("said", GROUNDS)
def test_what_is_found_speaks_the_language_and_what_a_catalogue_says_is_left(said: str) -> None:
    with speaking(Shouting()):
        assert ground_words(GROUNDS[said]).endswith("!") is (GROUNDS[said].strength is None)
