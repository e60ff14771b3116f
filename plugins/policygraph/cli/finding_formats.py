"""The findings of `check` as text, as JSON, as SARIF, and as annotations on a pull request."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import click

from policygraph.cli.opening import Files, Opened
from policygraph.cli.terminal import plain, wrapped
from policygraph.model.finding import Finding, Severity
from policygraph.model.in_words import counted
from policygraph.publishing.rule_address import rule_address

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
_WORDS = {
    Severity.ERROR: ("error", "errors"),
    Severity.WARNING: ("warning", "warnings"),
    Severity.INFO: ("note", "notes"),
}
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` has to say: the findings shown, how many are not, and how heavy those are that count."""

    opened: Opened
    findings: tuple[Finding, ...]
    hidden: int
    allowed: int
    threshold: Severity = Severity.ERROR


def as_text(report: Report) -> str:
    """One block a finding, for readers; the place comes first, so that editors and terminals can open it.

    The same help is said once: read a hundred times, it hides what differs.
    """
    said: set[str] = set()
    blocks = []
    for finding in report.findings:
        blocks.append(_block(finding, report, helps=finding.help not in said))
        said.add(finding.help)
    return "\n".join([*blocks, summary(report), *_what_now(report)])


def _what_now(report: Report) -> list[str]:
    """What helps with the findings: how to read more about one, and what can be put right without typing."""
    if not report.findings:
        return []
    fixes = [finding.fix for finding in report.findings if finding.fix is not None]
    safe = sum(1 for fix in fixes if fix.safe)
    lines = []
    if safe:
        lines.append(f"{counted(safe, 'finding', 'findings')} can be put right with --fix.")
    if len(fixes) > safe:
        more = " more" if safe else ""
        lines.append(
            f"{len(fixes) - safe}{more} can be put right with --fix --unsafe; look first with --diff."
        )
    lines.append(f"policygraph rules {report.findings[0].code} explains a finding.")
    return [" ".join(lines)]


def _block(finding: Finding, report: Report, *, helps: bool) -> str:
    place = finding.place
    head = f"{plain(report.opened.files.shown(place.file))}:{place.line}:{place.column}:"
    code = click.style(finding.code, fg=_COLOURS[finding.severity], bold=True)
    weight = click.style(f"[{_WORDS[finding.severity][0]}]", dim=True)
    lines = [f"{click.style(head, bold=True)} {code} {plain(finding.message)} {weight}"]
    if finding.suggestion:
        first, *others = finding.suggestion.split("\n")
        lines.append(f"    {finding.suggestion_word} {'' if others else plain(first)}".rstrip())
        lines += [f"      {plain(line)}" for line in (first, *others)] if others else []
    if finding.help and helps:
        lines.append(wrapped(finding.help, "          ", "    help: "))
        if address := explained_at(report, finding):
            lines.append(f"    more: {address}")
    return "\n".join(lines)


def explained_at(report: Report, finding: Finding) -> str:
    """The address of the page that explains a finding's rule; empty where nobody said where the handbook is published."""
    return plain(rule_address(report.opened.handbook.settings, finding.code))


def summary(report: Report) -> str:
    """How many findings there are of each weight."""
    counts = Counter(finding.severity for finding in report.findings)
    documents = len(report.opened.handbook.documents)
    parts = [counted(documents, "document", "documents")]
    parts += [counted(counts[severity], *_WORDS[severity]) for severity in Severity]
    if report.allowed:
        parts.append(f"{report.allowed} allowed by their authors")
    if report.hidden:
        parts.append(f"{report.hidden} lighter not shown")
    return ", ".join(parts)


def as_json(report: Report) -> str:
    """The findings as data; files are named from the current folder."""
    from policygraph.publishing.exports.records import finding_data

    handbook, files = report.opened.handbook, report.opened.files
    counts = Counter(finding.severity for finding in report.findings)
    return json.dumps(
        {
            "documents": len(handbook.documents),
            "counts": {severity.value: counts[severity] for severity in Severity},
            "allowed": report.allowed,
            "hidden": report.hidden,
            "findings": [
                {
                    **finding_data(handbook, finding),
                    "file": files.shown(finding.place.file),
                    "fix": {"title": finding.fix.title, "safe": finding.fix.safe} if finding.fix else None,
                }
                for finding in report.findings
            ],
        },
        indent=2,
    )


def as_sarif(report: Report) -> str:
    """The findings as SARIF, for code hosts and editors."""
    from policygraph.publishing.exports.sarif import sarif_bytes

    files = report.opened.files
    settings = report.opened.handbook.settings
    data = sarif_bytes(report.findings, lambda file: from_workspace(files, file), settings)
    return data.decode("utf-8").rstrip("\n")


def as_github(report: Report) -> str:
    """One workflow command a finding, heaviest first, since only the first of each kind are shown."""
    ordered = sorted(report.findings, key=lambda f: (f.severity.rank, f.order))
    return "\n".join([*(_annotation(finding, report) for finding in ordered), summary(report)])


def _annotation(finding: Finding, report: Report) -> str:
    lines = [finding.message]
    if finding.suggestion:
        lines.append(f"{finding.suggestion_word} {finding.suggestion}")
    if finding.help:
        lines.append(finding.help)
    if address := explained_at(report, finding):
        lines.append(address)
    properties = {
        "file": from_workspace(report.opened.files, finding.place.file),
        "line": str(finding.place.line),
        "col": str(finding.place.column),
        "title": f"{finding.code} {finding.rule}",
    }
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {shown}::{_message(chr(10).join(map(plain, lines)))}"


def from_workspace(files: Files, file: str) -> str:
    """A file's path from the checkout, by which code hosts find it, wherever the command was started."""
    workspace = os.environ.get("GITHUB_WORKSPACE")
    if workspace:
        try:
            return files.on_disk(file).resolve().relative_to(Path(workspace).resolve()).as_posix()
        except (ValueError, OSError):
            pass
    return files.shown(file)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(plain(text)).replace(":", "%3A").replace(",", "%2C")
