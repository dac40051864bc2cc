"""Drafts: figures come from the round and cannot be typed, words are kept, who wrote cannot approve."""

import json

import pytest

from bulletins.conftest import NUMBER, judged, values_of
from govmedia.accounts.models import Account
from govmedia.bulletins import queries, services
from govmedia.bulletins.composing import BadText, compose
from govmedia.bulletins.gathering import from_text
from govmedia.bulletins.models import Bulletin
from govmedia.common.clock import day_of
from govmedia.common.refusals import NoRight, NoteMissing, Refused, WrongState
from govmedia.engine.bulletins.checking import differences
from govmedia.engine.bulletins.reading import read_bulletin
from govmedia.rounds.services import close_round, drop

pytestmark = pytest.mark.django_db


def test_a_draft_has_the_rounds_figures_and_the_usual_words(draft):
    whole = compose(draft)
    assert (whole.accounts_total, whole.sampled, whole.passed, whole.pass_rate) == (4, 4, 3, "75%")
    assert whole.failing_counts == {"两周内无更新": 1}
    (failing,) = whole.failing
    assert (failing.account, failing.organisation, failing.due) == (
        "玄武教育", "南京市玄武区教育局", whole.rectification_due,
    )  # fmt: skip
    assert "连续 20 天无更新" in failing.detail
    assert {(one.account, one.indicator, one.points) for one in whole.deductions} == {
        (name, "表述错误、错别字", 4) for name in ("健康鼓楼", "鼓楼卫健微博", "玄武发布")
    }
    assert [one["heading"] for one in draft.sections][:3] == ["总体情况", "工作成效", "存在问题"]
    assert list(whole.by_platform) == ["微信公众号", "微博"]
    # All were drawn: nothing is left to estimate.
    assert whole.estimate is None
    assert differences(whole) == []


def test_two_who_begin_come_to_the_same_draft(draft, closed, second_supervisor, moment):
    assert services.start(round_id=closed.pk, by=second_supervisor, now=moment) == draft
    assert Bulletin.objects.count() == 1


def test_a_round_that_is_not_closed_or_has_no_verdict_gives_none(
    home, accounts, li_supervisor, sun_inspector, stranger, moment
):
    held = judged(li_supervisor, sun_inspector, moment)
    with pytest.raises(Refused, match="还没有检毕"):
        services.start(round_id=held.pk, by=li_supervisor, now=moment)
    with pytest.raises(NoRight):
        services.start(round_id=held.pk, by=stranger, now=moment)
    empty = judged(li_supervisor, sun_inspector, moment, judge=False)
    for sample in empty.samples.all():
        drop(sample_id=sample.pk, why="单位已撤销", by=li_supervisor, now=moment)
    close_round(round_id=empty.pk, by=li_supervisor, now=moment)
    with pytest.raises(Refused, match="没有一个账号得出结论"):
        services.start(round_id=empty.pk, by=li_supervisor, now=moment)


def _save(draft, by, moment, **values):
    return services.save(
        bulletin_id=draft.pk, revision=draft.revision, values={**values_of(draft), **values}, by=by, now=moment
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("合格率为{{pas_rate}}。", "没有占位符 {{pas_rate}}"),
        ("合格率为{{pass_rate。", "花括号没有配对"),
        ("合格率为99.9%。", "“99.9%”是手写的数字"),
        ("合格率为９９．９％。", "是手写的数字"),
        ("合格率为百分之九十九。", "“百分之九十九”是手写的数字"),
        ("合格率为九十九%。", "是手写的数字"),
        ("检查了5个账号。", "“5个”是手写的数字"),
        ("检查了1{{sampled}}个账号。", "“1个”是手写的数字"),
        ("检查了4个账号。", "这个数是 {{accounts_total}}、{{sampled}}"),
    ],
)
def test_figures_cannot_be_typed(draft, li_supervisor, moment, text, said):
    sections = [{"heading": "总体情况", "level": 1, "text": ["说明。", text]}]
    with pytest.raises(BadText) as why:
        _save(draft, li_supervisor, moment, sections=sections)
    assert said in "".join(why.value.problems)
    assert "“总体情况”第 2 段" in why.value.problems[0]
    draft.refresh_from_db()
    assert draft.revision == 1


@pytest.mark.parametrize(
    "text", ["请在3个工作日内报告。", "2026年第四季度，抽查第1批。", "95%置信区间为全部。", "不少于2个月。"]
)
def test_other_numbers_can(draft, li_supervisor, moment, text):
    row = _save(draft, li_supervisor, moment, sections=[{"heading": "要求", "level": 1, "text": [text]}])
    assert row.revision == 2


def test_a_section_of_50_000_characters_is_refused_with_its_place(draft, li_supervisor, moment):
    with pytest.raises(BadText) as why:
        _save(draft, li_supervisor, moment, sections=[{"heading": "附言", "level": 1, "text": ["长" * 50_000]}])
    assert why.value.problems == ["“附言”第 1 段有 50,000 字，最多 20,000 字。请分成几节。"]


def test_who_typed_over_an_older_version_is_told(draft, li_supervisor, second_supervisor, moment):
    _save(draft, second_supervisor, moment, title="新标题")
    with pytest.raises(Refused, match="何监管刚才改过"):
        _save(draft, li_supervisor, moment, title="旧标题")
    draft.refresh_from_db()
    assert draft.title == "新标题"


def test_wrong_numbers_and_dates_are_refused_at_their_field(draft, li_supervisor, moment):
    for values, field in (
        ({"number": "宁政办函[2026]3号"}, "number"),
        ({"title": " "}, "title"),
        ({"issuer": ""}, "issuer"),
        ({"due_on": draft.signed_on}, "due_on"),
    ):
        with pytest.raises(Refused) as why:
            _save(draft, li_supervisor, moment, **values)
        assert why.value.field == field


def test_refreshing_takes_names_and_verdicts_anew(draft, closed, li_supervisor, moment):
    services.refresh(bulletin_id=draft.pk, rewrite=True, by=li_supervisor, now=moment)
    row = _save(Bulletin.objects.get(pk=draft.pk), li_supervisor, moment, lead="另写的开头。")
    services.refresh(bulletin_id=draft.pk, by=li_supervisor, now=moment)
    row.refresh_from_db()
    assert row.lead == "另写的开头。"
    services.refresh(bulletin_id=draft.pk, rewrite=True, by=li_supervisor, now=moment)
    row.refresh_from_db()
    assert row.lead.startswith("按照政务新媒体监管工作要求")


def test_who_wrote_it_cannot_approve_it(draft, li_supervisor, second_supervisor, zhou_supervisor, moment):
    step = {"bulletin_id": draft.pk, "now": moment}
    with pytest.raises(Refused, match="还没有发文字号"):
        services.move(name="submit", by=li_supervisor, **step)
    _save(draft, li_supervisor, moment, number=NUMBER)
    services.move(name="submit", by=li_supervisor, **step)
    with pytest.raises(WrongState):
        services.refresh(bulletin_id=draft.pk, by=li_supervisor, now=moment)
    with pytest.raises(NoRight, match="须由另一人审签"):
        services.move(name="approve", by=li_supervisor, **step)
    with pytest.raises(NoRight):
        services.move(name="approve", by=zhou_supervisor, **step)
    with pytest.raises(NoteMissing):
        services.move(name="return", by=second_supervisor, **step)
    services.move(name="return", by=second_supervisor, note="请核对标题", **step)
    services.move(name="submit", by=li_supervisor, **step)
    services.move(name="approve", by=second_supervisor, **step)
    made = services.move(name="publish", by=li_supervisor, **step)
    assert (made.state, made.approved_by) == ("published", second_supervisor)
    for name in ("publish", "approve", "submit"):
        with pytest.raises(WrongState):
            services.move(name=name, by=second_supervisor, **step)


def test_what_is_published_is_frozen_and_closes(published, closed, moment):
    file = queries.published_file(published)
    Account.objects.filter(name="玄武教育").update(name="改过的名字")
    assert queries.published_file(published) == file
    whole = read_bulletin(file.encode())
    assert differences(whole) == []
    assert whole.number == NUMBER
    assert json.loads(queries.data_of_round(closed)) == json.loads(file)


def test_a_verdict_that_changed_meanwhile_stops_publication(draft, closed, li_supervisor, second_supervisor, moment):
    _save(draft, li_supervisor, moment, number=NUMBER)
    services.move(bulletin_id=draft.pk, name="submit", by=li_supervisor, now=moment)
    services.move(bulletin_id=draft.pk, name="approve", by=second_supervisor, now=moment)
    check = closed.samples.get(account__name="健康鼓楼").check_used
    check.score, check.verdict = 100, {**check.verdict, "score": 100, "deductions": []}
    check.save()
    with pytest.raises(Refused, match="重新取数"):
        services.move(bulletin_id=draft.pk, name="publish", by=li_supervisor, now=moment)


def test_a_number_is_used_once(published, accounts, li_supervisor, sun_inspector, moment):
    held = judged(li_supervisor, sun_inspector, moment, name="另一轮")
    close_round(round_id=held.pk, by=li_supervisor, now=moment)
    other = services.start(round_id=held.pk, by=li_supervisor, now=moment)
    _save(other, li_supervisor, moment, number=NUMBER)
    with pytest.raises(Refused, match="已用在"):
        services.move(bulletin_id=other.pk, name="submit", by=li_supervisor, now=moment)


def test_the_last_bulletin_is_the_one_compared_with(published, accounts, li_supervisor, sun_inspector, moment):
    later = {"start_on": day_of(moment).replace(month=10, day=2), "end_on": moment.date().replace(month=12, day=31)}
    published.round.end_on = moment.date().replace(month=12, day=30)
    published.round.save()
    held = judged(li_supervisor, sun_inspector, moment, name="下一轮", **later)
    close_round(round_id=held.pk, by=li_supervisor, now=moment)
    made = from_text(services.start(round_id=held.pk, by=li_supervisor, now=moment).figures)
    assert made.previous.pass_rate == "75%"
    assert made.changes["pass_rate"] == "0"


def test_a_withdrawn_bulletin_makes_room_for_a_corrected_one(published, closed, li_supervisor, moment):
    with pytest.raises(NoteMissing):
        services.move(bulletin_id=published.pk, name="withdraw", by=li_supervisor, now=moment)
    services.move(bulletin_id=published.pk, name="withdraw", note="名单有误", by=li_supervisor, now=moment)
    again = services.start(round_id=closed.pk, by=li_supervisor, now=moment)
    assert again.pk != published.pk and again.state == "draft"
    assert list(queries.public_bulletins()) == [published]


def test_names_with_markup_go_through_as_text(home, accounts, li_supervisor, sun_inspector, moment):
    Account.objects.filter(name="玄武教育").update(name="<b>#{玄武}$*_ {{passed}}")
    held = judged(li_supervisor, sun_inspector, moment)
    close_round(round_id=held.pk, by=li_supervisor, now=moment)
    row = services.start(round_id=held.pk, by=li_supervisor, now=moment)
    html = queries.document(row, "html").decode()
    assert "&lt;b&gt;#{玄武}$*_ {{passed}}" in html and "<b>" not in html
    assert queries.document(row, "pdf").startswith(b"%PDF")
