"""Compare Markdown parsers on a folder of Markdown: the figures behind decision 1.

Needs markdown-it-py besides the project's own dependencies. Both parse CommonMark with tables and give the
events or tokens with their positions (markdown-it-py has lines for blocks only).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import pyromark
from markdown_it import MarkdownIt


def cpu(work: Callable[[str], object], texts: list[str], times: int) -> float:
    """The cheapest of several passes over all texts, in CPU seconds."""
    found = []
    for _ in range(times):
        start = time.process_time()
        for text in texts:
            work(text)
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    """Parse every file with each parser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=3)
    arguments = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in sorted(arguments.folder.rglob("*.md"))]
    options = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_FOOTNOTES
    rust = pyromark.Markdown(options=options)
    python = MarkdownIt("commonmark").enable("table")
    print(f"{len(texts)} files, {sum(map(len, texts)) / 1e6:.1f} million characters")
    print(
        f"pyromark        {cpu(lambda text: list(rust.events_with_range(text)), texts, arguments.times):.2f} s"
    )
    print(f"markdown-it-py  {cpu(python.parse, texts, arguments.times):.2f} s")


if __name__ == "__main__":
    main()
