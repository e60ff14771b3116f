"""Builders: a handbook out of a few lines of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve

HandbookBuilder = Callable[..., Handbook]


def write(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files below a folder, making the folders they need."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, encoding="utf-8", newline="")


@pytest.fixture
def handbook(tmp_path: Path) -> HandbookBuilder:
    """Writes files into a project and reads the handbook in its `policies/`."""

    def build(files: Mapping[str, str | bytes], settings: str | None = None) -> Handbook:
        (tmp_path / "policies").mkdir(exist_ok=True)
        write(tmp_path, files)
        if settings is not None:
            write(tmp_path, {"policies/handbook.yml": settings})
        return resolve(read_handbook(locate(None, tmp_path)))

    return build
