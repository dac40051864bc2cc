"""Organisations and users: listed, created, changed within one's place."""

import re

import pytest
from django.test import Client

from factories import make_organisation, make_uscc, make_user
from govmedia.common.refusals import Refused
from govmedia.orgs.models import Organisation, User
from govmedia.orgs.services import change_user

BODIES, PEOPLE = "/desk/organisations/", "/desk/users/"


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def names(response):
    return sorted(row.name for row in response.context["page"].rows)


def body(**values):
    return {
        "code": make_uscc(), "name": "南京市鼓楼区教育局", "short_name": "", "division": "320106",
        "field": "education", "duties": "", **values,
    }  # fmt: skip


def person(**values):
    return {
        "login": "liu",
        "name": "刘运维",
        "role": "operator",
        "organisation": "",
        "division": "",
        "phone": "",
        **values,
    }


def test_lists_show_what_is_in_reach(
    gulou_health, xuanwu_school, li_supervisor, zhou_supervisor, chen_operator, suzhou_supervisor, wu_auditor
):
    assert names(browser(li_supervisor).get(BODIES)) == ["南京市玄武区教育局", "南京市鼓楼区卫生健康委员会"]
    assert names(browser(li_supervisor).get(BODIES, {"division": "320106"})) == ["南京市鼓楼区卫生健康委员会"]
    assert names(browser(zhou_supervisor).get(BODIES)) == ["南京市鼓楼区卫生健康委员会"]
    assert names(browser(suzhou_supervisor).get(BODIES)) == []
    assert names(browser(zhou_supervisor).get(PEOPLE)) == ["周监管", "陈运维"]
    assert [browser(user).get(PEOPLE).status_code for user in (chen_operator, wu_auditor)] == [403, 403]


def test_supervisor_registers_an_organisation(zhou_supervisor):
    values = body()
    answer = browser(zhou_supervisor).post(f"{BODIES}new/", values)
    row = Organisation.objects.get()
    assert (row.code, row.level, answer["Location"]) == (values["code"], "county", f"{BODIES}{row.pk}/")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", "91320000000000000X"),
        ("code", ""),
        ("name", "长" * 81),
        ("name", "名" * 10_000),
        ("division", "320500"),
        ("field", "nonsense"),
        ("duties", "职" * 2001),
    ],
)
def test_bad_value_is_told_beside_its_field_and_nothing_is_lost(zhou_supervisor, field, value):
    answer = browser(zhou_supervisor).post(f"{BODIES}new/", body(**{field: value}))
    form = answer.context["form"]
    assert (list(form.errors), form["short_name"].value(), Organisation.objects.count()) == ([field], "", 0)
    assert "还有 1 处要改" in answer.content.decode()


def test_hidden_characters_and_made_up_choices_are_told_in_plain_words(zhou_supervisor):
    sent = body(name="卫\x00健", field="长" * 10_000)
    form = browser(zhou_supervisor).post(f"{BODIES}new/", sent).context["form"]
    assert dict(form.errors) == {"name": ["含有看不见的字符，请删去后重新输入。"], "field": ["请从列表中选一项。"]}


def test_code_that_is_taken_is_told_beside_it(zhou_supervisor, gulou_health):
    form = browser(zhou_supervisor).post(f"{BODIES}new/", body(code=gulou_health.code)).context["form"]
    assert list(form.errors) == ["code"]


def test_html_in_a_name_is_shown_as_text(zhou_supervisor):
    answer = browser(zhou_supervisor).post(f"{BODIES}new/", body(name="<script>alert(1)</script>"), follow=True)
    assert "<script>alert" not in answer.content.decode()


def test_organisation_is_changed_and_put_out_of_use(zhou_supervisor, gulou_health):
    client, page = browser(zhou_supervisor), f"{BODIES}{gulou_health.pk}/"
    client.post(page, {"name": "鼓楼区卫健局", "short_name": "卫健", "field": "health", "duties": "管健康"})
    client.post(page, {"active": "no"})
    gulou_health.refresh_from_db()
    assert (gulou_health.name, gulou_health.duties, gulou_health.active) == ("鼓楼区卫健局", "管健康", False)


def test_others_read_an_organisation_and_may_not_change_it(chen_operator, stranger, gulou_health):
    page = f"{BODIES}{gulou_health.pk}/"
    assert browser(chen_operator).get(page).context["form"] is None
    assert browser(chen_operator).post(page, {"active": "no"}).status_code == 403
    assert browser(stranger).get(page).status_code == 403


@pytest.mark.parametrize("how", ["code", "name", "short_name"])
def test_new_user_gets_a_link_that_is_shown_once_and_works(zhou_supervisor, gulou_health, how):
    client = browser(zhou_supervisor)
    answer = client.post(f"{PEOPLE}new/", person(organisation=getattr(gulou_health, how)))
    address = re.search(r"http://testserver(/desk/invitation/[^\"]+/)", answer.content.decode())[1]
    assert "no-store" in answer["Cache-Control"]
    Client().post(address, {"password": "correct donkey 2027", "again": "correct donkey 2027"})
    user = User.objects.get(login="liu")
    assert (user.organisation, user.check_password("correct donkey 2027")) == (gulou_health, True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"role": "operator"}, "organisation"),
        ({"role": "operator", "organisation": "没有的单位"}, "organisation"),
        ({"role": "operator", "organisation": "南京市玄武区教育局"}, "organisation"),
        ({"role": "reviewer", "division": "320100"}, "division"),
        ({"role": "reviewer"}, "division"),
        ({"role": "auditor", "division": "320106"}, "role"),
        ({"role": "reviewer", "division": "320106", "login": "zhou"}, "login"),
        ({"role": "reviewer", "division": "320106", "login": "刘"}, "login"),
    ],
)
def test_user_out_of_ones_place_or_power_is_refused(zhou_supervisor, xuanwu_school, values, field):
    form = browser(zhou_supervisor).post(f"{PEOPLE}new/", person(**values)).context["form"]
    assert (list(form.errors), User.objects.filter(name="刘运维").count()) == ([field], 0)


def test_admin_makes_auditors(root_admin):
    browser(root_admin).post(f"{PEOPLE}new/", person(role="auditor", division="320000"))
    assert User.objects.get(login="liu").role == "auditor"


def test_two_organisations_of_one_name_ask_for_the_code(li_supervisor, gulou, xuanwu):
    for place in (gulou, xuanwu):
        make_organisation(division=place, name="文化馆")
    form = browser(li_supervisor).post(f"{PEOPLE}new/", person(organisation="文化馆")).context["form"]
    assert list(form.errors) == ["organisation"]


def test_user_is_changed_stopped_and_reset(zhou_supervisor, chen_operator):
    client, page = browser(zhou_supervisor), f"{PEOPLE}{chen_operator.pk}/"
    client.post(page, {"name": "陈编辑", "role": "editor", "phone": "025-1"})
    client.post(page, {"active": "no"})
    chen_operator.refresh_from_db()
    assert (chen_operator.name, chen_operator.role, chen_operator.is_active) == ("陈编辑", "editor", False)
    answer = client.post(f"{page}reset/")
    chen_operator.refresh_from_db()
    assert ("/desk/invitation/" in answer.content.decode(), chen_operator.has_usable_password()) == (True, False)


def test_user_elsewhere_is_not_found(zhou_supervisor, stranger, li_supervisor):
    client = browser(zhou_supervisor)
    for user in (stranger, li_supervisor):
        assert client.get(f"{PEOPLE}{user.pk}/").status_code == 404
        assert client.post(f"{PEOPLE}{user.pk}/reset/").status_code == 404


def test_supervisor_cannot_touch_auditors_and_admins_of_his_place(province_supervisor, wu_auditor, root_admin):
    client = browser(province_supervisor)
    for user in (wu_auditor, root_admin):
        assert client.post(f"{PEOPLE}{user.pk}/reset/").status_code == 403


def test_nobody_stops_himself(zhou_supervisor):
    answer = browser(zhou_supervisor).post(f"{PEOPLE}{zhou_supervisor.pk}/", {"active": "no"}, follow=True)
    assert "不能停用自己的账户。" in answer.content.decode()


def test_nobody_changes_his_own_role(root_admin, jiangsu):
    make_user("second", "副管理员", "admin", division=jiangsu)
    values = {"name": root_admin.name, "phone": "", "role": "auditor"}
    answer = browser(root_admin).post(f"{PEOPLE}{root_admin.pk}/", values)
    assert "不能改自己的角色，请让另一位有权限的同事来改。" in answer.content.decode()
    root_admin.refresh_from_db()
    assert root_admin.role == "admin"


@pytest.mark.parametrize("values", [{"role": "auditor"}, {"is_active": False}])
def test_the_last_admin_stays_whoever_asks(root_admin, jiangsu, values, moment):
    with pytest.raises(Refused, match="唯一的系统管理员"):
        change_user(user=root_admin, values=values, by=None, now=moment)
    make_user("second", "副管理员", "admin", division=jiangsu)
    change_user(user=root_admin, values=values, by=None, now=moment)
    with pytest.raises(Refused, match="唯一的系统管理员"):
        change_user(user=User.objects.get(login="second"), values=values, by=None, now=moment)


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_number_of_questions(zhou_supervisor, gulou, rows, django_assert_num_queries):
    for number in range(rows):
        make_user(f"u{number}", f"人{number}", "operator", organisation=make_organisation(division=gulou))
    client = browser(zhou_supervisor)
    client.get(BODIES)
    for address in (BODIES, PEOPLE):
        with django_assert_num_queries(8):
            client.get(address)
