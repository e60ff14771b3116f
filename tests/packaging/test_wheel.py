"""The wheel, installed into an empty environment, starts and builds handbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Installed


def test_the_wheel_builds_a_handbook_in_an_empty_environment(tmp_path: Path, installed: Installed) -> None:
    project = tmp_path / "project"
    policies = project / "policies"
    policies.mkdir(parents=True)
    (policies / "a.md").write_text(
        "---\nid: A-1\ntitle: First\nowner: me\nsummary: One.\nsatisfies: ['iso-42001:5.2']\n---\nSee [[A-2]].\n"
    )
    (policies / "b.md").write_text("---\nid: A-2\ntitle: Second\nowner: me\nsummary: Two.\n---\nRead it.\n")
    (project / "docs").mkdir()
    (project / "mkdocs.yml").write_text(
        "site_name: Small\ntheme: {name: material}\nplugins: [search, policygraph]\n"
    )
    assert "0 errors" in installed.policygraph("check", "--severity", "error", cwd=project)
    installed.policygraph("build", "--strict", cwd=project)
    site = project / "site"
    assert (site / "assets/policygraph/policygraph.css").exists()
    assert "AI policy" in (site / "audit/frameworks/iso-42001/index.html").read_text(encoding="utf-8")
    assert "Referenced by" in (site / "policies/b/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("starter", "documents"), [("blank", "1 document,"), ("aims", "24 documents,")])
def test_every_starter_is_in_the_wheel_and_builds(
    tmp_path: Path, installed: Installed, starter: str, documents: str
) -> None:
    installed.policygraph(
        "init", "my handbook", "--starter", starter, "--name", "Blue 'Lake' Ltd", cwd=tmp_path
    )
    project = tmp_path / "my handbook"
    assert documents in installed.policygraph("check", cwd=project)
    installed.policygraph("build", "--strict", cwd=project)
    assert "Lake" in (project / "site/index.html").read_text(encoding="utf-8")
