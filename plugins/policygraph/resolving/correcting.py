"""Fixes for problems: the suggestion in the place of what was typed."""

from __future__ import annotations

from dataclasses import replace

from policygraph.model.fix import Fix
from policygraph.model.problem import Problem
from policygraph.reading.corrections import correction
from policygraph.reading.sources import Sources


def with_fixes(sources: Sources, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Problems with the fixes that follow from what was typed and what is suggested."""
    if not any(problem.typed and problem.suggestion for problem in problems):
        return problems
    texts = {**sources.registers.texts, **{source.path: source.text for source in sources.documents}}
    return tuple(_with_fix(problem, texts.get(problem.place.file)) for problem in problems)


def _with_fix(problem: Problem, text: str | None) -> Problem:
    if problem.fix is not None or text is None or not problem.typed or not problem.suggestion:
        return problem
    edit = correction(text, problem.place, problem.typed, problem.suggestion)
    if edit is None:
        return problem
    title = f"Write {problem.suggestion} for {problem.typed}"
    return replace(problem, fix=Fix(title, (edit,), problem.sure))
