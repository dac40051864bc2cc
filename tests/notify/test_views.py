"""One's messages."""

import pytest
from django.test import Client

from govmedia.common import clock
from govmedia.notify.models import Notice

LIST = "/desk/notices/"


@pytest.fixture
def browser(chen_operator):
    client = Client()
    client.force_login(chen_operator)
    return client


def write(user, key, **values):
    return Notice.objects.create(recipient=user, key=key, title=f"消息{key}", created_at=clock.now(), **values)


def titles(response):
    return [notice.title for notice in response.context["page"]]


def test_list_shows_ones_own_latest_first(browser, chen_operator, stranger):
    for key in ("1", "2"):
        write(chen_operator, key)
    write(stranger, "3")
    assert titles(browser.get(LIST)) == ["消息2", "消息1"]


def test_reading_marks_one_and_leads_where_it_points(browser, chen_operator):
    notice = write(chen_operator, "1", url="/desk/accounts/")
    assert browser.post(f"{LIST}{notice.pk}/read/")["Location"] == "/desk/accounts/"
    assert titles(browser.get(LIST, {"unread": "1"})) == []


def test_message_never_leads_elsewhere(browser, chen_operator):
    notice = write(chen_operator, "1", url="https://evil.example/")
    assert browser.post(f"{LIST}{notice.pk}/read/")["Location"] == LIST


def test_message_of_somebody_else_is_not_found(browser, stranger):
    notice = write(stranger, "1")
    assert browser.post(f"{LIST}{notice.pk}/read/").status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_all_are_read_at_once_and_others_stay(browser, chen_operator, stranger):
    for user in (chen_operator, chen_operator, stranger):
        write(user, str(Notice.objects.count()))
    answer = browser.post(f"{LIST}read-all/", follow=True)
    assert "2 条消息已标为已读。" in answer.content.decode()
    assert Notice.objects.filter(read_at__isnull=True).count() == 1


def test_long_lists_are_paged(browser, chen_operator):
    for key in range(31):
        write(chen_operator, str(key))
    assert [len(titles(browser.get(LIST, {"page": page}))) for page in ("1", "2", "x")] == [30, 1, 30]
