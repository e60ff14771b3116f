from __future__ import annotations

import hashlib
import re
from pathlib import Path

from policygraph.publishing.asset_files import SCRIPTS, STYLESHEETS, asset_files

ASSETS = Path(__file__).parents[2] / "plugins/policygraph/publishing/assets"


def test_every_file_that_pages_name_is_there() -> None:
    uris = {asset.uri for asset in asset_files()}
    assert {*SCRIPTS, *STYLESHEETS} <= uris
    assert "assets/policygraph/licences/cytoscape.txt" in uris


def test_a_page_waits_for_one_style_sheet_of_ours() -> None:
    assert len(STYLESHEETS) == 1
    (sheet,) = (asset.content.decode() for asset in asset_files() if asset.uri == STYLESHEETS[0])
    assert sheet.index(".pg-table") < sheet.index("@font-face") < sheet.index("@page pg-document")


def test_vendored_files_are_those_that_the_list_describes() -> None:
    text = (ASSETS / "vendor/README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([\w.-]+)` .*`([0-9a-f]{64})` \|$", text, re.MULTILINE))
    found = {path.name: path for path in (ASSETS / "vendor").iterdir() if path.suffix == ".js"}
    assert listed.keys() == found.keys()
    for name, digest in listed.items():
        assert hashlib.sha256(found[name].read_bytes()).hexdigest() == digest


def test_our_own_files_ask_no_other_host() -> None:
    for name in ("policygraph.css", "policygraph.js", "graph.js", "compare.js"):
        text = (ASSETS / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|//cdn", text), name
