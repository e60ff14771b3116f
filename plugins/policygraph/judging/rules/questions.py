"""Rules about questions that an auditor will ask, and about decisions that answer them."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.decisions import decision_fixes
from policygraph.judging.front_matter_edits import with_entry
from policygraph.judging.front_matter_lines import BLANK, name_of, reference_slot
from policygraph.judging.rule import Trouble, rule
from policygraph.model.finding import Severity
from policygraph.model.fix import Fix
from policygraph.model.framework import Strength
from policygraph.model.question import State
from policygraph.resolving.documents import key_of


@rule("PG220", "open-question", Severity.INFO)
def open_question(case: Case) -> Iterator[Trouble]:
    """A document answers a clause that leans on another clause, and does not reference the document that answers it.

    Only where the standard itself makes the one clause rest on the other, and where neither a document between the
    two nor a recorded decision gives the answer.

    Why it matters:
        An auditor who follows the standard from clause to clause will ask why the reference is missing.

    Example:
        AI-06 answers iso-42001:6.1.2, which leans on iso-42001:6.1.4. AI-08 answers that one, and AI-06 does not
        reference it.

    Remedy:
        Reference the document where the text relies on it, or record under `not_related` why no reference is needed.
        Expectations that do not fit you can be dropped in registers/expectations.yml.
    """
    handbook = case.handbook
    for question in case.foreseen.questions:
        ground = next((g for g in question.grounds if g.strength is Strength.DIRECT), None)
        if question.state is not State.OPEN or ground is None:
            continue
        source, target = handbook.by_path[question.source], handbook.by_path[question.target]
        message = (
            f"An auditor will ask why {source.id} does not reference '{target.title}' ({target.id}): {source.id} "
            f"answers {ground.clauses[0]}, {target.id} answers {ground.clauses[1]}."
        )
        if ground.because:
            message = f"{message} {ground.because}"
        slot = reference_slot(handbook, source, ground.because or BLANK)
        place = source.place_of(key_of(source, "satisfies", handbook.settings))
        name = name_of(handbook, target)
        # A reason that nobody has given is not ours to invent: the author writes it, or leaves it to the text.
        edit = with_entry(source, slot.key, name, ground.because)
        fix = Fix(f"Add a reference to {target.id}", (edit,)) if edit else None
        yield Trouble(place, message, slot.lines(name), fix=fix, others=decision_fixes(case, source, target))


@rule("PG221", "contradicted-decision", Severity.WARNING)
def contradicted_decision(case: Case) -> Iterator[Trouble]:
    """A document has decided that it needs no reference to another, and references it all the same.

    Why it matters:
        One of the two is wrong, and an auditor who reads both trusts neither.

    Example:
        AI-06 lists AI-19 under `not_related` and links it in its text.

    Remedy:
        Take the decision out, or the reference.
    """
    for decision in case.handbook.decisions:
        if not decision.counts(case.today):
            continue
        for reference in case.connections.references.get((decision.source, decision.target), ())[:1]:
            target = case.handbook.by_path[decision.target]
            written = reference.occurrences[0].place
            message = (
                f"It is decided that no reference to '{target.title}' ({target.id}) is needed, "
                f"but line {written.line} references it."
            )
            yield Trouble(decision.place, message)


@rule("PG222", "anonymous-decision", Severity.INFO)
def anonymous_decision(case: Case) -> Iterator[Trouble]:
    """A decision that no reference is needed lacks its date, its name or its reason.

    Why it matters:
        Without a date nobody sees that a text has changed since; without a name nobody can be asked.

    Example:
        ```yaml
        not_related:
          - to: AI-19
            because: "Incidents are handled by operations alone."
        ```

    Remedy:
        Add `decided:` with a date and `by:` with a role or a name.
    """
    for decision in case.handbook.decisions:
        missing = [
            name
            for name, value in (
                ("its reason (`because`)", _written(decision.because)),
                ("its date (`decided`)", decision.decided),
                ("who decided it (`by`)", _written(decision.by)),
            )
            if not value
        ]
        if missing:
            target = case.handbook.by_path[decision.target]
            message = f"The decision about '{target.title}' ({target.id}) lacks {' and '.join(missing)}."
            yield Trouble(decision.place, message)


@rule("PG223", "decision-ahead", Severity.WARNING)
def decision_ahead(case: Case) -> Iterator[Trouble]:
    """A decision that no reference is needed is dated later than today.

    Why it matters:
        Nobody can have decided it yet, so it answers nothing until that day. Mostly the year is mistyped.

    Example:
        ```yaml
        not_related:
          - to: AI-19
            because: "Incidents are handled by operations alone."
            decided: 2062-03-01
            by: ai-governance-lead
        ```

    Remedy:
        Put the day on which it was decided under `decided`.
    """
    for decision in case.handbook.decisions:
        if decision.decided is not None and not decision.counts(case.today):
            target = case.handbook.by_path[decision.target]
            day = f"{decision.decided:%d %B %Y}".lstrip("0")
            message = (
                f"The decision about '{target.title}' ({target.id}) is dated {day}, which is still to come. "
                "Until then it answers nothing."
            )
            yield Trouble(decision.place, message)


def _written(text: str) -> bool:
    """Whether somebody has put words in place of the blank."""
    return any(character.isalnum() for character in text)
