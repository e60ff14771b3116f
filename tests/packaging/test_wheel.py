"""The wheel, installed into an empty environment, builds a handbook."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*command: str, cwd: Path) -> str:
    """Run a command that must succeed and return what it printed."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_wheel_builds_a_handbook_in_an_empty_environment(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    run(
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        str(wheels),
        str(ROOT),
        cwd=tmp_path,
    )
    environment = tmp_path / "environment"
    venv.create(environment, with_pip=True)
    binaries = environment / "bin"
    (wheel,) = wheels.glob("*.whl")
    run(str(binaries / "python"), "-m", "pip", "install", "--quiet", str(wheel), cwd=tmp_path)
    policies = tmp_path / "project" / "policies"
    policies.mkdir(parents=True)
    (policies / "a.md").write_text(
        "---\nid: A-1\ntitle: First\nowner: me\nsummary: One.\nsatisfies: ['iso-42001:5.2']\n---\nSee [[A-2]].\n"
    )
    (policies / "b.md").write_text("---\nid: A-2\ntitle: Second\nowner: me\nsummary: Two.\n---\nRead it.\n")
    (tmp_path / "project" / "docs").mkdir()
    (tmp_path / "project" / "mkdocs.yml").write_text(
        "site_name: Small\ntheme: {name: material}\nplugins: [search, policygraph]\n"
    )
    project = tmp_path / "project"
    assert "0 errors" in run(str(binaries / "policygraph"), "check", "--severity", "error", cwd=project)
    run(str(binaries / "policygraph"), "build", "--strict", cwd=project)
    site = project / "site"
    assert (site / "assets/policygraph/policygraph.css").exists()
    assert "AI policy" in (site / "audit/frameworks/iso-42001/index.html").read_text(encoding="utf-8")
    assert "Referenced by" in (site / "policies/b/index.html").read_text(encoding="utf-8")
