class OutreachRefused(Exception):
    """This cannot be done now; the message is Dutch, for the researcher."""
