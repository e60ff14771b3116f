"""Rules about the line that says why a document matters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, rule
from policygraph.judging.why_lines import repeats, standard_cited
from policygraph.model.document import Document, Status
from policygraph.model.finding import Severity

_LISTS = frozenset({"index", "readme"})
"""Files that lead to others and are themselves no rule."""


@rule("PG408", "missing-why", Severity.INFO)
def missing_why(case: Case) -> Iterator[Trouble]:
    """A document does not say why it matters. Drafts are asked too, retired documents and lists of others are not.

    A good why line is one sentence that a colleague believes: what the document protects, or what happened when it
    was not there. It names somebody or something that can be hurt, lost or saved, and would be true without any
    standard. It stands at the head of the page, above the rules.

    Why it matters:
        People keep a rule whose reason they believe, and find a way round any other. At an audit, whoever is asked
        "why do you do this?" should have an answer of their own.

    Example:
        Front matter with a title and a summary, and no `why`.

    Remedy:
        Add `why` with one sentence that a colleague believes, such as
        `why: "One letter pasted into the wrong chat window cannot be fetched back."`: what it protects, or what
        happened without it.

        If nobody can think of one, ask whether the document is needed.
    """
    for document in _asked(case):
        if not (document.front.why or "").strip():
            yield Trouble(
                document.place, f"'{document.title}' does not say why it matters.", document=document.path
            )


@rule("PG409", "empty-why", Severity.WARNING)
def empty_why(case: Case) -> Iterator[Trouble]:
    """A document's why line only repeats its title or its summary, or says nothing of its own.

    A line counts as repeated where three quarters of its words, other than "ensure", "policy" and the like, are
    those of the title or of the summary.

    Why it matters:
        The line stands first on the page. Where it says nothing, readers learn to skip what stands there.

    Example:
        ```yaml
        title: Access control policy
        why: "To ensure proper access control."
        ```

    Remedy:
        Say what the document protects, or what happened without it, such as "Last spring a former colleague could
        still read the payroll for three weeks".
    """
    for document in _asked(case):
        why = (document.front.why or "").strip()
        if not why or standard_cited(why, case.handbook.frameworks):
            continue
        if said := repeats(why, document):
            what = "says nothing of its own" if said == "nothing" else f"only repeats {said}"
            yield Trouble(
                document.place_of("why"),
                f"The line that says why '{document.title}' matters {what}.",
                document=document.path,
            )


@rule("PG410", "standard-as-why", Severity.WARNING)
def standard_as_why(case: Case) -> Iterator[Trouble]:
    """A document's why line gives a standard, a law or an audit as the reason.

    English and German lines are understood: names of the handbook's frameworks and of well-known standards and laws,
    clause numbers, and "required by", "the auditor wants" and the like.

    Why it matters:
        "Because ISO says so" is nobody's reason for doing something well, and an auditor hears it as a sign that
        the rule is kept for the audit alone. Which clauses a document answers is said by `satisfies`.

    Example:
        ```yaml
        why: "Required by ISO/IEC 42001, clause 6.1.2."
        ```

    Remedy:
        Move the clause to `satisfies`, and say whom it would hurt if nobody did this.
    """
    for document in _asked(case):
        why = (document.front.why or "").strip()
        if why and (cited := standard_cited(why, case.handbook.frameworks)):
            yield Trouble(
                document.place_of("why"),
                f"The reason why '{document.title}' matters is given as '{cited}'.",
                document=document.path,
            )


def _asked(case: Case) -> Iterator[Document]:
    for document in case.handbook.documents:
        blank = not document.body.strip()
        name = PurePosixPath(document.path).stem.casefold()
        if document.status is not Status.RETIRED and not blank and name not in _LISTS:
            yield document
