"""The rules. Importing this package registers them; `policygraph rules` lists them.

Codes: PG1 files and front matter, PG2 references, PG3 frameworks, PG4 documents, PG5 registers.
"""

from policygraph.judging.rules import documents, files, frameworks, references, registers

__all__ = ["documents", "files", "frameworks", "references", "registers"]
