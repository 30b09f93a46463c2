"""The only writers of a team: one verb, one transaction, one audit line without names or addresses.

Every verb holds on to the organisation first, so that two of them never contradict each other.
"""
