"""The Ethereum improvement proposals: 949 foreign documents, read through ten lines of settings."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import TODAY
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.model.document import Origin, Status
from policygraph.model.problem import ProblemKind
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.queries import declared_cycles
from policygraph.resolving.resolve import resolve

SETTINGS = Path(__file__).parent / "eips.handbook.yml"


@pytest.fixture(scope="module")
def eips(tmp_path_factory: pytest.TempPathFactory, corpus: Callable[[str], Path]) -> Handbook:
    folder = tmp_path_factory.mktemp("eips") / "policies"
    folder.mkdir()
    lines = SETTINGS.read_text(encoding="utf-8").split("\n")
    pointed = [f"documents: {corpus('eips')}" if line.startswith("documents:") else line for line in lines]
    (folder / "handbook.yml").write_text("\n".join(pointed), encoding="utf-8")
    return resolve(read_handbook(locate(None, folder.parent)))


@pytest.fixture(scope="module")
def judgement(eips: Handbook) -> Judgement:
    return judge(eips, TODAY)


def declared(found: Handbook) -> list[tuple[str, str]]:
    """The declared references as source file name and target id, an occurrence each."""
    return [
        (r.source.rpartition("/")[2], found.by_path[r.target].id)
        for r in found.references
        for o in r.occurrences
        if o.origin is Origin.FRONT_MATTER
    ]


def test_ten_lines_of_settings_are_enough() -> None:
    assert len(SETTINGS.read_text(encoding="utf-8").strip().split("\n")) <= 10


def test_every_document_is_read_under_its_number(eips: Handbook) -> None:
    assert len(eips.documents) == 949
    assert not eips.translations
    assert {d.path.rpartition("/")[2] for d in eips.documents} == {f"eip-{d.id}.md" for d in eips.documents}


def test_the_declared_references_are_those_counted_by_hand(
    eips: Handbook, corpus: Callable[[str], Path]
) -> None:
    with corpus("eips.requires.tsv").open(encoding="utf-8", newline="") as file:
        expected = [(row["source"], row["target"]) for row in csv.DictReader(file, delimiter="\t")]
    assert len(expected) == 769
    assert sorted(declared(eips)) == sorted(expected)
    assert {r.relation.name for r in eips.references if r.declared} == {"depends on"}


def test_no_declared_reference_is_unresolved(eips: Handbook) -> None:
    for kind in (
        ProblemKind.UNKNOWN_TARGET,
        ProblemKind.AMBIGUOUS_NAME,
        ProblemKind.DUPLICATE_ID,
        ProblemKind.UNKNOWN_RELATION,
        ProblemKind.BROKEN_FRONT_MATTER,
        ProblemKind.UNREADABLE_FILE,
    ):
        assert not eips.problems_of(kind), kind


def test_the_two_circles_are_found_once_each(eips: Handbook, judgement: Judgement) -> None:
    circles = [{d.id for d in group} for group in declared_cycles(eips)]
    assert sorted(map(sorted, circles)) == [["2780", "8037", "8038"], ["4750", "5450"]]
    messages = sorted(f.message for f in judgement.findings if f.code == "PG207")
    assert [message.rpartition(": ")[2] for message in messages] == ["2780, 8037, 8038.", "4750, 5450."]


def test_declared_references_to_documents_that_have_moved(
    eips: Handbook, judgement: Judgement, corpus: Callable[[str], Path]
) -> None:
    moved = {
        f"eips/{path.name}"
        for path in corpus("eips").glob("*.md")
        if "\nstatus: Moved\n" in path.read_text(encoding="utf-8")
    }
    assert {eips.by_path[path].status for path in moved} == {Status.RETIRED}
    to_moved = [r for r in eips.references if r.declared and r.target in moved]
    assert len(to_moved) == 10
    reported = {(f.place, f.message) for f in judgement.findings if f.code == "PG205"}
    for reference in to_moved:
        if eips.by_path[reference.source].status is not Status.RETIRED:
            target = eips.by_path[reference.target]
            message = f"'{target.title}' ({target.id}) is retired."
            assert (reference.occurrences[0].place, message) in reported


def test_ids_in_the_prose_are_links(eips: Handbook) -> None:
    found = {o.origin for r in eips.references for o in r.occurrences}
    assert Origin.ID_PATTERN in found
    assert Origin.MARKDOWN_LINK in found
