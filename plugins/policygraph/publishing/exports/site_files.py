"""The files for machines that stand beside the published pages."""

from __future__ import annotations

from policygraph.publishing.exports.graphml import GRAPH_FILE, graphml_bytes
from policygraph.publishing.exports.handbook_schema import handbook_schema
from policygraph.publishing.exports.inventory import SCHEMA_FILE, inventory_bytes
from policygraph.publishing.exports.serialised import json_bytes
from policygraph.publishing.exports.statements import statement_assets
from policygraph.publishing.exports.table import csv_bytes
from policygraph.publishing.exports.tables import TABLES
from policygraph.publishing.exports.workbook import WORKBOOK, workbook_bytes
from policygraph.publishing.index import Index
from policygraph.publishing.publication import Asset


def export_assets(index: Index) -> tuple[Asset, ...]:
    """The files for machines that stand at the top of a published site."""
    return (
        Asset("handbook.json", inventory_bytes(index.judgement)),
        Asset(SCHEMA_FILE, json_bytes(handbook_schema())),
        *(Asset(f"{name}.csv", csv_bytes(table.make(index))) for name, table in TABLES.items()),
        Asset(WORKBOOK, workbook_bytes(index)),
        *statement_assets(index),
        Asset(GRAPH_FILE, graphml_bytes(index)),
    )
