"""The site in a form that is read from a folder: no server, no other host."""

# What prepares the engine's configuration may know the engine, as the module that runs it does.
# ruff: noqa: TID251

from __future__ import annotations

from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from policygraph.publishing.asset_files import WORKER_SHIM
from policygraph.publishing.print.style import DEFAULT, MarkdownStyle

_SEARCH = ("search", "material/search")
_OFFLINE = "material/offline"
_SERVED_ONLY = ("navigation.instant", "content.action", "announce")


class Offline:
    """Changes a site's configuration, and remembers what only the configuration tells.

    `markdown` is how the site turns Markdown into HTML.
    """

    def __init__(self) -> None:
        self.markdown = DEFAULT

    def prepare(self, configuration: MkDocsConfig) -> None:
        """Make links name files and search read a script in place of data, and let nothing ask another host."""
        self.markdown = _markdown(configuration)
        configuration.use_directory_urls = False
        # Themes fetch figures about a repository from its host.
        configuration.repo_url = None
        configuration.edit_uri = None
        configuration.site_url = ""
        theme: Any = configuration.theme
        theme["font"] = False
        if "features" in theme:
            theme["features"] = [name for name in theme["features"] if not name.startswith(_SERVED_ONLY)]
        for name in ("analytics", "consent", "version"):
            configuration.extra.pop(name, None)
        if theme.name == "material" and any(name in configuration.plugins for name in _SEARCH):
            # With this in place Material does not ask another host for the same.
            configuration.extra["polyfills"] = [WORKER_SHIM]
            if _OFFLINE not in configuration.plugins:
                from material.plugins.offline.plugin import OfflinePlugin

                plugin = OfflinePlugin()
                plugin.load_config({})
                configuration.plugins[_OFFLINE] = plugin


def _markdown(configuration: MkDocsConfig) -> MarkdownStyle:
    options: Any = configuration.mdx_configs
    return MarkdownStyle(
        tuple(dict.fromkeys((*DEFAULT.extensions, *configuration.markdown_extensions))), options
    )
