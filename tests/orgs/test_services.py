"""Organisations and users: who may make whom, and what a bad value is told."""

from datetime import timedelta

import pytest

from conftest import NOW
from factories import PASSWORD, make_uscc
from govmedia.audit.models import Entry
from govmedia.common.refusals import NoRight, Refused
from govmedia.orgs import login, services
from govmedia.orgs.divisions import rows
from govmedia.orgs.models import LoginFailure, Organisation, User

pytestmark = pytest.mark.django_db
GOOD = "a long enough phrase"


def organisation_values(**changes):
    return {"code": make_uscc(), "name": "南京市鼓楼区民政局", "division": "320106", "field": "civil", **changes}


def user_values(**changes):
    return {"login": "new.person", "name": "新人", "role": "reviewer", "division": "320106", **changes}


def test_packaged_divisions_of_jiangsu_are_complete():
    found = [row for row in rows({"32"}) if row.code.startswith("32")]
    assert sum(row.level == "city" for row in found) == 13
    assert sum(row.level == "county" for row in found) > 90
    codes = {row.code for row in found}
    assert len(codes) == len(found)
    assert all(not row.parent or row.parent in codes for row in found)
    assert next(row for row in found if row.code == "320106").full_name == "江苏省南京市鼓楼区"


def test_packaged_divisions_all_load_and_load_once(db):
    assert services.load_divisions() == len(list(rows({"32"}))) > 4500
    assert services.load_divisions() == 0


def test_supervisor_adds_an_organisation_below_him(li_supervisor, gulou):
    row = services.create_organisation(values=organisation_values(), by=li_supervisor, now=NOW)
    assert (row.level, row.division_id) == ("county", "320106")
    assert Entry.objects.get().verb == "organisation.create"


def test_supervisor_beside_may_not_add_an_organisation(suzhou_supervisor, gulou):
    with pytest.raises(NoRight):
        services.create_organisation(values=organisation_values(), by=suzhou_supervisor, now=NOW)
    assert Organisation.objects.count() == 0
    assert Entry.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "91320106MA1XXXXXX0"}, "code"),
        ({"code": ""}, "code"),
        ({"name": ""}, "name"),
        ({"name": "局" * 10_000}, "name"),
        ({"name": "\x00\u200b"}, "name"),
        ({"division": "999999"}, "division"),
    ],
)
def test_bad_organisation_value_is_refused_at_its_field(changes, field, li_supervisor, gulou):
    with pytest.raises(Refused) as why:
        services.create_organisation(values=organisation_values(**changes), by=li_supervisor, now=NOW)
    assert why.value.field == field


def test_html_in_a_name_is_kept_as_text(li_supervisor, gulou):
    name = "<script>alert(1)</script>'; DROP TABLE 局 😀"
    assert services.create_organisation(values=organisation_values(name=name), by=li_supervisor, now=NOW).name == name


def test_same_code_twice_is_refused(li_supervisor, gulou):
    values = organisation_values()
    services.create_organisation(values=values, by=li_supervisor, now=NOW)
    with pytest.raises(Refused) as why:
        services.create_organisation(values={**values, "name": "另一个局"}, by=li_supervisor, now=NOW)
    assert why.value.field == "code"


def test_invited_user_sets_a_password_once(zhou_supervisor, gulou):
    user = services.create_user(values=user_values(), by=zhou_supervisor, now=NOW)
    assert not user.has_usable_password()
    token = services.invite(user=user, by=zhou_supervisor, now=NOW)
    services.accept_invitation(token=token, password=GOOD, now=NOW)
    assert login.check_login(login="new.person", password=GOOD, address="127.0.0.1", now=NOW) == user
    with pytest.raises(Refused):
        services.accept_invitation(token=token, password=GOOD, now=NOW)


def test_old_invitation_is_refused(zhou_supervisor, gulou):
    user = services.create_user(values=user_values(), by=zhou_supervisor, now=NOW)
    token = services.invite(user=user, by=zhou_supervisor, now=NOW)
    with pytest.raises(Refused):
        services.accept_invitation(token=token, password=GOOD, now=NOW + timedelta(days=8))


@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_supervisor_makes_no_auditor_or_admin(role, zhou_supervisor, gulou):
    with pytest.raises(NoRight):
        services.create_user(values=user_values(role=role), by=zhou_supervisor, now=NOW)


def test_county_supervisor_makes_nobody_in_the_city(zhou_supervisor, nanjing):
    with pytest.raises(NoRight):
        services.create_user(values=user_values(division="320100"), by=zhou_supervisor, now=NOW)


def test_operator_needs_an_organisation(zhou_supervisor, gulou_health):
    with pytest.raises(Refused) as why:
        services.create_user(values=user_values(role="operator"), by=zhou_supervisor, now=NOW)
    assert why.value.field == "organisation"
    values = user_values(role="operator", organisation=gulou_health.code)
    assert services.create_user(values=values, by=zhou_supervisor, now=NOW).organisation == gulou_health


def test_taken_login_is_refused_and_leaves_the_first_alone(zhou_supervisor, gulou):
    services.create_user(values=user_values(), by=zhou_supervisor, now=NOW)
    with pytest.raises(Refused) as why:
        services.create_user(values=user_values(name="别人"), by=zhou_supervisor, now=NOW)
    assert why.value.field == "login"
    assert User.objects.get(login="new.person").name == "新人"


def test_nobody_shuts_himself_out(zhou_supervisor):
    with pytest.raises(Refused):
        services.change_user(user=zhou_supervisor, values={"is_active": False}, by=zhou_supervisor, now=NOW)


def test_deactivated_user_cannot_log_in(zhou_supervisor, chen_operator):
    services.change_user(user=chen_operator, values={"is_active": False}, by=zhou_supervisor, now=NOW)
    with pytest.raises(Refused):
        login.check_login(login="chen", password=PASSWORD, address="127.0.0.1", now=NOW)


def test_guessing_locks_the_name_for_a_while(chen_operator):
    for _ in range(login.TRIES):
        with pytest.raises(Refused):
            login.check_login(login="chen", password="wrong", address="127.0.0.1", now=NOW)
    with pytest.raises(login.Locked):
        login.check_login(login="chen", password=PASSWORD, address="127.0.0.1", now=NOW)
    later = NOW + login.LOCKED_FOR + timedelta(seconds=1)
    assert login.check_login(login="chen", password=PASSWORD, address="127.0.0.1", now=later) == chen_operator


def test_log_tells_of_a_locked_name_once_and_old_failures_are_forgotten(chen_operator):
    for name in ("chen", "nobody"):
        for number in range(login.TRIES + 2):
            with pytest.raises(Refused):
                login.check_login(
                    login=name, password="wrong", address="10.0.0.9", now=NOW + timedelta(seconds=number)
                )
    assert [(row.subject, row.after) for row in Entry.objects.all()] == [("user:chen", {"address": "10.0.0.9"})]
    with pytest.raises(Refused):
        login.check_login(login="other", password="wrong", address="10.0.0.9", now=NOW + timedelta(hours=1))
    assert list(LoginFailure.objects.values_list("login", flat=True)) == ["other"]


def test_unknown_name_and_wrong_password_read_the_same(chen_operator):
    told = []
    for name in ("chen", "nobody"):
        with pytest.raises(Refused) as why:
            login.check_login(login=name, password="wrong", address="127.0.0.1", now=NOW)
        told.append(why.value.text)
    assert told[0] == told[1]


def test_short_password_is_refused_in_chinese(chen_operator):
    with pytest.raises(Refused) as why:
        services.change_password(user=chen_operator, old=PASSWORD, new="short", now=NOW)
    assert "10" in why.value.text
