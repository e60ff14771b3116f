"""The files of a new project: a handbook to start from, and what builds, checks and edits it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files as package_files
from importlib.resources.abc import Traversable

from policygraph import __version__
from policygraph.cli.starting.example import example_files
from policygraph.cli.starting.organisation import UNNAMED, handbook_name
from policygraph.cli.starting.yaml_values import quoted
from policygraph.publishing.escaping import readable_markdown
from policygraph.publishing.exports.all_schemas import all_schemas
from policygraph.publishing.exports.register_schemas import REGISTER_SCHEMAS
from policygraph.publishing.exports.serialised import json_bytes

FOLDER = "policies"
SCHEMAS = ".policygraph/schemas"
STARTERS = {
    "blank": "one short policy, and everything around it",
    "aims": "24 draft documents of an AI management system (ISO/IEC 42001)",
}
"""What a handbook can start from."""

COURTESIES = ("README.md", ".gitignore", ".editorconfig", "requirements.txt", ".vscode/extensions.json")
"""Files that a project may well have already; then they stay as they are, and the handbook works all the same."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user wants: whose handbook, from which start, who keeps it, and what it is measured by."""

    organisation: str = UNNAMED
    starter: str = "blank"
    keeper: str = ""
    frameworks: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The name of the handbook."""
        return handbook_name(self.organisation, "AI handbook" if self.starter == "aims" else "handbook")


def project_files(wishes: Wishes) -> dict[str, bytes]:
    """Every file of the new project, by its path from the project's folder."""
    found = {
        **{f"{FOLDER}/{name}": text for name, text in _handbook(wishes).items()},
        **_around(wishes),
        "docs/.gitkeep": "",
        ".vscode/settings.json": _editor_settings(),
    }
    schemas = {f"{SCHEMAS}/{name}.json": json_bytes(schema) for name, schema in all_schemas(None).items()}
    return dict(sorted({**{name: text.encode("utf-8") for name, text in found.items()}, **schemas}.items()))


def _handbook(wishes: Wishes) -> dict[str, str]:
    if wishes.starter == "aims":
        return example_files(wishes.organisation, wishes.keeper)
    frameworks = ", ".join(wishes.frameworks)
    named = wishes.organisation != UNNAMED
    return _filled(
        "blank",
        {
            "name": quoted(wishes.title),
            "organisation": quoted(wishes.organisation) if named else '""',
            "keeper": f"[{quoted(wishes.keeper)}]" if wishes.keeper else "[]",
            "frameworks": f"frameworks: [{frameworks}]"
            if frameworks
            else "# frameworks: [iso-27001, iso-42001]",
        },
    )


def _around(wishes: Wishes) -> dict[str, str]:
    return _filled(
        "project",
        {
            "name": quoted(wishes.title),
            "title": readable_markdown(wishes.title),
            "folder": FOLDER,
            "version": __version__,
            "about": _ABOUT_AIMS if wishes.starter == "aims" else "",
        },
    )


_ABOUT_AIMS = """
The 24 documents are drafts to start from. They were written for a company that builds AI systems: keep what fits, change what does not, and delete the rest. What stands in [square brackets] is for you to fill in; systems, numbers and deadlines are examples. Nobody holds a role yet; `policygraph check` lists which ones are waiting for a name.
"""


def _filled(folder: str, values: dict[str, str]) -> dict[str, str]:
    """The files of a folder of ours, with what stands between @@ filled in."""
    root = package_files("policygraph.cli.starting") / folder
    return {name: _with(values, file.read_text(encoding="utf-8")) for name, file in _below(root, "")}


def _with(values: dict[str, str], text: str) -> str:
    # In one pass, so that a name that holds a mark of ours stays as it is.
    first, *parts = text.split("@@")
    marks = zip(parts[::2], parts[1::2], strict=True)
    return first + "".join(values[mark] + after for mark, after in marks)


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=_name):
        # Files that begin with a dot are easily lost on the way into a package.
        name = (
            prefix + entry.name.replace("dot.", ".", 1)
            if entry.name.startswith("dot.")
            else prefix + entry.name
        )
        if entry.is_dir():
            yield from _below(entry, f"{name}/")
        else:
            yield name, entry


def _name(entry: Traversable) -> str:
    return entry.name


def _editor_settings() -> str:
    """Settings for VS Code: which form each file has, and what helps with documents."""
    forms = {"settings": f"{FOLDER}/handbook.yml"}
    for name in REGISTER_SCHEMAS:
        forms[name] = f"{FOLDER}/registers/{'reviews/*' if name == 'reviews' else name}.yml"
    settings = {
        "yaml.schemas": {f"./{SCHEMAS}/{name}.json": files for name, files in forms.items()},
        "[markdown]": {"editor.wordWrap": "on"},
        "glspc.languageId": "markdown",
        "glspc.serverCommand": "policygraph",
        "glspc.serverCommandArguments": ["lsp"],
    }
    return json.dumps(settings, indent=2) + "\n"
