"""django-survey-and-report with the same twenty questions, in an environment of its own; run by bench_peers.py.

Called with the path of an empty SQLite database, how many responses it stores through its own form, and how many it
then holds when it writes its CSV. Prints seconds for each as JSON.
"""

import json
import sys
from time import perf_counter

import django
from django.conf import settings
from django.core.management import call_command

APPS = (
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "survey",
)
MIDDLEWARE = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
)
OPTIONS = "ja, nee, deels, onbekend"
KINDS = ["radio"] * 8 + ["select-multiple"] * 3 + ["integer"] * 4 + ["text"] * 5
ANSWERS = {
    "radio": "ja",
    "select-multiple": "['ja', 'deels']",
    "integer": "7",
    "text": "Wij doen dit sinds 2021.",
}
POSTED = {"select-multiple": ["ja", "deels"]}


def main(database: str, stored: int, held: int) -> None:
    settings.configure(
        INSTALLED_APPS=APPS,
        MIDDLEWARE=MIDDLEWARE,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        ROOT_URLCONF="survey.urls",
        SECRET_KEY="only for this measurement",
        ALLOWED_HOSTS=["testserver"],
        STATIC_URL="/static/",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        CHOICES_SEPARATOR=",",
        USER_DID_NOT_ANSWER="leeg",
        EXCEL_COMPATIBLE_CSV=False,
        DEFAULT_SURVEY_PUBLISHING_DURATION=7,
    )
    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(measure(stored=stored, held=held)))  # noqa: T201


def measure(*, stored: int, held: int) -> dict[str, float]:
    from django.test import Client  # noqa: PLC0415  # after setup
    from survey.exporter.csv import Survey2Csv  # noqa: PLC0415
    from survey.models import Answer, Category, Question, Response, Survey  # noqa: PLC0415

    survey = Survey.objects.create(name="Proef", description="Proef", need_logged_user=False)
    category = Category.objects.create(name="Een", survey=survey)
    questions = [
        Question.objects.create(
            text=f"Vraag {number}",
            order=number,
            required=False,
            category=category,
            survey=survey,
            type=kind,
            choices=OPTIONS if kind in {"radio", "select-multiple"} else "",
        )
        for number, kind in enumerate(KINDS)
    ]
    posted = {f"question_{each.pk}": POSTED.get(each.type, ANSWERS[each.type]) for each in questions}
    clients = [Client() for _ in range(stored)]
    begin = perf_counter()
    for client in clients:
        client.post(f"/{survey.pk}/", posted)
    storing = perf_counter() - begin
    assert Response.objects.count() == stored
    assert Answer.objects.count() == stored * len(KINDS)

    responses = Response.objects.bulk_create(
        Response(survey=survey, interview_uuid=f"b{number}") for number in range(held - stored)
    )
    Answer.objects.bulk_create(
        (
            Answer(question=question, response=response, body=ANSWERS[question.type])
            for response in responses
            for question in questions
        ),
        batch_size=5_000,
    )
    begin = perf_counter()
    lines = str(Survey2Csv(survey)).count("\n")
    writing = perf_counter() - begin
    assert lines == held
    return {"storing": storing, "writing": writing}


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
