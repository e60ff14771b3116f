"""Rules about registers and settings."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, registered, reported, rule
from policygraph.model.document import Document
from policygraph.model.finding import Severity
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
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
                yield Trouble(allowance.place, message, nearest(allowance.code, codes))
