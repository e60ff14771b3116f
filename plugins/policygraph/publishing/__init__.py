"""A handbook to pages, pictures and files."""
