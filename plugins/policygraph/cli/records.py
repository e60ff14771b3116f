"""`policygraph records check`: whether the records that documents name are where they should be."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from posixpath import normpath
from urllib.parse import urlsplit

import click

from policygraph.cli.opening import Opened, opened
from policygraph.cli.options import (
    colour_option,
    format_option,
    handbook_argument,
    handbook_option,
    today_option,
)
from policygraph.cli.terminal import plain, wrapped
from policygraph.model.evidence import Record
from policygraph.model.in_words import counted
from policygraph.publishing.escaping import safe_url
from policygraph.reading.reachability import TIMEOUT, Answer, Reach, ask

_WRONG = ("missing", "outside", Reach.BROKEN.value, Reach.UNREACHABLE.value, Reach.REFUSED.value)
_SUMMARY = (
    ("there", "file there", "files there"),
    ("missing", "file missing", "files missing"),
    ("outside", "outside the project", "outside the project"),
    ("answers", "link answers", "links answer"),
    (Reach.PROTECTED.value, "link asks for a login", "links ask for a login"),
    (Reach.BROKEN.value, "link broken", "links broken"),
    (Reach.UNREACHABLE.value, "link not reached", "links not reached"),
    (Reach.REFUSED.value, "link not followed", "links not followed"),
    ("not tested", "link not tested", "links not tested"),
    ("words", "kept where only words say", "kept where only words say"),
    ("nowhere", "without a place", "without a place"),
)


@dataclass(frozen=True, slots=True)
class Tested:
    """A record with what came of looking for it."""

    record: Record
    result: str
    why: str = ""

    @property
    def wrong(self) -> bool:
        """Whether somebody has to look into it."""
        return self.result in _WRONG


@click.group(name="records", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Test that the records which documents name are where they should be."""


@command.command(name="check")
@handbook_argument
@handbook_option
@click.option(
    "--links", is_flag=True, help="Ask the web addresses too. Without it nothing leaves this computer."
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1, max=300),
    default=TIMEOUT,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for one address.",
)
@format_option("text", "json")
@today_option
@colour_option
@click.pass_context
def check(ctx: click.Context, links: bool, timeout: float, form: str) -> None:
    """Test that the files which records point at exist and, with --links, that their web addresses answer.

    Nothing is written. Whether a record is overdue says `policygraph check`.

    \b
    Exit codes:
      0  nothing to report
      1  a file is missing, or a link does not answer
      2  wrong use, or settings that cannot be used
    """
    with opened(ctx) as found:
        tested = _tested(found, links, timeout)
        click.echo(_as_json(found, tested) if form == "json" else _as_text(found, tested, links))
    if any(one.wrong for one in tested):
        ctx.exit(1)


def _tested(opened: Opened, links: bool, timeout: float) -> list[Tested]:
    records = opened.handbook.records
    addresses = {r.pointer.where for r in records if _is_address(r.pointer.where)}
    answers = ask(addresses, timeout) if links else {}
    return [_look(opened, record, answers) for record in records]


def _is_address(where: str) -> bool:
    url = safe_url(where)
    return url is not None and urlsplit(url).scheme.lower() in ("http", "https")


def _look(opened: Opened, record: Record, answers: Mapping[str, Answer]) -> Tested:
    where = record.pointer.where
    if not where:
        return Tested(record, "nowhere")
    if _is_address(where):
        answer = answers.get(where)
        return Tested(record, answer.reach.value, answer.why) if answer else Tested(record, "not tested")
    path = where.split("#", 1)[0]
    if not path.startswith(("./", "../")):
        return Tested(record, "words")
    folder = record.document.rpartition("/")[0]
    inner = normpath(f"{folder}/{path}")
    if inner.startswith("..") or not _within(opened.disk / inner, opened.disk):
        return Tested(record, "outside", "the path leads out of the project.")
    try:
        there = (opened.disk / inner).exists()
    except (OSError, ValueError):
        there = False
    return Tested(record, "there") if there else Tested(record, "missing", f"there is no {inner}.")


def _within(path: Path, root: Path) -> bool:
    """Whether a path stays in the project, whatever symbolic links it goes through."""
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _as_text(opened: Opened, tested: list[Tested], links: bool) -> str:
    lines = []
    for one in tested:
        if one.wrong:
            place = one.record.pointer.place
            id = opened.handbook.by_path[one.record.document].id
            head = f"{plain(opened.files.shown(place.file))}:{place.line}:{place.column}:"
            what = f"{plain(id)}, {plain(one.record.what)}: {plain(one.record.pointer.where)} is {one.result}"
            lines.append(f"{click.style(head, bold=True)} {what.replace('is outside', 'is not tested')}")
            lines.append(wrapped(one.why, "    ", "    "))
    asked = [one for one in tested if one.result in {reach.value for reach in Reach}]
    if asked and all(one.result == Reach.UNREACHABLE.value for one in asked):
        lines.append(
            "No address could be reached: this computer seems to be offline, or behind a proxy that it"
        )
        lines.append("does not know (HTTPS_PROXY). That says nothing about the links.")
    counts = Counter(one.result for one in tested)
    parts = [counted(len(tested), "record")]
    parts += [
        f"{counts[name]} {one if counts[name] == 1 else many}" for name, one, many in _SUMMARY if counts[name]
    ]
    lines.append(", ".join(parts))
    if counts["not tested"] and not links:
        lines.append("--links asks the web addresses too.")
    return "\n".join(lines)


def _as_json(opened: Opened, tested: list[Tested]) -> str:
    return json.dumps(
        {
            "counts": dict(sorted(Counter(one.result for one in tested).items())),
            "records": [dict(_data(opened, one)) for one in tested],
        },
        indent=2,
    )


def _data(opened: Opened, one: Tested) -> Iterator[tuple[str, object]]:
    place = one.record.pointer.place
    yield "document", opened.handbook.by_path[one.record.document].id
    yield "what", one.record.what
    yield "where", one.record.pointer.where
    yield "result", one.result
    yield "why", one.why
    yield "wrong", one.wrong
    yield "file", opened.files.shown(place.file)
    yield "line", place.line
