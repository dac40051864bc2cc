"""The page of one's tokens, and that of everybody's for administrators."""

import re

import pytest
from django.test import Client

from conftest import NOW
from govmedia.common import clock
from govmedia.orgs.models import Token
from govmedia.orgs.services import bearer_of, make_token

pytestmark = pytest.mark.django_db
PAGE, ALL = "/desk/tokens/", "/desk/tokens/all/"


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make(user, name="官网"):
    return make_token(user=user, name=name, scope="inspect", by=user, now=NOW)[0]


def sent(**changes):
    return {"name": "官网发布系统", "scope": "inspect", "days": "90", **changes}


def test_page_without_tokens_says_what_they_are_for(chen_operator):
    text = browser(chen_operator).get(PAGE).content.decode()
    assert "还没有令牌" in text
    assert f'href="{PAGE}"' in browser(chen_operator).get("/desk/").content.decode()


def test_secret_is_shown_once_and_works(chen_operator):
    client = browser(chen_operator)
    answer = client.post(PAGE, sent())
    secret = re.search(r'value="(gm_[\w-]{43})" readonly', answer.content.decode()).group(1)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    token = bearer_of(header=f"Bearer {secret}", scope="inspect", now=clock.now())
    assert (token.user, token.name, (token.expires_at - token.created_at).days) == (chen_operator, "官网发布系统", 90)
    again = client.get(PAGE).content.decode()
    assert (secret in again, token.start in again) == (False, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "长" * 41),
        ("name", "a\x00b"),
        ("scope", "admin"),
        ("scope", ""),
        ("days", "7"),
        ("days", "9" * 30),
        ("days", "长"),
    ],
)
def test_bad_value_is_told_beside_its_field(chen_operator, field, value):
    answer = browser(chen_operator).post(PAGE, sent(**{field: value}))
    assert (list(answer.context["form"].errors), Token.objects.count()) == ([field], 0)
    assert "还有 1 处要改" in answer.content.decode()


def test_role_without_any_scope_is_told_so(wu_auditor):
    client = browser(wu_auditor)
    assert "你的角色用不到令牌" in client.get(PAGE).content.decode()
    client.post(PAGE, sent())
    assert Token.objects.count() == 0


def test_own_token_is_revoked_and_strangers_is_not_found(chen_operator, li_supervisor):
    own, others = make(chen_operator), make(li_supervisor)
    client = browser(chen_operator)
    assert client.post(f"{PAGE}{others.pk}/revoke/").status_code == 404
    answer = client.post(f"{PAGE}{own.pk}/revoke/")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert list(Token.objects.filter(revoked_at__isnull=True)) == [others]
    assert "已作废" in client.get(PAGE).content.decode()
    assert "这个令牌已经作废。" in client.post(f"{PAGE}{own.pk}/revoke/", follow=True).content.decode()


def test_administrator_sees_and_revokes_tokens_of_users_in_reach(root_admin, chen_operator):
    token = make(chen_operator)
    client = browser(root_admin)
    rows = client.get(ALL).context["page"].rows
    assert [(row.pk, row.state) for row in rows] == [(token.pk, "live")]
    assert client.post(f"{PAGE}{token.pk}/revoke/")["Location"] == ALL
    for division, count in (("320106", 1), ("320500", 0), ("nonsense", 1)):
        assert client.get(ALL, {"division": division}).context["page"].total == count
    assert client.get(ALL, {"state": "live"}).context["page"].total == 0
    assert client.get(ALL, {"state": "revoked", "q": "chen", "scope": "inspect"}).context["page"].total == 1
    assert b"chen" in b"".join(client.get(ALL, {"export": "csv"}).streaming_content)


def test_others_have_no_list_of_everybodys(chen_operator, li_supervisor, wu_auditor):
    for user in (chen_operator, li_supervisor, wu_auditor):
        assert browser(user).get(ALL).status_code == 403
        assert ALL not in browser(user).get(PAGE).content.decode()


def test_lists_cost_the_same_at_one_row_and_at_three(root_admin, chen_operator, django_assert_num_queries):
    for user, page in ((root_admin, ALL), (chen_operator, PAGE)):
        client = browser(user)
        Token.objects.all().delete()
        make(chen_operator)
        client.get(page)
        with django_assert_num_queries(QUERIES[page]):
            client.get(page)
        make(chen_operator, "二")
        make(chen_operator, "三")
        with django_assert_num_queries(QUERIES[page]):
            client.get(page)


QUERIES = {ALL: 8, PAGE: 5}
