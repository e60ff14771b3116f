"""`policygraph rules [CODE]`: the rules of `check`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from policygraph.cli.options import colour_option, format_option
from policygraph.cli.rule_names import named_rule
from policygraph.cli.terminal import plain, width
from policygraph.cli.wording import heading
from policygraph.judging.rule import Rule
from policygraph.judging.rules import all_rules

_OFF = " off unless the settings give it a severity"


@click.command(name="rules")
@click.argument("code", required=False)
@format_option("text", "json")
@click.option(
    "--write",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write a page for each rule, and one that lists them, as Markdown into this folder.",
)
@colour_option
@click.pass_context
def command(ctx: click.Context, code: str | None, form: str, folder: Path | None) -> None:
    """List the rules of `check`, or explain one of them.

    Example: policygraph rules PG201
    """
    if folder is not None:
        if code is not None:
            raise click.UsageError("--write writes the pages of all rules, so leave the code out.", ctx)
        _write(folder)
    elif form == "json":
        found = [_data(rule) for rule in all_rules()] if code is None else _data(named_rule(code))
        click.echo(json.dumps(found, indent=2))
    else:
        click.echo(_page(named_rule(code)) if code is not None else _list(all_rules()))


def _write(folder: Path) -> None:
    from policygraph.cli.writing import write_file
    from policygraph.publishing.exports.rule_pages import rule_pages

    pages = rule_pages(all_rules())
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        write_file(folder / name, text.encode("utf-8"))
    # A rule that is no more has no page.
    for left in folder.glob("PG[0-9]*.md"):
        if left.name not in pages:
            left.unlink()
    click.echo(f"{len(pages)} pages are in {plain(str(folder))}", err=True)


def _list(rules: tuple[Rule, ...]) -> str:
    longest = max(len(rule.name) for rule in rules)
    lines = []
    for rule in rules:
        first = " ".join(rule.help.what.split("\n\n")[0].split())
        room = width() - longest - 19
        first = f"(off) {first}" if rule.optional else first
        text = first if len(first) <= room or room < 20 else f"{first[: room - 1].rstrip()}…"
        lines.append(
            f"{click.style(rule.code, bold=True)}  {rule.severity.value:<7}  {rule.name:<{longest}}  {text}"
        )
    lines += [
        "",
        "policygraph rules CODE explains a rule: what it finds, why it matters, how to put it right.",
    ]
    return "\n".join(lines)


def _page(rule: Rule) -> str:
    parts = [
        f"{click.style(rule.code, bold=True)} {rule.name} [{rule.severity.value}]{_OFF if rule.optional else ''}",
        rule.help.what,
        f"{heading('Why it matters')}\n{_indented(rule.help.why)}",
        f"{heading('Example')}\n{_indented(_unfenced(rule.help.example))}",
        f"{heading('How to put it right')}\n{_indented(rule.help.remedy)}",
        f"{heading('To change it')}\n"
        + _indented(
            f"For the whole handbook, in handbook.yml (error, warning, info or off):\n"
            f"  rules:\n    {rule.code}: info\n"
            f"For one document, in its front matter, with the reason:\n"
            f'  allow:\n    {rule.code}: "why it is right here"'
        ),
    ]
    return "\n\n".join(parts)


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" if line else "" for line in text.split("\n"))


def _unfenced(text: str) -> str:
    """Text without the fences around code, which a terminal does not need."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("```"))


def _data(rule: Rule) -> dict[str, str | bool]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "optional": rule.optional,
        "what": rule.help.what,
        "why": rule.help.why,
        "example": rule.help.example,
        "remedy": rule.help.remedy,
    }
