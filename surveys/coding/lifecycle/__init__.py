"""The only writers of codebooks and codes: one verb, one transaction, one line in the trail.

While coders work blind the trail names the round and the text, never a theme.
"""
