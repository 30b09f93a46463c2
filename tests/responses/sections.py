"""The form of a section in the proof survey, as a browser sees it."""

import html
import re

from surveys.responses.models import Response
from surveys.responses.queries import load_answers
from tests.responses.factories import MEMBER

URL = f"/invullen/proef/{MEMBER}/toegang/"
HUISARTS_URL = f"/invullen/proef/{MEMBER}/huisarts/"
SEEN = {f"r-{code}": "0" for code in ("beperkt", "hoe", "uitleg", "knelpunten")}
HUISARTS_SEEN = {f"r-{code}": "0" for code in ("poh", "verzekeraar", "sinds", "fte", "kosten")}
WORDS = "Eerste regel\n  <b>tweede</b> & 'derde' €\n"


def show_values():
    return {code: each.value for code, each in load_answers(Response.objects.get()).items()}


def read_form(response):
    """What the browser would send when the person presses a button: every field of the form as it stands."""
    page = response.content.decode()
    form = re.search(r"<form class=\"(?:section|stack)[^>]*>(.*?)</form>", page, re.DOTALL)[1]
    data = {}
    for tag in re.findall(r"<input[^>]*>", form, re.DOTALL):
        attributes = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        if attributes["type"] in ("radio", "checkbox") and not re.search(r"\schecked\b", tag):
            continue
        data.setdefault(attributes["name"], []).append(html.unescape(attributes.get("value", "")))
    for name, text in re.findall(r'<textarea name="([^"]*)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL):
        data.setdefault(name, []).append(html.unescape(text))
    return data
