"""Where a rule is explained in the published handbook."""

from __future__ import annotations

from policygraph.publishing.links import Links
from policygraph.publishing.publication import SiteStyle
from policygraph.settings import Settings

RULES = "audit/rules.md"
"""The source path of the page that explains all rules."""


def rule_address(settings: Settings, code: str) -> str:
    """The whole address of a rule's help; empty where the settings do not say where the handbook is published."""
    if not settings.url:
        return ""
    return Links(SiteStyle(""), "").web_address(settings.url, RULES, code.lower())
