"""What exists: the frozen values that every stage passes on."""
