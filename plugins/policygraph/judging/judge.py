"""A handbook to findings: run the rules, apply the handbook's severities and the authors' allowances."""

from __future__ import annotations

from collections.abc import Collection

from policygraph.judging.judgement import Judgement
from policygraph.judging.rule import Rule, iterate
from policygraph.judging.rules import all_rules
from policygraph.model.finding import Finding, Severity
from policygraph.resolving.handbook import Handbook


def judge(handbook: Handbook, select: Collection[str] = (), ignore: Collection[str] = ()) -> Judgement:
    """Run the rules that the settings leave on.

    `select` and `ignore` hold codes or beginnings of codes; an empty `select` means all.
    """
    rules = {}
    for one in all_rules():
        severity = handbook.settings.rules.get(one.code, one.severity)
        if severity is not None and _chosen(one.code, select, ignore):
            rules[one] = severity
    allowances = {
        (document.path, allowance.code): allowance.because
        for document in (*handbook.documents, *handbook.translations)
        for allowance in document.front.allow
    }
    findings: set[Finding] = set()
    allowed: set[Finding] = set()
    for one, trouble in iterate(rules, handbook):
        document = trouble.place.file if trouble.place.file in handbook.by_path else None
        because = allowances.get((document or "", one.code))
        finding = Finding(
            one.code,
            one.name,
            rules[one],
            trouble.place,
            trouble.message,
            trouble.mend or _remedy(one),
            document,
            trouble.suggestion,
            because,
        )
        (findings if because is None else allowed).add(finding)
    return Judgement(
        tuple(sorted(findings, key=lambda f: f.order)), tuple(sorted(allowed, key=lambda f: f.order))
    )


def _remedy(one: Rule) -> str:
    """The first sentence of a rule's remedy."""
    return " ".join(one.help.remedy.split("\n\n")[0].split())


def _chosen(code: str, select: Collection[str], ignore: Collection[str]) -> bool:
    wanted = not select or any(code.startswith(prefix.upper()) for prefix in select)
    return wanted and not any(code.startswith(prefix.upper()) for prefix in ignore)


def heaviest(findings: Collection[Finding]) -> Severity | None:
    """The heaviest severity among findings, None where there are none."""
    return min((f.severity for f in findings), key=lambda s: s.rank, default=None)
