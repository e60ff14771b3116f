"""OSCAL: valid by the reference implementation, the same bytes each time, and no claim of fulfilment."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from builders import TODAY, book
from policygraph.judging.judge import judge
from policygraph.publishing.exports.oscal import catalog, component_definition, profile, system_security_plan
from policygraph.publishing.exports.oscal.parts import token
from policygraph.publishing.exports.records import Data
from policygraph.publishing.exports.serialised import json_bytes
from policygraph.publishing.index import Index, index_of
from policygraph.publishing.publication import SiteStyle
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve

ROOT = Path(__file__).parents[3]
REGISTER = "policies/registers/applicability.yml"
PEOPLE = "policies/registers/organisation.yml"
HOSTILE = "<b>\\u2028 {{x}} \\a \\uFEFF ]]> \\\\ é"
FILES = {
    "a.md": """\
---
id: A-1
title: Doors
owner: boss
type: procedure
satisfies: ["iso-42001:A.2.2"]
records:
  - {what: Log, every: 1 month}
---
# Doors

We must ask. { satisfies="iso-42001:A.2.3" }
""",
    PEOPLE: "roles: {boss: {title: The boss, holders: [Ann]}}\n",
    REGISTER: """\
iso-42001:
  A.2.2: {applies: true, because: "R-1 asks for it.", rests_on: [R-1], status: in part}
  A.2.3: {applies: false, because: "We have none."}
  A.3.2: {applies: true, status: planned}
  A.3.3: {applies: true}
own:
  F-1: {title: Net, applies: true, because: "Ours.", status: in place}
""",
}


def hostile() -> Handbook:
    files = {
        "b.md": f'---\ntitle: "{HOSTILE}"\nsummary: "{HOSTILE}"\nsatisfies: ["own:{HOSTILE}", "own:7 x", "iso-42001:A.2.2"]\n'
        f'owner: "{HOSTILE}"\ntype: "{HOSTILE}"\nrecords: [{{what: "{HOSTILE}"}}]\n---\n# B\n',
        "c d.md": '---\ntitle: "  "\nsatisfies: ["own:7-x"]\n---\nText.\n',
        PEOPLE: f'roles: {{"{HOSTILE}": {{title: "{HOSTILE}", holders: ["{HOSTILE}"]}}, "9 lives": {{}}}}\n',
        REGISTER: f'own:\n  "{HOSTILE}": {{title: "{HOSTILE}", applies: true, because: "{HOSTILE}", rests_on: ["{HOSTILE}"]}}\n'
        '  "7 x": {title: "", applies: false}\n  7-x: {title: Seven}\n',
    }
    return book(files, f'name: "{HOSTILE}"\nframeworks: [iso-42001]\n')


def sample() -> Handbook:
    return resolve(read_handbook(locate(ROOT / "policies", ROOT)))


def index(handbook: Handbook) -> Index:
    return index_of(judge(handbook, TODAY), SiteStyle(documents_at="policies"))


def everything(found: Index) -> Iterator[tuple[str, Data]]:
    for framework in found.frameworks:
        yield f"catalog-{framework.id}", catalog(found, framework)
    yield "component-definition-all", component_definition(found, found.frameworks)
    for statement in found.case.applicability:
        yield f"profile-{statement.framework.id}", profile(found, statement)
        yield f"system-security-plan-{statement.framework.id}", system_security_plan(found, statement)


CHECK = """
import json, sys
from pathlib import Path
from trestle.oscal import catalog, component, profile, ssp
kinds = {
    "catalog": catalog.Catalog, "profile": profile.Profile,
    "component-definition": component.ComponentDefinition, "system-security-plan": ssp.SystemSecurityPlan,
}
for file in sorted(Path(sys.argv[1]).glob("*.json")):
    ((kind, content),) = json.loads(file.read_text(encoding="utf-8")).items()
    kinds[kind].model_validate(content)
    print(kind)
"""


@pytest.mark.parametrize("make", [lambda: book(FILES, "frameworks: [iso-42001]"), hostile, sample])
def test_compliance_trestle_accepts_every_document(make, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pytest.importorskip("trestle", reason="compliance-trestle is not installed")
    written = list(everything(index(make())))
    for name, data in written:
        (tmp_path / f"{token(name)}.json").write_bytes(json_bytes(data))
    # In a process of its own: the library warns of its own past when it is loaded.
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHECK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr[-4000:]
    assert len(run.stdout.split()) == len(written) > 3


def test_the_same_handbook_gives_the_same_bytes() -> None:
    one, other = ([json_bytes(d) for _, d in everything(index(book(FILES)))] for _ in "ab")
    assert one == other


def test_no_two_things_share_an_identifier() -> None:
    for name, data in everything(index(sample())):
        found = re.findall(r'"uuid": "([^"]+)"', json_bytes(data).decode())
        assert len(found) == len(set(found)), name


def plan(handbook: Handbook) -> Data:
    found = index(handbook)
    content: Data = system_security_plan(found, found.case.applicability[0])["system-security-plan"]
    return content


def test_the_plan_has_every_control_with_the_status_declared() -> None:
    content = plan(book(FILES))
    requirements = content["control-implementation"]["implemented-requirements"]
    assert len(requirements) == 39
    states = {
        r["control-id"]: r["by-components"][0].get("implementation-status", {}).get("state")
        for r in requirements
    }
    assert states["iso-42001_A.2.2"] == "partial"
    assert states["iso-42001_A.2.3"] == "not-applicable"
    assert states["iso-42001_A.3.2"] == "planned"
    assert states["iso-42001_A.3.3"] is None
    assert states["iso-42001_A.10.4"] is None
    assert states["own_F-1"] == "implemented"
    first = requirements[0]
    assert first["by-components"][0]["description"] == "R-1 asks for it."
    assert first["by-components"][1]["description"] == "A-1 says that it answers this."
    known = {component["uuid"] for component in content["system-implementation"]["components"]}
    assert {c["component-uuid"] for r in requirements for c in r["by-components"]} <= known


def test_the_profile_holds_what_applies() -> None:
    found = index(book(FILES))
    imports = profile(found, found.case.applicability[0])["profile"]["imports"]
    assert [one["href"] for one in imports] == ["oscal-catalog-iso-42001.json", "oscal-catalog-own.json"]
    ids = [one["include-controls"][0]["with-ids"] for one in imports]
    assert ids == [["iso-42001_A.2.2", "iso-42001_A.3.2", "iso-42001_A.3.3"], ["own_F-1"]]


def test_components_link_the_passages_that_answer() -> None:
    found = index(book(FILES, "frameworks: [iso-42001]\nurl: https://h.example/\n"))
    content = component_definition(found, found.frameworks)["component-definition"]
    (component,) = content["components"]
    assert (component["type"], component["responsible-roles"]) == ("process-procedure", [{"role-id": "boss"}])
    (implementation,) = component["control-implementations"]
    by_control = {r["control-id"]: r for r in implementation["implemented-requirements"]}
    (link,) = by_control["iso-42001_A.2.3"]["links"]
    assert re.fullmatch(r"https://h\.example/policies/a/#p-[0-9a-f]{10}", link["href"])
    assert link["text"] == "We must ask."
    assert by_control["iso-42001_A.2.2"]["links"][0]["href"] == "https://h.example/policies/a/"


def test_no_document_claims_fulfilment() -> None:
    for name, data in everything(index(book(FILES, "frameworks: [iso-42001]"))):
        words = json_bytes(data).decode().lower()
        assert "complian" not in words
        if not name.startswith(("catalog", "profile")):
            assert "does not show that a control is fulfilled" in words


def test_catalogs_hold_ids_and_titles_only() -> None:
    found = index(book(FILES, "frameworks: [iso-42001]"))
    content = catalog(found, found.frameworks[0])
    text = json.dumps(content)
    assert len(re.findall(r'"iso-42001_A\.[\d.]+", "title"', text)) == 38
    assert "parts" not in text


@pytest.mark.parametrize(("name", "expected"), [("A.5.2", "A.5.2"), ("5", "_5"), ("a-b_c", "a-b_c")])
def test_tokens(name: str, expected: str) -> None:
    assert token(name) == expected


def test_different_names_never_share_a_token() -> None:
    names = ["a b", "a-b", "a/b", "ä", "ö", "", " ", "x" * 101, "x" * 102]
    assert len({token(name) for name in names}) == len(names)
