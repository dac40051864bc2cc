"""Rounds of past quarters: closed, drawn as anybody can repeat it, every verdict proved by its own facts."""

import io
import json

import pytest

from demo.conftest import NOW
from govmedia.accounts.models import Account
from govmedia.audit.queries import first_break
from govmedia.checks.models import Check
from govmedia.checks.services import recompute
from govmedia.common.refusals import Refused
from govmedia.demo.past_rounds import quarters
from govmedia.findings.models import Claim, Finding
from govmedia.posts.models import Post
from govmedia.rounds.bundle import bundle_of
from govmedia.rounds.models import Round, Sample
from govmedia.rounds.proof import differences_in


def test_there_are_four_closed_rounds_one_a_quarter(demo):
    names = list(
        Round.objects.filter(state="closed", division="320000").order_by("end_on").values_list("name", flat=True)
    )
    assert names == [
        "2025年第四季度政务新媒体抽查",
        "2026年第一季度政务新媒体抽查",
        "2026年第二季度政务新媒体抽查",
        "2026年第三季度政务新媒体抽查",
    ]


def test_every_verdict_comes_out_again(demo):
    rows = list(Check.objects.filter(for_round__isnull=False))
    assert len(rows) == Sample.objects.count() > 20
    assert {line for check in rows for line in recompute(check)} == set()


def test_anybody_can_recompute_such_a_round(demo):
    for held in Round.objects.filter(state="closed"):
        lines = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in bundle_of(held))
        assert list(differences_in(io.BytesIO(lines))) == []


def test_what_was_found_has_been_put_right_and_the_log_holds(make_demo):
    make_demo(accounts=60, rounds=12)
    past = Finding.objects.filter(raised_at__lt="2026-09-01T00:00Z")
    assert set(past.values_list("state", flat=True)) == {"closed"}
    assert past.filter(source=Finding.Source.INSPECTOR).count() > 0
    assert not Finding.objects.filter(ended_at__gt=NOW).exists()
    assert not Claim.objects.filter(finding__in=past, outcome=Claim.Outcome.WAITING).exists()
    assert Round.objects.filter(state="closed", division="320000").count() == 12
    assert first_break() is None


def test_an_account_opened_later_is_in_no_earlier_population(make_demo):
    make_demo(accounts=60, rounds=12)
    for held in Round.objects.filter(state="closed", division="320000").order_by("end_on")[:3]:
        assert not Sample.objects.filter(round=held, account__opened_on__gt=held.end_on).exists()
        there = Account.objects.exclude(opened_on__gt=held.end_on).count()
        assert held.population_size <= there


def test_past_rounds_add_no_posts(make_demo):
    with_none = make_demo(rounds=0)
    assert Round.objects.filter(state="closed").count() == 0
    assert with_none.report.posts == Post.objects.count()


def test_a_round_that_is_not_over_is_left_out():
    assert [one.name for one in quarters(rounds=2, now=NOW, skip=0)] == [(2026, 2), (2026, 3)]
    early = NOW.replace(month=10, day=10)
    assert [one.name for one in quarters(rounds=2, now=early, skip=0)] == [(2026, 2)]


@pytest.mark.parametrize("rounds", [-1, 41])
def test_a_number_of_quarters_beyond_reason_is_refused(make_demo, rounds):
    with pytest.raises(Refused, match="--rounds"):
        make_demo(rounds=rounds)
