"""A decision that no reference is needed, as an author would record it."""

from __future__ import annotations

from policygraph.judging.case import Case
from policygraph.judging.front_matter_edits import with_decision
from policygraph.judging.front_matter_lines import BLANK, name_of
from policygraph.model.document import Document
from policygraph.model.fix import Fix
from policygraph.resolving.documents import key_of


def decision_fixes(case: Case, source: Document, target: Document) -> tuple[Fix, ...]:
    """The lines that record why a document need not reference another; none where they cannot be put in.

    Reason and name are left blank: nobody but the author can give them, and a rule asks until somebody has.
    """
    key = key_of(source, "not_related", case.handbook.settings)
    name = name_of(case.handbook, target)
    edit = with_decision(source, key, name, BLANK, case.today, BLANK)
    return (
        (Fix(f"Record a decision: no reference to {target.id} needed, because …", (edit,)),) if edit else ()
    )
