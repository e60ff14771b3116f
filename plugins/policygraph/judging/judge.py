"""A handbook to findings: run the rules, apply the handbook's severities and the authors' allowances."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from policygraph.judging.case import Case
from policygraph.judging.judgement import Judgement
from policygraph.judging.rule import Rule, iterate
from policygraph.judging.rules import all_rules
from policygraph.model.finding import Finding
from policygraph.resolving.handbook import Handbook
from policygraph.words import ENGLISH, speaking


def judge(
    handbook: Handbook, today: dt.date, select: Collection[str] = (), ignore: Collection[str] = ()
) -> Judgement:
    """Run the rules that the settings leave on, as of a day.

    `select` and `ignore` hold codes or beginnings of codes; an empty `select` means all.
    """
    case = Case(handbook, today)
    rules = {}
    for one in all_rules():
        severity = one.weight(handbook.settings.rules)
        if severity is not None and chosen(one.code, select, ignore):
            rules[one] = severity
    allowances = {
        (document.path, allowance.code): allowance.because
        for document in (*handbook.documents, *handbook.translations)
        for allowance in document.front.allow
    }
    findings: set[Finding] = set()
    allowed: set[Finding] = set()
    # Findings speak English whoever asks, as the rules do.
    with speaking(ENGLISH):
        troubles = tuple(iterate(rules, case))
    for one, trouble in troubles:
        concerned = trouble.document or trouble.place.file
        document = concerned if concerned in handbook.by_path else None
        because = allowances.get((document or "", one.code))
        finding = Finding(
            one.code,
            one.name,
            rules[one] if one.code in handbook.settings.rules else trouble.severity or rules[one],
            trouble.place,
            trouble.message,
            trouble.mend or _remedy(one),
            document,
            trouble.suggestion,
            because,
            one.calendar,
            trouble.fix,
            trouble.others,
        )
        (findings if because is None else allowed).add(finding)
    return Judgement(
        case,
        tuple(sorted(findings, key=lambda f: f.order)),
        tuple(sorted(allowed, key=lambda f: f.order)),
    )


def _remedy(one: Rule) -> str:
    """The first sentence of a rule's remedy."""
    return " ".join(one.help.remedy.split("\n\n")[0].split())


def chosen(code: str, select: Collection[str], ignore: Collection[str]) -> bool:
    """Whether a rule is wanted: `select` and `ignore` as in `judge`."""
    wanted = not select or any(code.startswith(prefix.upper()) for prefix in select)
    return wanted and not any(code.startswith(prefix.upper()) for prefix in ignore)
