"""One handbook in which every document is broken in another way: no command may fall over it."""

from __future__ import annotations

import json

import jsonschema
import pytest
from command_line import CommandLine

from policygraph.publishing.exports.handbook_schema import handbook_schema

HOSTILE: dict[str, str | bytes] = {
    "policies/empty.md": "",
    "policies/only-front.md": "---\ntitle: Only\n---",
    "policies/never-closed.md": "---\ntitle: Never\nowner: x\n\nText [[none]].\n",
    "policies/no-opening.md": "title: Missing\nowner: x\n---\n# Missing\n",
    "policies/toml.md": '+++\ntitle = "T"\nid = 5\n+++\nText\n',
    "policies/broken-toml.md": "+++\ntitle = \n+++\nText\n",
    "policies/broken-yaml.md": "---\ntitle: [a\nb: }\n---\nText\n",
    "policies/list.md": "---\n- a\n- b\n---\nText\n",
    "policies/scalar.md": "---\njust words\n---\nText\n",
    "policies/bomb.md": "---\na: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\ntitle: *c\n---\nText\n",
    "policies/deep.md": "---\na: " + "[" * 900 + "]" * 900 + "\n---\nText\n",
    "policies/binary.md": bytes(range(256)),
    "policies/utf16.md": "# Sixteen\n".encode("utf-16"),
    "policies/latin.md": "# Übung\n".encode("latin-1"),
    "policies/bom.md": b"\xef\xbb\xbf---\r\ntitle: Bom\r\n---\r\n# Bom\r\n",
    "policies/same-1.md": "---\nid: SAME\n---\n# One\n[[SAME]]\n",
    "policies/same-2.md": "---\nid: same\n---\n# Two\n[[same-1]]\n",
    "policies/self.md": "---\nreferences: [self]\n---\n# Self\n[[self]]\n",
    "policies/circle-1.md": "---\nreferences: [circle-2]\n---\n# C1\n",
    "policies/circle-2.md": "---\nreferences: [circle-1]\n---\n# C2\n",
    "policies/dates.md": "---\neffective: 2025-30-01\nexpires: soon\nreview_every: often\nid: 0161\n---\n# Dates\n",
    "policies/types.md": "---\ntitle: {a: b}\nowner: [x, y]\nreferences: {to: {to: x}}\nrecords: 5\nallow: [PG1, 3]\nnot_related: x\nsatisfies: {a: b}\n---\n",
    "policies/=cmd.md": '---\ntitle: "=1+1"\nsummary: "@SUM(A1)"\nowner: "-x"\n---\n# =HYPERLINK("x")\n',
    "policies/html.md": "---\ntitle: '<script>alert(1)</script>'\n---\n<script>alert(2)</script>\n\n[[<img src=x>]] {{ 7*7 }} {% raw %}\n",
    "policies/links.md": "[a](../../../etc/passwd) [b](/x) [c](javascript:alert(1)) [d](#no) [e](http://[bad) [f](%00) [[#]] [[|]] [[a#b#c|d|e]]\n",
    "policies/deep/er/est/ünï códe ☃.md": "# Snow ☃\n\nYou must [[../links]].\n",
    "policies/surrogate.md": '---\ntitle: "\\ud800 half"\nsummary: "\\0 nul"\n---\n# x\n',
    "policies/long.md": "# " + "x" * 20000 + "\n\n" + "You must " * 3000 + ".\n",
    "policies/clauses.md": '---\nsatisfies: ["iso-42001:99", "6.1", "nope:1", "iso-27001:2013:A.9", "iso-42001:6"]\n---\n# C\n[[iso-42001:6.1.2]] [[iso-42001:nix]]\n',
    "policies/weather.de.md": "---\nlang: de\n---\n# Wetter\n\nSie müssen [[SAME]].\n",
    "policies/weather.md": "# Weather\n\nIt may rain.\n",
    "policies/picture.png": b"\x89PNG",
    "policies/registers/organisation.yml": "roles: [a, b]\naudiences: 5\n",
    "policies/registers/terms.yml": "terms: {a: b}\nterms: x\n",
}


@pytest.fixture
def hostile(empty: CommandLine) -> CommandLine:
    empty.write(HOSTILE)
    policies = empty.folder / "policies"
    (policies / "outside.md").symlink_to("/etc/hostname")
    (policies / "loop").symlink_to(".")
    (policies / "dangling.md").symlink_to("nowhere.md")
    (policies / "folder.md").mkdir()
    return empty


def test_check_reports_in_every_format(hostile: CommandLine) -> None:
    for form in ("text", "json", "github"):
        result = hostile("check", "--format", form)
        assert result.code == 1
        assert "\x1b" not in result.out


def test_what_is_sound_is_not_lost(hostile: CommandLine) -> None:
    found = json.loads(hostile("export", "json").out)
    files = {document["file"] for document in found["documents"]}
    assert {"policies/weather.md", "policies/circle-1.md", "policies/same-2.md"} <= files
    assert ("circle-1", "circle-2") in {(r["source"], r["target"]) for r in found["references"]}


def test_the_inventory_fits_its_schema(hostile: CommandLine) -> None:
    found = json.loads(hostile("export", "json").out)
    jsonschema.Draft202012Validator(
        handbook_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).validate(found)
    assert str(hostile.folder) not in json.dumps(found)


def test_no_cell_begins_a_formula(hostile: CommandLine) -> None:
    import csv
    import io

    for form in ("register", "references", "mentions"):
        for row in csv.reader(io.StringIO(hostile("export", form).out)):
            assert not any(cell.lstrip()[:1] in tuple("=+-@") for cell in row if cell.strip())


def test_every_document_can_be_shown_and_asked(hostile: CommandLine) -> None:
    found = json.loads(hostile("export", "json").out)
    for document in found["documents"]:
        for arguments in (["show", document["file"]], ["impact", document["file"], "--all"]):
            result = hostile(*arguments)
            assert result.code == 0, result.err
            assert "\x1b" not in result.out
    assert hostile("why", "circle-1", "circle-2").code == 0
    assert hostile("why", "policies/same-1.md", "policies/same-2.md").code == 0


def test_render_writes_a_page_for_each(hostile: CommandLine) -> None:
    result = hostile("render", "out")
    assert result.code == 0, result.err
    pages = {
        p.relative_to(hostile.folder / "out/docs").as_posix() for p in (hostile.folder / "out").rglob("*.md")
    }
    documents = json.loads(hostile("export", "json").out)["documents"]
    assert {document["file"] for document in documents} <= pages
    assert (hostile.folder / "out/docs/policies/picture.png").read_bytes() == b"\x89PNG"


def test_build_makes_a_site_of_it(hostile: CommandLine) -> None:
    result = hostile.program("build")
    assert result.code == 0, result.err
    assert "Traceback" not in result.err
    assert (hostile.folder / "site/index.html").is_file()
