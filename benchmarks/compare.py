"""Measure whole processes side by side in one run: plain MkDocs, `policygraph build`, `policygraph check`.

`check` is measured without a cache, with one that is still empty, with one that knows everything, and after one
document has been edited. Everything else runs without a cache.

Plain MkDocs with Material (`navigation.prune`) builds the very tree that `policygraph render` writes, so the
number of pages, their text and the navigation are equal; and once more without the pages for auditors, so that
what these add is seen apart. CPU is user plus system time of the process and its children; memory is the peak
of the largest process. Figures of two runs are not comparable; ratios within one are.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml

from generate import generate

BIN = Path(sys.executable).parent
PLAIN = "plain MkDocs"


@dataclass(frozen=True)
class Measure:
    """CPU in seconds and peak memory in MiB of one process."""

    cpu: float
    peak: float


def run(command: list[str], folder: Path, may_fail: bool = False, cache: str = "off") -> Measure:
    """Run a command to its end and measure it."""
    environment = {
        **os.environ,
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "1795392000",
        "POLICYGRAPH_CACHE": cache,
    }
    log = folder / "command.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ((0, 1) if may_fail else (0,)):
        sys.exit(f"{' '.join(command)} ended with {process.returncode}:\n{log.read_text()[-3000:]}")
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Measure(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def best(command: list[str], folder: Path, times: int, may_fail: bool = False) -> Measure:
    """The cheapest of several runs: what the machine did besides only adds."""
    return min((run(command, folder, may_fail) for _ in range(times)), key=lambda m: m.cpu)


def checks(project: Path, times: int, cache: Path) -> dict[str, Measure]:
    """Measure `check` by what its cache knows."""
    command = [str(BIN / "policygraph"), "check"]
    document = min(file for file in (project / "policies").rglob("*.md"))
    found: dict[str, list[Measure]] = {}

    def once(name: str) -> None:
        found.setdefault(name, []).append(run(command, project, may_fail=True, cache=str(cache)))

    for number in range(times):
        shutil.rmtree(cache, ignore_errors=True)
        once("  cold: with an empty cache")
        once("  warm: nothing changed")
        text = document.read_text("utf-8")
        document.write_text(f"{text}\nYou must not do this more than {number + 2} times.\n", "utf-8")
        once("  warm: one document edited")
        document.write_text(text, "utf-8")
    return {
        "policygraph check, no cache": best(command, project, times, may_fail=True),
        **{name: min(measures, key=lambda m: m.cpu) for name, measures in found.items()},
    }


def measure(count: int, revisions: int, times: int, base: Path) -> dict[str, Measure]:
    """Measure all contenders on a handbook of `count` documents, each with `revisions` states in git."""
    project, tree, alone = (base / f"{name}-{count}" for name in ("project", "tree", "documents"))
    generate(project, count, revisions=revisions)
    policygraph = str(BIN / "policygraph")
    run([policygraph, "render", "--for", "mkdocs", str(tree)], project)
    pages = sum(1 for _ in tree.rglob("*.md"))
    shutil.copytree(tree, alone)
    shutil.rmtree(alone / "docs" / "audit")
    configuration = yaml.safe_load((alone / "mkdocs.yml").read_text())
    configuration["nav"] = [item for item in configuration["nav"] if "Audit" not in item]
    configuration["validation"] = {"links": {"not_found": "ignore", "anchors": "ignore"}}
    (alone / "mkdocs.yml").write_text(yaml.safe_dump(configuration, sort_keys=False))
    print(f"{count} documents with {revisions} revisions, {pages} pages", flush=True)
    mkdocs = [str(BIN / "mkdocs"), "build", "--quiet"]
    found = {
        PLAIN: best(mkdocs, tree, times),
        "  without pages for auditors": best(mkdocs, alone, times),
        "policygraph build": best([policygraph, "build"], project, times),
        **checks(project, times, base / "cache"),
    }
    largest = max((project / "site").rglob("*.html"), key=lambda file: file.stat().st_size)
    size = largest.stat().st_size / 1e6
    print(f"  largest page: {size:.2f} MB, {largest.relative_to(project / 'site').as_posix()}", flush=True)
    return found


def main() -> None:
    """Measure, print the table, the ratios and the exponents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 500, 2000])
    parser.add_argument("--times", type=int, default=1, help="runs of each command; the cheapest counts")
    parser.add_argument("--revisions", type=int, default=0, help="states of each document in git")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="policygraph-bench-") as folder:
        results = {
            count: measure(count, arguments.revisions, arguments.times, Path(folder))
            for count in arguments.sizes
        }
    print(f"\n{'documents':>10} {'command':<30} {'CPU s':>8} {'peak MiB':>9} {'of plain':>9}")
    for count, row in results.items():
        for name, value in row.items():
            ratio = value.cpu / row[PLAIN].cpu
            print(f"{count:>10} {name:<30} {value.cpu:>8.2f} {value.peak:>9.0f} {ratio:>8.2f}x")
    if len(arguments.sizes) > 1:
        last, before = arguments.sizes[-1], arguments.sizes[-2]
        print(f"\nexponent between {before} and {last} documents (1 is linear):")
        for name in results[last]:
            growth = math.log(results[last][name].cpu / results[before][name].cpu)
            print(f"  {name:<30} {growth / math.log(last / before):.2f}")
    print(f"\npeak of this harness: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
