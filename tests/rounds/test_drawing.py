"""A round is planned, announced with a promise, and drawn so that anybody can repeat it."""

import json

import pytest

from factories import make_account
from govmedia.accounts.models import Account
from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.engine.draw_check import differences, draw_from_json
from govmedia.engine.drawing import promise_hash_of
from govmedia.engine.population import read_population
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.population import unpacked
from govmedia.rounds.queries import public_rounds, visible_to
from govmedia.rounds.services import announce, cancel, change_round, draw_round, plan_round
from rounds.conftest import PLAN

pytestmark = pytest.mark.django_db
PUBLIC = {"public_value": "03 08 15 21 26 30 11", "public_source": "双色球第 2026135 期"}


def _announced(by, moment, **values):
    held = plan_round(values={**PLAN, **values}, by=by, now=moment)
    return announce(round_id=held.pk, by=by, now=moment)


def test_what_is_published_lets_anybody_repeat_the_draw(accounts, li_supervisor, moment):
    held = _announced(li_supervisor, moment, share="0.5")
    assert held.promise_hash == promise_hash_of(held.promise)
    assert held.promise not in json.dumps([entry.after for entry in Entry.objects.all()])
    drawn = draw_round(round_id=held.pk, **PUBLIC, by=li_supervisor, now=moment)
    population = read_population(unpacked(drawn.population))
    assert population.hash == drawn.population_hash == drawn.draw["population_hash"]
    plan, given = draw_from_json(json.dumps(drawn.draw).encode())
    assert list(differences(given, plan, population, held.promise_hash)) == []
    assert plan.seed == f"{held.promise}\x1f{PUBLIC['public_value']}"
    assert Sample.objects.filter(round=held).count() == len(plan.always) + sum(
        len(s["drawn"]) for s in given["strata"]
    )


def test_accounts_that_stand_for_a_government_are_always_taken(accounts, li_supervisor, moment):
    held = draw_round(round_id=_announced(li_supervisor, moment).pk, **PUBLIC, by=li_supervisor, now=moment)
    assert [sample.account.name for sample in held.samples.filter(always=True)] == ["玄武发布"]
    without = _announced(li_supervisor, moment, always_governments=False)
    assert without.always == []


def test_what_came_after_the_announcement_cannot_be_drawn(accounts, gulou_health, li_supervisor, moment):
    held = _announced(li_supervisor, moment)
    make_account(gulou_health, name="后来的账号", platform="douyin")
    draw_round(round_id=held.pk, **PUBLIC, by=li_supervisor, now=moment)
    assert held.population_size == 4
    assert not Sample.objects.filter(account__name="后来的账号").exists()


def test_nothing_can_be_changed_once_it_is_announced(accounts, li_supervisor, moment):
    held = _announced(li_supervisor, moment)
    with pytest.raises(WrongState):
        change_round(round_id=held.pk, values={**PLAN, "share": "0.5"}, by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        announce(round_id=held.pk, by=li_supervisor, now=moment)
    draw_round(round_id=held.pk, **PUBLIC, by=li_supervisor, now=moment)
    with pytest.raises(WrongState):
        draw_round(round_id=held.pk, public_value="另一个", public_source="出处", by=li_supervisor, now=moment)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"share": "0"}, "share"),
        ({"share": "2"}, "share"),
        ({"shares": {"city": "1.5"}}, "share"),
        ({"by": []}, "by"),
        ({"by": ["password"]}, "by"),
        ({"always": ["NOSUCHCODE"]}, "always"),
        ({"excluded": {"NOSUCHCODE": "停更"}}, "excluded"),
        ({"end_on": PLAN["start_on"].replace(year=2025)}, "end_on"),
        ({"due_on": PLAN["start_on"]}, "due_on"),
        ({"seats": 3}, "seats"),
        ({"edition": "no-such"}, "edition"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_at_its_field(accounts, li_supervisor, moment, values, field):
    with pytest.raises(Refused) as why:
        plan_round(values={**PLAN, **values}, by=li_supervisor, now=moment)
    assert why.value.field == field
    assert not Round.objects.exists()


def test_what_cannot_be_drawn_is_refused_before_it_is_published(accounts, li_supervisor, moment):
    held = plan_round(values={**PLAN, "shares": {"village": "1"}}, by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="没有账号属于"):
        announce(round_id=held.pk, by=li_supervisor, now=moment)
    held.refresh_from_db()
    assert (held.state, held.promise, bytes(held.population)) == ("planned", "", b"")


def test_an_empty_population_is_refused(gulou, zhou_supervisor, moment):
    held = plan_round(values=PLAN, by=zhou_supervisor, now=moment)
    with pytest.raises(Refused, match="没有账号"):
        announce(round_id=held.pk, by=zhou_supervisor, now=moment)


@pytest.mark.parametrize(("value", "source"), [("", "出处"), ("  ", "出处"), ("1\x1f2", "出处"), ("12", " ")])
def test_a_draw_needs_a_public_value_and_where_it_is_from(accounts, li_supervisor, moment, value, source):
    held = _announced(li_supervisor, moment)
    with pytest.raises(Refused):
        draw_round(round_id=held.pk, public_value=value, public_source=source, by=li_supervisor, now=moment)
    assert not Sample.objects.exists()


def test_only_the_office_itself_runs_its_rounds(accounts, li_supervisor, zhou_supervisor, sun_inspector, moment):
    held = plan_round(values=PLAN, by=li_supervisor, now=moment)
    for person in (zhou_supervisor, sun_inspector):
        with pytest.raises(NoRight):
            announce(round_id=held.pk, by=person, now=moment)
    assert list(visible_to(zhou_supervisor)) == []
    announce(round_id=held.pk, by=li_supervisor, now=moment)
    assert list(visible_to(zhou_supervisor)) == [held]
    assert list(public_rounds()) == [held]


def test_a_cancelled_round_says_why(accounts, li_supervisor, moment):
    held = _announced(li_supervisor, moment)
    with pytest.raises(NoteMissing):
        cancel(round_id=held.pk, why=" ", by=li_supervisor, now=moment)
    cancel(round_id=held.pk, why="总体漏了开发区", by=li_supervisor, now=moment)
    assert [row.end_reason for row in public_rounds()] == ["总体漏了开发区"]
    quiet = plan_round(values=PLAN, by=li_supervisor, now=moment)
    cancel(round_id=quiet.pk, why="不办了", by=li_supervisor, now=moment)
    assert quiet not in list(public_rounds())


def test_a_name_of_two_lines_is_one_cell(gulou_health, li_supervisor, moment):
    row = make_account(gulou_health, name="健康\n鼓楼,“微博”")
    held = _announced(li_supervisor, moment)
    found = read_population(unpacked(held.population))
    assert found.rows[row.code][1] == "健康 鼓楼,“微博”"
    assert Account.objects.count() == 1
