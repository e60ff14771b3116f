"""What is judged of an edition."""

from __future__ import annotations

from policygraph.judging.case import Case
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.resolving.handbook import Handbook


def judge_edition(whole: Judgement, handbook: Handbook) -> Judgement:
    """Judge an edition of a handbook that has been judged as a whole.

    The findings are those that hold of the whole too: what only its own readers' view makes look wrong is not. The
    public edition tells of none.
    """
    if handbook is whole.case.handbook:
        return whole
    if not handbook.edition.audited:
        return Judgement(Case(handbook, whole.case.today), (), ())
    own = judge(handbook, whole.case.today)
    findings, allowed = set(whole.findings), set(whole.allowed)
    return Judgement(
        own.case,
        tuple(finding for finding in own.findings if finding in findings),
        tuple(finding for finding in own.allowed if finding in allowed),
    )
