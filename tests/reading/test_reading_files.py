from __future__ import annotations

from pathlib import Path

import pytest

from builders import of_kind, write
from policygraph.model.place import Place
from policygraph.model.problem import ProblemKind
from policygraph.reading.files import MAX_BYTES, locate
from policygraph.reading.handbook_files import load_settings, read_handbook
from policygraph.reading.sources import Sources
from policygraph.settings import SettingsError


def sources(root: Path) -> Sources:
    return read_handbook(locate(None, root))


def paths(found: Sources) -> list[str]:
    return [document.path for document in found.documents]


# Where a handbook is


def test_a_handbook_is_found_in_policies_or_here(tmp_path: Path) -> None:
    (tmp_path / "policies").mkdir()
    assert locate(None, tmp_path).folder == tmp_path / "policies"
    write(tmp_path, {"handbook.yml": "name: Here\n"})
    assert locate(None, tmp_path).folder == tmp_path
    write(tmp_path, {"policies/handbook.yml": "name: There\n"})
    assert locate(None, tmp_path).settings == tmp_path / "policies/handbook.yml"


def test_a_handbook_may_be_named_by_folder_or_settings(tmp_path: Path) -> None:
    write(tmp_path, {"rules/handbook.yml": "name: X\n", "rules/other.yaml": "name: Y\n", "plain/a.md": "x"})
    assert load_settings(locate(Path("rules"), tmp_path)).name == "X"
    assert load_settings(locate(Path("rules/other.yaml"), tmp_path)).name == "Y"
    assert load_settings(locate(Path("plain"), tmp_path)).name == "Plain"


@pytest.mark.parametrize("given", [None, Path("nowhere"), Path("a.md")])
def test_where_there_is_no_handbook_one_sentence_says_so(tmp_path: Path, given: Path | None) -> None:
    write(tmp_path, {"a.md": "x"})
    with pytest.raises(SettingsError) as raised:
        locate(given, tmp_path)
    assert "\n" not in str(raised.value)


def test_a_missing_documents_folder_is_an_error_of_the_settings(tmp_path: Path) -> None:
    write(tmp_path, {"policies/handbook.yml": "documents: nowhere\n"})
    with pytest.raises(SettingsError, match="'nowhere' does not exist"):
        sources(tmp_path)


# What belongs to it


def test_what_is_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policies/a.md": "x",
            "policies/b.markdown": "x",
            "policies/c.MD": "x",
            "policies/templates/d.md": "x",
            "policies/p.pdf": b"%PDF",
            "policies/.hidden.md": "x",
            "policies/.git/e.md": "x",
            "policies/registers/terms.yml": "terms: []\n",
            "policies/registers/README.md": "x",
            "policies/drafts/f.md": "x",
            "outside.md": "x",
            "policies/handbook.yml": "exclude: [drafts/]\n",
        },
    )
    found = sources(tmp_path)
    assert paths(found) == [
        "policies/a.md",
        "policies/b.markdown",
        "policies/c.MD",
        "policies/templates/d.md",
    ]
    assert "policies/p.pdf" in found.files
    assert found.problems == ()


def test_links_that_lead_out_of_the_handbook_are_refused(tmp_path: Path) -> None:
    write(tmp_path, {"secret/s.md": "secret", "policies/a.md": "x", "policies/sub/b.md": "x"})
    (tmp_path / "policies/out.md").symlink_to(tmp_path / "secret/s.md")
    (tmp_path / "policies/away").symlink_to(tmp_path / "secret")
    (tmp_path / "policies/dangling.md").symlink_to("nothing.md")
    (tmp_path / "policies/loop.md").symlink_to("loop.md")
    (tmp_path / "policies/inner.md").symlink_to("a.md")
    (tmp_path / "policies/round").symlink_to(".")
    found = sources(tmp_path)
    assert paths(found) == ["policies/a.md", "policies/inner.md", "policies/sub/b.md"]
    assert {p.place.file for p in found.problems if p.kind is ProblemKind.LEADS_OUTSIDE} == {
        "policies/out.md",
        "policies/away",
        "policies/dangling.md",
        "policies/loop.md",
    }
    assert "secret" not in repr(found.documents)


def test_a_register_that_leads_outside_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"secret.yml": "roles: {boss: {}}\n", "policies/a.md": "x"})
    (tmp_path / "policies/registers").mkdir()
    (tmp_path / "policies/registers/organisation.yml").symlink_to(tmp_path / "secret.yml")
    found = sources(tmp_path)
    assert not found.registers.organisation.roles
    assert [p.kind for p in found.problems] == [ProblemKind.LEADS_OUTSIDE]


def test_a_catalog_outside_the_handbook_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"c.yml": "x", "policies/handbook.yml": "catalogs: [../c.yml]\n"})
    with pytest.raises(SettingsError, match="outside"):
        sources(tmp_path)


def test_names_that_no_link_can_carry(tmp_path: Path) -> None:
    write(tmp_path, {"policies/a\nb.md": "x", "policies/back\\slash.md": "x", "policies/a.md": "x"})
    found = sources(tmp_path)
    assert paths(found) == ["policies/a.md"]
    assert [p.kind for p in found.problems] == [ProblemKind.UNSAFE_NAME] * 2
    assert all(p.place.file.isprintable() for p in found.problems)


@pytest.mark.parametrize(
    ("data", "place", "title"),
    [
        ("# Übung\n\nText".encode("latin-1"), (1, 3), "\ufffdbung"),
        (b"# A\n\nab \xff\n", (3, 4), "A"),
        ("# Ä\n\nß€ ".encode() + b"\xff", (3, 4), "Ä"),
        ("# Sixteen\n".encode("utf-16"), (1, 1), "Sixteen"),
    ],
)
def test_files_that_are_no_utf8_are_read_as_far_as_they_go(
    tmp_path: Path, data: bytes, place: tuple[int, int], title: str
) -> None:
    write(tmp_path, {"policies/a.md": data})
    found = sources(tmp_path)
    (problem,) = found.problems
    assert problem.kind is ProblemKind.UNREADABLE_FILE
    assert (problem.place.line, problem.place.column) == place
    assert found.documents[0].scan.headings[0].text == title


def test_sizes(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policies/large.md": b"# Large\n\n" + b"You must. " * 40_000,
            "policies/too-large.md": b"x" * (MAX_BYTES + 1),
            "policies/empty.md": b"",
        },
    )
    found = sources(tmp_path)
    assert paths(found) == ["policies/empty.md", "policies/large.md"]
    assert [(p.kind, p.place) for p in found.problems] == [
        (ProblemKind.FILE_TOO_LARGE, Place("policies/too-large.md"))
    ]


def test_a_folder_with_the_name_of_a_document_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"policies/folder.md/a.md": "x"})
    assert paths(sources(tmp_path)) == ["policies/folder.md/a.md"]


def test_binary_junk_has_its_finding(tmp_path: Path) -> None:
    write(tmp_path, {"policies/a.md": bytes(range(256)) * 8, "policies/b.md": "[[a]]"})
    found = sources(tmp_path)
    assert paths(found) == ["policies/a.md", "policies/b.md"]
    assert [p.kind for p in found.problems] == [ProblemKind.UNREADABLE_FILE]


def test_only_links_out_of_the_folder_that_exist_are_noted(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"LICENSE": "x", "policies/sub/a.md": "[x](../../LICENSE) [y](../../NO) [z](../../../etc/passwd)"},
    )
    assert sources(tmp_path).outside == frozenset({"LICENSE"})


def test_progress_is_told_for_every_file(tmp_path: Path) -> None:
    write(tmp_path, {"policies/a.md": "x", "policies/b.md": "x"})
    told: list[tuple[str, int, int]] = []
    read_handbook(locate(None, tmp_path), progress=lambda *step: told.append(step))
    assert told == [("read", 1, 2), ("read", 2, 2)]


# Registers and catalogs


def test_registers(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policies/registers/organisation.yml": (
                "roles:\n  Risk-Manager:\n    title: Risk manager\n    holders: [Ada, Ben]\n    contact: r@x.org\n"
                "  ceo:\naudiences:\n  staff: {title: Everyone, description: All of us.}\n"
            ),
            "policies/registers/terms.yml": (
                'terms:\n  - term: AI system\n    definition: "It: learns."\n    abbreviation: AIS\n    aliases: [system]\n'
            ),
        },
    )
    found = sources(tmp_path)
    assert found.problems == ()
    role = found.registers.organisation.roles["risk-manager"]
    assert (role.id, role.title, role.holders, role.contact) == (
        "Risk-Manager",
        "Risk manager",
        ("Ada", "Ben"),
        "r@x.org",
    )
    assert (
        found.registers.organisation.roles["ceo"].title,
        found.registers.organisation.roles["ceo"].holders,
    ) == ("Ceo", ())
    assert found.registers.organisation.audiences["staff"].description == "All of us."
    (term,) = found.registers.organisation.terms
    assert (term.term, term.definition, term.aliases) == ("AI system", "It: learns.", ("system",))
    assert role.place == Place("policies/registers/organisation.yml", 2, 3)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("roles: [a, b]", (1, 8)),
        ("roles:\n  ceo: Ada", (2, 8)),
        ("roles:\n  ceo: {holder: Ada}", (2, 9)),
        ("rolls: {}", (1, 1)),
        ("roles:\n  ceo: {}\n  CEO: {}", (3, 3)),
        ("- a", (1, 1)),
        ("roles: {a", (1, 8)),
        ("roles: &x {}\naudiences: *x", (2, 12)),
    ],
)
def test_what_is_wrong_with_a_register(tmp_path: Path, text: str, place: tuple[int, int]) -> None:
    write(tmp_path, {"policies/registers/organisation.yml": text, "policies/a.md": "x"})
    (problem,) = sources(tmp_path).problems
    assert problem.kind is ProblemKind.INVALID_REGISTER
    assert (problem.place.line, problem.place.column) == place
    assert problem.place.file == "policies/registers/organisation.yml"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("items: []", (1, 1)),
        ("catalog: {title: X}", (1, 10)),
        ("catalog: {id: 'a:b'}", (1, 10)),
        ("catalog: {id: x}\nitems:\n  - {title: One}", (3, 5)),
        ("catalog: {id: x}\nitems:\n  - One", (3, 5)),
    ],
)
def test_what_is_wrong_with_a_catalog(tmp_path: Path, text: str, place: tuple[int, int]) -> None:
    write(tmp_path, {"policies/c.yml": text, "policies/handbook.yml": "catalogs: [c.yml]\n"})
    (problem,) = sources(tmp_path).problems
    assert problem.kind is ProblemKind.INVALID_REGISTER
    assert (problem.place.line, problem.place.column) == place


def test_a_catalog_that_is_missing_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, {"policies/a.md": "x", "policies/handbook.yml": "catalogs: [nothing.yml]\n"})
    found = sources(tmp_path)
    assert [p.kind for p in found.problems] == [ProblemKind.UNREADABLE_FILE]
    assert paths(found) == ["policies/a.md"]


def test_no_problem_is_told_twice(tmp_path: Path) -> None:
    write(tmp_path, {"policies/a.md": "---\ntitle: {a\n---\nx"})
    found = sources(tmp_path)
    assert len(of_kind(found.documents[0], ProblemKind.BROKEN_FRONT_MATTER)) == 1
    assert found.problems == ()
