"""Text as YAML writes it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from policygraph.reading.yaml_text import quoted


@given(st.text())
def test_yaml_reads_a_text_as_it_was_and_everything_in_it_can_be_seen(text: str) -> None:
    written = quoted(text)
    assert yaml.safe_load(written) == text
    assert written.isprintable()


@pytest.mark.parametrize("unseen", ["\U000e0041", "\u202e", "\x00", "\ufeff"])
def test_what_cannot_be_seen_is_an_escape(unseen: str) -> None:
    assert unseen not in quoted(f"a{unseen}b")
    assert yaml.safe_load(quoted(f"a{unseen}b")) == f"a{unseen}b"
