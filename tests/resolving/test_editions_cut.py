"""Editions: who sees which document, and what is left of the others."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import TODAY, sources
from histories import history, reviewed
from policygraph.judging.case import Case
from policygraph.judging.edition import judge_edition
from policygraph.judging.judge import judge
from policygraph.model.document import Visibility
from policygraph.model.edition import Edition
from policygraph.model.history import History
from policygraph.model.problem import ProblemKind
from policygraph.reading.fence import normalised
from policygraph.reading.fingerprint import fingerprint
from policygraph.reading.handbook_files import read_document
from policygraph.reading.settings_file import read_settings
from policygraph.reading.visibility import VisibilityReader
from policygraph.resolving.edition import Cut, edition_of
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve
from policygraph.resolving.veil import Veil


def cut(files: dict[str, str], edition: Edition, history: History | None = None, settings: str = "") -> Cut:
    read = sources(files, settings, history=history)
    return edition_of(read, resolve(read), edition)


def edition(
    files: dict[str, str], edition: Edition, history: History | None = None, settings: str = ""
) -> Handbook:
    return cut(files, edition, history, settings).handbook


def doc(visibility: str = "", text: str = "Text.", keys: str = "") -> str:
    said = f"visibility: {visibility}\n" if visibility else ""
    return f"---\ntitle: Title\n{said}{keys}---\n{text}\n"


THREE = {"open.md": doc("public"), "plain.md": doc(), "mine.md": doc("internal"), "secret.md": doc("auditor")}


@pytest.mark.parametrize(
    ("readers", "expected"),
    [
        (Edition.PUBLIC, ["open"]),
        (Edition.INTERNAL, ["mine", "open", "plain"]),
        (Edition.AUDITOR, ["mine", "open", "plain", "secret"]),
    ],
)
def test_each_edition_has_its_documents(readers: Edition, expected: list[str]) -> None:
    assert [document.id for document in edition(THREE, readers).documents] == expected


def test_the_whole_is_handed_on_as_it_is() -> None:
    read = sources(THREE)
    whole = resolve(read)
    assert edition_of(read, whole, Edition.AUDITOR).handbook is whole
    without = sources({name: text for name, text in THREE.items() if name != "secret.md"})
    whole = resolve(without)
    found = edition_of(without, whole, Edition.INTERNAL)
    assert found == Cut(without, replace(whole, edition=Edition.INTERNAL))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Text.", Visibility.INTERNAL),
        (doc("public"), Visibility.PUBLIC),
        (doc("pubic"), Visibility.AUDITOR),
        ("---\nVisibility: public\n---\n", Visibility.AUDITOR),
        ("---\ntitle: [broken\nvisibility: internal\n---\nText.\n", Visibility.INTERNAL),
        ("---\n{title: [broken, visibility: internal\n---\nText.\n", Visibility.AUDITOR),
        ("---\nsummary: On visibility: a guide\ntitle: A\n---\n", Visibility.INTERNAL),
        (doc(keys="summary: On the visibility of logs\n"), Visibility.INTERNAL),
        ("+++\ntitle = 'A'\nvisibility = 'public'\n+++\n", Visibility.PUBLIC),
        (doc() + "\nvisibility: public\n", Visibility.INTERNAL),
    ],
)
def test_what_a_text_says_of_who_may_see_it(text: str, expected: Visibility) -> None:
    assert VisibilityReader(read_settings("", "handbook.yml")).of(text) is expected


def test_the_key_may_have_another_name() -> None:
    settings = "fields: {visibility: classification}"
    files = {"a.md": "---\nclassification: public\n---\n", "b.md": "---\nvisibility: public\n---\n"}
    # Under a mapping the key's own name means nothing; but somebody meant something by it.
    assert [d.id for d in edition(files, Edition.PUBLIC, settings=settings).documents] == ["a"]
    assert [d.id for d in edition(files, Edition.INTERNAL, settings=settings).documents] == ["a"]


def test_a_translation_is_for_those_who_may_see_its_original() -> None:
    files = {
        "open.md": doc("public"),
        "open.de.md": doc(),
        "open.fr.md": doc("internal"),
        "mine.md": doc(),
        "mine.de.md": doc("public"),
    }
    assert {d.path for d in edition(files, Edition.PUBLIC).by_path.values()} == {
        "policies/open.md",
        "policies/open.de.md",
    }


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[[mine|the *inner* rules]]", "the *inner* rules"),
        ("[[mine]]", "mine"),
        ("[[MINE#part]]", "MINE#part"),
        ("[[a_b*c]]", "a\\_b\\*c"),
        ("[label](mine.md)", "label"),
        ('[label](./mine.md#part "Title")', "label"),
        ("[label](mine)", "label"),
        ("[label][x]\n\n[x]: mine.md\n\n", "label"),
        ('<a class="k" href="mine.md">label</a>', '<a class="k" >label</a>'),
        ("it[^1] so.\n\n[^1]: mine is a word", "it[^1] so.\n\n[^1]: mine is a word"),
        ("`[[mine]]`", "`[[mine]]`"),
        ("[label](https://example.org/mine.md)", "[label](https://example.org/mine.md)"),
        ("[[open2|others]]", "[[open2|others]]"),
    ],
)
def test_a_link_to_what_is_left_out_keeps_its_words(typed: str, shown: str) -> None:
    files = {
        "open.md": doc("public", f"Before {typed} after."),
        "open2.md": doc("public"),
        "mine.md": doc(keys='aliases: ["a_b*c"]\n'),
    }
    found = edition(files, Edition.PUBLIC)
    (first, _) = found.documents
    assert f"Before {shown}" in first.body
    assert not found.problems
    assert [r.target for r in found.references if r.target != "policies/open2.md"] == []


def test_what_names_hidden_documents_goes_with_them() -> None:
    keys = (
        "references:\n  - to: mine\n    because: 'Because.'\n  - second\n"
        "not_related:\n  - to: old-name\n    because: 'No.'\nreplaced_by: mine\napprover: boss\n"
        "records:\n  - A list\nsatisfies: ['iso-42001:6.1.2']\nmine: x\n"
    )
    files = {
        "open.md": doc("public", keys=keys),
        "second.md": doc("public"),
        "mine.md": doc(keys="former_ids: [old-name]\n"),
    }
    (document, _) = edition(files, Edition.PUBLIC).documents
    front = document.front
    assert [reference.target for reference in front.references] == ["second"]
    assert (front.not_related, front.replaced_by, front.approver) == ((), None, None)
    assert (front.records, front.satisfies, front.extra) == ((), (), ())
    for word in ("mine", "old-name", "boss", "A list", "6.1.2", "Because"):
        assert word not in document.text
    assert "second" in document.text


def test_a_history_begins_when_a_document_was_opened() -> None:
    states = [
        (1, "2026-01-01", doc("public", "First.")),
        (2, "2026-02-01", doc("auditor", "Hidden.")),
        (3, "2026-03-01", doc("public", "Open.")),
        (4, "2026-04-01", doc("public", "Open now.")),
    ]
    told = history({"open.md": states, "gone.md": [(1, "2026-01-01", doc("auditor", "Gone."))]})
    found = edition({"open.md": doc("public", "Open now.")}, Edition.PUBLIC, told)
    assert [state.commit.order for state in found.history.of("policies/open.md")] == [3, 4]
    assert "policies/gone.md" not in found.history.revisions
    changes = Case(found, TODAY).changes
    assert [batch.news.value for batch in changes.batches] == ["changed"]
    assert changes.beginning is not None
    commits = {state.commit for states in found.history.revisions.values() for state in states}
    assert {(c.author, c.email, c.subject, c.authors) for c in commits} == {("", "", "", ())}


def test_a_translation_s_history_begins_with_its_original_s() -> None:
    told = history(
        {
            "open.md": [(1, "2026-01-01", doc("auditor")), (3, "2026-03-01", doc("public"))],
            "open.de.md": [(2, "2026-02-01", doc("", "Geheim.")), (4, "2026-04-01", doc("", "Offen."))],
        }
    )
    files = {"open.md": doc("public"), "open.de.md": doc("", "Offen.")}
    found = edition(files, Edition.PUBLIC, told)
    assert [state.commit.order for state in found.history.of("policies/open.de.md")] == [4]


def test_the_internal_edition_keeps_what_commits_say_unless_they_did_more_than_it_shows() -> None:
    told = history(
        {
            "mine.md": [(1, "2026-01-01", doc("", "One.")), (2, "2026-02-01", doc("", "Two."))],
            "secret.md": [(2, "2026-02-01", doc("auditor"))],
        }
    )
    files = {"mine.md": doc("", "Two."), "secret.md": doc("auditor")}
    lines = {
        path: tuple(replace(s, commit=replace(s.commit, paragraphs=("More.",))) for s in states)
        for path, states in told.revisions.items()
    }
    found = edition(files, Edition.INTERNAL, replace(told, revisions=lines))
    first, second = (state.commit for state in found.history.of("policies/mine.md"))
    assert (first.subject, first.paragraphs, first.author) == ("Change", ("More.",), "Ann")
    assert (second.subject, second.paragraphs, second.author) == ("", (), "Ann")


def test_a_review_knows_the_text_that_it_looked_at_by_what_is_left_of_it() -> None:
    text = doc("", "You must ask, see [[secret|others]].")
    told = history({"mine.md": [(1, "2026-01-01", text)]})
    files = {
        "mine.md": text,
        "secret.md": doc("auditor"),
        **reviewed("mine", "2026-02-01", text),
        **reviewed("secret", "2026-02-01", doc("auditor"), file="other.yml"),
    }
    found = edition(files, Edition.INTERNAL, told)
    (document,) = found.documents
    (review,) = (review for reviews in found.reviews.values() for review in reviews)
    assert review.looked_at == fingerprint(document.text)
    standing = Case(found, TODAY).standings["policies/mine.md"]
    assert not standing.unapproved
    assert str(standing.version) == str(
        Case(resolve(sources(files, history=told)), TODAY).standings["policies/mine.md"].version
    )


def test_the_public_edition_knows_roles_by_title_and_nobody_by_name() -> None:
    organisation = (
        "roles:\n  it: {title: IT desk, holders: [Ada], contact: it@example.org, purpose: Helps.}\n"
        "  law: {title: Counsel, holders: [Bob]}\n  other: {title: Other desk}\n"
        "audiences:\n  sales: {title: Sales, people: 4}\n  lab: {title: Lab}\n"
    )
    text = "The counsel must be asked about a gadget."
    files = {
        "registers/organisation.yml": organisation,
        "registers/terms.yml": "terms:\n  - {term: Gadget, definition: A thing.}\n  - {term: Widget, definition: Else.}\n",
        "open.md": doc("public", text, "owner: it\napplies_to: [sales]\n"),
        "mine.md": doc("", "A widget.", "owner: other\napplies_to: [lab]\n"),
    }
    named = {f"policies/{name}": content for name, content in files.items()}
    found = edition(named, Edition.PUBLIC).organisation
    assert {role.title: (role.holders, role.contact, role.purpose) for role in found.roles.values()} == {
        "IT desk": ((), "", ""),
        "Counsel": ((), "", ""),
    }
    assert [(a.title, a.people) for a in found.audiences.values()] == [("Sales", None)]
    assert [term.term for term in found.terms] == ["Gadget"]


def test_only_files_that_documents_show_or_link_stay() -> None:
    files = {
        "policies/open.md": doc("public", '![A](a.png) [b](b.pdf) <img src="c.png">'),
        "policies/mine.md": doc("", "![A](a.png) ![D](d.png)"),
        **{f"policies/{name}": "" for name in ("a.png", "b.pdf", "c.png", "d.png", "e.png")},
    }
    assert cut(files, Edition.PUBLIC).sources.files == {f"policies/{n}" for n in ("a.png", "b.pdf", "c.png")}


def test_findings_of_an_edition_hold_of_the_whole() -> None:
    files = {
        "mine.md": doc("", "Text.", "owner: it\nsummary: S.\n"),
        "other.md": doc("", "See [[mine]] and [[nowhere]].", "owner: it\nsummary: S.\n"),
        "secret.md": doc("auditor", "See [[other]].", "owner: it\nsummary: S.\n"),
    }
    read = sources(files)
    whole = judge(resolve(read), TODAY)
    internal = judge_edition(whole, edition_of(read, whole.case.handbook, Edition.INTERNAL).handbook)
    codes = [(finding.code, finding.document) for finding in internal.findings]
    # Only what only auditors see references it, so to this edition it would look like an orphan.
    assert ("PG213", "policies/other.md") not in codes
    assert ("PG201", "policies/other.md") in codes
    assert all("secret" not in finding.message for finding in internal.findings)
    public = judge_edition(whole, edition_of(read, whole.case.handbook, Edition.PUBLIC).handbook)
    assert (public.findings, public.allowed) == ((), ())


def test_entries_whose_document_nobody_knows_may_be_about_what_is_left_out() -> None:
    entry = "  - {{id: {0}, title: T, departs_from: {0}, because: B., owner: it, expires: 2027-01-01}}\n"
    files = {
        "policies/mine.md": doc(),
        "policies/secret.md": doc("auditor"),
        "policies/registers/exceptions.yml": "exceptions:\n"
        + "".join(entry.format(name) for name in ("mine", "secret", "sekret")),
    }
    found = edition(files, Edition.INTERNAL)
    assert ([one.id for one in found.exceptions], found.stray_exceptions) == (["mine"], ())
    assert len(edition(files, Edition.AUDITOR).stray_exceptions) == 1


PIECES = (
    *(
        "[[",
        "]]",
        "|",
        "\\|",
        "[",
        "](",
        ")",
        "![",
        "[^1]: ",
        "[x]: ",
        "<a href=",
        '"',
        "`",
        "\n",
        "\n\n",
        "{ #a satisfies=",
    ),
    *(
        "---\n",
        "+++\n",
        "title: a\n",
        "references: [b, {to: c}]\n",
        "records:\n",
        "tags:\n  - x\n",
        "it is ",
        "b.md",
        "&",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_where_nothing_is_hidden_no_text_changes(text: str) -> None:
    veil = Veil(read_settings("", "handbook.yml"), lambda *_: False, public=False)
    assert veil.text(text, "policies/a.md") == normalised(text) or unreadable(text)


def unreadable(text: str) -> bool:
    """Whether front matter is broken: what cannot be read may hold anything, and is left out of texts of the past."""
    found = read_document(text, "policies/a.md", read_settings("", "handbook.yml"))
    kinds = {problem.kind for problem in found.problems}
    return bool(
        kinds & {ProblemKind.BROKEN_FRONT_MATTER, ProblemKind.MISSING_FENCE, ProblemKind.DUPLICATE_KEY}
    )
