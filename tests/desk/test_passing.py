"""The head of an account's page: whether it passes now, and what would make it pass."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.conftest import find_fault
from desk.test_account import page_of
from factories import make_coverage, make_look, make_post
from govmedia.checks.models import Watched
from govmedia.common.clock import day_of
from govmedia.desk.queries.passing import passing
from govmedia.engine.scoring import TallyHit, score
from govmedia.findings.models import Finding
from govmedia.findings.queries import edition_in_force


def told(account, now):
    rows = list(Finding.objects.filter(account=account).order_by("pk"))
    return passing(account, edition_in_force(), rows, now)


def lines(rows):
    return [(row.deed, row.effect, row.passes) for row in rows]


def fault(account, now, code, count=1, **values):
    return find_fault(
        account, now, code=code, colour="veto" if code[0] == "R" else "deduction", count=count, **values
    )


def test_account_without_findings_passes_with_full_marks(healthy, now):
    found = told(healthy, now)
    assert (found.sentence, found.rows, found.near) == ("按目前看到的 100 分，合格：没有扣分。", [], [])


def test_veto_comes_first_and_points_are_told_as_they_come_back(healthy, now):
    fault(healthy, now, "Y06", 3)
    fault(healthy, now, "R01", 2)
    fault(healthy, now, "Y03", 2)
    found = told(healthy, now)
    assert found.sentence == "按目前看到的，不合格：触及红线 R01 严重表述错误（单项否决）。"
    assert lines(found.rows) == [
        ("改正 2 处严重表述错误（R01）", "消除红线，共 84 分", True),
        ("删除 2 处广告（Y03）", "加回 10 分，共 94 分", False),
        ("改正 3 处错别字、表述错误（Y06）", "加回 6 分，共 100 分", False),
    ]


def test_points_that_are_too_few_say_which_step_is_enough(healthy, now):
    for code in ("Y01", "Y03", "Y04", "Y05"):
        fault(healthy, now, code, 20)
    found = told(healthy, now)
    assert found.sentence == "按目前看到的 50 分，不合格：及格线 60 分，还差 10 分。"
    assert [(row.effect, row.passes) for row in found.rows][:2] == [
        ("加回 15 分，共 65 分", True), ("加回 15 分，共 80 分", False),
    ]  # fmt: skip


def test_what_lasts_until_the_quarter_is_over_is_no_step(healthy, now):
    fault(healthy, now, "Y02", 9)
    fault(healthy, now, "Y07", 1)
    fault(healthy, now, "Y06", 1)
    found = told(healthy, now)
    assert [row.deed for row in found.rows] == ["改正 1 处错别字、表述错误（Y06）"]
    assert [row.effect.split("，")[0] for row in found.lasting] == [
        "本季度已扣的 15 分不能加回",
        "本季度已扣的 5 分不能加回",
    ]
    assert "起重新计算" in found.lasting[0].effect


def test_all_steps_are_said_not_to_be_enough_where_they_are_not(healthy, now, monkeypatch):
    for code in ("Y01", "Y02", "Y03", "Y05", "Y07"):
        fault(healthy, now, code, 20)
    monkeypatch.setattr("govmedia.desk.queries.passing.LASTING", ("Y01", "Y02", "Y03", "Y07"))
    found = told(healthy, now)
    assert found.rest.startswith("以上都做到是 55 分，还差 5 分：本季度已经发生的不能消除，")


def test_an_inspectors_finding_of_what_lasts_can_be_put_right(healthy, now):
    fault(healthy, now, "Y02", 2, source="notice")
    found = told(healthy, now)
    assert lines(found.rows) == [("保持更新（Y02）", "加回 10 分，共 100 分", False)]


def test_a_fault_found_by_machine_and_inspector_is_one(healthy, now):
    fault(healthy, now, "Y06", 3, faults=["a", "b", "c"])
    fault(healthy, now, "Y06", 2, faults=["c", "d"], source="inspector")
    found = told(healthy, now)
    assert lines(found.rows) == [("改正 4 处错别字、表述错误（Y06）", "加回 8 分，共 100 分", False)]
    assert len(found.rows[0].links) == 2


def test_what_is_proposed_stands_apart_with_what_it_would_cost(healthy, now):
    fault(healthy, now, "Y03", 1)
    fault(healthy, now, "Y06", 2, state="raised", needs_human=True)
    fault(healthy, now, "R05", state="raised", looks_seen=1, looks_needed=3)
    found = told(healthy, now)
    assert found.sentence.startswith("按目前看到的 95 分，合格")
    assert [(row.deed, row.effect, row.state) for row in found.proposed] == [
        ("R05 两周内无更新", "如认定，触及红线，不合格", "已看到 1 次，满 3 次才认定"),
        ("Y06 表述错误、错别字", "如认定，共 91 分，合格", "等人认定"),
    ]


def test_proposed_deduction_beside_a_veto_has_no_score_yet(healthy, now):
    fault(healthy, now, "R01")
    fault(healthy, now, "Y06", 2, state="raised", needs_human=True)
    assert told(healthy, now).proposed[0].effect == "如认定，消除红线后再扣 4 分"


def test_report_and_appeal_under_way_are_told(healthy, now):
    fault(healthy, now, "Y03", state="fixed", claimed_at=now)
    fault(healthy, now, "Y06", state="appealed")
    fault(healthy, now, "Y05", state="fixed", source="inspector")
    fault(healthy, now, "Y05")
    assert {row.deed[-4:-1]: row.state for row in told(healthy, now).rows} == {
        "Y03": "已报告整改，等复查", "Y06": "申诉中，答复前照计", "Y05": "其中 1 项已报告整改，等复查",
    }  # fmt: skip


def test_silence_that_ends_is_told_to_stay_a_gap(healthy, moment):
    # not the present, which may be the first days of a quarter
    now, today = moment, day_of(moment)
    healthy.first_seen_at = now - timedelta(days=40)
    healthy.save()
    make_coverage(healthy, now - timedelta(days=40), now)
    make_look(healthy, now - timedelta(minutes=5))
    for days in range(16, 40):
        make_post(healthy, on=today - timedelta(days=days))
    fault(healthy, now, "R05")
    row = told(healthy, now).rows[0]
    assert (row.deed, row.effect) == (
        "恢复发布（R05）", "消除红线，共 95 分（这段停更改按 Y02 内容更新不及时 1 次计）",
    )  # fmt: skip


def test_the_day_of_the_red_line_is_told_to_who_is_near_it(healthy, now):
    today = day_of(now)
    day = today + timedelta(days=4)
    Watched.objects.create(
        account=healthy, after=today - timedelta(days=11), until=today, days=11, veto_on=day, reached=10, since=now
    )
    assert told(healthy, now).near == [f"再停更 4 天（到 {day.month} 月 {day.day} 日）就触及红线 R05，不合格"]


def test_how_few_faults_are_missing_to_the_pass_mark(healthy, now):
    for code in ("Y03", "Y05"):
        fault(healthy, now, code, 9)
    fault(healthy, now, "Y01", 2)
    found = told(healthy, now)
    assert found.sentence == "按目前看到的 60 分，合格：刚到及格线 60 分。"
    assert found.near == ["再有 1 处“Y02 内容更新不及时”就低于及格线"]


@pytest.mark.parametrize(("code", "sentence"), [
    ("", "现在看不到这个账号，说不准是否合格。"),
    ("R01", "现在看不到这个账号；按以前认定的，不合格：触及红线 R01 严重表述错误（单项否决）。"),
])  # fmt: skip
def test_not_seen_is_said_and_no_pass(unseen, now, code, sentence):
    if code:
        fault(unseen, now, code)
    found = told(unseen, now)
    assert (found.seen, found.sentence, found.near) == (False, sentence, [])


def test_what_falls_under_no_indicator_costs_nothing_and_is_not_forgotten(healthy, now):
    find_fault(healthy, now, code="other", colour="other", title="其他问题", source="notice")
    found = told(healthy, now)
    assert (found.verdict.score, lines(found.beside)) == (100, [("其他问题", "不计分，也要整改", False)])


def test_page_leads_from_each_deed_to_its_finding(as_, chen_operator, healthy, now):
    row = fault(healthy, now, "Y06", 3)
    fault(healthy, now, "Y03", state="raised", needs_human=True)
    text = page_of(as_(chen_operator), healthy).content.decode()
    assert "按目前看到的 94 分，合格：比及格线 60 分多 34 分。" in text
    assert "改正 3 处错别字、表述错误（Y06） → 加回 6 分，共 100 分" in text
    assert f'<a href="/desk/findings/{row.pk}/"' in text.split("年发布")[0]
    assert "还没有认定" not in text


def test_closed_account_is_asked_for_nothing(as_, li_supervisor, closed):
    assert page_of(as_(li_supervisor), closed).context["page"].passing is None


def test_older_findings_count_however_many_came_since(as_, li_supervisor, healthy, now):
    fault(healthy, now, "R01")
    for _ in range(20):
        fault(healthy, now, "Y03", state="dismissed", ended_at=now, source="notice")
    assert "不合格：触及红线 R01" in page_of(as_(li_supervisor), healthy).content.decode()


CODES = st.sampled_from(["R01", "R02", "Y01", "Y02", "Y03", "Y04", "Y05", "Y06", "Y07", "Y08", "Y09", "Y10"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(found=st.dictionaries(CODES, st.integers(1, 12)))
def test_doing_everything_passes_or_the_page_says_what_else_is_needed(healthy, now, found):
    edition = edition_in_force()
    rows = [
        Finding(account=healthy, code=code, count=count, state="notified", pk=number)
        for number, (code, count) in enumerate(found.items(), 1)
    ]
    shown = passing(healthy, edition, rows, now)
    done = {link for row in shown.rows for _, link in row.links}
    left = [row for row in rows if f"/desk/findings/{row.pk}/" not in done]
    after = score(healthy.code, [TallyHit(row.code, row.count) for row in left], edition)
    assert after.passed or shown.rest
    assert shown.verdict == score(healthy.code, [TallyHit(row.code, row.count) for row in rows], edition)
    assert sum(row.passes for row in shown.rows) == int(after.passed and not shown.verdict.passed)
