"""Fingerprints: a text is known again, and so is its substance."""

from __future__ import annotations

import hashlib
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from policygraph.reading.fingerprint import fingerprint, text_hash
from policygraph.reading.substance import substance, where_they_differ

TEXT = "---\nid: A\nowner: hr\n---\n# Leave\n\nYou must ask.\n"


def test_the_text_is_hashed_as_sha256sum_does() -> None:
    assert text_hash(TEXT) == hashlib.sha256(TEXT.encode()).hexdigest()


def test_line_endings_and_byte_order_marks_change_nothing() -> None:
    assert fingerprint("\ufeff" + TEXT.replace("\n", "\r\n")) == fingerprint(TEXT)


def test_typography_changes_the_text_and_not_the_substance() -> None:
    one, other = fingerprint(TEXT), fingerprint(TEXT.replace("You must ask.", "**You** must  ask!"))
    assert one.text != other.text
    assert one.substance == other.substance


def test_fields_and_words_do_not_run_into_each_other() -> None:
    assert fingerprint("---\nowner: hr\n---\n").substance != fingerprint("owner: hr").substance


def test_lone_surrogates_and_toml_are_no_trouble() -> None:
    assert fingerprint("\ud800").text
    assert (
        fingerprint('+++\nowner = "hr"\n+++\nText').substance
        == fingerprint("---\nowner: hr\n---\nText").substance
    )


_PARTS = st.sampled_from(
    [
        "You must lock it.",
        "1. First\n2. Second",
        "2. December is late",
        "See [x](a.md), 5-10.",
        "<!-- not",
        "-->",
        "`code` 24",
        "## Head",
        "",
        "a\nb",
    ]
)


@given(
    st.lists(_PARTS, max_size=6),
    st.lists(_PARTS, max_size=6),
    st.lists(_PARTS, max_size=3),
    st.lists(_PARTS, max_size=3),
)
def test_leaving_out_what_is_equal_changes_nothing(
    old: list[str], new: list[str], above: list[str], below: list[str]
) -> None:
    front = "---\ntitle: T\n---\n"
    one, other = (front + "\n\n".join([*above, *part, *below]) for part in (old, new))
    whole = [Counter(substance(text).words) for text in (one, other)]
    short = [Counter(part.words) for part in where_they_differ(one, other)]
    assert whole[0] - whole[1] == short[0] - short[1]
    assert whole[1] - whole[0] == short[1] - short[0]
