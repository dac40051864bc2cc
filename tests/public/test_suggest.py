"""Suggestions under the search boxes: what they hold, how many, and within which reach."""

import re

import pytest
from django.urls import reverse

from factories import make_account, make_organisation
from govmedia.accounts.services import index_accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(gulou_health):
    rows = [make_account(gulou_health, name=f"健康鼓楼{number}", platform="weibo") for number in range(12)]
    index_accounts([row.pk for row in rows])
    return rows


def shown(answer):
    assert answer.status_code == 200
    return re.findall(r'<li role="option" [^>]*><span>(.*?)</span>', answer.content.decode())


def test_at_most_eight_accounts_are_suggested_each_with_its_page(client, listed):
    answer = client.get(reverse("public:suggest"), {"q": "jkgl"})
    assert shown(answer) == [row.name for row in listed[:8]]
    assert f'data-url="/accounts/{listed[0].code}/"' in answer.content.decode()
    assert "微博 · 南京市鼓楼区卫生健康委员会" in answer.content.decode()
    assert answer["Cache-Control"] == "public, max-age=60"


def test_suggestions_are_few_queries(client, listed, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get(reverse("public:suggest"), {"q": "健康"})


@pytest.mark.parametrize("text", ["", " ", "\x00", "没有的", "<script>alert(1)</script>", "长" * 10_000])
def test_nothing_is_suggested_for(client, listed, text):
    assert shown(client.get(reverse("public:suggest"), {"q": text})) == []


def test_suggestions_keep_to_the_place_of_the_address(client, listed, suzhou):
    row = make_account(make_organisation(division=suzhou, name="苏州市卫生健康委员会"), name="健康苏州")
    index_accounts([row.pk])
    assert shown(client.get(reverse("public:suggest"), {"q": "健康", "division": "320500"})) == ["健康苏州"]


def test_names_are_shown_as_text(client, gulou_health):
    row = make_account(gulou_health, name="<b>健康</b>")
    index_accounts([row.pk])
    assert shown(client.get(reverse("public:suggest"), {"q": "健康"})) == ["&lt;b&gt;健康&lt;/b&gt;"]


@pytest.mark.parametrize(("who", "number"), [("li_supervisor", 8), ("stranger", 0), ("wu_auditor", 0)])
def test_desk_suggests_within_reach(client, listed, request, who, number):
    client.force_login(request.getfixturevalue(who))
    answer = client.get(reverse("desk:suggest"), {"q": "健康鼓楼"})
    assert len(shown(answer)) == number
    assert answer["Cache-Control"] == "private, max-age=60"


def test_boxes_name_their_suggestions_and_are_plain_forms(client, li_supervisor, listed):
    for name in ("public:home", "public:directory"):
        assert 'data-suggest="/suggest/"' in client.get(reverse(name)).content.decode()
    client.force_login(li_supervisor)
    assert 'data-suggest="/desk/suggest/"' in client.get(reverse("desk:account-list")).content.decode()
