"""A questionnaire with every kind of question, to fill in outside the browser."""

from datetime import date
from decimal import Decimal

from surveys.questionnaire.definition import (
    ColumnDefinition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
)
from tests.responses.factories import make_definition, make_question

HELP = (OptionDefinition("inkoop", "Inkoop"), OptionDefinition("subsidie", "Subsidie"))

EVERY_KIND = make_definition(
    (
        "toegang",
        (
            make_question(
                "beperkt",
                "single",
                options=("ja", "nee", "anders"),
                required=True,
                missing=("dont_know", "refused"),
                help="Denk aan de verordening.\n\nEn aan het beleid.",
                definition="Een grens stellen.",
            ),
            make_question(
                "hoe", "multiple", options=("school", "wijk", "anders"), after={"beperkt": ("ja",)}
            ),
            make_question("uitleg", after={"hoe": ("wijk", "anders")}, missing=("not_applicable",)),
        ),
    ),
    (
        "cijfers",
        (
            make_question("fte", "number", unit="fte", decimals=1, missing=("dont_know",)),
            make_question("sinds", "year", minimum=Decimal(2000), maximum=Decimal(2030)),
            make_question("kosten", "euro", decimals=2),
            make_question("aandeel", "percentage", after={"beperkt": ("ja", "nee")}),
            make_question("start", "date", earliest=date(2020, 1, 1), latest=date(2030, 12, 31)),
            make_question("prioriteit", "ranking", options=("rust", "geld", "tijd"), maximum_ranked=2),
            make_question(
                "hulp",
                "matrix",
                rows=(LineDefinition("ambulant", "Ambulante hulp"), LineDefinition("verblijf", "Verblijf")),
                columns=(
                    ColumnDefinition("clienten", "Cliënten", "number"),
                    ColumnDefinition("kosten", "Kosten", "euro", decimals=2),
                    ColumnDefinition("hoe", "Hoe geregeld", "single", options=HELP),
                ),
            ),
            make_question(
                "typering",
                "typology",
                dimensions=(
                    DimensionDefinition("vorm", "Vorm", HELP),
                    DimensionDefinition(
                        "schaal",
                        "Schaal",
                        (OptionDefinition("lokaal", "Lokaal"), OptionDefinition("regionaal", "Regionaal")),
                    ),
                ),
            ),
            make_question("bewijs", "file", accepts=("pdf",), maximum_megabytes=5),
        ),
    ),
)
