"""Measure what similar texts and the overhead pages add, in one process for each size of handbook.

`copied` is the share of documents that are given the same two sentences and a paragraph of another one.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import document, generate
from policygraph.judging.case import Case
from policygraph.judging.judge import judge
from policygraph.publishing.index import index_of
from policygraph.publishing.overhead import overhead_pages
from policygraph.publishing.publication import SiteStyle
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.resolve import resolve

DAY = dt.date(2026, 11, 25)
CLAUSE = (
    "Whoever sees an error must report it to the owner within two working days, whatever its cause may be. "
    "Nobody may be treated worse for a report that was made in good faith, even if it turns out to be wrong."
)


def copy_into(folder: Path, count: int, share: float) -> None:
    """Give some documents a clause that all of them share, and a paragraph of another document."""
    rng = random.Random(1)
    for number in rng.sample(range(count), k=int(share * count)):
        path, _ = document(number, count, random.Random(number))
        file = folder / "policies" / path
        other = folder / "policies" / document((number + 1) % count, count, random.Random(0))[0]
        paragraph = max(other.read_text(encoding="utf-8").split("\n\n")[3:], key=len)
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{CLAUSE}\n\n{paragraph}\n", encoding="utf-8")


def measure(count: int, share: float) -> None:
    """Print one row of the table."""

    def cpu() -> float:
        return time.process_time()

    def peak() -> float:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, count)
        copy_into(folder, count, share)
        gc.disable()
        start = cpu()
        handbook = resolve(read_handbook(locate(None, folder)))
        read, before = cpu() - start, peak()
        case = Case(handbook, DAY)
        start = cpu()
        similar = case.similar
        found, more = cpu() - start, peak() - before
        judgement = judge(handbook, DAY)
        index = index_of(judgement, SiteStyle("policies"))
        index.case.similar, index.case.promises  # noqa: B018 - measured by themselves
        start = cpu()
        pages = list(overhead_pages(index))
        published = cpu() - start
    largest = max(len(page.text.encode()) for page in pages)
    print(
        f"| {count} | {read:.2f} | {found:.2f} | {more:.0f} | {len(similar.passages)} | "
        f"{len(similar.documents)} | {published:.2f} | {len(pages)} | {largest / 1000:.0f} |",
        flush=True,
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", type=int, nargs="*", default=[500, 2000, 4000])
    parser.add_argument("--copied", type=float, default=0.1)
    parser.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.alone:
        measure(arguments.counts[0], arguments.copied)
    else:
        print(
            "| documents | read and resolve s | similar s | more MiB | passages | close documents "
            "| pages s | pages | largest kB |\n|---|---|---|---|---|---|---|---|---|",
            flush=True,
        )
        for each in arguments.counts:
            command = [sys.executable, __file__, str(each), "--copied", str(arguments.copied), "--alone"]
            subprocess.run(command, check=True)
