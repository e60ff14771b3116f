"""OSCAL: frameworks, applicability and documents in the language that tools for controls exchange."""

from __future__ import annotations

from policygraph.publishing.exports.oscal.catalog import catalog
from policygraph.publishing.exports.oscal.component_definition import component_definition
from policygraph.publishing.exports.oscal.profile import profile
from policygraph.publishing.exports.oscal.system_security_plan import system_security_plan

__all__ = ["catalog", "component_definition", "profile", "system_security_plan"]
