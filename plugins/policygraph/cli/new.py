"""`policygraph new TYPE "Title"`: a new document from a template, with the next id."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click
from pathspec import PathSpec

from policygraph.cli.failure import Refusal
from policygraph.cli.opening import Opened, open_handbook
from policygraph.cli.options import colour_option, handbook_option
from policygraph.cli.starting.next_name import next_id, next_stem, title_stem
from policygraph.cli.starting.placing import in_the_way, place
from policygraph.cli.starting.template import document_text
from policygraph.cli.starting.yaml_values import on_one_line
from policygraph.cli.terminal import plain, wrapped
from policygraph.model.document import Document
from policygraph.reading.front_matter import ID
from policygraph.reading.text import name_key
from policygraph.reading.values import nearest
from policygraph.resolving.handbook import Handbook

_LONGEST_TITLE = 200
_LONGEST_ID = 60
_A_FEW = 3


@click.command(name="new")
@click.argument("type", metavar="TYPE")
@click.argument("title", metavar="TITLE")
@click.option("--id", "id", metavar="ID", help="Its id. Without it: the next one after those that exist.")
@click.option(
    "--area", metavar="AREA", help="The part of the handbook it belongs to, by its folder or title."
)
@click.option("--owner", metavar="ROLE", help="The role that answers for it, by its id or title.")
@handbook_option
@colour_option
@click.pass_context
def command(
    ctx: click.Context, type: str, title: str, id: str | None, area: str | None, owner: str | None
) -> None:
    """Add a document from a template, with the next id.

    Prints the path of its file, and opens nothing.

    TYPE is policy, standard, procedure, plan, guideline or declaration, or one of your own from handbook.yml.

    The document is a draft until its `status` says otherwise.

    \b
    Example:
      policygraph new policy "Remote work" --area people --owner head-of-people
    """
    opened = open_handbook(ctx)
    handbook = opened.handbook
    kind = _type(handbook, type)
    name = _title(opened, title)
    ask = _somebody_answers()
    role = _owner(handbook, owner, ask)
    part, folder = _area(handbook, area, kind, ask)
    near = [one for one in handbook.documents if one.area == part] if part else []
    chosen = _free_id(opened, id) if id is not None else next_id(handbook.documents, near)
    stem = next_stem(name, chosen, handbook.documents)
    declares = id is not None or any(one.front.id for one in handbook.documents)
    if chosen is None:
        stem = title_stem(name) or "document"
        _refuse_id(opened, stem, "Name another with --id.")
    given = part if part and folder.partition("/")[0] != part else ""
    text = document_text(handbook.settings, name, kind, chosen if declares else None, role, given)
    path = _write(opened, f"{folder}/{stem}.md" if folder else f"{stem}.md", text)
    if not role:
        roles = ", ".join(handbook.organisation.roles)
        hint = f" Roles here: {roles}." if roles else ""
        click.echo(
            wrapped(f"It has no owner yet: write a role after `owner:`.{hint}", "  ", "note: "), err=True
        )
    click.echo(plain(path))


def _somebody_answers() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _type(handbook: Handbook, given: str) -> str:
    types = handbook.settings.types
    if given.lower() in types:
        return given.lower()
    near = nearest(given, types)
    hint = (
        f"Did you mean '{near}'?"
        if near
        else f"There are: {', '.join(types)}. Types of your own stand under `types` in handbook.yml."
    )
    raise Refusal(f"There is no type '{given}'. {hint}")


def _title(opened: Opened, given: str) -> str:
    title = on_one_line(given)
    if not title:
        raise Refusal("A document needs a title.")
    if len(title) > _LONGEST_TITLE:
        raise Refusal(f"The title is longer than {_LONGEST_TITLE} characters.")
    same = [one for one in opened.handbook.documents if name_key(one.title) == name_key(title)]
    if same:
        raise Refusal(f"There is a document '{same[0].title}' already: {opened.files.shown(same[0].path)}")
    return title


def _free_id(opened: Opened, given: str) -> str:
    if not ID.fullmatch(given) or len(given) > _LONGEST_ID:
        raise Refusal(
            f"'{given}' cannot be an id: letters without accents, digits, dots, hyphens and underscores only, "
            f"at most {_LONGEST_ID}."
        )
    _refuse_id(opened, given, "Leave --id out to get the next one.")
    return given


def _refuse_id(opened: Opened, id: str, mend: str) -> None:
    for one in opened.handbook.documents:
        if name_key(id) in map(name_key, (one.id, *one.front.former_ids)):
            raise Refusal(f"The id '{id}' belongs to {opened.files.shown(one.path)}. {mend}")


def _owner(handbook: Handbook, given: str | None, ask: bool) -> str:
    roles = handbook.organisation.roles
    if given is None and ask and roles:
        click.echo(f"Roles: {plain(', '.join(roles))}", err=True)
        given = click.prompt("Which role answers for it?", default="", show_default=False, err=True) or None
    if given is None:
        return next(iter(roles)) if len(roles) == 1 else ""
    line = on_one_line(given)
    by_title = {name_key(role.title): role for role in roles.values()}
    role = roles.get(line.lower()) or by_title.get(name_key(line))
    if role is not None:
        return role.id
    if not roles and line:
        return line
    near = nearest(line, [*roles, *(role.title for role in roles.values())])
    hint = f" Did you mean '{near}'?" if near else f" There are: {', '.join(roles)}."
    raise Refusal(f"There is no role '{given}' in registers/organisation.yml.{hint}")


def _area(handbook: Handbook, given: str | None, type: str, ask: bool) -> tuple[str, str]:
    """The area of the new document, and the folder of its file below the documents' folder."""
    areas = {one.area: one.area for one in handbook.documents if one.area}
    areas |= {id: area.title for id, area in handbook.settings.areas.items()}
    guessed = _usual_area(handbook, type)
    if given is None and ask and areas:
        click.echo(f"Areas: {plain(', '.join(areas))}", err=True)
        given = (
            click.prompt("Where does it belong?", default=guessed, show_default=bool(guessed), err=True)
            or None
        )
    if given is None:
        return guessed, _folder(handbook.documents, handbook.folder, guessed)
    line = on_one_line(given).strip("/")
    found = next(
        (id for id, title in areas.items() if name_key(line) in (name_key(id), name_key(title))), None
    )
    if found is None and not areas and ID.fullmatch(line):
        return line, line
    if found is None:
        near = nearest(line, [*areas, *areas.values()])
        hint = f" Did you mean '{near}'?" if near else f" There are: {', '.join(areas) or 'none'}."
        raise Refusal(f"There is no area '{given}'.{hint} A new one is added under `areas` in handbook.yml.")
    return found, _folder(handbook.documents, handbook.folder, found)


def _usual_area(handbook: Handbook, type: str) -> str:
    """Where most documents of the type are, if that can be told from a few, or most documents."""
    for group in ([one for one in handbook.documents if one.type == type], handbook.documents):
        areas = Counter(one.area for one in group)
        if areas and (len(group) >= _A_FEW or group is handbook.documents):
            return max(sorted(areas), key=lambda area: areas[area])
    return next(iter(handbook.settings.areas), "")


def _folder(documents: tuple[Document, ...], root: str, area: str) -> str:
    """The folder in which most documents of an area are; one that has none yet gets a folder of its name."""
    folders = Counter(
        one.path.removeprefix(f"{root}/").rpartition("/")[0] for one in documents if one.area == area
    )
    return max(sorted(folders), key=lambda folder: folders[folder]) if folders else area


def _write(opened: Opened, name: str, text: str) -> str:
    settings = opened.handbook.settings
    if PathSpec.from_lines("gitignore", settings.exclude).match_file(name):
        raise Refusal(f"handbook.yml leaves out {name} (under `exclude`), so nobody would ever see it.")
    root = opened.files.documents
    shown = opened.files.shown(f"{Path(opened.handbook.folder).as_posix()}/{name}")
    files = {name: text.encode("utf-8")}
    if taken := in_the_way(root, files):
        raise Refusal(f"{taken[0]} is there already. Choose another title, or name an id with --id.")
    place(root, files)
    return shown
