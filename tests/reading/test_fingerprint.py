"""Fingerprints: a text is known again, and so is its substance."""

from __future__ import annotations

import hashlib

from policygraph.reading.fingerprint import fingerprint, text_hash

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
