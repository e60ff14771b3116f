"""What was meant by a name that nobody bears."""

from __future__ import annotations

import pytest

from policygraph.reading.values import Candidates

IDS = [f"AI-0{number}" for number in range(1, 9)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("AI-80", "AI-08"),
        ("AI-6", "AI-06"),
        ("AI06", "AI-06"),
        ("AJ-06", "AI-06"),
        # It could be any of eight: to name one would be to guess.
        ("AI-09", None),
        ("AI-00", None),
    ],
)
def test_a_number_that_could_be_any_of_several_is_none_of_them(typed: str, meant: str | None) -> None:
    assert Candidates(IDS, guess_numbers=False).nearest(typed) == meant


def test_the_only_other_number_is_named() -> None:
    assert Candidates(["AI-02", "B-1"], guess_numbers=False).nearest("AI-09") == "AI-02"


def test_a_number_is_guessed_where_guessing_does_no_harm() -> None:
    assert Candidates(IDS).nearest("AI-09") in IDS
