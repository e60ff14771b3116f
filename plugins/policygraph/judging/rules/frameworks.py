"""Rules about frameworks: clauses that documents name."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, reported, rule
from policygraph.model.finding import Severity
from policygraph.model.problem import ProblemKind


@rule("PG301", "unknown-framework", Severity.ERROR)
def unknown_framework(case: Case) -> Iterator[Trouble]:
    """A clause is named with a framework that the handbook does not know, or with none.

    Why it matters:
        The same number means something else in another framework: A.5.2 of ISO/IEC 42001 is not A.5.2 of ISO/IEC 27001.

    Example:
        ```yaml
        satisfies: ["A.5.2"]
        ```

    Remedy:
        Write the framework before the id, as in `iso-42001:A.5.2`; add a catalog of your own under `catalogs` in handbook.yml.
    """
    yield from reported(case, ProblemKind.UNKNOWN_FRAMEWORK)


@rule("PG302", "unknown-clause", Severity.ERROR)
def unknown_clause(case: Case) -> Iterator[Trouble]:
    """A framework has no clause with this id.

    Why it matters:
        A mapping to a clause that does not exist answers nothing, and an auditor will notice before you do.

    Example:
        ```yaml
        satisfies: ["iso-42001:A.6.1.4"]
        ```

    Remedy:
        Correct the id; the framework's audit page lists all of them.
    """
    yield from reported(case, ProblemKind.UNKNOWN_CLAUSE)


@rule("PG303", "other-version", Severity.ERROR)
def other_version(case: Case) -> Iterator[Trouble]:
    """The id belongs to another edition of the framework than the one held here.

    Why it matters:
        Editions renumber: A.9.2.1 of the 2013 edition of ISO/IEC 27001 is no control of the 2022 edition.

    Example:
        ```yaml
        satisfies: ["iso-27001:A.9.2.1"]
        ```

    Remedy:
        Look up the id in the edition that the handbook holds, or add a catalog of the other edition.
    """
    yield from reported(case, ProblemKind.OTHER_VERSION)


@rule("PG304", "clause-group", Severity.ERROR)
def clause_group(case: Case) -> Iterator[Trouble]:
    """A mapping names a heading over several clauses instead of a clause.

    Why it matters:
        Nobody can tell which of the clauses below the heading the document answers.

    Example:
        ```yaml
        satisfies: ["iso-42001:6.1"]
        ```

    Remedy:
        Name the clauses that the document really answers, one by one.
    """
    yield from reported(case, ProblemKind.CLAUSE_GROUP)
