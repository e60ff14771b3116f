"""What resolvers have in common: they note what does not resolve."""

from __future__ import annotations

from policygraph.model.place import Place
from policygraph.model.problem import Problem, ProblemKind


class Reporting:
    """Collects problems."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def _report(
        self,
        kind: ProblemKind,
        place: Place,
        message: str,
        suggestion: str | None = None,
        mend: str | None = None,
        *,
        typed: str = "",
        sure: bool = False,
    ) -> None:
        self.problems.append(Problem(kind, place, message, suggestion, mend, typed=typed, sure=sure))
