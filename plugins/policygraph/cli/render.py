"""`policygraph render DIR`: the handbook as plain Markdown pages for another site builder."""

from __future__ import annotations

from pathlib import Path

import click

from policygraph.cli.failure import Refusal
from policygraph.cli.opening import Opened, in_edition, open_handbook
from policygraph.cli.options import colour_option, edition_option, handbook_option, today_option
from policygraph.cli.terminal import ProgressLine, plain
from policygraph.cli.tree import Written, text_kept, write_tree
from policygraph.model.edition import Edition
from policygraph.publishing.attachments import attachments
from policygraph.publishing.links import Links
from policygraph.publishing.publication import SiteStyle
from policygraph.publishing.rendered_tree import CONFIGURATION, MARKDOWN_INSIDE, page_path, rendered_tree
from policygraph.publishing.site import publish


@click.command(name="render")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--for",
    "engine",
    type=click.Choice(["zensical", "mkdocs"]),
    default="zensical",
    show_default=True,
    help="The site builder. Zensical, like code hosts, follows links to files; MkDocs needs addresses in HTML.",
)
@click.option("--force", is_flag=True, help="Write into DIR even if something else is in it already.")
@edition_option("everything")
@handbook_option
@today_option
@colour_option
@click.pass_context
def command(ctx: click.Context, folder: Path, engine: str, force: bool, edition: Edition | None) -> None:
    """Write the handbook as plain Markdown pages for another site builder.

    DIR gets every page with its cross-references below docs/, and a mkdocs.yml that MkDocs and Zensical read.
    When it is written again, pages that are no longer needed go away, and a mkdocs.yml that you have changed
    is left as it is.

    Example: policygraph render pages
    """
    opened = in_edition(open_handbook(ctx), edition)
    root = folder.absolute()
    _refuse_handbook(root.resolve(), opened, folder)
    # Without the extension the text would be shown as it is typed.
    own = text_kept(root, CONFIGURATION, force)
    style = SiteStyle(
        documents_at=opened.handbook.folder,
        html_links="addresses" if engine == "mkdocs" else "files",
        tells_languages=own is None or MARKDOWN_INSIDE in own,
    )
    judgement = opened.judged()
    line = ProgressLine()
    try:
        publication = publish(judgement, style, line)
        files = dict(rendered_tree(publication, opened.handbook.settings))
        written = write_tree(root, files, _attached(opened, style, files), (CONFIGURATION,), force, line)
    finally:
        line.clear()
    click.echo(_summary(folder, written))


def _refuse_handbook(root: Path, opened: Opened, folder: Path) -> None:
    """Pages written among the documents would be read as documents the next time."""
    for mine in {opened.files.documents, opened.files.location.folder.resolve()}:
        if root == mine or root in mine.parents or mine in root.parents:
            raise Refusal(f"{folder} lies in the handbook, or holds it. Choose a folder of its own.")


def _attached(opened: Opened, style: SiteStyle, files: dict[str, bytes]) -> dict[str, Path]:
    """Pictures and attachments by their paths in the tree; pages and exports win where names clash."""
    links = Links(style, opened.handbook.folder)
    found = {}
    for path in attachments(opened.sources.files, opened.handbook):
        target = page_path(links.document_uri(path))
        if target not in files:
            found[target] = opened.files.root / path
    return found


def _summary(folder: Path, written: Written) -> str:
    parts = [f"{written.changed} files written" if written.changed != 1 else "1 file written"]
    if written.unchanged:
        parts.append(f"{written.unchanged} unchanged")
    if written.removed:
        parts.append(f"{written.removed} removed")
    lines = [f"{plain(str(folder))}: {', '.join(parts)}"]
    lines += [
        f"{plain(name)} has been changed since it was written and is left alone (--force replaces it)"
        for name in written.kept
    ]
    return "\n".join(lines)
