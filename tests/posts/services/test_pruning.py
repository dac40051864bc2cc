"""What is kept of looks."""

from datetime import timedelta

import pytest

from factories import make_account, make_coverage, make_look
from govmedia.audit.models import Entry
from govmedia.posts.models import Look
from govmedia.posts.services import prune

pytestmark = pytest.mark.django_db


def test_looks_are_thinned_to_the_last_good_one_of_a_day_and_forgotten_after_400_days(gulou_health, moment):
    account, other = make_account(gulou_health), make_account(gulou_health, platform="weibo")
    day = moment - timedelta(days=10)
    first = make_look(account, day - timedelta(hours=3))
    make_look(account, day - timedelta(hours=2))
    best = make_look(account, day - timedelta(hours=1))
    make_look(account, day, ok=False)
    make_look(other, day - timedelta(hours=1), ok=False)
    last_bad = make_look(other, day, ok=False)
    single = make_look(account, day - timedelta(days=1))
    fresh = [make_look(account, moment - timedelta(days=2, hours=hour)) for hour in range(3)]
    make_look(account, moment - timedelta(days=401))
    make_coverage(account, day, day, first_look=first.pk, last_look=best.pk)
    assert prune(now=moment) == 4
    kept = {first.pk, best.pk, last_bad.pk, single.pk, *(look.pk for look in fresh)}
    assert set(Look.objects.values_list("pk", flat=True)) == kept
    assert Entry.objects.get().after == {"removed": 4}
    assert prune(now=moment) == 0
    # a day later the next day is thinned as well
    assert prune(now=moment + timedelta(days=6)) == 2


def test_nothing_looked_at_is_nothing_to_prune(db, moment):
    assert prune(now=moment) == 0
    assert not Entry.objects.exists()
