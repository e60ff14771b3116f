"""Rules about wording: what makes a text longer or harder to follow than it need be."""

from __future__ import annotations

from collections.abc import Iterator

from policygraph.judging.abbreviations import Abbreviations
from policygraph.judging.case import Case
from policygraph.judging.rule import Trouble, rule
from policygraph.judging.wording import Found, long_sentences, nobodys, shalls
from policygraph.model.document import Document, Status
from policygraph.model.finding import Severity
from policygraph.model.fix import Edit, Fix


@rule("PG440", "shall-for-must", Severity.INFO)
def shall_for_must(case: Case) -> Iterator[Trouble]:
    """A text says "shall" where it means "must". One finding for each document.

    In German texts the same is looked for in "soll" and "sollen". Left alone are quotations, texts that say themselves
    what the word means (RFC 2119), "we shall" and "nobody shall", and what binds nobody, such as "shall mean", "shall
    apply" or "diese Richtlinie soll helfen".

    Why it matters:
        Few people say "shall", and those who read it take it for "will" or "should" as often as for "must".
        An auditor asks which it is.

    Example:
        "Visitors shall wear a badge."

    Remedy:
        Write "must", and "must not" for "shall not"; in German "muss", and "darf nicht" for "soll nicht". This changes a word that decides what is demanded, so the
        document wants a new approval: the fix is offered, and not made without asking.
    """
    for document in _texts(case):
        found = list(shalls(document, case.handbook.blocks.get(document.path, ())))
        if found:
            more = len(found) - 1
            also = f", and {more} more time{'' if more == 1 else 's'} below" if more else ""
            first = found[0]
            better = first.better.lower()
            yield Trouble(
                first.place,
                f"'{first.words}' stands here for '{better}'{also}.",
                better,
                fix=Fix(f"Write '{better}' for '{first.words.lower()}'", tuple(map(_plainly, found))),
            )


def _plainly(found: Found) -> Edit:
    return Edit(found.place, found.words, found.better)


@rule("PG441", "long-sentence", Severity.INFO)
def long_sentence(case: Case) -> Iterator[Trouble]:
    """A sentence has more than 40 words.

    Rows of tables, quotations and lists of links are left out. English and German texts are looked at.

    Why it matters:
        Beyond some 25 words many readers lose the beginning before they reach the end, and what a rule demands
        is often in the end.

    Example:
        "Whoever leaves the company, be it for good or for a time, whether on their own wish or ours, must, on
        the last day on which they come to work and before they hand in their badge, return every device, key
        and paper that belongs to us or to a customer."

    Remedy:
        Make two or three sentences of it, or a list. Put who must do what first, and conditions after it.
    """
    for document in _texts(case):
        for sentence in long_sentences(document, case.handbook.blocks.get(document.path, ())):
            yield Trouble(
                sentence.place, f"This sentence has {sentence.words} words; more than 40 are too many."
            )


@rule("PG442", "over-word-budget", Severity.WARNING)
def over_word_budget(case: Case) -> Iterator[Trouble]:
    """A document has more words than the handbook's settings allow.

    Nothing is found unless `word_budget` in handbook.yml gives a number: one for all documents, or one by type.
    Words in code do not count.

    Why it matters:
        What is too long is not read, and what is not read is not kept.

    Example:
        `word_budget: {policy: 800}`, and a policy of 1,400 words.

    Remedy:
        Cut what nobody needs, move the how-to into a procedure of its own and link it, or raise the budget.
    """
    budgets = case.handbook.settings.word_budget
    for document in _texts(case):
        budget = budgets.get(document.type, budgets.get(""))
        if budget is not None and document.words > budget:
            yield Trouble(
                document.place,
                f"This {document.type} has {document.words:,} words, {document.words - budget:,} more than the "
                f"{budget:,} that the handbook allows.",
            )


@rule("PG443", "nobody-named", Severity.INFO, optional=True)
def nobody_named(case: Case) -> Iterator[Trouble]:
    """A statement says what must be done, and not who does it.

    Off unless the settings give it a severity: often the sentences around it, or the document's owner, say who. English
    and German texts are looked at.

    Why it matters:
        What everybody may do is done by nobody. The first question of an auditor is who.

    Example:
        "Access rights must be reviewed every quarter."

    Remedy:
        Begin with who does it, as in "The system owner reviews access rights every quarter".
    """
    for document in _texts(case):
        for found in nobodys(document):
            yield Trouble(found.place, f"'{found.words}': the sentence does not say by whom.")


@rule("PG445", "nobody-of-that-name", Severity.INFO, optional=True)
def nobody_of_that_name(case: Case) -> Iterator[Trouble]:
    """A statement binds somebody whom the register of roles and groups does not know.

    Off unless the settings give it a severity: the handbook sets such statements apart anyway, under the names that
    they give. One finding for each document and name, at its first statement. Those outside the organisation, such as
    suppliers and customers, need no register. English and German texts are looked at.

    Why it matters:
        Nobody who reads it can tell whether it is theirs, and whom an auditor asks for it is anybody's guess.

    Example:
        "The release owner must open a ticket", where no role and no group is called that.

    Remedy:
        Name a role or a group of registers/organisation.yml, or add one there.
    """
    seen: set[tuple[str, str]] = set()
    every = {ranked.rank: ranked for found in case.expected.others.values() for ranked in found}
    for rank in sorted(every):
        for duty in (every[rank].duty, *every[rank].again):
            stranger = duty.bound.stranger
            if stranger is None or stranger.outside or (duty.document.path, stranger.name) in seen:
                continue
            seen.add((duty.document.path, stranger.name))
            yield Trouble(
                duty.passage.place,
                f"'{stranger.name}' is bound here, and is no role or group of the register: who is meant?",
            )


@rule("PG444", "unexplained-abbreviation", Severity.INFO)
def unexplained_abbreviation(case: Case) -> Iterator[Trouble]:
    """A document in force uses an abbreviation that neither the terms nor the text explain.

    Looked for where the handbook keeps terms: two to six capitals that are in no term, role, framework or document
    id, are not written out where they are first used, and are not common knowledge (EU, ISO, PDF). One finding for
    each document and abbreviation, at its first use.

    Why it matters:
        Whoever is new does not know it, and will not ask. An abbreviation may also mean two things in one house.

    Example:
        "Send it to the DSO." in a handbook whose terms do not know "DSO".

    Remedy:
        Write it out at its first use, "data steward's office (DSO)", or add it to terms.yml as the `abbreviation` of a
        term. Where the words are short enough, use the words.
    """
    if not case.handbook.organisation.terms:
        return
    known = Abbreviations(case.handbook)
    for document in case.handbook.documents:
        if document.in_force(case.today):
            for found in known.unexplained(document, case.handbook.blocks.get(document.path, ())):
                where = "only further down" if found.later else "neither here nor in the handbook's terms"
                yield Trouble(found.place, f"'{found.name}' is explained {where}.")


def _texts(case: Case) -> Iterator[Document]:
    for document in (*case.handbook.documents, *case.handbook.translations):
        if document.status is not Status.RETIRED:
            yield document
