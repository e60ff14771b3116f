"""Where the real document sets are; they are read where they lie and never copied."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def corpus() -> Callable[[str], Path]:
    """Finds a file or folder of the real document sets, and skips the test where it is absent."""
    folder = Path(os.environ.get("POLICYGRAPH_CORPORA") or ROOT.parent / "shared" / "corpora").resolve()

    def find(name: str) -> Path:
        path = folder / name
        if not path.exists():
            pytest.skip(
                f"{path} is not there; POLICYGRAPH_CORPORA names the folder of the real document sets"
            )
        return path

    return find
