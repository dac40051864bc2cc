"""An appeal upheld against a finding made of text hits rules those hits wrong, and they stay so."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factories import make_post
from govmedia.audit.models import Entry
from govmedia.checks.services import judge_accounts, overrule
from govmedia.common.clock import day_of
from govmedia.findings.models import Finding
from govmedia.findings.services import appeal, decide, move
from govmedia.inspections import services as inspections
from govmedia.inspections.models import TextHit
from govmedia.inspections.queries import queue_for, use_of_checks

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def hit_on(post, moment, found="攻府", **values):
    told = {"category": "typo", "level": "deduct", "state": "open", "auto": True, "check_code": "typo"} | values
    return TextHit.objects.create(
        post=post, account=post.account, counts_on=day_of(moment), field="text", start=0, end=2, found=found,
        message="应为“政府”", confidence=0.99, post_sm3=post.sm3, gain=3, seen_at=moment, **told,
    )  # fmt: skip


@pytest.fixture
def post(lively, moment):
    return make_post(lively, on=day_of(moment), title="通知", text="攻府通知，攻府人社局的通知。")


@pytest.fixture
def hits(post, moment):
    """Two of the same words in one post, which are one fault, and another."""
    return [hit_on(post, moment, words) for words in ("攻府", "攻府", "人社局")]


def confirmed(account, by, moment) -> Finding:
    judge_accounts(account_ids=[account.pk], now=moment)
    finding = Finding.objects.get(code="Y06")
    return move(finding_id=finding.pk, name="confirm", by=by, now=moment)


def win(finding, operator, supervisor, now):
    appeal(finding_id=finding.pk, reason="写法没有错", by=operator, now=now)
    decide(finding_id=finding.pk, upheld=True, answer="方言词，写法正确", by=supervisor, now=now)


def states(hits):
    return [TextHit.objects.get(pk=hit.pk).state for hit in hits]


def test_hits_behind_the_finding_are_ruled_wrong_in_the_name_of_who_upheld_it(
    lively, post, hits, sun_inspector, chen_operator, province_supervisor, moment, client
):
    other = hit_on(make_post(lively, on=day_of(moment), title="另一篇"), moment, level="notice", category="form")
    finding = confirmed(lively, sun_inspector, moment)
    assert finding.count == 2
    win(finding, chen_operator, province_supervisor, moment + HOUR)
    assert overrule(now=moment + 2 * HOUR) == 3
    assert (states(hits), states([other])) == (["wrong"] * 3, ["open"])
    hit = TextHit.objects.get(pk=hits[0].pk)
    assert (hit.decided_by, hit.decided_at) == (province_supervisor, moment + 2 * HOUR)
    logged = Entry.objects.get(subject=f"texthit:{hit.pk}")
    assert (logged.verb, logged.actor, logged.why) == (
        "inspection.decide", province_supervisor.login, "申诉成立：方言词，写法正确",
    )  # fmt: skip
    assert Entry.objects.get(verb="finding.overrule").after["found"] == ["攻府", "攻府", "人社局"]
    assert (use_of_checks()["typo"].wrong, queue_for(province_supervisor).filter(check_code="typo").count()) == (3, 1)
    client.force_login(province_supervisor)
    page = client.get(reverse("inspections:detail", args=[hit.pk]))
    assert page.context["may_keep"] is True
    assert "有关的内容命中一并判为误报" in client.get(reverse("findings:detail", args=[finding.pk])).content.decode()


def test_an_unchanged_text_does_not_raise_the_finding_again(
    lively, hits, sun_inspector, chen_operator, province_supervisor, moment
):
    finding = confirmed(lively, sun_inspector, moment)
    win(finding, chen_operator, province_supervisor, moment + HOUR)
    overrule(now=moment + 2 * HOUR)
    # Nor can anybody say so in the queue any more.
    assert list(queue_for(province_supervisor)) == []
    judge_accounts(account_ids=[lively.pk], now=moment + 3 * HOUR)
    assert Finding.objects.filter(code="Y06").exclude(pk=finding.pk).count() == 0


def test_what_a_human_had_ruled_right_is_overruled_too(
    lively, hits, li_supervisor, sun_inspector, chen_operator, province_supervisor, moment
):
    for hit in hits[:2]:
        inspections.decide(hit_id=hit.pk, ruling="right", by=li_supervisor, now=moment)
    judge_accounts(account_ids=[lively.pk], now=moment)
    finding = Finding.objects.get(code="Y06")
    assert (finding.state, finding.count) == ("notified", 1)
    win(finding, chen_operator, province_supervisor, moment + HOUR)
    assert overrule(now=moment + 2 * HOUR) == 2
    # The one that was never part of the finding waits on.
    assert states(hits) == ["wrong", "wrong", "open"]
    assert Entry.objects.filter(subject=f"texthit:{hits[0].pk}").latest("seq").before == {"state": "right"}


def test_a_title_changed_since_does_not_hide_the_hit(
    lively, post, hits, sun_inspector, chen_operator, province_supervisor, moment
):
    finding = confirmed(lively, sun_inspector, moment)
    post.title = "通知（更新）"
    post.save()
    win(finding, chen_operator, province_supervisor, moment + HOUR)
    assert overrule(now=moment + 2 * HOUR) == 3


def test_a_refused_appeal_or_one_against_something_else_rules_nothing(
    lively, silent, hits, sun_inspector, chen_operator, li_supervisor, province_supervisor, moment
):
    finding = confirmed(lively, sun_inspector, moment)
    appeal(finding_id=finding.pk, reason="写法没有错", by=chen_operator, now=moment)
    decide(finding_id=finding.pk, upheld=False, answer="确有错误", by=province_supervisor, now=moment)
    judge_accounts(account_ids=[silent.pk], now=moment)
    win(Finding.objects.get(code="R05"), chen_operator, li_supervisor, moment)
    assert overrule(now=moment + HOUR) == 0
    assert states(hits) == ["open"] * 3


def test_a_ruling_taken_back_afterwards_is_not_made_again(
    lively, hits, sun_inspector, chen_operator, province_supervisor, moment
):
    win(confirmed(lively, sun_inspector, moment), chen_operator, province_supervisor, moment)
    overrule(now=moment + timedelta(minutes=1))
    inspections.undo(hit_id=hits[0].pk, by=province_supervisor, now=moment + timedelta(minutes=2))
    assert overrule(now=moment + timedelta(minutes=3)) == 0
    assert states(hits) == ["open", "wrong", "wrong"]


def test_a_check_overruled_too_often_loses_its_voice(
    lively, sun_inspector, chen_operator, province_supervisor, moment
):
    post = make_post(lively, on=day_of(moment), title="通知")
    for number in range(8):
        hit_on(post, moment, f"错{number}")
    win(confirmed(lively, sun_inspector, moment), chen_operator, province_supervisor, moment)
    overrule(now=moment + HOUR)
    assert Entry.objects.filter(verb="check.demote", subject="check:typo").exists()
