"""The anchors on published pages are those that the statements of real documents have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import markdown
import pytest

from builders import TODAY
from policygraph.judging.judge import judge
from policygraph.markdown_extension import PolicygraphExtension
from policygraph.publishing.publication import SiteStyle
from policygraph.publishing.site import publish
from policygraph.reading.files import locate
from policygraph.reading.handbook_files import read_handbook
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.resolve import resolve

ROOT = Path(__file__).parents[2]
EXTENSIONS = ("attr_list", "tables", "footnotes", "toc", "admonition", "fenced_code")


@pytest.fixture(params=["sample", "lullabot"])
def handbook(request: pytest.FixtureRequest, tmp_path: Path, corpus: Callable[[str], Path]) -> Handbook:
    if request.param == "sample":
        return resolve(read_handbook(locate(None, ROOT)))
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "handbook.yml").write_text(f"documents: {corpus('lullabot')}\n", encoding="utf-8")
    return resolve(read_handbook(locate(None, tmp_path)))


def test_every_statement_has_one_anchor_and_one_link_and_the_sheet_leads_there(handbook: Handbook) -> None:
    made = publish(judge(handbook, TODAY), SiteStyle("policies"))
    texts = {page.document: page.text for page in made.pages if page.document}
    sheets = {page.uri: page.text for page in made.pages if page.uri.startswith("audit/documents/")}
    engine = markdown.Markdown(extensions=[*EXTENSIONS, PolicygraphExtension(lambda text: text)])
    counted = 0
    for document in handbook.documents:
        html = engine.reset().convert(texts[document.path].split("---\n", 2)[2])
        ids = Counter(re.findall(r'<span class="pg-(?:passage|anchor)" id="([^"]+)"', html))
        links = Counter(re.findall(r'<a class="pg-here" href="#([^"]+)"', html))
        wanted = [statement.passage.id for statement in document.statements]
        assert Counter(wanted) == links
        assert {ids[id] for id in wanted} <= {1}
        known = {
            one.passage.id for some in (document.statements, document.timed, document.links) for one in some
        }
        assert set(ids) <= known
        sheet = next(text for uri, text in sheets.items() if uri.endswith(f"{Path(document.path).stem}.md"))
        assert all(f"#{id}" in sheet for id in wanted)
        counted += len(wanted)
    assert counted > 20
