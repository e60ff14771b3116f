"""The pages of rules are written from the code, and say the same."""

from __future__ import annotations

from pathlib import Path

from policygraph.judging.rules import all_rules
from policygraph.publishing.exports.rule_pages import rule_pages

FOLDER = Path(__file__).parents[3] / "docs/rules"


def test_the_pages_in_the_documentation_are_those_of_the_code() -> None:
    written = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    wanted = rule_pages(all_rules())
    stale = sorted(name for name in written.keys() | wanted.keys() if written.get(name) != wanted.get(name))
    assert stale == [], "run: make rules"


def test_every_rule_is_on_its_page_and_in_the_list() -> None:
    pages = rule_pages(all_rules())
    for rule in all_rules():
        page = pages[f"{rule.code}.md"]
        assert page.startswith(f"# {rule.code} {rule.name}\n")
        for part in (rule.help.what, rule.help.why, rule.help.example, rule.help.remedy):
            assert part in page
        assert f"[{rule.code}]({rule.code}.md)" in pages["index.md"]
        assert page.count("```") % 2 == 0
