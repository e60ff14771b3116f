"""Names to things: sources become one immutable handbook."""
