"""Real handbooks are the same from the cache as from their files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from policygraph.reading import handbook_files
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.reading.store import VARIABLE

EIPS = Path(__file__).parent / "eips.handbook.yml"


def forbidden(*_: object) -> None:
    raise AssertionError("a document was read that is in the cache")


@pytest.mark.parametrize(
    ("name", "settings"), [("eips", EIPS.read_text("utf-8")), ("lullabot", "documents: .\n")]
)
def test_a_real_handbook_is_the_same_from_the_cache(
    name: str, settings: str, tmp_path: Path, corpus: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = settings.split("\n")
    pointed = [f"documents: {corpus(name)}" if line.startswith("documents:") else line for line in lines]
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "handbook.yml").write_text("\n".join(pointed), encoding="utf-8")
    location = locate(None, tmp_path)
    afresh = read_handbook(location)
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    read_handbook(location)
    monkeypatch.setattr(handbook_files, "read_document", forbidden)
    assert read_handbook(location) == afresh
