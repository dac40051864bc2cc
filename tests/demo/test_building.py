"""Building into an empty data folder."""

from datetime import datetime

import pytest
from django.db import transaction

from govmedia.accounts.models import Account
from govmedia.bulletins.models import Bulletin
from govmedia.common.clock import SHANGHAI
from govmedia.common.refusals import Refused
from govmedia.demo.inspection_rounds import LEAST
from govmedia.demo.services import in_use
from govmedia.demo.words import load
from govmedia.posts.models import Post
from govmedia.rounds.models import Round


def test_build_refuses_too_few_posts_and_leaves_nothing(make_demo):
    with pytest.raises(Refused) as refusal:
        make_demo(posts=40)
    assert "--posts" in refusal.value.text
    assert not in_use()


def test_build_twice_alike_by_the_same_seed(make_demo):
    def seen() -> tuple[list[tuple[str, ...]], list[str]]:
        make_demo()
        accounts = list(Account.objects.order_by("pk").values_list("code", "name", "platform", "health"))
        return accounts, list(Post.objects.order_by("account__code", "native_id").values_list("native_id", flat=True))

    mark = transaction.savepoint()
    first = seen()
    transaction.savepoint_rollback(mark)
    assert seen() == first


def test_build_refuses_too_few_accounts(make_demo):
    with pytest.raises(Refused) as refusal:
        make_demo(accounts=5)
    assert "--accounts" in refusal.value.text
    assert not in_use()


def test_build_with_few_posts_fills_only_the_last_days(make_demo):
    demo = make_demo(accounts=40, posts=40 * 9)
    days = Post.objects.order_by("counts_on").values_list("counts_on", flat=True)
    assert demo.report.since == "2026-11-05"
    assert days[0].isoformat() >= "2026-11-04"
    seen = Account.objects.filter(first_seen_at__isnull=False).order_by("first_seen_at")
    assert seen[0].first_seen_at.date().isoformat() == "2026-11-04"


@pytest.mark.parametrize("hour", [0, 10])
def test_build_in_the_first_hours_of_a_quarter(make_demo, hour):
    make_demo(accounts=LEAST, now=datetime(2027, 1, 1, hour, 5, tzinfo=SHANGHAI))
    under_way = Round.objects.get(state="judging")
    assert under_way.name == ("2027年第一季度" if hour == 10 else "2026年第四季度") + "政务新媒体抽查"
    assert under_way.samples.filter(check_used__isnull=False).exists()
    assert Bulletin.objects.get().title == "关于2026年第三季度政务新媒体抽查情况的通报（演示）"


def test_build_has_something_of_every_kind_for_the_text_checks(make_demo):
    make_demo(accounts=LEAST + 10, now=datetime(2027, 2, 9, 9, 0, tzinfo=SHANGHAI))
    found = "\n".join(Post.objects.values_list("text", flat=True))
    assert [slip for slip in load().slips if slip not in found] == []
