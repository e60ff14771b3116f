"""What to make of a handbook: findings, and later questions, coverage and promises."""
