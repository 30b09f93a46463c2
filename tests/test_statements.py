"""Statements by hand do what the ORM would do."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.responses.models import Answer, AnswerCell, AnswerRevision
from surveys.statements import fetch_one, insert_rows, select_one
from tests.responses.factories import MEMBER, OTHER_MEMBER, choose, make_person, make_response, make_wave

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 9, 30, 15, 120000, tzinfo=UTC)


@pytest.fixture
def answer():
    response = make_response(make_wave(), MEMBER, answers={"beperkt": choose("nee")})
    return response.answers.get()


def test_every_kind_of_value_comes_back_as_the_orm_reads_it(answer):
    question = answer.question.version.questions.exclude(pk=answer.question_id).first()
    row = {
        "question_id": question.pk,
        "state": "given",
        "text": "100 % 'zo' \u2013 %s",
        "number": Decimal("1234.5"),
        "day": date(2026, 3, 1),
        "is_routed": False,
    }
    (key,) = insert_rows(Answer, [row], common={"response_id": answer.response_id, "saved_at": NOW})
    stored = Answer.objects.values().get(pk=key)
    assert {name: stored[name] for name in row} == row
    assert (stored["saved_at"], stored["revision"], stored["caveat"]) == (NOW, 1, "")
    assert (stored["municipality_id"], stored["confirmed_revision"]) == (None, None)
    value = {"state": "given", "text": 'é % "', "options": [{"code": "a"}]}
    (key,) = insert_rows(
        AnswerRevision, [{"answer_id": answer.pk, "number": 9, "value": value, "saved_at": NOW}]
    )
    stored = AnswerRevision.objects.get(pk=key)
    assert (stored.value, stored.origin, stored.saved_at) == (value, "form", NOW)


def test_more_rows_than_fit_in_one_statement_give_their_keys_in_order(answer):
    rows = [
        {"row": f"rij-{number}", "number": Decimal(number) if number % 2 else None} for number in range(600)
    ]
    keys = insert_rows(AnswerCell, rows, common={"answer_id": answer.pk})
    stored = AnswerCell.objects.in_bulk(keys)
    assert [(stored[key].row, stored[key].number) for key in keys] == [
        (each["row"], each["number"]) for each in rows
    ]
    assert insert_rows(AnswerCell, []) == []


def test_a_joined_row_gives_an_instance_per_table_and_none_without_a_match():
    wave = make_wave()
    Membership.objects.create(
        person=make_person("Gerda"), organisation=Organisation.objects.get(pk=MEMBER), role="reader"
    )
    sql = """
        SELECT {wave}, {version}, {membership}
        FROM questionnaire_wave wave
        JOIN questionnaire_questionnaireversion version ON version.id = wave.version_id
        LEFT JOIN accounts_membership membership ON membership.organisation_id = %s
        WHERE wave.code = %s
    """
    models = {"wave": Wave, "version": QuestionnaireVersion, "membership": Membership}
    found = select_one(sql, [MEMBER, wave.code], **models)
    for name, instance in found.items():
        expected = models[name].objects.get(pk=instance.pk)
        names = [field.attname for field in models[name]._meta.concrete_fields]
        assert [getattr(instance, each) for each in names] == [getattr(expected, each) for each in names]
    assert found["version"].published_at.tzinfo is not None, connection.vendor
    assert select_one(sql, [OTHER_MEMBER, wave.code], **models)["membership"] is None
    assert select_one(sql, [MEMBER, "onbekend"], **models) is None


def test_postgresql_keeps_the_plan_of_a_statement_that_comes_again():
    for number in range(10):
        assert fetch_one("SELECT 1 + %s", [number]) == (1 + number,)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            assert ("SELECT 1 + $1",) in cursor.fetchall()
