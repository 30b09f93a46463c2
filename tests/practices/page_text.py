"""What stands on a page for its reader."""

import re
from html import unescape

from django.utils.html import strip_tags

from tests.practices.content import normalise


def read(response) -> str:
    """The text a reader sees in the main part of a page."""
    assert response.status_code == 200
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL).group()
    main = re.sub(r'<a class="term"[^>]*>(.*?)</a>', r"\1", main)
    return normalise(unescape(strip_tags(main.replace("<", " <"))))
