"""Building into an empty data folder."""

import pytest
from django.db import transaction

from govmedia.accounts.models import Account
from govmedia.common.refusals import Refused
from govmedia.demo.services import in_use
from govmedia.posts.models import Post


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
