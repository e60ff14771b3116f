"""Real documents are taken as they are: what is proposed reads them as settings written by hand do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml
from click.testing import CliRunner

from policygraph.cli import cli


def proposal(folder: Path) -> tuple[str, dict[str, object]]:
    """What `init --adopt` says about a folder, and the settings that it would write."""
    result = CliRunner().invoke(cli, ["init", str(folder), "--adopt", "--dry-run"])
    assert result.exit_code == 0, result.output
    assert not (folder / "handbook.yml").exists()
    said, _, settings = result.stdout.partition("handbook.yml:\n")
    return " ".join(said.split()), yaml.safe_load(settings)


def test_the_ethereum_proposals(corpus: Callable[[str], Path]) -> None:
    said, settings = proposal(corpus("eips"))
    assert settings["fields"] == {
        "id": "eip",
        "summary": "description",
        "references": {"from": "requires", "relation": "depends on"},
    }
    assert settings["id_pattern"] == r"EIP-(\d+)"
    assert settings["statuses"] == {
        "Draft": "draft",
        "Final": "active",
        "Last Call": "draft",
        "Living": "active",
        "Moved": "retired",
        "Review": "draft",
        "Stagnant": "draft",
        "Withdrawn": "retired",
    }
    assert "eip id in 949 of 949 documents, sure" in said
    assert "949 documents, 1523 references (769 declared in front matter)" in said


def test_a_handbook_without_front_matter(corpus: Callable[[str], Path]) -> None:
    said, settings = proposal(corpus("lullabot"))
    assert settings == {"name": "Lullabot", "exclude": ["SUMMARY.md", "CONTRIBUTING.md"]}
    assert (
        "30 Markdown files, 0 with front matter. Left out, because they are no documents: SUMMARY.md, CONTRIBUTING.md."
        in said
    )
    assert "30 documents" in said
    assert "17 errors" in said
