"""Rules about registers and settings."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, registered, reported, rule
from policygraph.model.document import Document
from policygraph.model.finding import Severity
from policygraph.model.fix import Fix
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
from policygraph.reading.corrections import correction
from policygraph.reading.values import nearest


@rule("PG501", "invalid-register", Severity.ERROR)
def invalid_register(case: Case) -> Iterator[Trouble]:
    """A register or catalog holds something that cannot be read.

    Why it matters:
        Roles, audiences and terms that are not read are unknown to every document.

    Example:
        A role without a colon after its id.

    Remedy:
        Write the entry in the form that the message names.
    """
    yield from reported(case, ProblemKind.INVALID_REGISTER)


@rule("PG504", "unknown-in-register", Severity.ERROR)
def unknown_in_register(case: Case) -> Iterator[Trouble]:
    """A register names a document that does not exist.

    Why it matters:
        A review, a record or an exception of a document that nobody can find proves nothing.

    Example:
        `document: AI-60` in registers/records.yml, where AI-06 was meant.

    Remedy:
        Correct the id. Where a document was renamed, keep its old id in its `former_ids`.
    """
    yield from reported(case, ProblemKind.UNKNOWN_IN_REGISTER)


@rule("PG505", "statement-not-found", Severity.ERROR)
def statement_not_found(case: Case) -> Iterator[Trouble]:
    """A register points at a statement that the document no longer holds.

    Why it matters:
        What was permitted, or promised, was about other words than those that stand there now.

    Example:
        An exception with a `quote` that the document no longer contains.

    Remedy:
        Read the document's text again and decide anew; then correct the quote or the address.
    """
    yield from reported(case, ProblemKind.STATEMENT_NOT_FOUND)


@rule("PG506", "incomplete-review", Severity.WARNING)
def incomplete_review(case: Case) -> Iterator[Trouble]:
    """An entry of the review log does not say which text was looked at.

    Why it matters:
        Without the fingerprint of the text nobody can tell whether the approved text is the one in force.

    Example:
        A review that was written by hand, without `text` and `substance`.

    Remedy:
        Write reviews with `policygraph review`, or paste the snippet that the pull request's report offers.
    """
    yield from reported(case, ProblemKind.INCOMPLETE_REVIEW)


@rule("PG502", "unheld-role", Severity.WARNING)
def unheld_role(case: Case) -> Iterator[Trouble]:
    """A role that owns or approves documents is held by nobody.

    Why it matters:
        The documents have an owner on paper only.

    Example:
        `holders: []` for the role that owns AI-21.

    Remedy:
        Name a holder in registers/organisation.yml, or give the documents to another role.
    """
    for role in case.handbook.organisation.roles.values():
        if role.holders:
            continue
        owned = [d for d in case.handbook.documents if role.id.lower() in _people(d)]
        if owned:
            ids = ", ".join(document.id for document in owned)
            yield Trouble(role.place, f"Nobody holds '{role.title}', the owner or approver of {ids}.")


def _people(document: Document) -> set[str]:
    return {role.lower() for role in (document.front.owner, document.front.approver) if role}


@rule("PG503", "unknown-rule", Severity.WARNING)
def unknown_rule(case: Case) -> Iterator[Trouble]:
    """A document or the settings name a rule that does not exist.

    Why it matters:
        A misspelt code switches nothing off, and the reason given for it explains nothing.

    Example:
        ```yaml
        allow:
          PG999: "We link this one from the intranet."
        ```

    Remedy:
        Use a code that `policygraph rules` lists.
    """
    codes = {one.code for one in registered()}
    for code in case.handbook.settings.rules:
        if code not in codes:
            yield Trouble(
                Place(case.handbook.settings.file), f"There is no rule '{code}'.", nearest(code, codes)
            )
    for document in (*case.handbook.documents, *case.handbook.translations):
        for allowance in document.front.allow:
            if allowance.code not in codes:
                message = f"There is no rule '{allowance.code}'."
                near = nearest(allowance.code, codes)
                edit = correction(document.text, allowance.place, allowance.code, near) if near else None
                fix = Fix(f"Write {near} for {allowance.code}", (edit,)) if edit else None
                yield Trouble(allowance.place, message, near, fix=fix)
