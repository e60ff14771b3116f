from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policygraph.cli.terminal import ProgressLine, plain, wants_colour, wrapped


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Übung – “plain”", "Übung – “plain”"),
        ("a\nb\tc\rd", "a b c d"),
        ("\x1b[2J", "\\x1b[2J"),
        ("\x9b31m", "\\x9b31m"),
        ("\u202etxt.exe", "\\u202etxt.exe"),
        ("##[add-mask]x", "# #[add-mask]x"),
        ("no-break\u00a0space", "no-break\u00a0space"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_plain_text_is_one_line_without_hidden_codes(text: str) -> None:
    shown = plain(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in shown)
    shown.encode("utf-8")


def test_wrapped_lines_are_indented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    assert wrapped("word " * 12, "    ", "  ").splitlines() == [
        "  word word word word word word word",
        "    word word word word word",
    ]


def test_progress_is_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    stream = Terminal()
    line = ProgressLine(stream)
    for number in range(1000):
        line("read", number, 1000)
    line.clear()
    line.clear()
    text = stream.getvalue()
    assert "Reading 0/1000" in text
    assert "\n" not in text
    assert text.count("Reading") < 20
    assert text.endswith("\r\x1b[K")


def test_nobody_watching_nothing_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    ProgressLine(stream)("read", 1, 2)
    assert stream.getvalue() == ""
    monkeypatch.setenv("TERM", "dumb")
    terminal = Terminal()
    ProgressLine(terminal)("read", 1, 2)
    assert terminal.getvalue() == ""


@pytest.mark.parametrize(
    ("name", "value", "colour"), [("NO_COLOR", "1", False), ("NO_COLOR", "", None), ("TERM", "dumb", False)]
)
def test_colour(monkeypatch: pytest.MonkeyPatch, name: str, value: str, colour: bool | None) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    assert wants_colour() is colour
