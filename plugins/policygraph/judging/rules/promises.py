"""Rules about promises: what is said twice and differently, what nothing shows, what says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.front_matter_edits import with_value
from policygraph.judging.rule import Trouble, rule
from policygraph.model.document import Status
from policygraph.model.finding import Severity
from policygraph.model.fix import Fix
from policygraph.model.in_words import listed
from policygraph.model.promise import Kind, Promise
from policygraph.resolving.documents import key_of

_MOST_LINES = 12


@rule("PG420", "conflicting-promises", Severity.WARNING)
def conflicting_promises(case: Case) -> Iterator[Trouble]:
    """Two documents promise different frequencies for what seems to be the same thing.

    Both sentences share most of their words and all their numbers; sentences that say the same in other
    words are not found.

    Why it matters:
        Whichever of the two is kept, the other is broken, and an auditor will quote that one.

    Example:
        "Access rights must be reviewed every quarter." in one document, "We review access rights once a
        year." in another.

    Remedy:
        Say it in one document and let the other refer to it, or make both say the same.
    """
    handbook = case.handbook
    for conflict in case.promise_conflicts:
        one, other = conflict.one, conflict.other
        yield Trouble(
            one.passage.place,
            f"This is promised {one.timing} here, but {other.timing} in {handbook.by_path[other.document].id} "
            f"({other.passage.place.file}:{other.passage.place.line}).",
        )


@rule("PG421", "promise-without-record", Severity.INFO)
def promise_without_record(case: Case) -> Iterator[Trouble]:
    """A document in force promises frequencies that none of its records fits.

    A record fits when it shares words with the sentence and is made at least as often as promised, or when
    it names the statement's address. A document has one finding, at the first such promise; the page of promises
    lists all of them.

    Why it matters:
        "Every quarter" is the first thing an auditor asks to see, four times.

    Example:
        "We practise a level 1 incident every six months." in a document whose records are tickets only.

    Remedy:
        Name the record: its name under `what` in the words of the sentence, how often under `every`. Where
        nothing is kept, ask whether the promise is meant.
    """
    bare: dict[str, list[Promise]] = {}
    for promise in case.promises:
        if promise.timing.kind is Kind.FREQUENCY and promise.record is None:
            bare.setdefault(promise.document, []).append(promise)
    for promises in bare.values():
        first, *others = promises
        lines = [str(line) for line in dict.fromkeys(promise.passage.place.line for promise in others)]
        more = (
            f" The same goes for the promises in lines {listed(lines, _MOST_LINES)}."
            if len(lines) > 1
            else ""
        )
        more = more or (f" The same goes for what is promised in line {lines[0]}." if lines else "")
        message = f"This is promised {first.timing}, and no record of the document shows it.{more}"
        yield Trouble(first.passage.place, message)


@rule("PG422", "vague-wording", Severity.INFO)
def vague_wording(case: Case) -> Iterator[Trouble]:
    """A statement leaves open when, how often or whether something must be done.

    Looked for only in sentences that say what must, may or must not be done, never in code or quotations, and not
    where the same sentence says it exactly.

    Why it matters:
        Nobody can tell whether "regularly" was kept: neither those who must do it nor those who check.

    Example:
        "Access rights must be reviewed regularly."

    Remedy:
        Say how often, by when or on what condition: "every quarter", "within two working days".
    """
    for document in case.handbook.documents:
        if document.status is not Status.RETIRED:
            for vague in document.vague:
                yield Trouble(vague.place, f"'{vague.words}' leaves open what must be done, and when.")


@rule("PG423", "contradicted-basis", Severity.INFO)
def contradicted_basis(case: Case) -> Iterator[Trouble]:
    """The declared basis of a document is not what the clauses and the texts show.

    `standard` needs an answered clause that demands documented information, `promised` a statement of another
    document that leads here, and `helpful` says that there is neither.

    Why it matters:
        The basis tells the organisation which documents it could drop, and the auditor which ones it could not.

    Example:
        `basis: helpful` on the document that answers `iso-42001:6.1.2`.

    Remedy:
        Correct `basis`, or leave it out: it is derived.
    """
    for basis in case.bases:
        if basis.contradiction:
            key = key_of(basis.document, "basis", case.handbook.settings)
            edit = with_value(basis.document, key, basis.declared, basis.derived)
            yield Trouble(
                basis.document.place_of(key),
                f"The basis is declared as '{basis.declared}', but {basis.contradiction}.",
                f"{key}: {basis.derived}",
                fix=Fix(f"Write {basis.derived} for {basis.declared}", (edit,)) if edit else None,
            )
