"""One account's page, its posts, and what may be done there."""

from datetime import timedelta

import pytest

from desk.conftest import find_fault
from factories import make_coverage, make_look, make_post
from govmedia.accounts.models import Account
from govmedia.audit.models import Entry
from govmedia.checks.models import Check
from govmedia.common.clock import day_of
from govmedia.posts.models import PostEvent


def page_of(browser, account):
    return browser.get(f"/desk/accounts/{account.code}/")


def states(response):
    return {row.code: (row.tone, row.state) for row in response.context["page"].standings}


@pytest.fixture
def watched(healthy, now):
    """Seen for 40 days, posted daily until ten days ago."""
    healthy.first_seen_at = now - timedelta(days=40)
    healthy.last_post_at = now - timedelta(days=10)
    healthy.save()
    make_coverage(healthy, now - timedelta(days=40), now)
    make_look(healthy, now - timedelta(minutes=5), items=3)
    for days in range(10, 40):
        make_post(healthy, on=day_of(now) - timedelta(days=days))
    return healthy


def test_page_is_for_those_in_reach(
    as_, healthy, chen_operator, zhao_reviewer, li_supervisor, sun_inspector, stranger, suzhou_supervisor, wu_auditor
):
    people = (chen_operator, zhao_reviewer, li_supervisor, sun_inspector, stranger, suzhou_supervisor, wu_auditor)
    assert [page_of(as_(user), healthy).status_code for user in people] == [200, 200, 200, 200, 403, 403, 403]


def test_unknown_code_is_not_found_and_small_letters_are(as_, li_supervisor, healthy):
    browser = as_(li_supervisor)
    assert browser.get("/desk/accounts/ZZZZZZZZZZ/").status_code == 404
    assert browser.get(f"/desk/accounts/{healthy.code.lower()}/").status_code == 200


def test_year_marks_posts_unseen_days_and_the_running_gap(as_, li_supervisor, watched, now):
    days = {day.on: day for day in page_of(as_(li_supervisor), watched).context["page"].days}
    today = day_of(now)
    assert len(days) == 365
    assert days[today - timedelta(days=12)].posts == 1
    assert (days[today - timedelta(days=3)].posts, days[today - timedelta(days=3)].gap) == (0, True)
    assert days[today - timedelta(days=20)].gap is False
    assert days[today - timedelta(days=60)].outside is True


def test_account_never_seen_has_no_year(as_, li_supervisor, unseen):
    page = page_of(as_(li_supervisor), unseen)
    assert page.context["page"].days == []
    assert "还没有可看的天数" in page.content.decode()


def test_indicators_say_how_the_account_stands(as_, li_supervisor, healthy, now):
    find_fault(healthy, now, code="R05")
    find_fault(healthy, now, code="Y02", colour="deduction", count=2)
    find_fault(healthy, now, code="Y01", colour="deduction", state="raised", needs_human=True)
    found = states(page_of(as_(li_supervisor), healthy))
    assert {code: found[code] for code in ("R05", "Y02", "Y01", "Y07", "R01", "R06")} == {
        "R05": ("bad", "红线"), "Y02": ("warn", "扣 10 分"), "Y01": ("info", "待认定"),
        "Y07": ("ok", "通过"), "R01": ("off", "需人工"), "R06": ("off", "不适用"),
    }  # fmt: skip


def test_running_silence_is_said_to_be_the_red_lines(as_, li_supervisor, healthy, now):
    find_fault(healthy, now, code="R05")
    rows = {row.code: row.basis for row in page_of(as_(li_supervisor), healthy).context["page"].standings}
    assert rows["Y02"] == "当前的停更已计入 R05，不重复计"


def test_account_not_seen_passes_and_fails_nothing_on_posts(as_, li_supervisor, unseen):
    assert states(page_of(as_(li_supervisor), unseen))["R05"] == ("un", "未见")


def test_operator_sees_no_finding_before_it_is_confirmed(as_, chen_operator, healthy, now):
    find_fault(healthy, now, code="Y02", colour="deduction", state="raised")
    page = page_of(as_(chen_operator), healthy)
    assert (page.context["page"].findings, states(page)["Y02"]) == ([], ("ok", "通过"))


def test_inspectors_answers_stand_for_what_only_a_human_sees(as_, sun_inspector, healthy, now):
    today = day_of(now)
    Check.objects.create(
        account=healthy, state="final", edition="jiangsu-2019", edition_hash="sm3:0", start_on=today, end_on=today,
        point_at=now, facts={}, facts_sm3="0", inspector=sun_inspector, started_at=now, finished_at=now,
        answers={"R01": {"count": 0, "note": ""}, "Y03": {"count": 2, "note": "两处广告"}}, passed=True, score=90,
    )  # fmt: skip
    found = states(page_of(as_(sun_inspector), healthy))
    assert (found["R01"], found["Y03"]) == (("ok", "通过"), ("warn", "发现 2 处"))


def test_failing_interface_says_why_and_what_to_do(as_, chen_operator, healthy, now):
    face = healthy.data_interface
    face.last_outcome, face.last_cause, face.failures = "needs_reauthorise", "对方要求登录（401）", 3
    face.proposed_handle, face.seen_name, face.seen_name_since = "https://new.example.cn/rss", "新名字", now
    face.save()
    text = page_of(as_(chen_operator), healthy).content.decode()
    for part in ("对方要求登录（401）", "请账号管理员重新授权", "https://new.example.cn/rss", "新名字"):
        assert part in text


def test_buttons_are_those_the_person_may_press(
    as_, chen_operator, li_supervisor, sun_inspector, zhao_reviewer, healthy
):
    def may(user):
        context = page_of(as_(user), healthy).context
        return [key for key in ("may_change", "may_check", "may_look") if context[key]]

    assert may(chen_operator) == ["may_change", "may_look"]
    assert may(li_supervisor) == ["may_look"]
    assert may(sun_inspector) == ["may_check", "may_look"]
    assert may(zhao_reviewer) == []


def test_closed_account_names_its_successor_and_offers_nothing(as_, chen_operator, closed, healthy):
    closed.successor = healthy
    closed.save()
    page = page_of(as_(chen_operator), closed)
    assert f"/desk/accounts/{healthy.code}/" in page.content.decode()
    assert [page.context[key] for key in ("may_change", "may_check", "may_look")] == [False, False, False]


def test_look_makes_the_account_due_at_once(as_, li_supervisor, healthy, now):
    answer = as_(li_supervisor).post(f"/desk/accounts/{healthy.code}/look/", follow=True)
    assert answer.context["account"] == healthy
    healthy.data_interface.refresh_from_db()
    assert healthy.data_interface.next_due_at < now + timedelta(minutes=1)


def test_look_is_refused_without_the_right(as_, zhao_reviewer, healthy):
    assert as_(zhao_reviewer).post(f"/desk/accounts/{healthy.code}/look/").status_code == 403


def test_unfreezing_needs_a_reason_and_leaves_a_trace(as_, li_supervisor, healthy):
    Account.objects.filter(pk=healthy.pk).update(
        health="not_seen", health_cause="frozen", frozen_reason="订阅源换了主人"
    )
    browser, address = as_(li_supervisor), f"/desk/accounts/{healthy.code}/unfreeze/"
    assert "请写明核实的结果。" in browser.post(address, {"why": " "}).content.decode()
    assert not Entry.objects.filter(verb="account.unfreeze").exists()
    browser.post(address, {"why": "电话核实过"})
    healthy.refresh_from_db()
    assert (healthy.frozen_reason, Entry.objects.get(verb="account.unfreeze").why) == ("", "电话核实过")


def test_what_was_typed_after_a_colleague_unfroze_can_be_copied(as_, li_supervisor, healthy):
    browser, address = as_(li_supervisor), f"/desk/accounts/{healthy.code}/unfreeze/"
    answer = browser.post(address, {"why": "电话核实过<b>"})
    assert (answer.status_code, answer.context["unsaved"]) == (409, [("核实的结果", "电话核实过<b>")])
    assert "电话核实过&lt;b&gt;</blockquote>" in answer.content.decode()
    assert browser.get(address)["Location"] == f"/desk/accounts/{healthy.code}/"


def test_post_shows_its_versions_and_its_text_as_text(as_, chen_operator, healthy, now):
    post = make_post(healthy, on=day_of(now), title="<b>通知</b>", text="<script>x</script>", version=2)
    PostEvent.objects.create(post=post, at=now, kind="edited", title_before="旧标题", text_before="旧正文")
    text = as_(chen_operator).get(f"/desk/accounts/{healthy.code}/posts/{post.pk}/").content.decode()
    assert "<script>x" not in text
    assert "旧正文" in text


def test_post_of_another_account_is_not_found_under_this_one(as_, li_supervisor, healthy, unseen, now):
    post = make_post(unseen, on=day_of(now))
    assert as_(li_supervisor).get(f"/desk/accounts/{healthy.code}/posts/{post.pk}/").status_code == 404


def test_posts_are_filtered_by_what_happened_to_them(as_, chen_operator, healthy, now):
    today = day_of(now)
    make_post(healthy, on=today, title="在线")
    make_post(healthy, on=today, title="删了", state="gone")
    make_post(healthy, on=today, title="改了", version=2)

    def titles(**query):
        rows = as_(chen_operator).get(f"/desk/accounts/{healthy.code}/posts/", query).context["page"].rows
        return sorted(row.title for row in rows)

    assert titles() == ["删了", "在线", "改了"]
    assert (titles(state="gone"), titles(changed="yes"), titles(q="在")) == (["删了"], ["改了"], ["在线"])


@pytest.mark.parametrize("more", [0, 3])
def test_page_asks_the_same_number_of_questions(as_, li_supervisor, watched, now, more, django_assert_num_queries):
    for number in range(more):
        find_fault(watched, now, code=f"Y0{number + 1}", colour="deduction")
    browser = as_(li_supervisor)
    page_of(browser, watched)
    with django_assert_num_queries(25):
        page_of(browser, watched)
