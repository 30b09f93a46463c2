"""A questionnaire with every kind of question, as small as can be."""

from surveys.questionnaire.definition import Definition
from surveys.questionnaire.definition_file import parse_definition

EVERY_KIND = """
survey = "proef"
title = "Proef"
version = 1
source = "Bedacht"

[[sections]]
code = "werk"
title = "Werk"
intro = "Over het werk."
more = "Nog meer daarover."

[[sections.questions]]
code = "doet_mee"
kind = "single"
text = "Doet u mee?"
requirement = "required"
missing = ["dont_know"]
options = [
  {code = "ja", text = "Ja"},
  {code = "nee", text = "Nee"},
  {code = "anders", text = "Anders, namelijk", other = true},
]

[[sections.questions]]
code = "manieren"
kind = "multiple"
text = "Op welke manieren?"
requirement = "recommended"
help = "U kunt meer dan één antwoord kiezen."
definition = "Manier: hoe u het doet."
options = [ {code = "samen", text = "Samen"}, {code = "alleen", text = "Alleen"} ]
ask_if = [ {question = "doet_mee", any_of = ["ja", "anders"]} ]

[[sections]]
code = "cijfers"
title = "Cijfers"

[[sections.questions]]
code = "fte"
kind = "number"
text = "Hoeveel fte?"
requirement = "recommended"
unit = "fte"
minimum = 0.5
maximum = 500
decimals = 1
ask_if = [
  {question = "doet_mee", any_of = ["ja"]},
  {question = "manieren", any_of = ["alleen"]},
]

[[sections.questions]]
code = "sinds"
kind = "year"
text = "Sinds wanneer?"
requirement = "recommended"
missing = ["dont_know", "not_applicable", "refused"]
minimum = 2000
maximum = 2030

[[sections.questions]]
code = "kosten"
kind = "euro"
text = "Wat kost het?"
requirement = "recommended"
decimals = 2

[[sections.questions]]
code = "deel"
kind = "percentage"
text = "Welk deel?"
requirement = "recommended"

[[sections.questions]]
code = "toelichting"
kind = "text"
text = "Wilt u iets toelichten?"
requirement = "recommended"
"""


def read_every_kind() -> Definition:
    return parse_definition(EVERY_KIND)
