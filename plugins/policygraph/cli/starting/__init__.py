"""Starting a handbook: what `policygraph init` writes, and what it finds in documents that exist already."""
