"""The only writers of outreach: one verb, one transaction, one line in the trail, without names or addresses.

A row of `Message` is locked before its `Contact`, and that before its `Organisation`: so nobody waits in a circle.
"""
