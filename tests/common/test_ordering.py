"""Lists of names are in the order in which people look for them, on either database."""

import pytest

from factories import make_account, make_organisation
from govmedia.accounts.models import Account
from govmedia.accounts.services import change_account
from govmedia.common.ordering import write_order
from govmedia.filings.services import save_draft, start

pytestmark = pytest.mark.django_db

# By code points: 东台, 安徽, 徐州, 盐城, 重庆, 阜宁.
NAMES = ["安徽发布", "重庆发布", "东台发布", "阜宁发布", "徐州发布", "盐城发布"]


@pytest.fixture
def accounts(gulou_health):
    return [make_account(gulou_health, name=name) for name in reversed(NAMES)]


def named(response):
    return [row.name for row in response.context["page"].rows]


def test_a_desks_lists_are_by_pinyin_both_ways(client, accounts, li_supervisor):
    client.force_login(li_supervisor)
    assert named(client.get("/desk/accounts/")) == NAMES
    assert named(client.get("/desk/accounts/", {"sort": "-name"})) == NAMES[::-1]


def test_organisations_are_by_pinyin(client, gulou, li_supervisor):
    for name in reversed(NAMES):
        make_organisation(name=name.replace("发布", "学校"), short_name="", division=gulou, field="education")
    client.force_login(li_supervisor)
    assert named(client.get("/desk/organisations/", {"sort": "name"})) == [
        name.replace("发布", "学校") for name in NAMES
    ]


def test_filings_are_by_the_pinyin_of_their_accounts(client, gulou_health, chen_operator, moment):
    for name in reversed(NAMES):
        draft = start(kind="open", organisation=gulou_health, account=None, by=chen_operator, now=moment)
        save_draft(filing_id=draft.pk, values={"name": name}, by=chen_operator, now=moment)
    client.force_login(chen_operator)
    assert named(client.get("/desk/filings/", {"sort": "name"})) == NAMES


def test_the_directory_is_by_pinyin(client, accounts):
    found = client.get("/directory/", {"sort": "name"}).context["found"]
    assert [row.name for row in found.rows] == NAMES


def test_a_new_name_has_a_new_place(client, accounts, li_supervisor, moment):
    change_account(account=accounts[0], values={"name": "阿城发布"}, by=None, now=moment)
    client.force_login(li_supervisor)
    assert named(client.get("/desk/accounts/")) == ["阿城发布", *NAMES[:-1]]


def test_rows_older_than_the_order_get_theirs(accounts):
    Account.objects.update(name_order="")
    write_order(Account, batch=4)
    assert list(Account.objects.order_by("name_order").values_list("name", flat=True)) == NAMES
