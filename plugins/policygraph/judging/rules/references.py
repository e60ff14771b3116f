"""Rules about references between documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policygraph.judging.case import Case
from policygraph.judging.decisions import decision_fixes
from policygraph.judging.front_matter_edits import with_entry, with_value
from policygraph.judging.front_matter_lines import name_of
from policygraph.judging.rule import Trouble, reported, rule
from policygraph.model.document import Document, Status
from policygraph.model.edition import Edition
from policygraph.model.finding import Severity
from policygraph.model.fix import Edit, Fix
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
from policygraph.model.reference import Mention
from policygraph.reading.corrections import correction, lines_of
from policygraph.reading.language import language_of
from policygraph.reading.text import name_key
from policygraph.resolving import queries
from policygraph.resolving.documents import key_of
from policygraph.resolving.edition import visible_paths
from policygraph.resolving.mentions import speaks_for_itself

_WIKI_NAME = re.compile(r"\[\[\s*([^\[\]|#\\]+?)\s*(?=\||\\\||\]\])")


@rule("PG201", "unknown-document", Severity.ERROR)
def unknown_document(case: Case) -> Iterator[Trouble]:
    """A reference names a document that does not exist.

    Why it matters:
        A reader who follows it finds nothing, and what the text relies on is not there.

    Example:
        `[[AI-80]]`, where AI-08 was meant.

    Remedy:
        Correct the id, or write the document.
    """
    yield from reported(case, ProblemKind.UNKNOWN_TARGET)


@rule("PG202", "missing-file", Severity.ERROR)
def missing_file(case: Case) -> Iterator[Trouble]:
    """A link leads to a file that does not exist, or a picture is missing.

    Why it matters:
        Dead links are the first thing an auditor clicks on and the last thing an author does.

    Example:
        `[backups](physical/backups.md)` in a file that lies in another folder.

    Remedy:
        Correct the path; it is relative to the file that holds the link.
    """
    yield from reported(case, ProblemKind.MISSING_FILE)


@rule("PG203", "missing-heading", Severity.ERROR)
def missing_heading(case: Case) -> Iterator[Trouble]:
    """A link leads to a heading that the document does not have.

    Why it matters:
        The reader lands at the top of a long page and has to guess.

    Example:
        `[[AI-08#when-to-redo]]`, after the heading was reworded.

    Remedy:
        Write the words of the heading in lower case, joined by hyphens: `#when-to-redo-it`.
    """
    yield from reported(case, ProblemKind.MISSING_ANCHOR)


@rule("PG204", "unknown-relation", Severity.ERROR)
def unknown_relation(case: Case) -> Iterator[Trouble]:
    """A reference has a relation that the handbook does not know.

    Why it matters:
        Relations say who relies on whom; an unknown one says nothing.

    Example:
        ```yaml
        - to: AI-08
          relation: dependson
        ```

    Remedy:
        Use one of the relations, or define your own under `relations` in handbook.yml.
    """
    yield from reported(case, ProblemKind.UNKNOWN_RELATION)


@rule("PG206", "self-reference", Severity.WARNING)
def self_reference(case: Case) -> Iterator[Trouble]:
    """A document references itself.

    Why it matters:
        It looks like a reference in the register and is none.

    Example:
        `[[AI-06]]` in AI-06.

    Remedy:
        Take the link out, or link to a heading of the document.
    """
    yield from reported(case, ProblemKind.SELF_REFERENCE)


@rule("PG209", "ambiguous-name", Severity.ERROR)
def ambiguous_name(case: Case) -> Iterator[Trouble]:
    """A reference uses a name that several documents bear.

    Why it matters:
        Nobody can tell which of them is meant.

    Example:
        `[[Access control]]`, with two documents of that title.

    Remedy:
        Use the document's id.
    """
    yield from reported(case, ProblemKind.AMBIGUOUS_NAME)


@rule("PG214", "site-address", Severity.WARNING)
def site_address(case: Case) -> Iterator[Trouble]:
    """A link names an address of a published site instead of the Markdown file.

    Why it matters:
        It cannot be checked, it breaks when the site moves, and it counts as no reference.

    Example:
        `[malware](/physical/malware.html)`

    Remedy:
        Link to the file, relative to this one: `../physical/malware.md`.
    """
    yield from reported(case, ProblemKind.SITE_ADDRESS)


@rule("PG215", "unsafe-link", Severity.ERROR)
def unsafe_link(case: Case) -> Iterator[Trouble]:
    """A link begins with something other than https:, http: or mailto:. It is published without its address.

    Why it matters:
        A link such as `javascript:` runs in the reader's browser; others open programs on the reader's machine.

    Example:
        `[click here](javascript:alert(1))`

    Remedy:
        Link to a file, a web page or a mail address.
    """
    yield from reported(case, ProblemKind.UNSAFE_LINK)


@rule("PG216", "broken-wiki-link", Severity.ERROR)
def broken_wiki_link(case: Case) -> Iterator[Trouble]:
    """A link with words of its own stands in a table, and its bar ends the cell.

    Why it matters:
        The reader sees brackets instead of a link, and the reference is lost.

    Example:
        `| [[AI-08|the assessment]] |` in a table.

    Remedy:
        Put a backslash before the bar: `[[AI-08\\|the assessment]]`.
    """
    yield from reported(case, ProblemKind.BROKEN_WIKI_LINK)


@rule("PG205", "retired-target", Severity.WARNING)
def retired_target(case: Case) -> Iterator[Trouble]:
    """A document in force references one that is retired.

    Why it matters:
        Whoever follows the reference acts on a rule that no longer holds.

    Example:
        AI-06 depends on AI-03, whose status is `retired`.

    Remedy:
        Reference the document that replaced it, or take the reference out.
    """
    successors = {
        reference.target: case.handbook.by_path[reference.source]
        for reference in case.handbook.references
        if reference.relation.name == "supersedes"
    }
    for reference in case.handbook.references:
        source, target = case.handbook.by_path[reference.source], case.handbook.by_path[reference.target]
        if target.status is not Status.RETIRED or source.status is Status.RETIRED:
            continue
        if reference.relation.name == "supersedes":
            continue
        successor = _last_successor(target, successors)
        suggestion = successor.id if successor is not None and successor is not source else None
        for occurrence in reference.occurrences:
            message = f"'{target.title}' ({target.id}) is retired."
            edit = _retargeted(source, occurrence.place, suggestion) if suggestion else None
            fix = Fix(f"Link {suggestion} instead", (edit,)) if edit else None
            yield Trouble(occurrence.place, message, suggestion, fix=fix)


def _retargeted(source: Document, place: Place, id: str) -> Edit | None:
    """The edit that lets a wiki link lead to another document; the sections of the old one are not those of the new."""
    line = lines_of(source.text)[place.line - 1]
    link = _WIKI_NAME.match(line, place.column - 1)
    return correction(source.text, place, link[1], id) if link else None


def _last_successor(document: Document, successors: Mapping[str, Document]) -> Document | None:
    """The document in force at the end of a chain of successors, if there is one."""
    seen = {document.path}
    successor = successors.get(document.path)
    while successor is not None and successor.status is Status.RETIRED and successor.path not in seen:
        seen.add(successor.path)
        successor = successors.get(successor.path)
    return successor if successor is not None and successor.status is not Status.RETIRED else None


@rule("PG207", "cycle", Severity.WARNING)
def cycle(case: Case) -> Iterator[Trouble]:
    """Documents declare references to one another in a circle.

    Why it matters:
        Where A rests on B and B on A, neither rests on anything; and none can be approved first.

    Example:
        AI-06 depends on AI-08, and AI-08 depends on AI-06.

    Remedy:
        Decide which document comes first, and let the other link to it in the text or with `see also`.
    """
    for members in queries.declared_cycles(case.handbook):
        inside = {document.path for document in members}
        first = next(
            r for r in case.handbook.outgoing[members[0].path] if r.target in inside and queries.orders(r)
        )
        names = ", ".join(document.id for document in members)
        yield Trouble(
            first.occurrences[0].place, f"These documents reference one another in a circle: {names}."
        )


@rule("PG208", "superseded-active", Severity.WARNING)
def superseded_active(case: Case) -> Iterator[Trouble]:
    """A document that another supersedes is still active.

    Why it matters:
        Two rules for the same thing are in force, and readers find the old one.

    Example:
        AI-06 supersedes AI-31, whose status is still `active`.

    Remedy:
        Set `status: retired` in the old document.
    """
    for reference in case.handbook.references:
        target = case.handbook.by_path[reference.target]
        if reference.relation.name == "supersedes" and target.status is Status.ACTIVE:
            source = case.handbook.by_path[reference.source]
            message = f"'{target.title}' ({target.id}) is superseded by {source.id} and still active."
            key = key_of(target, "status", case.handbook.settings)
            edit = with_value(target, key, target.status.value, Status.RETIRED.value)
            fix = Fix(f"Set {target.id} to retired", (edit,)) if edit else None
            yield Trouble(target.place_of(key), message, f"{key}: retired", fix=fix)


@rule("PG210", "undeclared-link", Severity.WARNING)
def undeclared_link(case: Case) -> Iterator[Trouble]:
    """The text links a document that the front matter does not declare.

    Only where the handbook asks for declared relations (`declare_relations: true`).

    Why it matters:
        The handbook has decided that every reference says what kind it is and why.

    Example:
        `[[AI-08]]` in a text whose front matter does not list AI-08 under `references`.

    Remedy:
        Add the document to `references`, with a relation and a reason.
    """
    if not case.handbook.settings.declare_relations:
        return
    declared = {(r.source, r.target) for r in case.handbook.references if r.declared}
    for reference in case.handbook.references:
        if (reference.source, reference.target) not in declared:
            target = case.handbook.by_path[reference.target]
            message = f"The text links '{target.title}', but the front matter does not declare it."
            source = case.handbook.by_path[reference.source]
            name = name_of(case.handbook, target)
            edit = with_entry(source, key_of(source, "references", case.handbook.settings), name)
            fix = Fix(f"Declare the reference to {target.id}", (edit,)) if edit else None
            yield Trouble(reference.occurrences[0].place, message, f"- to: {target.id}", fix=fix)


@rule("PG211", "unused-declaration", Severity.INFO)
def unused_declaration(case: Case) -> Iterator[Trouble]:
    """The front matter declares a reference that the text never mentions.

    Why it matters:
        A reference that no sentence carries is paper: the reader never meets it.

    Example:
        `references: [AI-24]` in a document whose text does not name AI-24.

    Remedy:
        Link the document where the text relies on it, or drop the declaration.
    """
    mentioned = {(mention.source, mention.target) for mention in case.handbook.mentions}
    linked = {(r.source, r.target) for r in case.handbook.references if r.linked}
    for reference in case.handbook.references:
        pair = (reference.source, reference.target)
        if reference.relation.name == "supersedes" or pair in linked or pair in mentioned:
            continue
        target = case.handbook.by_path[reference.target]
        place = reference.occurrences[0].place
        yield Trouble(place, f"The text never mentions '{target.title}' ({target.id}).", f"[[{target.id}]]")


@rule("PG212", "unlinked-mention", Severity.WARNING)
def unlinked_mention(case: Case) -> Iterator[Trouble]:
    """The text names another document without linking it, and links it nowhere else.

    Names that could be ordinary prose are listed on the audit sheet and are no finding.

    Why it matters:
        The reader has to search, and the auditor asks why the document does not reference the other one.

    Example:
        "See the access control policy", without a link.

    Remedy:
        Turn the name into a link, for example `[[AI-15]]`.
    """
    referenced = {(r.source, r.target) for r in case.handbook.references}
    decided = {(d.source, d.target) for d in case.handbook.decisions if d.counts(case.today)}
    seen: set[tuple[str, str]] = set()
    for mention in case.handbook.mentions:
        pair = (mention.source, mention.target)
        if not mention.strong or pair in referenced or pair in decided or pair in seen:
            continue
        seen.add(pair)
        target = case.handbook.by_path[mention.target]
        same = mention.text.casefold() == target.id.casefold()
        link = f"[[{target.id}]]" if same else f"[[{target.id}|{mention.text}]]"
        fix = _linking(case, mention, target, same)
        message = f"'{mention.text}' names {target.id} without a link."
        if same:
            message = f"{target.id} is named without a link."
        source = case.handbook.by_path[mention.source]
        yield Trouble(mention.place, message, link, fix=fix, others=decision_fixes(case, source, target))


def _linking(case: Case, mention: Mention, target: Document, same: bool) -> Fix | None:
    """The link around a mention: in a table with its bar escaped, and in headings not at all."""
    source = case.handbook.by_path[mention.source]
    line = lines_of(source.text)[mention.place.line - 1]
    stands_alone = case.handbook.find(target.id) is target
    if not stands_alone or line.lstrip().startswith("#") or any(c in mention.text for c in "[]|\\\n"):
        return None
    if target.status is Status.RETIRED:
        return None  # what is no longer in force is better not linked at all
    bar = "\\|" if "|" in line else "|"
    name = target.id
    link = f"[[{name}]]" if same else f"[[{name}{bar}{mention.text}]]"
    # Capital letters alone may be another's name for another thing.
    types = language_of(target.lang).type_words | frozenset(case.handbook.settings.types)
    names = {name_key(n) for n in (target.id, *target.front.aliases, *target.front.former_ids)}
    certain = name_key(mention.text) in names or speaks_for_itself(mention.text, types)
    return Fix(f"Link {name}", (Edit(mention.place, mention.text, link),), certain)


@rule("PG213", "orphan", Severity.INFO)
def orphan(case: Case) -> Iterator[Trouble]:
    """No other document references this one.

    Why it matters:
        What nothing leads to is rarely read. Often it is not needed.

    Example:
        A guideline that was written for an audit and never linked.

    Remedy:
        Link it where a reader needs it, or retire it.
    """
    if len(case.handbook.documents) < 2:
        return
    for document in case.handbook.documents:
        if document.path in case.handbook.incoming or document.status is Status.RETIRED:
            continue
        alone = document.path not in case.handbook.outgoing
        # The message stays the same when the document's own links change: a report would call it new.
        message = f"No document references '{document.title}' ({document.id})."
        mend = "It references none either. Link it where a reader needs it, or retire it." if alone else None
        yield Trouble(document.place, message, mend=mend)


@rule("PG217", "not-public-target", Severity.INFO)
def not_public_target(case: Case) -> Iterator[Trouble]:
    """A public document links one that the public edition has not.

    Its readers see the words of the link, without the link. A handbook in which nothing is public hears nothing of it.

    Why it matters:
        "See the incident procedure" helps nobody who cannot see it. A wiki link without words of its own shows what
        was typed, which may be an id that means nothing outside.

    Example:
        The AI policy has `visibility: public`, and says `[[AI-12]]` of a procedure that is internal.

    Remedy:
        Nothing, where the words say enough by themselves. Otherwise give the link words of its own, say here what the
        reader needs to know, or make the other document public as well.
    """
    handbook = case.handbook
    public = visible_paths(handbook, Edition.PUBLIC)
    if not public:
        return
    for reference in handbook.references:
        if reference.source not in public or reference.target in public:
            continue
        target = handbook.by_path[reference.target]
        linked = next((o for o in reference.occurrences if o.passage is not None), None)
        if linked is not None:
            message = f"{target.id} is not public: readers of the public edition see this link's words alone."
            yield Trouble(linked.place, message)
