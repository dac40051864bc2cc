"""The start page: what waits, how accounts stand, what is new; each figure leads to its list."""

from datetime import timedelta

import pytest
from django.urls import reverse

from desk.conftest import find_fault
from factories import make_account, make_post
from govmedia.accounts.services import set_health
from govmedia.checks.models import Check
from govmedia.common.clock import day_of
from govmedia.desk.services import keep_tally
from govmedia.filings.models import Filing
from govmedia.inspections.models import TextHit

TODAY = "/desk/"


def make_filing(organisation, by, now, **values):
    values.setdefault("name", "鼓楼数据")
    return Filing.objects.create(
        kind="open",
        organisation=organisation,
        platform="weibo",
        created_by=by,
        created_at=now,
        updated_at=now,
        **values,
    )


def titles(response):
    return [item.title for item in [*response.context["items"], *response.context["rest"]]]


def values(response):
    return {figure["label"]: (figure["value"], figure["change"]) for figure in response.context["figures"]}


def test_figures_of_a_city_count_live_accounts_below_it(as_, li_supervisor, healthy, vetoed, unseen, closed):
    page = as_(li_supervisor).get(TODAY)
    assert values(page) == {
        "账号总数": (3, None), "健康": (1, None), "有问题": (1, None), "未见": (1, None),
    }  # fmt: skip
    assert page.context["whole"].veto == 1


def test_every_figure_leads_to_a_list_of_as_many_accounts(as_, li_supervisor, healthy, vetoed, unseen, closed):
    browser = as_(li_supervisor)
    page = browser.get(TODAY)
    links = [(figure["url"], figure["value"]) for figure in page.context["figures"]]
    links += [(cause["url"], cause["count"]) for cause in page.context["causes"]]
    links += [(level["faulty_url"], level["row"].faulty) for level in page.context["levels"]]
    links += [(bar["url"], sum(part[1] for part in bar["parts"])) for bar in page.context["bars"]]
    assert [browser.get(url).context["page"].total for url, _ in links] == [number for _, number in links]
    assert page.context["causes"][0]["count"] == 1


def test_division_switch_narrows_every_band(as_, li_supervisor, healthy, vetoed, unseen):
    page = as_(li_supervisor).get(TODAY, {"division": "320102"})
    assert values(page)["账号总数"] == (1, None)
    assert [item.text for item in page.context["news"]] == [
        "「玄武教育」（抖音）需要主办单位重新授权或修复接口，未计入更新情况"
    ]


@pytest.mark.parametrize("elsewhere", ["320500", "x", "32010", "320106'"])
def test_division_out_of_reach_shows_ones_own(as_, li_supervisor, healthy, elsewhere):
    page = as_(li_supervisor).get(TODAY, {"division": elsewhere})
    assert (page.status_code, values(page)["账号总数"], page.context["division"]) == (200, (1, None), "320100")


def test_change_is_told_against_the_tally_of_yesterday(as_, li_supervisor, healthy, vetoed, now):
    keep_tally(now=now - timedelta(days=1))
    make_account(healthy.organisation, name="又一个", platform="toutiao", health="healthy", health_cause="")
    vetoed.health = "healthy"
    vetoed.save()
    assert values(as_(li_supervisor).get(TODAY)) == {
        "账号总数": (3, 1), "健康": (3, 2), "有问题": (0, -1), "未见": (0, 0),
    }  # fmt: skip


def test_figures_follow_the_registry_at_once(as_, li_supervisor, healthy, vetoed, now):
    browser = as_(li_supervisor)
    before = values(browser.get(TODAY))["有问题"]
    set_health(account_id=vetoed.pk, health="healthy", cause="", text="恢复", veto_open=False, now=now)
    assert (before, values(browser.get(TODAY))["有问题"]) == ((1, None), (0, None))


def test_tally_counted_twice_on_a_day_keeps_the_last(healthy, closed, now):
    assert [keep_tally(now=now), keep_tally(now=now)] == [1, 1]


def test_operator_is_told_what_he_has_to_do(as_, chen_operator, gulou_health, vetoed, now):
    make_filing(gulou_health, chen_operator, now, state="returned")
    make_filing(gulou_health, chen_operator, now, state="draft", name="鼓楼草稿")
    make_filing(gulou_health, chen_operator, now, state="submitted", name="在审的")
    find_fault(vetoed, now, code="Y02", colour="deduction", state="raised", needs_human=True)
    assert titles(as_(chen_operator).get(TODAY)) == [
        "整改：「鼓楼疾控」鼓楼疾控有问题",
        "补正备案：「鼓楼数据」（微博）开设",
        "填写备案：「鼓楼草稿」（微博）开设",
    ]


def test_reviewer_sees_his_queue_late_ones_first(
    as_, zhao_reviewer, chen_operator, gulou_health, nanjing, gulou, now
):
    today = day_of(now)
    for name, days in (("还早", 3), ("迟了", -2), ("今天", 0)):
        due = today + timedelta(days=days)
        make_filing(gulou_health, chen_operator, now, name=name, state="submitted", at_division=gulou, due_on=due)
    make_filing(gulou_health, chen_operator, now, name="在市里", state="passed_on", at_division=nanjing, due_on=today)
    page = as_(zhao_reviewer).get(TODAY)
    assert [(item.title, item.due) for item in page.context["items"]] == [
        ("审核备案：「迟了」（微博）开设", "已超期 2 天"),
        ("审核备案：「今天」（微博）开设", "今天到期"),
        ("审核备案：「还早」（微博）开设", f"{today + timedelta(days=3):%m-%d} 到期"),
    ]
    assert next(room["count"] for room in page.context["nav"] if room["key"] == "filings") == 3


def test_supervisor_sees_doubtful_findings_frozen_accounts_and_late_filings(
    as_, li_supervisor, chen_operator, gulou_health, gulou, healthy, unseen, now
):
    find_fault(healthy, now, state="raised", needs_human=True)
    find_fault(healthy, now, code="Y02", state="raised", colour="deduction")
    unseen.health_cause, unseen.frozen_reason = "frozen", "订阅源换了主人"
    unseen.save()
    late = day_of(now) - timedelta(days=1)
    make_filing(gulou_health, chen_operator, now, state="submitted", at_division=gulou, due_on=late)
    assert titles(as_(li_supervisor).get(TODAY)) == [
        "备案超期未审：「鼓楼数据」（微博）开设",
        "「玄武教育」未见：身份存疑，已冻结待人工核实",
        "认定问题：「健康鼓楼」健康鼓楼有问题",
    ]


def test_inspector_sees_his_unfinished_checks(as_, sun_inspector, healthy, now):
    start = day_of(now)
    Check.objects.create(
        account=healthy, edition="jiangsu-2019", edition_hash="sm3:0", start_on=start, end_on=start, point_at=now,
        facts={}, facts_sm3="0", inspector=sun_inspector, started_at=now,
    )  # fmt: skip
    assert len(titles(as_(sun_inspector).get(TODAY))) == 1


def test_news_tells_of_findings_cures_filings_and_accounts_out_of_sight(
    as_, li_supervisor, zhao_reviewer, chen_operator, healthy, vetoed, unseen, now
):
    cured = find_fault(healthy, now, code="Y02", colour="deduction", state="closed")
    cured.ended_at, cured.raised_at = now, now - timedelta(days=9)
    cured.save()
    make_filing(vetoed.organisation, chen_operator, now, state="accepted", decided_by=zhao_reviewer, decided_at=now)
    old = make_account(vetoed.organisation, name="旧", health="not_seen", health_since=now - timedelta(days=5))
    page = as_(li_supervisor).get(TODAY)
    assert sorted(item.word for item in page.context["news"]) == sorted(["红线", "恢复", "已备案", "未见"])
    assert old.name not in str([item.text for item in page.context["news"]])


def test_auditor_and_admin_see_their_own_bands(as_, wu_auditor, root_admin):
    assert "验证哈希链" in as_(wu_auditor).get(TODAY).content.decode()
    assert "后台程序没有在运行" in as_(root_admin).get(TODAY).content.decode()
    assert "figures" not in as_(wu_auditor).get(TODAY).context


@pytest.mark.parametrize("more", [0, 3])
def test_start_page_asks_the_same_number_of_questions(
    as_, li_supervisor, healthy, vetoed, unseen, now, more, django_assert_num_queries
):
    for number in range(more):
        extra = make_account(healthy.organisation, name=f"号{number}", platform="weibo", health="faulty")
        find_fault(extra, now, state="raised", needs_human=True)
    browser = as_(li_supervisor)
    browser.get(TODAY)
    with django_assert_num_queries(29):
        browser.get(TODAY)


def test_stranger_is_sent_to_the_login_page(client, db):
    answer = client.get(TODAY)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('orgs:login')}?next=/desk/")


def make_hit(account, now, found, **values):
    post = make_post(account, on=day_of(now))
    values = {"level": "deduct", "auto": True, "gain": 1.0} | values
    return TextHit.objects.create(
        post=post, account=account, counts_on=post.counts_on, check_code="typo", category="typo", field="text",
        start=0, end=2, found=found, message="疑为错字", confidence=0.9, post_sm3=post.sm3, seen_at=now, **values,
    )  # fmt: skip


def test_what_texts_hold_is_one_item_for_those_who_rule_and_for_those_who_mend(
    as_, li_supervisor, suzhou_supervisor, chen_operator, healthy, now
):
    make_hit(healthy, now, "布署")
    make_hit(healthy, now, "机密★1年", level="veto", gain=9.0)
    make_hit(healthy, now, "既将", auto=False)
    make_hit(healthy, now, "只是提示", level="notice")
    assert "判定内容命中：4 处" in titles(as_(li_supervisor).get(TODAY))
    assert not any("内容命中" in title for title in titles(as_(suzhou_supervisor).get(TODAY)))
    page = as_(chen_operator).get(TODAY)
    assert "核对已发布的内容：2 处" in titles(page)
    assert any("机密★1年" in item.small for item in page.context["items"])
