"""Fixtures that every test may use; the builders themselves are in builders.py."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings

from builders import HandbookBuilder, on_disk

# What one test has read must not be what another one finds; programs that tests start inherit it.
os.environ["POLICYGRAPH_CACHE"] = "off"

# How long an example takes says more about the machine than about the code.
settings.register_profile("policygraph", deadline=None)
settings.load_profile("policygraph")


@pytest.fixture
def handbook(tmp_path: Path) -> HandbookBuilder:
    """Writes files into a project of its own and reads the handbook in its `policies/`."""
    return partial(on_disk, tmp_path)
