from functools import cache

import typst


@cache
def load_fonts() -> typst.Fonts:
    """Only those that Typst brings: a document looks the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
