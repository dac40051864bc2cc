"""Logging in and out, passwords, invitations."""

from datetime import timedelta

import pytest
from django.test import Client

from factories import PASSWORD
from govmedia.audit.models import Entry
from govmedia.common import clock
from govmedia.orgs.login import TRIES
from govmedia.orgs.models import Invitation, User
from govmedia.orgs.services import invite

LOGIN, PASSWORD_PAGE = "/desk/login/", "/desk/password/"
NEW = "correct donkey 2027"


def log_in(client, user, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": user.login, "password": password, **more})


def test_right_password_leads_to_the_start_page(client, chen_operator):
    answer = log_in(client, chen_operator)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.get("/desk/").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/desk/accounts/", "/desk/accounts/"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example", "/desk/"),
        ("no-page", "/desk/"),
    ],
)
def test_login_leads_on_to_our_own_pages_only(client, chen_operator, wanted, reached):
    assert log_in(client, chen_operator, next=wanted)["Location"] == reached


@pytest.mark.parametrize(
    ("sent_from", "reached"),
    [
        ("http://testserver/desk/findings/7/?division=320106", "/desk/findings/7/?division=320106"),
        ("https://evil.example/desk/", "/desk/findings/7/claim/"),
        ("javascript:alert(1)", "/desk/findings/7/claim/"),
        ("", "/desk/findings/7/claim/"),
    ],
)
def test_a_form_sent_after_the_session_ended_leads_back_to_its_page(client, chen_operator, sent_from, reached):
    answer = client.post("/desk/findings/7/claim/", {"note": "已改好"}, HTTP_REFERER=sent_from)
    page = client.get(answer["Location"])
    assert page.context["next"] == reached
    assert "登录已过期" in page.content.decode()
    # also after a wrong password
    page = log_in(client, chen_operator, "wrong", next=reached, expired="1")
    assert page.context["next"] == reached and "登录已过期" in page.content.decode()
    assert log_in(client, chen_operator, next=reached)["Location"] == reached


def test_a_page_asked_for_without_a_session_speaks_of_no_loss(client, db):
    page = client.get(client.get("/desk/findings/7/")["Location"])
    assert page.context["next"] == "/desk/findings/7/" and "登录已过期" not in page.content.decode()


def test_session_from_before_logging_in_is_not_gone_on_with(client, chen_operator):
    client.get(LOGIN)
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies["sessionid"] = session.session_key
    log_in(client, chen_operator)
    assert client.cookies["sessionid"].value != session.session_key
    stolen = Client()
    stolen.cookies["sessionid"] = session.session_key
    assert stolen.get("/desk/").status_code == 302


def test_form_from_elsewhere_is_refused(chen_operator):
    assert log_in(Client(enforce_csrf_checks=True), chen_operator).status_code == 403


def test_strange_host_is_refused(client, db):
    assert client.get(LOGIN, HTTP_HOST="evil.example").status_code == 400


def test_wrong_password_and_unknown_name_read_the_same(client, chen_operator):
    texts = [
        client.post(LOGIN, {"login": login, "password": "wrong"}).context["form"].non_field_errors()[0]
        for login in ("chen", "nobody")
    ]
    assert texts == ["登录名或密码不对。忘记密码请联系本级监管员重置。"] * 2


def test_too_many_failures_lock_even_the_right_password(client, chen_operator):
    for _ in range(TRIES):
        log_in(client, chen_operator, "wrong")
    answer = log_in(client, chen_operator)
    assert "请 15 分钟后再试" in answer.content.decode()


def test_empty_and_monstrous_logins_are_told_beside_the_field(client, db):
    errors = client.post(LOGIN, {}).context["form"].errors
    assert errors == {"login": ["请填写这一项。"], "password": ["请填写这一项。"]}
    for text in ("x" * 10_000, "a\x00b", "😀'; DROP TABLE x; --<b>"):
        assert client.post(LOGIN, {"login": text, "password": "y"}).status_code == 200


def test_logging_out_needs_a_post_and_ends_the_session(client, chen_operator):
    client.force_login(chen_operator)
    assert client.get("/desk/logout/").status_code == 405
    client.post("/desk/logout/")
    assert client.get("/desk/").status_code == 302


def test_password_change_asks_for_the_old_one_and_keeps_this_session(client, chen_operator):
    client.force_login(chen_operator)
    other = Client()
    other.force_login(chen_operator)
    wrong = client.post(PASSWORD_PAGE, {"old": "no", "password": NEW, "again": NEW})
    assert wrong.context["form"].errors == {"old": ["原密码不对。"]}
    unequal = client.post(PASSWORD_PAGE, {"old": PASSWORD, "password": NEW, "again": "x"})
    assert unequal.context["form"].errors == {"again": ["两次输入的新密码不一样，请重新输入。"]}
    weak = client.post(PASSWORD_PAGE, {"old": PASSWORD, "password": "12345678", "again": "12345678"})
    assert list(weak.context["form"].errors) == ["password"]
    assert client.post(PASSWORD_PAGE, {"old": PASSWORD, "password": NEW, "again": NEW})["Location"] == "/desk/"
    assert (client.get("/desk/").status_code, other.get("/desk/").status_code) == (200, 302)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("abc-9", "密码太短：至少要 10 个字符。"),
        ("8264017395", "密码不能全是数字。请加上字母或符号。"),
        ("qwertyuiop", "这个密码太常见，容易被猜到。请换一个。"),
    ],
)
def test_a_weak_password_is_refused_in_chinese_wherever_one_is_set(client, chen_operator, new, said):
    client.force_login(chen_operator)
    changed = client.post(PASSWORD_PAGE, {"old": PASSWORD, "password": new, "again": new})
    assert changed.context["form"].errors == {"password": [said]}
    address = f"/desk/invitation/{invite(user=chen_operator, by=None, now=clock.now())}/"
    invited = Client().post(address, {"password": new, "again": new})
    assert invited.context["form"].errors == {"password": [said]}


def test_first_password_has_to_be_ones_own(client, chen_operator):
    chen_operator.must_change_password = True
    chen_operator.save()
    client.force_login(chen_operator)
    assert client.get("/desk/")["Location"] == PASSWORD_PAGE
    client.post(PASSWORD_PAGE, {"old": PASSWORD, "password": NEW, "again": NEW})
    assert client.get("/desk/").status_code == 200


def test_invitation_sets_a_password_once_and_logs_in(client, chen_operator):
    address = f"/desk/invitation/{invite(user=chen_operator, by=None, now=clock.now())}/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"password": NEW, "again": NEW})["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200
    again = Client().post(address, {"password": NEW, "again": NEW})
    assert "这个链接已用过或已过期" in again.content.decode()
    assert User.objects.get(pk=chen_operator.pk).check_password(NEW)


def test_old_or_made_up_invitation_is_refused(client, chen_operator):
    token = invite(user=chen_operator, by=None, now=clock.now())
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    for text in (token, "x" * 300):
        answer = client.post(f"/desk/invitation/{text}/", {"password": NEW, "again": NEW})
        assert "这个链接已用过或已过期" in answer.content.decode()


def test_login_is_in_the_log(client, chen_operator):
    log_in(client, chen_operator)
    assert Entry.objects.get().verb == "user.login"
