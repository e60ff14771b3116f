"""The rules as Markdown pages, one for each and one that lists them, for the documentation and for code hosts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policygraph.judging.rule import Rule
from policygraph.model.finding import Severity
from policygraph.publishing.escaping import readable_markdown

INDEX = "index.md"

_GROUPS = {
    "PG1": "Files and front matter",
    "PG2": "References",
    "PG3": "Frameworks and applicability",
    "PG4": "Documents",
    "PG5": "Registers",
    "PG6": "Time",
}
_WEIGHTS = {
    Severity.ERROR: "An **error**: `policygraph check` fails.",
    Severity.WARNING: "A **warning**: it is shown, and fails nothing unless you ask for that.",
    Severity.INFO: "A **note**: worth a look, no more.",
}
_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def rule_pages(rules: Iterable[Rule]) -> Mapping[str, str]:
    """The pages by file name."""
    ordered = tuple(rules)
    return {INDEX: _index(ordered), **{f"{rule.code}.md": _page(rule) for rule in ordered}}


def first_sentence(rule: Rule) -> str:
    """What a rule finds, in one line."""
    return " ".join(rule.help.what.split("\n\n")[0].split())


def _index(rules: tuple[Rule, ...]) -> str:
    lines = [
        "# Rules",
        "",
        "What `policygraph check` looks for. Each rule has a page: what it finds, why that matters, an example, and how"
        " to put it right. `policygraph rules PG212` shows the same on a terminal.",
        "",
        "These pages are written by `make rules`.",
    ]
    groups = dict.fromkeys(rule.code[:3] for rule in rules)
    for group in groups:
        lines += [
            "",
            f"## {_GROUPS.get(group, group)}",
            "",
            "| Rule | Weight | What it finds |",
            "|---|---|---|",
        ]
        lines += [
            f"| [{rule.code}]({rule.code}.md) {rule.name} | {_word(rule)} | {_cell(first_sentence(rule))} |"
            for rule in rules
            if rule.code.startswith(group)
        ]
    return "\n".join([*lines, ""])


def _word(rule: Rule) -> str:
    return "off" if rule.optional else _WORDS[rule.severity]


def _cell(text: str) -> str:
    return text.replace("|", "\\|") if "`" in text else readable_markdown(text)


def _page(rule: Rule) -> str:
    help = rule.help
    weight = _WEIGHTS[rule.severity]
    if rule.optional:
        weight = "**Off** until `handbook.yml` gives it a severity, as below."
    if rule.calendar:
        weight += " The passing of time alone can make it, so `--no-calendar` leaves it out of the exit code."
    return "\n".join(
        [
            f"# {rule.code} {rule.name}",
            "",
            weight,
            "",
            help.what,
            "",
            "## Why it matters",
            "",
            help.why,
            "",
            "## Example",
            "",
            help.example,
            "",
            "## How to put it right",
            "",
            help.remedy,
            "",
            "## To change it",
            "",
            "For the whole handbook, in `handbook.yml` (`error`, `warning`, `info` or `off`):",
            "",
            "```yaml",
            "rules:",
            f"  {rule.code}: info",
            "```",
            "",
            "For one document, in its front matter, with the reason:",
            "",
            "```yaml",
            "allow:",
            f'  {rule.code}: "Why it is right here."',
            "```",
            "",
            "[All rules](index.md)",
            "",
        ]
    )
