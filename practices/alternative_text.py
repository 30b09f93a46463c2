"""Whether words can stand in the place of an image. Pure.

A program cannot tell whether a description is good. It can tell what is none: nothing, the name of a file, or only
that it is an image.
"""

import re

from practices.search_words import split_words

SHORTEST = 3
FILE_NAME = re.compile(r"\.(?:avif|gif|heic|jpe?g|png|svg|tiff?|webp)\s*$", re.IGNORECASE)
NAME_OF_A_CAMERA = re.compile(
    r"^(?:img|dsc[fn]?|dcim|pxl|image|screenshot|whatsapp)?[\s_-]*[\d\s_.:-]*$", re.IGNORECASE
)
SAYS_NOTHING = frozenset(
    {"afbeelding", "beeld", "foto", "plaatje", "figuur", "illustratie", "image", "photo", "logo"}
)


def find_fault(text: str, *, file_name: str, title: str) -> str:
    """What is wrong with it, in Dutch; "" when nothing is. `title` is that of the file: at first its name too."""
    words = split_words(text)
    bare, file_bare = "".join(words), "".join(split_words(file_name.rpartition(".")[0] or file_name))
    if FILE_NAME.search(text) or NAME_OF_A_CAMERA.match(text.strip()):
        return "Dit is de naam van een bestand. Beschrijf wat er op de afbeelding te zien is."
    # What is stored gets signs behind its name when that name was taken.
    is_title_of_file = file_bare.startswith("".join(split_words(title)))
    if file_bare.startswith(bare) or (is_title_of_file and words == split_words(title)):
        return "Dit is de naam van het bestand. Beschrijf wat er op de afbeelding te zien is."
    if len(bare) < SHORTEST or SAYS_NOTHING.issuperset(words):
        return "Dit zegt nog niet wat er op de afbeelding te zien is. Beschrijf dat in een paar woorden."
    return ""
