"""Exports: the handbook as plain data, for machines and spreadsheets."""
