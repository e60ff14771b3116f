"""Framework data with source and licence; see README.md."""
