"""The findings of `check` for build servers and comments: GitLab's code quality report, JUnit, and Markdown."""

from __future__ import annotations

import json
from collections import defaultdict
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from policygraph.cli.finding_formats import Report, explained_at, from_workspace, summary
from policygraph.cli.terminal import plain
from policygraph.model.finding import Finding, Severity
from policygraph.publishing.escaping import readable_markdown
from policygraph.publishing.exports.sarif import fingerprinted
from policygraph.publishing.rule_address import rule_address

_GITLAB = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_MOST_ROWS = 100
"""Rows of the Markdown table: a comment that is too long is refused by code hosts."""

_LONGEST = 400


def as_gitlab(report: Report) -> str:
    """The findings as GitLab's code quality report."""
    files = report.opened.files
    return json.dumps(
        [
            {
                "description": _whole(report, finding),
                "check_name": finding.code,
                "fingerprint": digest,
                "severity": _GITLAB[finding.severity],
                "location": {
                    "path": from_workspace(files, finding.place.file),
                    "lines": {"begin": max(1, finding.place.line)},
                },
            }
            for finding, digest in fingerprinted(report.findings)
        ],
        indent=2,
    )


def _whole(report: Report, finding: Finding) -> str:
    """A finding in one piece: what is wrong, what helps, and where more is said."""
    parts = (plain(finding.message), plain(finding.help), explained_at(report, finding))
    return " ".join(part for part in parts if part)


def as_junit(report: Report) -> str:
    """The findings as JUnit's XML: one test case a document, which fails where a finding counts."""
    files, handbook = report.opened.files, report.opened.handbook
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        by_file[finding.place.file].append(finding)
    names = sorted({*(d.path for d in (*handbook.documents, *handbook.translations)), *by_file})
    cases, failures = [], 0
    for name in names:
        counting = [f for f in by_file[name] if f.severity.rank <= report.threshold.rank]
        lighter = [f for f in by_file[name] if f.severity.rank > report.threshold.rank]
        failures += bool(counting)
        shown = _attribute(files.shown(name))
        inside = ""
        if counting:
            first = _attribute(f"{counting[0].code} {counting[0].message}")
            inside += f"<failure message={first} type={_attribute(counting[0].rule)}>{_lines(report, counting)}</failure>"
        if lighter:
            inside += f"<system-out>{_lines(report, lighter)}</system-out>"
        cases.append(f'    <testcase classname="policygraph" name={shown} file={shown}>{inside}</testcase>')
    counts = f'tests="{len(names)}" failures="{failures}" errors="0"'
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f"<testsuites {counts}>",
            f'  <testsuite name="policygraph check" {counts}>',
            *cases,
            "  </testsuite>",
            "</testsuites>",
        ]
    )


def _lines(report: Report, findings: list[Finding]) -> str:
    files = report.opened.files
    lines = [
        f"{files.shown(f.place.file)}:{f.place.line}:{f.place.column}: {f.code} {f.message} [{_WORDS[f.severity]}]"
        + "".join(f" {part}" for part in (f.help, explained_at(report, f)) if part)
        for f in findings
    ]
    return "\n".join(escape(_printable(line)) for line in lines)


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _printable(text: str) -> str:
    """Text on one line with nothing in it that XML may not hold."""
    return plain(text).translate({0xFFFE: None, 0xFFFF: None})


def as_markdown(report: Report) -> str:
    """The findings as a table, heaviest first, fit for a comment."""
    ordered = sorted(report.findings, key=lambda f: (f.severity.rank, f.order))
    lines = [f"**policygraph check**: {readable_markdown(summary(report))}"]
    if ordered:
        lines += ["", "| | Where | What | How to put it right |", "| --- | --- | --- | --- |"]
        lines += [_row(report, finding) for finding in ordered[:_MOST_ROWS]]
    if len(ordered) > _MOST_ROWS:
        lines += [
            "",
            f"{len(ordered) - _MOST_ROWS} more are not shown here; `policygraph check` lists them all.",
        ]
    return "\n".join(lines)


def _row(report: Report, finding: Finding) -> str:
    where = f"{from_workspace(report.opened.files, finding.place.file)}:{finding.place.line}"
    right = finding.help
    if finding.suggestion:
        right = f"{finding.suggestion_word.capitalize()} {finding.suggestion} {right}"
    code = finding.code
    if address := rule_address(report.opened.handbook.settings, code):
        # An address comes from the settings, which a pull request may have changed.
        code = f"[{code}]({quote(address, safe=':/#%~')})"
    cells = (_cell(where), _cell(finding.message), _cell(right))
    return f"| {_WORDS[finding.severity]} {code} | {' | '.join(cells)} |"


def _cell(text: str) -> str:
    text = plain(text)
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rpartition(" ")[0] + " …"
    # Nobody is to be called by a name that stands in a document.
    return readable_markdown(text).replace("@", "&#64;").replace("://", ":&#47;/")
