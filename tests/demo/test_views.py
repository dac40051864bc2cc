"""The buttons on an account's page."""

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from govmedia.accounts.models import Account
from govmedia.audit.models import Entry
from govmedia.common import installation
from govmedia.common.models import Setting
from govmedia.orgs.models import User


def _press(login: str, what: str, code: str = ""):
    client = Client()
    client.force_login(User.objects.get(login=login))
    code = code or Account.objects.filter(name="健康鼓楼", health="healthy").values_list("code", flat=True)[0]
    return client.post(reverse("demo:steer", args=[code]), {"what": what}), code


def test_steer_button_goes_back_to_the_account_and_says_what_to_watch_for(demo):
    answer, code = _press("gulou_clerk", "break")
    assert (answer.status_code, answer.url) == (302, f"/desk/accounts/{code}/")
    assert ["未见" in message.message for message in get_messages(answer.wsgi_request)] == [True]
    assert Entry.objects.get(verb="demo.steer").actor == "gulou_clerk"


def test_steer_button_refusal_is_said_in_words(demo):
    answer, _ = _press("gulou_sup", "dance")
    assert answer.status_code == 302
    assert [message.message for message in get_messages(answer.wsgi_request)] == ["请选择停更、出错或恢复。"]
    assert Entry.objects.filter(verb="demo.steer").count() == 0


def test_steer_button_elsewhere_is_forbidden(demo):
    assert _press("suzhou_sup", "silent")[0].status_code == 403


def test_steer_button_is_not_there_outside_a_demonstration(demo):
    Setting.objects.filter(pk=installation.DEMO).delete()
    assert _press("gulou_sup", "silent")[0].status_code == 404


def test_steer_button_asks_for_a_log_in(demo):
    answer = Client().post(reverse("demo:steer", args=["AAAAAAAAAA"]), {"what": "silent"})
    assert (answer.status_code, answer.url.partition("?")[0]) == (302, "/desk/login/")
