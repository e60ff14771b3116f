"""A site is the same, byte for byte, whatever the cache knew when it was built."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import CommandLine

from bakery import make
from policygraph.reading.store import VARIABLE


def site(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_site_is_the_same_without_a_cache_and_with_a_full_one(
    empty: CommandLine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    make(empty.folder)
    cache = str(tmp_path_factory.mktemp("cache"))
    empty.program("check", environment={VARIABLE: cache})
    assert [*Path(cache).glob("*.entries")]
    sites = []
    for name, where in (("off", "off"), ("warm", cache)):
        environment = {VARIABLE: where, "SOURCE_DATE_EPOCH": "1795392000"}
        folder = tmp_path_factory.mktemp(name)
        result = empty.program("build", "--site-dir", str(folder), environment=environment)
        assert result.code == 0, result.err
        sites.append(site(folder))
    assert len(sites[0]) > 50
    assert sites[0] == sites[1]
