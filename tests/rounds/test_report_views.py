"""A unit reports on all its accounts by one short form; the office sees who has, and what came of it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factories import make_account
from govmedia.findings.models import Finding
from govmedia.rounds.models import Round
from govmedia.rounds.problems import Problem
from govmedia.rounds.services import announce, draw_round, hand_in, open_round
from rounds.conftest import asking, closed, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def at(monkeypatch, moment):
    """Pages are asked for at a moment that a test may move: `at["now"]`."""
    clock = {"now": moment}
    for module in ("report", "page", "planning", "editing"):
        monkeypatch.setattr(f"govmedia.rounds.views.{module}.now", lambda: clock["now"])
    for module in ("report", "page", "selfcheck"):
        monkeypatch.setattr(f"govmedia.rounds.views.{module}.today", lambda: clock["now"].date())
    monkeypatch.setattr("govmedia.desk.views.today.now", lambda: clock["now"])
    return clock


@pytest.fixture
def held(accounts, li_supervisor, moment):
    return asking(li_supervisor, moment)


@pytest.fixture
def report(held, gulou_health):
    return held.reports.get(organisation=gulou_health)


def _url(report):
    return reverse("rounds:report", args=[report.pk])


def _text(answer):
    return answer.content.decode()


def _line(account, number=0, **values):
    given = {"account": account.pk, "code": "Y06", "count": "2", "note": "标题有错字", "mended": "done", "on": ""}
    return {f"p{number}-{name}": value for name, value in {**given, **values}.items()}


def test_the_start_page_leads_to_the_form_and_one_click_reports(client, report, chen_operator, at):
    client.force_login(chen_operator)
    page = _text(client.get(reverse("desk:today")))
    assert "自查：2026年第四季度自查" in page and "11-30 到期" in page and _url(report) in page
    form = _text(client.get(_url(report)))
    assert "以上各项无问题，报送" in form and "2 个账号" in form
    answer = client.post(_url(report), {"deed": "clean", "lines": "1"}, follow=True)
    assert "已上报" in _text(answer) and "各项无问题" in _text(answer)
    assert _url(report) not in _text(client.get(reverse("desk:today")))


def test_what_the_machine_saw_is_there_and_need_not_be_typed(client, report, accounts, chen_operator, at, moment):
    Finding.objects.create(
        account=accounts[0], code="R05", colour="veto", state="notified", reason="已连续 16 天未更新",
        edition_hash="sm3:0", edition="jiangsu-2019", evidence_sm3="0", raised_at=moment, seen_at=moment,
        confirmed_at=moment, notified_at=moment,
    )  # fmt: skip
    client.force_login(chen_operator)
    assert "已连续 16 天未更新" in _text(client.get(_url(report)))
    client.post(_url(report), {"deed": "clean"})
    assert report.said.get(account=accounts[0]).seen == ["R05"]


def test_a_problem_is_reported_and_may_be_changed(client, report, accounts, chen_operator, at):
    client.force_login(chen_operator)
    later = _line(accounts[1], 1, code="Y08", count="", mended="later", on="2026-12-04")
    typed = {"deed": "problems", "lines": "3", **_line(accounts[0]), **later}
    page = _text(client.post(_url(report), typed, follow=True))
    assert "2 项问题，1 项待整改" in page and "标题有错字" in page
    assert report.said.get(account=accounts[1]).problems["Y08"]["count"] == 1
    gone = {"deed": "problems", "lines": "2", **_line(accounts[0]), **later, "p1-gone": "on"}
    client.post(_url(report), gone)
    report.refresh_from_db()
    assert (report.problems, report.pending) == (1, 0)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"note": " "}, "请写明是什么问题"),
        ({"count": "0"}, "处数应在 1 到 99"),
        ({"count": "100"}, "处数应在 1 到 99"),
        ({"count": "许多"}, "请填数字"),
        ({"code": ""}, "请选是哪一项"),
        ({"code": "R01", "count": "3"}, "这一项只能填 1"),
        ({"mended": "later"}, "请填写哪天以前整改好"),
        ({"mended": "later", "on": "2026-11-01"}, "这一天已经过去"),
        ({"mended": "later", "on": "2027-01-01"}, "最晚 2026-12-07"),
        ({"mended": "later", "on": "明天"}, "不是日期"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    client, report, accounts, chen_operator, at, values, said
):
    client.force_login(chen_operator)
    typed = {"lines": "1", **_line(accounts[0], **{"note": "推送“甲”有错字", **values})}
    answer = client.post(_url(report), {"deed": "problems", **typed})
    page = _text(answer)
    assert answer.status_code == 422
    assert said in page
    assert page.count(said) >= 2, "at the top, and beside the field"
    for name in ("note", "count", "on"):
        if str(typed[f"p0-{name}"]).strip():
            assert f'value="{typed[f"p0-{name}"]}"' in page
    report.refresh_from_db()
    assert report.reported_at is None


def test_no_problem_and_a_problem_at_once_is_asked_back(client, report, accounts, chen_operator, at):
    client.force_login(chen_operator)
    answer = client.post(_url(report), {"deed": "clean", "lines": "1", **_line(accounts[0])})
    assert answer.status_code == 422
    assert "下面还写着问题" in _text(answer) and "标题有错字" in _text(answer)
    answer = client.post(_url(report), {"deed": "problems", "lines": "1", "p0-mended": "done"})
    assert answer.status_code == 422 and "还没有写问题" in _text(answer)
    report.refresh_from_db()
    assert report.reported_at is None


def test_the_same_indicator_of_an_account_is_written_once(client, report, accounts, chen_operator, at):
    client.force_login(chen_operator)
    typed = {"deed": "problems", "lines": "2", **_line(accounts[0]), **_line(accounts[0], 1, note="又一处")}
    answer = client.post(_url(report), typed)
    assert answer.status_code == 422 and "请合成一条" in _text(answer) and "又一处" in _text(answer)


def test_an_account_closed_while_the_form_was_open_is_said_at_its_line(
    client, report, accounts, chen_operator, at, moment
):
    client.force_login(chen_operator)
    closed(accounts[0], moment)
    answer = client.post(_url(report), {"deed": "problems", "lines": "1", **_line(accounts[0])})
    assert answer.status_code == 422
    assert "已注销或不归本单位" in _text(answer) and "标题有错字" in _text(answer)
    typed = {"deed": "problems", "lines": "2", **_line(accounts[0]), "p0-gone": "on", **_line(accounts[1], 1)}
    assert client.post(_url(report), typed).status_code == 302


def test_a_problem_of_an_account_closed_since_is_not_shown_as_another_ones(
    client, report, accounts, chen_operator, gulou_health, at, moment
):
    third = make_account(gulou_health, name="鼓楼健康抖音", platform="douyin")
    report.said.create(account=third)
    problems = {accounts[0].pk: [Problem("Y06", 1, "标题有错字", mended=True)]}
    hand_in(report_id=report.pk, problems=problems, by=chen_operator, now=moment)
    closed(accounts[0], moment)
    client.force_login(chen_operator)
    page = _text(client.get(_url(report)))
    assert f'value="{third.pk}" selected' not in page and f'value="{accounts[1].pk}" selected' not in page
    client.post(_url(report), {"deed": "clean", "lines": "1"})
    assert "Y06" in report.said.get(account=accounts[0]).problems


def test_what_is_typed_is_kept_and_one_more_line_loses_nothing(client, report, accounts, chen_operator, at):
    client.force_login(chen_operator)
    url = reverse("rounds:report-draft", args=[report.pk])
    assert client.post(url, {"lines": "1", **_line(accounts[0], count="很多"), "stranger": "x"}).status_code == 200
    page = _text(client.get(_url(report)))
    assert "标题有错字" in page and 'value="很多"' in page
    answer = client.post(_url(report), {"deed": "more", "lines": "1", **_line(accounts[0])}, follow=True)
    assert 'name="p1-note"' in _text(answer) and "标题有错字" in _text(answer)
    report.refresh_from_db()
    assert report.reported_at is None and "stranger" not in report.draft


def test_an_older_page_does_not_save_over_a_newer_one(client, report, accounts, chen_operator, at):
    client.force_login(chen_operator)
    url, own = reverse("rounds:report-draft", args=[report.pk]), accounts[1]
    version = client.get(_url(report)).context["version"]
    newer, older = ({**_line(own, note=note), "lines": "1", "version": version} for note in ("新写的", "旧页写的"))
    renewed = client.post(url, newer).json()["version"]
    answer = client.post(url, older)
    assert answer.status_code == 409 and "另一个页面（或另一位同事）已经改过" in answer.json()["error"]
    for deed in ("keep", "more", "problems"):
        answer = client.post(_url(report), {**older, "deed": deed})
        assert answer.status_code == 409
        assert "已经改过这份草稿" in _text(answer) and "旧页写的" in _text(answer)
    report.refresh_from_db()
    assert report.draft["p0-note"] == "新写的" and report.reported_at is None
    assert client.post(_url(report), {**newer, "version": renewed, "deed": "problems"}).status_code == 302


def test_after_the_population_is_announced_the_form_says_so_and_gives_back_what_was_typed(
    client, report, accounts, li_supervisor, chen_operator, at, moment
):
    at["now"] = moment + timedelta(days=8)
    announce(round_id=report.round_id, by=li_supervisor, now=at["now"])
    client.force_login(chen_operator)
    answer = client.post(_url(report), {"deed": "problems", "lines": "1", **_line(accounts[0])})
    assert answer.status_code == 409
    assert "已转入复核" in _text(answer) and "标题有错字" in _text(answer)
    assert client.post(reverse("rounds:report-draft", args=[report.pk]), {"lines": "1"}).status_code == 409
    assert client.get(_url(report)).status_code == 200


def test_a_late_report_says_that_it_is_late(client, report, chen_operator, at, moment):
    at["now"] = moment + timedelta(days=9)
    client.force_login(chen_operator)
    assert "已超期 2 天" in _text(client.get(reverse("desk:today")))
    assert "已过，现在还可以补报" in _text(client.get(_url(report)))
    page = _text(client.post(_url(report), {"deed": "clean"}, follow=True))
    assert "已补报，注明迟报" in page and "补报（迟报）" in page


def test_an_edition_that_is_gone_is_said(client, report, chen_operator, at):
    Round.objects.filter(pk=report.round_id).update(edition="gone", edition_hash="sm3:0")
    client.force_login(chen_operator)
    assert "指标版本已找不到" in _text(client.get(_url(report)))
    answer = client.post(_url(report), {"deed": "clean"})
    assert answer.status_code == 409 and "指标版本已找不到" in _text(answer)


def test_a_unit_whose_accounts_were_all_closed_is_told_that_it_need_not_report(
    client, report, accounts, chen_operator, at, moment
):
    for row in accounts[:2]:
        closed(row, moment)
    client.force_login(chen_operator)
    assert "不用再报" in _text(client.get(_url(report)))
    answer = client.post(_url(report), {"deed": "clean"})
    assert answer.status_code == 409 and "不用再报" in _text(answer)


def test_another_unit_and_an_inspector_see_nothing_of_a_report(client, held, report, stranger, sun_inspector, at):
    client.force_login(stranger)
    assert client.get(_url(report)).status_code == 404
    assert client.post(_url(report), {"deed": "clean"}).status_code == 404
    client.force_login(sun_inspector)
    assert client.get(_url(report)).status_code == 403
    assert client.get(reverse("rounds:reports", args=[held.pk])).status_code == 403
    page = _text(client.get(reverse("rounds:detail", args=[held.pk])))
    assert "应报" not in page


def test_the_office_sees_who_has_reported_and_presses_the_others(
    client, held, report, li_supervisor, chen_operator, stranger, at, moment
):
    hand_in(report_id=report.pk, problems={}, by=chen_operator, now=moment)
    client.force_login(li_supervisor)
    assert "看各单位" in _text(client.get(reverse("rounds:detail", args=[held.pk])))
    url = reverse("rounds:reports", args=[held.pk])
    page = _text(client.get(url))
    assert "已报 1 家" in page and "未报 1 家" in page and "催报未报的 1 家" in page
    waiting = _text(client.get(f"{url}?state=none"))
    assert "玄武区教育局" in waiting and "鼓楼区卫生健康委员会" not in waiting
    file = b"".join(client.get(f"{url}?export=csv").streaming_content).decode("utf-8-sig")
    assert "南京市鼓楼区卫生健康委员会" in file and "按期已报" in file and "外单位" in file
    step = reverse("rounds:step", args=[held.pk])
    assert "已提醒还没有报的单位" in _text(client.post(step, {"deed": "press"}, follow=True))
    answer = client.post(step, {"deed": "press"})
    assert answer.status_code == 409 and "今天已经催过" in _text(answer)
    assert stranger.notices.filter(title__contains="催报").count() == 1


def test_a_self_check_is_planned_and_begun_by_its_own_short_form(client, accounts, li_supervisor, at):
    client.force_login(li_supervisor)
    url = reverse("rounds:self-new")
    typed = {
        "name": "四季度自查", "edition": "jiangsu-2019", "start_on": "2026-10-01", "end_on": "2026-11-20",
        "report_by": "2026-11-30", "due_on": "2026-12-31", "share": "0.2", "silent_share": "1", "least": "1",
        "seats": "1", "excluded": f"{accounts[0].code} 已申请注销",
    }  # fmt: skip
    bad = client.post(url, {**typed, "report_by": "2026-11-01"})
    assert bad.status_code == 422 and "上报期限不能早于时段的最后一天" in _text(bad) and "四季度自查" in _text(bad)
    assert "发起自查" in _text(client.post(url, typed, follow=True))
    held = Round.objects.get()
    assert (held.kind, held.by, held.mend_by.isoformat()) == ("self", ["level", "selfcheck"], "2026-12-07")
    change = reverse("rounds:change", args=[held.pk])
    assert 'value="0.2"' in _text(client.get(change))
    client.post(change, {**typed, "share": "0.3"})
    page = _text(client.post(reverse("rounds:step", args=[held.pk]), {"deed": "ask"}, follow=True))
    assert "都通知了一次" in page and "单位自查中" in page
    assert held.reports.count() == 2


def test_after_the_second_look_both_stand_side_by_side_on_the_page_and_in_its_export(
    client, held, report, accounts, li_supervisor, chen_operator, sun_inspector, at, moment
):
    hand_in(report_id=report.pk, problems={}, by=chen_operator, now=moment)
    announce(round_id=held.pk, by=li_supervisor, now=moment + timedelta(days=8))
    draw_round(
        round_id=held.pk, public_value="12", public_source="试验", by=li_supervisor, now=moment + timedelta(days=8)
    )
    at["now"] = moment + timedelta(days=15)
    open_round(round_id=held.pk, inspector_ids=[sun_inspector.pk], by=li_supervisor, now=at["now"])
    sample = held.samples.get(account=accounts[0])
    client.force_login(sun_inspector)
    assert "各项无问题" not in _text(client.get(reverse("rounds:sample", args=[sample.pk]))), "not before he judged"
    judged(held, sun_inspector, at["now"], {"健康鼓楼": {"Y08": 1}})
    client.force_login(li_supervisor)
    url = reverse("rounds:detail", args=[held.pk])
    page = _text(client.get(url))
    assert "自查与复核一致率" in page and "50.0%" in page
    assert "健康鼓楼" in _text(client.get(f"{url}?compared=missed"))
    assert "鼓楼卫健微博" not in _text(client.get(f"{url}?compared=missed"))
    file = b"".join(client.get(f"{url}?export=csv").streaming_content).decode("utf-8-sig")
    assert "漏报：Y08" in file
    figures = client.get(f"{reverse('rounds:honesty', args=[held.pk])}?format=csv")
    assert "鼓楼区,2,1,0,1,50.0,0" in b"".join(figures.streaming_content).decode("utf-8-sig")
    page = _text(client.get(reverse("rounds:sample", args=[sample.pk])))
    assert "各项无问题" in page and "漏报：Y08" in page


def test_the_supervisors_start_page_says_when_to_draw(client, held, li_supervisor, zhou_supervisor, at, moment):
    at["now"] = moment + timedelta(days=8)
    client.force_login(li_supervisor)
    page = _text(client.get(reverse("desk:today")))
    assert "抽取复核的账号：2026年第四季度自查" in page and "还有 2 家没报" in page
    client.force_login(zhou_supervisor)
    assert "抽取复核的账号" not in _text(client.get(reverse("desk:today"))), "it is the city's"


def test_a_unit_finds_its_self_checks_again(client, report, chen_operator, at):
    client.force_login(chen_operator)
    client.post(_url(report), {"deed": "clean"})
    assert _url(report) in _text(client.get(reverse("rounds:my-reports")))
    assert reverse("rounds:my-reports") in _text(client.get(reverse("checks:list")))
