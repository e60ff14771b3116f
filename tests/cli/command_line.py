"""Runs the command line in a folder, in this process or as a program of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from builders import Files, write
from policygraph.cli import cli

SMALL: Files = {
    "policies/handbook.yml": "name: Small handbook\nareas:\n  risk: Risks\n",
    "policies/registers/organisation.yml": """\
roles:
  risk-manager:
    title: Risk manager
    holders: ["Gareth Pugh"]
  auditor:
    title: Auditor
    holders: []
audiences:
  everyone: {title: Everyone}
""",
    "policies/risk/assessment.md": """\
---
id: R-01
title: Risk assessment
owner: risk-manager
summary: How we rate risks.
satisfies: ["iso-42001:6.1.2"]
references:
  - to: R-02
    relation: depends on
    because: "Impact results set the severity."
not_related:
  - to: R-05
    because: "Waste is no risk of ours."
    decided: 2026-03-01
    by: Board
---
# Risk assessment

## Rating

You must rate every risk within five days. Take the severity from [[R-02]].
""",
    "policies/risk/impact.md": """\
---
id: R-02
title: Impact assessment
owner: risk-manager
summary: Whom a system could hurt.
satisfies: ["iso-42001:6.1.2", "iso-42001:6.1.4"]
---
# Impact assessment

Write it down in the [inventory](inventory.md).
""",
    "policies/risk/inventory.md": """\
---
id: R-03
title: System inventory
owner: auditor
summary: What we run.
---
# System inventory

Every system has a row.
""",
    "policies/risk/alone.md": """\
---
id: R-04
title: Lonely procedure
owner: risk-manager
summary: Nobody needs it.
satisfies: ["iso-42001:6.1.2"]
---
# Lonely procedure

It must be kept. See the System inventory, though.
""",
    "policies/risk/waste.md": """\
---
id: R-05
title: Waste
owner: risk-manager
summary: Where it goes.
---
# Waste

Into the bin.
""",
}
"""A handbook with one of everything that a command can show."""


@dataclass(frozen=True)
class Result:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


class CommandLine:
    """The command line in a folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch

    def write(self, files: Files) -> None:
        """Write files below the folder."""
        write(self.folder, files)

    def __call__(self, *arguments: str, at: str = ".") -> Result:
        """Run a command in this process."""
        self._monkeypatch.chdir(self.folder / at)
        result = CliRunner().invoke(cli, list(arguments), prog_name="policygraph")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Result(result.exit_code, result.stdout, result.stderr)

    def program(self, *arguments: str, environment: Mapping[str, str] | None = None) -> Result:
        """Run a command as a program of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "policygraph", *arguments],
            cwd=self.folder,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "NO_COLOR": "1", **(environment or {})},
            timeout=120,
        )
        return Result(done.returncode, done.stdout, done.stderr)
