"""The door for editors: a language server. Everything it says is read, resolved and judged by the core."""
