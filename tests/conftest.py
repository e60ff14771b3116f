"""Fixtures that every test may use; the builders themselves are in builders.py."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from builders import HandbookBuilder, on_disk


@pytest.fixture
def handbook(tmp_path: Path) -> HandbookBuilder:
    """Writes files into a project of its own and reads the handbook in its `policies/`."""
    return partial(on_disk, tmp_path)
