"""One handbook in which every document is broken in another way, and one document is whole."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from builders import TODAY, document
from policygraph.judging.judge import judge
from policygraph.judging.judgement import Judgement
from policygraph.judging.rules import all_rules
from policygraph.reading.files import MAX_BYTES, locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve

FIXTURE = Path(__file__).parents[1] / "fixtures" / "broken"
MADE_HERE = {"a-pipe.md", "leads-outside.md", "leads-nowhere.md", "in-a-circle.md", "too-large.md", "a\nb.md"}

# Nearly every document lacks an owner, a summary, a reason or a reader; other tests are about that.
EVERYWHERE = {"PG402", "PG403", "PG404", "PG408", "PG213"}

EXPECTED = {
    "ambiguous.md": [("PG209", 5, 5)],
    "bad-id.md": [("PG110", 2, 5)],
    "binary-junk.md": [("PG101", 1, 1)],
    "bom-and-crlf.md": [("PG111", 3, 1)],
    "circle-one.md": [("PG207", 3, 14), ("PG211", 3, 14)],
    "circle-two.md": [("PG211", 3, 14)],
    "clause-group.md": [("PG304", 3, 13)],
    "cut-link.md": [("PG216", 6, 19)],
    "dead-anchor.md": [("PG203", 5, 12)],
    "dead-link.md": [("PG202", 5, 12)],
    "dead-wiki-link.md": [("PG201", 5, 12)],
    "empty.md": [("PG405", 1, 1)],
    "glued-comment.md": [("PG109", 3, 6)],
    "healthy.md": [("PG212", 14, 41)],
    "id-second.md": [("PG401", 2, 1)],
    "javascript.md": [("PG215", 5, 8)],
    "leads-out.md": [("PG202", 5, 12)],
    "links-nest.md": [("PG201", 9, 5)],
    "no-closing-fence.md": [("PG105", 1, 1)],
    "no-opening-fence.md": [("PG106", 1, 1)],
    "no-such-audience.md": [("PG407", 3, 1)],
    "no-such-clause.md": [("PG302", 3, 13)],
    "no-such-framework.md": [("PG301", 3, 13)],
    "no-such-relation.md": [("PG211", 4, 9), ("PG204", 5, 15)],
    "no-such-role.md": [("PG406", 3, 1)],
    "no-such-rule.md": [("PG503", 4, 3)],
    "not-utf-8.md": [("PG101", 6, 7)],
    "old-edition.md": [("PG303", 3, 13)],
    "only-front-matter.md": [("PG405", 1, 1)],
    "only-spaces.md": [("PG405", 1, 1)],
    "script-tag.md": [("PG112", 7, 1)],
    "self-reference.md": [("PG206", 5, 5)],
    "site-address.md": [("PG214", 5, 5)],
    "status-unknown.md": [("PG108", 3, 9)],
    "swapped-date.md": [("PG108", 3, 12)],
    "toml-broken.md": [("PG105", 3, 9)],
    "two-keys.md": [("PG107", 4, 1)],
    "typo-in-key.md": [("PG111", 3, 1)],
    "utf-16.md": [("PG101", 1, 1)],
    "yaml-alias.md": [("PG105", 4, 11)],
    "yaml-colon.md": [("PG105", 3, 13)],
    "yaml-deep.md": [("PG105", 3, 26)],
    "yaml-list.md": [("PG105", 2, 1)],
    "yaml-tab.md": [("PG105", 4, 1)],
    "a-pipe.md": [("PG101", 1, 1)],
    "a\\nb.md": [("PG104", 1, 1)],
    "in-a-circle.md": [("PG103", 1, 1)],
    "leads-nowhere.md": [("PG103", 1, 1)],
    "leads-outside.md": [("PG103", 1, 1)],
    "too-large.md": [("PG102", 1, 1)],
}

COMPANIONS = {
    "id-first.md",
    "long-line.md",
    "missing-link.md",
    "other-half.md",
    "same-name-one.md",
    "same-name-two.md",
}
"""Documents without a fault of their own, which the broken ones need."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Handbook:
    root = tmp_path_factory.mktemp("broken")
    policies = root / "policies"
    shutil.copytree(FIXTURE / "policies", policies)
    (root / "private.md").write_text("# Private\n\nNobody may read this.\n", encoding="utf-8")
    (policies / "leads-outside.md").symlink_to(root / "private.md")
    (policies / "leads-nowhere.md").symlink_to(policies / "not-there.md")
    (policies / "in-a-circle.md").symlink_to(policies / "in-a-circle.md")
    (policies / "too-large.md").write_bytes(b"x" * (MAX_BYTES + 1))
    os.mkfifo(policies / "a-pipe.md")
    (policies / "a\nb.md").write_text("A line break in its name.\n", encoding="utf-8")
    return resolve(read_handbook(locate(None, root)))


@pytest.fixture(scope="module")
def judgement(broken: Handbook) -> Judgement:
    return judge(broken, TODAY)


def found_in(judgement: Judgement, name: str) -> list[tuple[str, int, int]]:
    return [
        (f.code, f.place.line, f.place.column)
        for f in judgement.findings
        if f.place.file == f"policies/{name}" and f.code not in EVERYWHERE
    ]


@pytest.mark.parametrize("name", [*EXPECTED, *sorted(COMPANIONS)])
def test_each_file_yields_its_own_finding_at_its_own_place(judgement: Judgement, name: str) -> None:
    assert found_in(judgement, name) == EXPECTED.get(name, [])


def test_no_file_is_without_an_expectation() -> None:
    kept = {path.name for path in (FIXTURE / "policies").glob("*.md")}
    made = {name.encode("unicode_escape").decode() for name in MADE_HERE}
    assert kept | made == {*EXPECTED, *COMPANIONS}


def test_what_can_be_read_is_a_document(broken: Handbook) -> None:
    kept = {f"policies/{path.name}" for path in (FIXTURE / "policies").glob("*.md")}
    assert {d.path for d in broken.documents} == kept


def test_the_healthy_document_keeps_what_it_has(broken: Handbook, judgement: Judgement) -> None:
    healthy = document(broken, "healthy")
    (reference,) = broken.outgoing[healthy.path]
    assert reference.target == "policies/other-half.md"
    assert reference.relation.name == "depends on"
    assert reference.because == "Nothing that stands beside it may harm it."
    assert [o.place.line for o in reference.occurrences] == [7, 14]
    assert [f.code for f in judgement.of(healthy.path)] == ["PG212"]
    (finding,) = judgement.of(healthy.path)
    assert finding.suggestion == "[[missing-link|missing link policy]]"


def test_the_text_below_broken_front_matter_is_kept(broken: Handbook) -> None:
    for name in ("yaml-colon", "yaml-alias", "yaml-deep", "yaml-tab", "yaml-list", "toml-broken"):
        assert "says what you must do" in document(broken, name).body
        assert len(document(broken, name).statements) == 1
    assert document(broken, "utf-16").title == "Saved by an old editor"
    assert "Am Caf\ufffd vorbei." in document(broken, "not-utf-8").body


def test_what_lies_outside_is_never_read(broken: Handbook) -> None:
    assert not [d for d in broken.documents if "Nobody may read this" in d.body]


def test_every_rule_speaks_that_can_here(judgement: Judgement) -> None:
    # These need two retired documents, a setting or a decision; the table of rules has them. From PG408 on, rules need
    # registers, a history or a whole handbook, and have tests of their own.
    elsewhere = {
        "PG205",
        "PG208",
        "PG210",
        "PG217",
        "PG220",
        "PG221",
        "PG222",
        "PG223",
        "PG310",
        "PG311",
        "PG312",
        "PG313",
        "PG314",
    }
    spoken = {f.code for f in judgement.findings}
    assert {one.code for one in all_rules() if one.code < "PG408"} - spoken == elsewhere
