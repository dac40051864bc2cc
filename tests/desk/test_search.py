"""Search: what is found, and only within reach."""

from factories import make_account
from govmedia.accounts.services import index_accounts
from govmedia.filings.models import Filing


def found(browser, text):
    groups = browser.get("/desk/search/", {"q": text}).context["groups"]
    return {group.label: [row.title for row in group.rows] for group in groups if group.rows}


def test_search_finds_accounts_organisations_and_filings_in_reach(
    as_, li_supervisor, stranger, chen_operator, gulou_health, healthy, now
):
    index_accounts([healthy.pk])
    Filing.objects.create(
        kind="open", organisation=gulou_health, name="健康鼓楼二", platform="weibo", created_by=chen_operator,
        created_at=now, updated_at=now,
    )  # fmt: skip
    assert found(as_(li_supervisor), "健康") == {
        "账号": ["健康鼓楼"], "单位": ["南京市鼓楼区卫生健康委员会"], "备案": ["开设「健康鼓楼二」"],
    }  # fmt: skip
    assert found(as_(stranger), "健康") == {}


def test_search_survives_any_text(as_, li_supervisor, healthy):
    browser = as_(li_supervisor)
    for text in ("", "'; DROP TABLE x; --", "%", "\x00", "😀" * 500, "<script>"):
        assert browser.get("/desk/search/", {"q": text}).status_code == 200


def test_search_shows_at_most_ten_and_leads_to_the_rest(as_, li_supervisor, gulou_health):
    for number in range(12):
        index_accounts([make_account(gulou_health, name=f"鼓楼{number:02}", platform="other").pk])
    group = as_(li_supervisor).get("/desk/search/", {"q": "鼓楼"}).context["groups"][0]
    assert (len(group.rows), group.more.startswith("/desk/accounts/?q=")) == (10, True)


def test_auditor_finds_nothing_of_the_domain(as_, wu_auditor, healthy):
    assert found(as_(wu_auditor), "健康") == {}
