"""Rules: one rule, one function, one stable code, one page of help."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from policygraph.judging.case import Case
from policygraph.model.finding import Severity
from policygraph.model.fix import Fix
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind


@dataclass(frozen=True, slots=True)
class Trouble:
    """What a rule found: where, what, and what would be right.

    `document` is the path of the document concerned where the place lies in another file. `severity` is given where
    this one weighs otherwise than the rule's findings do; what the settings say outweighs both. `fix` and `others` are as a
    finding has them.
    """

    place: Place
    message: str
    suggestion: str | None = None
    mend: str | None = None
    document: str | None = None
    severity: Severity | None = None
    fix: Fix | None = None
    others: tuple[Fix, ...] = ()


Check = Callable[[Case], Iterable[Trouble]]


@dataclass(frozen=True, slots=True)
class Help:
    """A rule's page: what it does, why it matters to an auditor, an example, and how to mend it."""

    what: str
    why: str
    example: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `name` is its name in words, `code` never changes once published.

    `calendar` tells a rule whose findings the passing of time makes, without a change to any file.
    An `optional` one is off until the settings give it a severity.
    """

    code: str
    name: str
    severity: Severity
    check: Check
    help: Help
    calendar: bool = False
    optional: bool = False

    def weight(self, settings: Mapping[str, Severity | None]) -> Severity | None:
        """How much the rule weighs under the settings' severities by code; None where it is off."""
        return settings.get(self.code, None if self.optional else self.severity)


_RULES: dict[str, Rule] = {}
_SECTIONS = ("Why it matters", "Example", "Remedy")


def rule(
    code: str, name: str, severity: Severity, *, calendar: bool = False, optional: bool = False
) -> Callable[[Check], Check]:
    """Register the decorated function as a rule. Its docstring is the rule's page."""

    def register(check: Check) -> Check:
        if code in _RULES:
            raise ValueError(f"Two rules have the code {code}.")
        _RULES[code] = Rule(code, name, severity, check, _help(check, code), calendar, optional)
        return check

    return register


def _help(check: Check, code: str) -> Help:
    text = inspect.getdoc(check) or ""
    parts: dict[str, list[str]] = {name: [] for name in ("", *_SECTIONS)}
    section = ""
    for line in text.split("\n"):
        if line.rstrip(":") in _SECTIONS and line.endswith(":"):
            section = line.rstrip(":")
        else:
            parts[section].append(line)
    found = {name: "\n".join(lines).strip("\n") for name, lines in parts.items()}
    if missing := [name or "summary" for name, content in found.items() if not content.strip()]:
        raise ValueError(f"The help of {code} lacks: {', '.join(missing)}.")
    return Help(
        found[""].strip(),
        inspect.cleandoc(found["Why it matters"]),
        inspect.cleandoc(found["Example"]),
        inspect.cleandoc(found["Remedy"]),
    )


def reported(case: Case, kind: ProblemKind) -> Iterator[Trouble]:
    """What reading and resolving met of one kind."""
    for problem in case.handbook.problems_of(kind):
        yield Trouble(problem.place, problem.message, problem.suggestion, problem.mend, fix=problem.fix)


def registered() -> tuple[Rule, ...]:
    """The rules registered so far, by code. `policygraph.judging.rules.all_rules` makes sure of all."""
    return tuple(_RULES[code] for code in sorted(_RULES))


def iterate(rules: Iterable[Rule], case: Case) -> Iterator[tuple[Rule, Trouble]]:
    """Run rules over a case."""
    for one in rules:
        for trouble in one.check(case):
            yield one, trouble
