"""Files to sources: the only stage that touches the disk."""
