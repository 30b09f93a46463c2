"""One way to write the answers of a wave to a file, in a process of its own: seconds, and memory above idle in MB.

`bare` is the least that does it: a cursor, and the library that knows the format. Run by bench_files.py.
"""

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from time import perf_counter, process_time

import polars
import pyarrow as pa
import pyreadstat
import xlsxwriter
from django.db import connection
from pyarrow import parquet

from surveys.downloads.exports import write_export
from surveys.questionnaire.models import Wave

QUESTIONS = 20
# A cursor on the server gives a hundred by itself, and then the trips would be what is measured.
ROWS_AT_A_TIME = 10_000
# The cells of a wide file, answer by answer: what was chosen stands in one text, and so does a kind of nothing.
ANSWERS = """
    SELECT r.id, r.organisation_id, r.status,
        CASE a.state WHEN 'dont_know' THEN '#weet_niet' WHEN 'not_applicable' THEN '#nvt'
            WHEN 'refused' THEN '#geweigerd'
            ELSE COALESCE((
                SELECT {join}(o.code, ' ') FROM responses_answeroption c
                JOIN questionnaire_option o ON o.id = c.option_id WHERE c.answer_id = a.id
            ), CAST({number} AS text), a.text) END
    FROM responses_response r JOIN responses_answer a ON a.response_id = r.id
    WHERE r.wave_id = (SELECT id FROM questionnaire_wave WHERE code = %s)
        AND a.is_routed AND a.municipality_id IS NULL
    ORDER BY r.organisation_id, a.question_id
"""
COVERED = """
    SELECT response_id, {join}(municipality_id, ' ') FROM responses_responsemunicipality GROUP BY response_id
"""
DIALECTS = {
    "sqlite": {"join": "group_concat", "number": "a.number"},
    "postgresql": {"join": "string_agg", "number": "trim_scale(a.number)"},
}


def read_rows(wave: str) -> Iterator[list[str]]:
    dialect = DIALECTS[connection.vendor]
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(COVERED.format(**dialect))
        covered = dict(cursor.fetchall())
    with closing(connection.chunked_cursor()) as cursor:
        cursor.execute(ANSWERS.format(**dialect), [wave])
        found = chain.from_iterable(iter(partial(cursor.fetchmany, ROWS_AT_A_TIME), []))
        for (response, respondent, status), answers in groupby(found, key=itemgetter(0, 1, 2)):
            yield [respondent, covered.get(response, ""), status, *(answer for *_, answer in answers)]


def write_bare_csv(rows: Iterator[list[str]], path: Path) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(rows)


def write_bare_xlsx(rows: Iterator[list[str]], path: Path) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


def write_bare_sav(rows: Iterator[list[str]], path: Path) -> None:
    names = [f"v{number}" for number in range(QUESTIONS + 3)]
    frame = polars.DataFrame(list(rows), schema=dict.fromkeys(names, polars.String), orient="row")
    pyreadstat.write_sav(frame, path, row_compress=True)


def write_bare_parquet(rows: Iterator[list[str]], path: Path) -> None:
    columns = zip(*rows, strict=True)
    parquet.write_table(pa.table({f"v{number}": column for number, column in enumerate(columns)}), path)


BARE = {
    "csv": write_bare_csv,
    "xlsx": write_bare_xlsx,
    "ods": write_bare_xlsx,
    "sav": write_bare_sav,
    "parquet": write_bare_parquet,
}


def write_file(kind: str, file_format: str, wave: str, path: Path) -> None:
    """Print the seconds, those of them that the processor worked here, and the megabytes as JSON."""
    asked = Wave.objects.select_related("version").get(code=wave)
    connection.ensure_connection()
    idle, begin, worked = measure_memory(), perf_counter(), process_time()
    if kind == "bare":
        BARE[file_format](read_rows(wave), path)
    else:
        write_export(
            asked,
            content="responses",
            breakdowns=(),
            unit="",
            file_format=file_format,
            path=path,
            report_progress=lambda _fraction: None,
        )
    measured = {
        "seconds": perf_counter() - begin,
        "processor": process_time() - worked,
        "megabytes": measure_memory() - idle,
    }
    print(json.dumps(measured))  # noqa: T201


def measure_memory() -> float:
    """The most that this process ever had, in megabytes; unlike `getrusage` without that of who started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024
