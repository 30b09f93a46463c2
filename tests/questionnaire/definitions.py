"""Questionnaires as small as can be: every kind of one field, and every kind that is made of parts."""

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

COMPOSED_KINDS = """
survey = "samengesteld"
title = "Samengesteld"
version = 1

[[sections]]
code = "jeugdhulp"
title = "Jeugdhulp"

[[sections.questions]]
code = "inwoners"
kind = "number"
text = "Hoeveel jeugdigen wonen er?"
requirement = "recommended"
rules = [
  {kind = "range", severity = "inform", minimum = 100, message = "Dat is een kleine gemeente."},
  {kind = "change", severity = "warn", percent = 12.5},
]

[[sections.questions]]
code = "clienten"
kind = "number"
text = "Hoeveel van hen krijgen jeugdhulp?"
requirement = "recommended"
rules = [ {kind = "compare", severity = "block", comparison = "at_most", other = "inwoners"} ]

[[sections.questions]]
code = "zorg"
kind = "matrix"
text = "Hoeveel kostte welke zorg?"
requirement = "required"
missing = ["dont_know"]
rows = [
  {code = "ambulant", text = "Ambulant"},
  {code = "verblijf", text = "Verblijf"},
  {code = "totaal", text = "Totaal"},
]
columns = [
  {code = "clienten", text = "Cliënten", kind = "number", unit = "jeugdigen", maximum = 100000},
  {code = "kosten", text = "Kosten", kind = "euro", decimals = 2},
  {code = "deel", text = "Deel", kind = "percentage"},
  {code = "wie", text = "Wie betaalt?", kind = "single", options = [
    {code = "gemeente", text = "De gemeente"}, {code = "regio", text = "De regio"},
  ]},
]
rules = [
  {kind = "sum", severity = "warn", columns = ["clienten", "kosten"], total_row = "totaal", \
tolerance = 1, tolerance_percent = 0.5},
]

[[sections.questions]]
code = "doelen"
kind = "ranking"
text = "Wat is het belangrijkst?"
requirement = "recommended"
maximum_ranked = 2
options = [
  {code = "sneller", text = "Sneller"}, {code = "beter", text = "Beter"}, {code = "goedkoper", text = "Goedkoper"},
]

[[sections.questions]]
code = "begin"
kind = "date"
text = "Wanneer begon u?"
requirement = "recommended"
earliest = 2015-01-01
latest = 2026-12-31
missing = ["dont_know", "not_applicable", "refused"]

[[sections.questions]]
code = "aanpak"
kind = "typology"
text = "Hoe typeert u de aanpak?"
requirement = "recommended"
dimensions = [
  {code = "schaal", text = "Schaal", options = [
    {code = "lokaal", text = "Lokaal"}, {code = "regionaal", text = "Regionaal"},
  ]},
  {code = "vorm", text = "Vorm", options = [ {code = "proef", text = "Proef"}, {code = "vast", text = "Vast"} ]},
]

[[sections.questions]]
code = "plan"
kind = "file"
text = "Stuur uw plan mee"
requirement = "recommended"
accepts = ["pdf", "xlsx"]
maximum_megabytes = 5
"""


def read_every_kind() -> Definition:
    return parse_definition(EVERY_KIND)


def read_composed_kinds() -> Definition:
    return parse_definition(COMPOSED_KINDS)
