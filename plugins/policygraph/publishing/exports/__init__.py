"""Exports: the handbook as plain data, for machines and spreadsheets."""

from __future__ import annotations

from policygraph.judging.judgement import Judgement
from policygraph.publishing.exports.handbook_schema import handbook_schema
from policygraph.publishing.exports.inventory import SCHEMA_FILE, inventory_bytes
from policygraph.publishing.exports.serialised import json_bytes
from policygraph.publishing.exports.tables import mentions_csv, references_csv, register_csv
from policygraph.publishing.publication import Asset


def export_assets(judgement: Judgement) -> tuple[Asset, ...]:
    """The files for machines that stand at the top of a published site."""
    handbook = judgement.case.handbook
    return (
        Asset("handbook.json", inventory_bytes(judgement)),
        Asset(SCHEMA_FILE, json_bytes(handbook_schema())),
        Asset("register.csv", register_csv(judgement)),
        Asset("references.csv", references_csv(handbook)),
        Asset("mentions.csv", mentions_csv(handbook)),
    )
