"""What a web server answers where there is no page: the theme's page for it, in the handbook's language."""

from __future__ import annotations

from markupsafe import Markup

from policygraph.publishing.templates import render

MISSING = "404.html"
"""The name of the template, in every theme, and of the page."""

_HOME = Markup('{{ (nav.homepage.url if nav.homepage else "") | url }}')
_TEMPLATE = """\
{{% extends "main.html" %}}
{{% block content %}}
{body}
{{% endblock %}}
"""


def missing_page() -> str:
    """The template, for themes whose pages are `main.html` with a block for the content, as Material's are."""
    return _TEMPLATE.format(body=render("missing.html.j2", home=_HOME))
