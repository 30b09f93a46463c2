"""The only writers of responses: one verb, one transaction, one audit line without the answers themselves."""
