"""The wheel, installed into an empty environment; made once, however many processes test it."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*command: str, cwd: Path) -> str:
    """Run a command that must succeed and return what it printed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@dataclass(frozen=True)
class Installed:
    """A wheel, and the folder of the programs of an environment into which it was installed."""

    wheel: Path
    binaries: Path

    def policygraph(self, *arguments: str, cwd: Path) -> str:
        """Run the program, which must succeed."""
        return run(str(self.binaries / "policygraph"), *arguments, cwd=cwd)


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Installed:
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "packaging"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        binaries = folder / "environment" / "bin"
        if not (folder / "done").exists():
            pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", str(folder), str(ROOT))
            run(*pip, cwd=folder)
            venv.create(folder / "environment", with_pip=True)
            (wheel,) = folder.glob("*.whl")
            run(str(binaries / "python"), "-m", "pip", "install", "--quiet", str(wheel), cwd=folder)
            (folder / "done").touch()
    (wheel,) = folder.glob("*.whl")
    return Installed(wheel, binaries)
