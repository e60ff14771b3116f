"""The handbook on paper: HTML in our own print template, for a typesetter that knows paged media."""
