"""`policygraph impact ID`: what else is concerned when a document changes."""

from __future__ import annotations

import json
from collections.abc import Callable

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.naming import named_document
from policygraph.cli.opening import Opened, open_handbook
from policygraph.cli.options import colour_option, format_option, handbook_option
from policygraph.cli.terminal import plain, wrapped
from policygraph.cli.wording import chain, heading, holder, named, reason
from policygraph.model.document import Document
from policygraph.model.in_words import counted
from policygraph.model.reference import Reference
from policygraph.publishing.exports.records import reference_data
from policygraph.reading.values import nearest
from policygraph.resolving.handbook import Handbook
from policygraph.resolving.queries import Dependent, relying_on


@click.command(name="impact")
@click.argument("id")
@handbook_option
@click.option(
    "--relation",
    "relations",
    multiple=True,
    metavar="NAME",
    help="Follow only this relation, such as “implements”. Can be given several times.",
)
@click.option("--all", "every", is_flag=True, help="Follow every reference, not only those that rely on it.")
@format_option("text", "json")
@colour_option
@click.pass_context
def command(ctx: click.Context, id: str, relations: tuple[str, ...], every: bool, form: str) -> None:
    """Say what else is concerned when a document changes.

    Lists the documents that rely on it (“depends on”, “implements”), directly or through others, the nearest
    first, with the reason and with the people to ask.

    Example: policygraph impact AI-01
    """
    if every and relations:
        raise click.UsageError("--all follows every relation; --relation picks some. Use one of them.", ctx)
    opened = open_handbook(ctx)
    document = named_document(opened, id)
    found = relying_on(opened.handbook, document.path, _counted(opened.handbook, relations, every))
    text = as_json(opened, document, found) if form == "json" else as_text(opened, document, found, every)
    click.echo(text)


def _counted(
    handbook: Handbook, relations: tuple[str, ...], every: bool
) -> Callable[[Reference], bool] | None:
    if every:
        return lambda reference: True
    if not relations:
        return None
    known = handbook.settings.relations
    wanted = {name.lower() for name in relations}
    for name in sorted(wanted - set(known)):
        near = nearest(name, known)
        hint = f" Did you mean '{near}'?" if near else f" Known: {', '.join(known)}."
        raise Refusal(f"There is no relation '{name}'.{hint}")
    return lambda reference: reference.relation.name in wanted


def owners_of(found: tuple[Dependent, ...]) -> dict[str | None, list[Document]]:
    """The owning roles of documents, in their order, each with what it owns; None owns what nobody does."""
    owners: dict[str | None, list[Document]] = {}
    for dependent in found:
        owners.setdefault(dependent.document.owner, []).append(dependent.document)
    return owners


def as_json(opened: Opened, document: Document, found: tuple[Dependent, ...]) -> str:
    """The answer as data."""
    handbook = opened.handbook
    return json.dumps(
        {
            "id": document.id,
            "file": document.path,
            "dependents": [
                {
                    "id": dependent.document.id,
                    "file": dependent.document.path,
                    "title": dependent.document.title,
                    "owner": dependent.document.owner,
                    "distance": dependent.distance,
                    "chain": [reference_data(handbook, step) for step in dependent.chain],
                }
                for dependent in found
            ],
            "owners": [
                {
                    "owner": owner,
                    "holders": list(role.holders) if (role := handbook.role(owner)) else [],
                    "documents": [owned.id for owned in documents],
                }
                for owner, documents in owners_of(found).items()
            ],
        },
        indent=2,
    )


def as_text(opened: Opened, document: Document, found: tuple[Dependent, ...], every: bool) -> str:
    """The answer for readers."""
    handbook = opened.handbook
    if not found:
        what = "references it" if every else "relies on it"
        hint = "" if every else "\nOther references may still lead here: policygraph impact --all"
        if not every and not handbook.incoming.get(document.path):
            hint = ""
        return f"{named(document)}\n\nNothing {what}.{hint}"
    lines = [f"{named(document)}"]
    distance = 0
    for dependent in found:
        if dependent.distance != distance:
            distance = dependent.distance
            lines += ["", heading(_distance(distance))]
        lines.append(f"  {named(dependent.document)}")
        lines.append(wrapped(_because(handbook, dependent), "      ", "    "))
    lines += ["", heading("Whom to ask")]
    for owner, documents in owners_of(found).items():
        ids = plain(", ".join(owned.id for owned in documents))
        lines.append(wrapped(f"{holder(handbook, owner)}: {ids}", "    ", "  "))
    lines += ["", counted(len(found), "document is", "documents are") + " concerned."]
    return "\n".join(lines)


def _distance(distance: int) -> str:
    return "Directly" if distance == 1 else f"Through {counted(distance - 1, 'other', 'others')}"


def _because(handbook: Handbook, dependent: Dependent) -> str:
    first = dependent.chain[0]
    because = reason(first)
    if because is None and first.because:
        because = f"“{first.because}”"
    text = chain(handbook, dependent.chain)
    return f"{text}: {because}" if because and dependent.distance == 1 else text
