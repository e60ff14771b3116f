"""The findings as SARIF 2.1.0, which code hosts and editors read."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from policygraph import __version__
from policygraph.judging.rule import Rule
from policygraph.judging.rules import all_rules
from policygraph.model.finding import Finding, Severity
from policygraph.model.fix import Edit, Fix
from policygraph.publishing.exports.records import Data, portable
from policygraph.publishing.exports.serialised import json_bytes
from policygraph.publishing.rule_address import rule_address
from policygraph.settings import Settings

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_ROOT = "%SRCROOT%"
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif_bytes(
    findings: Iterable[Finding],
    named: Callable[[str], str] = portable,
    settings: Settings | None = None,
) -> bytes:
    """Findings with the rules behind them, each with its page where the settings say where that is published.

    `named` gives a file's path from the top of the checkout. Findings that an author lives with are suppressed,
    with the reason.
    """
    rules = all_rules()
    numbers = {rule.code: number for number, rule in enumerate(rules)}
    return json_bytes(
        {
            "$schema": _SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "policygraph",
                            "semanticVersion": __version__,
                            "rules": [_rule(rule, settings) for rule in rules],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "originalUriBaseIds": {
                        _ROOT: {"description": {"text": "The top of the project that holds the handbook."}}
                    },
                    "results": list(_results(sorted(findings, key=lambda f: f.order), numbers, named)),
                }
            ],
        }
    )


def _rule(rule: Rule, settings: Settings | None) -> Data:
    help = rule.help
    address = rule_address(settings, rule.code) if settings is not None else ""
    return {
        "id": rule.code,
        "name": "".join(word[:1].upper() + word[1:] for word in rule.name.replace("-", " ").split()),
        "shortDescription": {"text": rule.name},
        "fullDescription": {"text": help.what},
        "help": {
            "text": f"{help.what}\n\nWhy it matters\n\n{help.why}\n\nRemedy\n\n{help.remedy}",
            "markdown": f"{help.what}\n\n**Why it matters.** {help.why}\n\n**Example**\n\n```\n{help.example}\n```\n\n"
            f"**Remedy.** {help.remedy}",
        },
        **({"helpUri": address} if address else {}),
        # A rule that is off until the settings switch it on.
        "defaultConfiguration": {
            "level": _LEVELS[rule.severity],
            **({"enabled": False} if rule.optional else {}),
        },
    }


def _results(
    findings: Iterable[Finding], numbers: dict[str, int], named: Callable[[str], str]
) -> Iterable[Data]:
    for finding, digest in fingerprinted(findings):
        parts = [finding.message]
        if finding.suggestion:
            parts.append(f"{finding.suggestion_word.capitalize()} {finding.suggestion}")
        if finding.help:
            parts.append(finding.help)
        result = {
            "ruleId": finding.code,
            "ruleIndex": numbers[finding.code],
            "level": _LEVELS[finding.severity],
            "message": {"text": "\n\n".join(parts)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": _artifact(named(finding.place.file)),
                        "region": {
                            "startLine": max(1, finding.place.line),
                            "startColumn": max(1, finding.place.column),
                        },
                    }
                }
            ],
            # The same finding after lines have moved is the same; the second of its kind in a file is another.
            "partialFingerprints": {"policygraph/v1": digest},
        }
        if finding.fix is not None:
            result["fixes"] = [_fix(finding.fix, named)]
        if finding.allowed is not None:
            result["suppressions"] = [{"kind": "inSource", "justification": finding.allowed}]
        yield result


def _fix(fix: Fix, named: Callable[[str], str]) -> Data:
    by_file: dict[str, list[Data]] = {}
    for edit in fix.edits:
        replacement = {"deletedRegion": _region(edit), "insertedContent": {"text": edit.new}}
        by_file.setdefault(edit.place.file, []).append(replacement)
    changes = [
        {"artifactLocation": _artifact(named(file)), "replacements": replacements}
        for file, replacements in by_file.items()
    ]
    return {"description": {"text": fix.title}, "artifactChanges": changes}


def _region(edit: Edit) -> Data:
    """What an edit takes away; where it only adds, the place between two characters."""
    lines = edit.old.split("\n")
    start = edit.place.column if len(lines) == 1 else 1
    return {
        "startLine": edit.place.line,
        "startColumn": edit.place.column,
        "endLine": edit.place.line + len(lines) - 1,
        "endColumn": start + len(lines[-1]),
    }


def _artifact(path: str) -> Data:
    return {"uri": quote(path, safe="/.-_~"), "uriBaseId": _ROOT}


def fingerprinted(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Findings with what tells each from all others, whatever lines it moves to."""
    seen: Counter[str] = Counter()
    for finding in findings:
        digest = _fingerprint(finding)
        seen[digest] += 1
        yield finding, f"{digest}:{seen[digest]}"


def _fingerprint(finding: Finding) -> str:
    text = "\0".join((finding.code, portable(finding.place.file), finding.message))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]
