"""The starter `aims`: the sample's documents with somebody else's names in them, all of them drafts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import policygraph
from policygraph.cli.failure import Refusal
from policygraph.cli.starting.fernway import COMPANY, NEW_VALUES, OWN_LINES, PHRASES
from policygraph.cli.starting.organisation import UNNAMED, handbook_name
from policygraph.cli.starting.trade import without_trade
from policygraph.cli.starting.yaml_values import quoted
from policygraph.publishing.escaping import readable_markdown

_LINE = re.compile(r"(?P<key>\s*(?:- )?(?P<name>[\w-]+): )(?P<value>\S.*)")
_BEGINNING = re.compile(rf"(^|\| ){COMPANY}", re.MULTILINE)
_KEEPER = "ai-governance-lead"
_KEPT_REGISTERS = ("organisation.yml", "terms.yml")


def sample_folder() -> Path:
    """Where the sample handbook is: in the package that was installed, or beside the source.

    Raises:
        Refusal: where it is in neither.
    """
    package = Path(policygraph.__file__).resolve().parent
    for folder in (package / "starters" / "aims", package.parents[1] / "policies"):
        if (folder / "handbook.yml").is_file():
            return folder
    raise Refusal(
        "The documents of this starter are missing from the installation; install policygraph again."
    )


def example_files(organisation: str, keeper: str) -> dict[str, str]:
    """The documents and registers of an AI management system, by path below the handbook's folder.

    `keeper` is the person who keeps the handbook, empty where nobody is named.
    """
    folder = sample_folder()
    files: dict[str, str] = {}
    for path in sorted(folder.rglob("*.md")):
        if "." in path.stem:  # a translation: Fernway's names are only known in English sentences
            continue
        name = path.relative_to(folder).as_posix()
        _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
        files[name] = f"---\n{_yaml(front, organisation)}---\n{_markdown(body, organisation)}"
    for name in _KEPT_REGISTERS:
        text = (folder / "registers" / name).read_text(encoding="utf-8")
        files[f"registers/{name}"] = _yaml(text, organisation)
    if keeper:
        name = "registers/organisation.yml"
        head, role, rest = files[name].partition(f"  {_KEEPER}:\n")
        files[name] = head + role + rest.replace("holders: []", f"holders: [{quoted(keeper)}]", 1)
    files["registers/applicability.yml"] = _own_controls(folder, organisation)
    files["handbook.yml"] = _settings(folder, organisation)
    return files


def _markdown(text: str, organisation: str) -> str:
    return _renamed(text, readable_markdown(organisation))


def _renamed(text: str, organisation: str) -> str:
    for old, new in PHRASES:
        text = text.replace(old, new)
    text = without_trade(text)
    if organisation == UNNAMED:  # no name, but words, which take a capital where a sentence or a cell begins
        text = _BEGINNING.sub(lambda match: match[1] + organisation.capitalize(), text)
    return text.replace(COMPANY, organisation)


def _yaml(text: str, organisation: str) -> str:
    """YAML of one value a line, with names changed; a value that changes is quoted, whatever a name holds."""
    lines = []
    for line in text.split("\n"):
        match = _LINE.fullmatch(line)
        if match is None:
            lines.append(without_trade(line))
        elif match["name"] in NEW_VALUES:
            lines.append(match["key"] + NEW_VALUES[match["name"]])
        elif match["name"] not in OWN_LINES:
            lines.append(match["key"] + _value(match["value"], organisation))
    return "\n".join(lines)


def _value(value: str, organisation: str) -> str:
    if value.startswith("["):
        return without_trade(value)
    meant = json.loads(value) if value.startswith('"') else value
    renamed = _renamed(meant, organisation)
    return value if renamed == meant else quoted(renamed)


def _own_controls(folder: Path, organisation: str) -> str:
    """Of the statement of applicability, only the organisation's own controls that documents answer."""
    text = (folder / "registers" / "applicability.yml").read_text(encoding="utf-8")
    own = _yaml(text.split("\nown:\n", 1)[1], organisation).replace("status: draft", "status: planned")
    return f"{_ABOUT_APPLICABILITY}own:\n{own}"


def _settings(folder: Path, organisation: str) -> str:
    text = (folder / "handbook.yml").read_text(encoding="utf-8")
    own = ("url:", "name:", "organisation:", "description:")
    kept = "\n".join(line for line in text.split("\n") if not line.startswith(own))
    named = "" if organisation == UNNAMED else f"organisation: {quoted(organisation)}\n"
    title = quoted(handbook_name(organisation, "AI handbook"))
    return f"name: {title}\n{named}description: {quoted(_DESCRIPTION)}\n{_yaml(kept, organisation)}"


_DESCRIPTION = (
    "How we build, buy and use AI. These texts are drafts to start from: each one holds once its owner has made it "
    "fit and set its status to active."
)

_ABOUT_APPLICABILITY = """\
# The statement of applicability: for each control whether it applies to you, and why.
# Add yours above the controls of your own, for example:
#
#   iso-42001:
#     A.2.2:
#       applies: true
#       because: "Customers ask in their tenders what we refuse to do with AI."
#       status: planned
"""
