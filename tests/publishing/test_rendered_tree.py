from __future__ import annotations

import pytest
import yaml

from policygraph.publishing.publication import Asset, NavItem, Page, Publication
from policygraph.publishing.rendered_tree import configuration, page_path, rendered_tree
from policygraph.settings import Settings

PUBLICATION = Publication(
    pages=(Page("index.md", "Home", "# Home\n"), Page("policies/a.md", "A", "# A\n", "policies/a.md")),
    assets=(Asset("assets/x.css", b"x"), Asset("handbook.json", b"{}")),
    nav=(NavItem("Home", "index.md"), NavItem("Rules: all", items=(NavItem("<b>A</b>", "policies/a.md"),))),
    stylesheets=("assets/x.css",),
    scripts=(),
)


def test_pages_assets_and_exports_lie_below_docs() -> None:
    tree = rendered_tree(PUBLICATION, Settings(name="N"))
    assert sorted(tree) == [
        "docs/assets/x.css",
        "docs/handbook.json",
        "docs/index.md",
        "docs/policies/a.md",
        "mkdocs.yml",
        "theme/404.html",
    ]
    assert tree["docs/policies/a.md"] == b"# A\n"


def test_the_configuration_is_what_engines_read() -> None:
    data = yaml.safe_load(configuration(PUBLICATION, Settings(name="On: off #1", description="D")))
    assert data["site_name"] == "On: off #1"
    assert data["nav"] == [{"Home": "index.md"}, {"Rules: all": [{"‹b›A‹/b›": "policies/a.md"}]}]
    assert data["extra_css"] == ["assets/x.css"]
    assert {"toc": {"permalink": True}} in data["markdown_extensions"]
    assert data["theme"]["font"] is False


def test_a_handbook_without_a_name_has_one() -> None:
    assert yaml.safe_load(configuration(PUBLICATION, Settings(name=" ")))["site_name"] == "Handbook"


@pytest.mark.parametrize("uri", ["../x.md", "/etc/passwd", "a/../../b.md", "", "a\\b.md", "a\0.md"])
def test_no_path_leaves_the_tree(uri: str) -> None:
    with pytest.raises(ValueError, match="is no path inside a site"):
        page_path(uri)
