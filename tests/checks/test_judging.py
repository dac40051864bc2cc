"""From rows to findings and health."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from checks.watching import every, watch
from factories import make_account, make_coverage, make_interface, make_look, make_post
from govmedia.accounts.models import Account
from govmedia.audit.models import Entry
from govmedia.audit.queries import first_break
from govmedia.checks.services import check_lines, judge_accounts, judge_stale
from govmedia.common.clock import day_of
from govmedia.findings.models import Finding
from govmedia.notify.models import Notice
from govmedia.posts.models import Interface, Outage

pytestmark = pytest.mark.django_db


def _judge(*accounts, now):
    return judge_accounts(account_ids=[one.pk for one in accounts], now=now)


def _health(account):
    row = Account.objects.get(pk=account.pk)
    return row.health, row.health_cause, row.health_text, row.veto_open


def _states(account):
    return list(Finding.objects.filter(account=account).order_by("code", "pk").values_list("code", "state"))


def test_lively_account_is_healthy(lively, moment):
    assert _judge(lively, now=moment) == 1
    assert _health(lively) == ("healthy", "", "最近一篇 今天；红线均未触及", False)
    assert not Finding.objects.exists()


def test_long_silence_is_confirmed_and_told_once(silent, chen_operator, moment):
    _judge(silent, now=moment)
    _judge(silent, now=moment + timedelta(hours=1))
    assert _states(silent) == [("R05", "notified")]
    assert list(Notice.objects.values_list("recipient__login", "title")) == [
        ("chen", "「鼓楼疾控」发现问题：两周内无更新")
    ]
    health, cause, text, veto = _health(silent)
    assert (health, cause, veto) == ("faulty", "", True)
    assert text == "触及红线：截至 2026-11-23 已连续 20 天无更新，超过 14 天"


def test_silence_seen_in_too_few_looks_is_only_raised(gulou_health, chen_operator, moment):
    account = make_account(gulou_health)
    watch(account, moment, posts=every(2, day_of(moment) - timedelta(days=20)), looks=2)
    _judge(account, now=moment)
    finding = Finding.objects.get()
    assert (finding.code, finding.state, finding.needs_human) == ("R05", "raised", False)
    assert (finding.looks_seen, finding.looks_needed) == (2, 3)
    assert not Notice.objects.exists()
    assert _health(account)[0] == "healthy"
    make_look(account, moment + timedelta(hours=8))
    Interface.objects.update(last_ok_at=moment + timedelta(hours=8))
    account.coverage.update(end_at=moment + timedelta(hours=8))
    _judge(account, now=moment + timedelta(hours=8))
    assert _states(account) == [("R05", "notified")]


def test_raised_finding_vanishes_without_trace_to_the_operator(gulou_health, chen_operator, moment):
    account = make_account(gulou_health)
    watch(account, moment, posts=every(2, day_of(moment) - timedelta(days=20)), looks=1)
    _judge(account, now=moment)
    make_post(account, on=day_of(moment))
    _judge(account, now=moment + timedelta(minutes=30))
    assert ("R05", "dismissed") in _states(account)
    assert not Notice.objects.filter(title__contains="两周").exists()


def test_new_post_cures_the_veto(silent, chen_operator, moment):
    _judge(silent, now=moment)
    make_post(silent, on=day_of(moment))
    _judge(silent, now=moment + timedelta(hours=1))
    veto = Finding.objects.get(code="R05")
    assert (veto.state, veto.end_reason) == ("closed", "最近一次查看时已不存在（最近一篇 11-23），自动销号")
    # The gap of twenty days remains a deduction of this quarter.
    assert _states(silent) == [("R05", "closed"), ("Y02", "notified")]
    assert _health(silent)[0] == "faulty"
    assert _health(silent)[3] is False


def _seen_again(account, moment, days):
    """Three unseen days after `moment`, then watched for so many."""
    back = moment + timedelta(days=3)
    make_coverage(account, back, back + timedelta(days=days))
    Interface.objects.update(last_ok_at=back + timedelta(days=days))
    return back + timedelta(days=days)


@pytest.mark.parametrize("days", [0, 1, 14])
def test_unseen_stretch_takes_no_veto_back(silent, chen_operator, moment, days):
    _judge(silent, now=moment)
    _judge(silent, now=_seen_again(silent, moment, days))
    assert Finding.objects.get(code="R05").state == "notified"
    assert _health(silent)[::3] == ("faulty", True)


def test_post_of_the_unseen_stretch_cures(silent, chen_operator, moment):
    _judge(silent, now=moment)
    back = _seen_again(silent, moment, 1)
    make_post(silent, on=day_of(moment) + timedelta(days=1))
    _judge(silent, now=back)
    assert Finding.objects.get(code="R05").state == "closed"


def test_unseen_stretch_raises_no_veto_before_two_seen_weeks(silent, chen_operator, moment):
    _judge(silent, now=_seen_again(silent, moment, 14))
    assert not Finding.objects.filter(code="R05").exists()


def test_telling_many_takes_a_fixed_number_of_queries(gulou_health, chen_operator, moment):
    def queries(number):
        accounts = [make_account(gulou_health, platform=f"p{number}-{n}") for n in range(number)]
        for account in accounts:
            watch(account, moment, posts=every(2, day_of(moment) - timedelta(days=20)))
        with CaptureQueriesContext(connection) as asked:
            _judge(*accounts, now=moment)
        return len(asked)

    queries(1)  # keeps the edition
    assert queries(2) == queries(9)
    assert Notice.objects.count() == 12


def test_several_gaps_are_one_finding(gulou_health, chen_operator, moment):
    account = make_account(gulou_health)
    days = [date(2026, 9, 30), date(2026, 10, 10), date(2026, 10, 20), *every(2, day_of(moment), timedelta(days=30))]
    watch(account, moment, posts=days)
    _judge(account, now=moment)
    finding = Finding.objects.get()
    assert (finding.code, finding.count, finding.state) == ("Y02", 2, "notified")
    assert finding.reason == "2026-10-10 至 2026-10-20 相隔 10 天无更新，超过 7 天；另有 1 处，见证据"


@pytest.mark.parametrize(
    ("interface", "cause"),
    [
        ({"last_ok_at": None, "last_look_at": None, "last_outcome": ""}, "waiting"),
        ({"last_outcome": "needs_reauthorise", "failures": 1}, "owner"),
        ({"last_outcome": "gone", "failures": 2}, "gone"),
        ({"state": "frozen"}, "frozen"),
    ],
)
def test_unseen_account_has_a_cause_and_no_finding(gulou_health, moment, interface, cause):
    account = watch(make_account(gulou_health), moment, **interface)
    _judge(account, now=moment)
    assert _health(account)[:2] == ("not_seen", cause)
    assert not Finding.objects.exists()


def test_unseen_account_keeps_what_it_has(silent, chen_operator, moment):
    _judge(silent, now=moment)
    later = moment + timedelta(days=2)
    Interface.objects.update(last_outcome="timeout", failures=9, failing_since=moment)
    make_post(silent, on=day_of(later))
    _judge(silent, now=later)
    assert _states(silent) == [("R05", "notified")]
    health, cause, text, veto = _health(silent)
    assert (health, cause, veto) == ("not_seen", "platform", True)
    assert text == "未能看到（自 11-23 10:00 起）：对方响应超时。这段时间不计入更新情况。"


def test_outage_pauses_judging(silent, chen_operator, moment):
    Outage.objects.create(kind="network", started_at=moment)
    assert _judge(silent, now=moment) == 0
    assert not Finding.objects.exists()
    assert _health(silent)[0] == "not_seen"


def test_stale_account_becomes_unseen(lively, moment):
    _judge(lively, now=moment)
    assert judge_stale(now=moment + timedelta(hours=20)) == 0
    assert judge_stale(now=moment + timedelta(hours=25)) == 1
    assert _health(lively)[:2] == ("not_seen", "network")
    assert judge_stale(now=moment + timedelta(hours=26)) == 0


def test_closed_account_is_not_judged(silent, moment):
    silent.status, silent.closed_on = "closed", day_of(moment)
    silent.save()
    assert _judge(silent, now=moment) == 0


def test_silence_before_the_account_was_seen_is_not_held_against_it(gulou_health, moment):
    account = watch(make_account(gulou_health), moment, since=timedelta(days=10))
    _judge(account, now=moment)
    # Nobody of the organisation is there to be told, so it is not called notified.
    assert _states(account) == [("Y02", "confirmed")]


def test_queries_do_not_grow_with_accounts(gulou_health, chen_operator, moment):
    counts = []
    for size in (1, 6):
        accounts = [
            watch(
                make_account(gulou_health, platform=f"p{size}{number}", name="健康鼓楼"),
                moment,
                posts=every(2, day_of(moment)),
                handle=f"http://127.0.0.1/{size}/{number}.rss",
            )
            for number in range(size)
        ]
        _judge(*accounts, now=moment)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            _judge(*accounts, now=moment + timedelta(minutes=5))
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_every_move_is_in_the_chain(silent, chen_operator, moment):
    _judge(silent, now=moment)
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"finding.raise", "finding.confirm", "finding.notify", "account.health", "edition.keep"} <= verbs
    assert first_break() is None


def test_check_lines_give_facts_and_proposed_verdict(lively, silent, moment):
    lines = list(check_lines([silent.code], now=moment))
    assert [line["account"] for line in lines] == [silent.code]
    assert lines[0]["verdict"]["passed"] is False
    assert lines[0]["verdict"]["vetoes"] == ["R05"]
    assert lines[0]["facts"]["account"] == silent.code
    assert len(list(check_lines(None, now=moment))) == 2
    assert list(check_lines(["AAAAAAAAAA"], now=moment)) == []


def test_nothing_stays_open_on_a_closed_account(silent, chen_operator, moment):
    _judge(silent, now=moment)
    Account.objects.filter(pk=silent.pk).update(status="closed", closed_on=day_of(moment))
    judge_stale(now=moment + timedelta(hours=1))
    assert list(Finding.objects.values_list("state", "end_reason")) == [("closed", "账号已注销")]


def test_account_whose_last_look_failed_gets_no_new_finding(gulou_health, moment):
    """What only the registry shows waits for a look as well: the failed ones may be our own network's fault."""
    pair = [make_account(gulou_health, name=f"鼓楼健康{number}", first_seen_at=moment) for number in "甲乙"]
    for account in pair:
        make_interface(
            account, last_look_at=moment, last_ok_at=moment - timedelta(hours=1), failures=1, last_outcome="timeout"
        )
        make_coverage(account, moment - timedelta(days=3), moment)
    ids = [account.pk for account in pair]
    judge_accounts(account_ids=ids, now=moment)
    assert Finding.objects.count() == 0
    Interface.objects.update(failures=0, last_outcome="ok", last_ok_at=moment)
    judge_accounts(account_ids=ids, now=moment)
    assert {finding.code for finding in Finding.objects.all()} == {"Y01"}
