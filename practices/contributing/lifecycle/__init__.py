"""The only writers of contributions: one verb, one transaction, one audit line."""
