"""Rules about evidence: records that are overdue, unknown or never made; outside documents left unchecked."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.case import Case
from policygraph.judging.evidence import Freshness
from policygraph.judging.external import Check
from policygraph.judging.rule import Trouble, rule
from policygraph.model.finding import Severity
from policygraph.model.in_words import days_words
from policygraph.model.promise import Kind, Timing
from policygraph.reading.values import nearest


@rule("PG510", "record-overdue", Severity.WARNING, calendar=True)
def record_overdue(case: Case) -> Iterator[Trouble]:
    """A record was to be made again by a day that has passed.

    Why it matters:
        The document says how often the record is made. That it was not, is the first thing an auditor finds.

    Example:
        `every: 3 months` in the document, and `made: 2026-01-15` in records.yml, in June.

    Remedy:
        Make the record, and write the day into `made` in registers/records.yml.

        The document stays untouched. Where the interval is no longer right, change `every` in the document.
    """
    for evidence in case.evidence:
        record = evidence.record
        if not evidence.in_force or evidence.freshness is not Freshness.DUE:
            continue
        if record.made is None or record.due is None:
            continue
        late = (case.today - record.due).days
        yield Trouble(
            record.made.place,
            f"'{record.what}' was last made on {record.last} and is made {Timing(Kind.FREQUENCY, record.pointer.every)}:"
            f" it was due on {record.due}, {days_words(late)} ago.",
            document=record.document,
        )


@rule("PG511", "unknown-record", Severity.ERROR)
def unknown_record(case: Case) -> Iterator[Trouble]:
    """records.yml holds an entry for a record that its document does not name.

    Why it matters:
        The day that stands there counts for nothing, and the record that was meant looks as if nobody made it.

    Example:
        `what: Risk registr` in records.yml, and `what: Risk register` in the document.

    Remedy:
        Write the record's name as the document's front matter spells it under `records`.
    """
    named: dict[str, list[str]] = {}
    for record in case.handbook.records:
        named.setdefault(record.document, []).append(record.what)
    for entry in case.handbook.unmatched_records:
        document = case.handbook.find(entry.document)
        names = named.get(document.path, []) if document else []
        id = document.id if document else entry.document
        yield Trouble(
            entry.place,
            f"{id} names no record '{entry.what}'." + ("" if names else " It names no record at all."),
            nearest(entry.what, names) or next((n for n in names if _begins(n, entry.what)), None),
        )


def _begins(name: str, typed: str) -> bool:
    """Whether one of two names is the beginning of the other."""
    one, other = name.casefold(), typed.casefold()
    return one.startswith(other) or other.startswith(one)


@rule("PG512", "record-never-made", Severity.WARNING, calendar=True)
def record_never_made(case: Case) -> Iterator[Trouble]:
    """A document in force says how often a record is made, and no day is known on which it was.

    Only where records.yml is kept at all: a handbook without it has recorded nothing, which says nothing.

    Why it matters:
        An auditor asks for the last one. Nobody here can say whether there is one.

    Example:
        `every: 3 months` in the document, and no entry for the record in records.yml.

    Remedy:
        Add an entry with `document`, `what` and `made` to registers/records.yml once the record is made.
    """
    if not any(record.made for record in case.handbook.records):
        return
    for evidence in case.evidence:
        record = evidence.record
        unknown = evidence.freshness in (Freshness.NEVER, Freshness.NO_DATE)
        if not evidence.in_force or not unknown or record.pointer.every is None:
            continue
        said = (
            "was never made"
            if evidence.freshness is Freshness.NEVER
            else "has no day on which it was last made"
        )
        yield Trouble(
            record.pointer.place,
            f"'{record.what}' is to be made {Timing(Kind.FREQUENCY, record.pointer.every)}, and {said}.",
        )


@rule("PG513", "external-check-overdue", Severity.WARNING, calendar=True)
def external_check_overdue(case: Case) -> Iterator[Trouble]:
    """Nobody has checked in time whether a document of external origin is still the current version.

    Why it matters:
        ISO/IEC 42001 asks in 7.5.3 for control of documents from outside. Working to a withdrawn edition is what
        that control is to prevent.

    Example:
        `checked: 2025-03-01` and `check_every: 6 months` in external.yml, in November.

    Remedy:
        Look whether the version is still the current one, and write the day into `checked` in
        registers/external.yml.
    """
    for use in case.external:
        entry = use.entry
        if use.check is Check.DUE and entry.due is not None:
            late = (case.today - entry.due).days
            yield Trouble(
                entry.place,
                f"The version of '{entry.title}' was last checked on {entry.checked} and is to be checked"
                f" {Timing(Kind.FREQUENCY, entry.check_every)}: that was due on {entry.due}, {days_words(late)} ago.",
            )
        elif use.check is Check.NO_DATE and entry.check_every is not None:
            yield Trouble(
                entry.place,
                f"The version of '{entry.title}' is to be checked {Timing(Kind.FREQUENCY, entry.check_every)}, and no check is recorded.",
            )
