"""policygraph: policies as short Markdown files, a handbook that answers for itself."""

__version__ = "0.1.0"
