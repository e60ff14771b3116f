"""Fixtures for tests of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import SMALL, CommandLine


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """The command line in an empty folder."""
    for name in ("NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "GITHUB_ACTIONS", "GITHUB_WORKSPACE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    return CommandLine(tmp_path, monkeypatch)


@pytest.fixture
def small(empty: CommandLine) -> CommandLine:
    """The command line in a project with a small handbook."""
    empty.write(SMALL)
    return empty
