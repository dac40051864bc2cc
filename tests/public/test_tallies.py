"""What is kept of a large directory says what counting its rows says."""

from itertools import product

import pytest
from django.core.cache import cache
from django.http import QueryDict

from factories import make_account, make_organisation
from govmedia.accounts import services
from govmedia.accounts.models import Account
from govmedia.accounts.services import index_accounts, indexing
from govmedia.common import installation
from govmedia.public import coverage, directory, tallies
from govmedia.public.models import PlaceCounts

pytestmark = pytest.mark.django_db
ASKED = [
    "", "page=2", "division=320000", "division=320100", "division=320106", "division=320500", "division=990000",
    "platform=weibo", "level=county&field=health", "division=320100&platform=weibo", "division=320106&level=city",
    "q=健康", "q=健康&division=320100", "offer=medical", "offer=medical&platform=douyin&division=320100",
    "q=健康&offer=medical",
]  # fmt: skip


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def register(gulou, xuanwu, nanjing, suzhou, moment):
    """Accounts of four places, three platforms and three fields."""
    for place, field in product((gulou, xuanwu, nanjing, suzhou), ("health", "education", "")):
        body = make_organisation(division=place, field=field, name=f"{place.name}{field}局")
        for platform in ("weibo", "douyin", "wechat_mp"):
            offers = [{"name": "预约挂号"}] if field == "health" else [{"name": "入学"}, {"name": "公积金"}]
            make_account(
                body, name=f"健康{place.name}{field}", platform=platform, last_post_at=moment, functions=offers
            )
    index_accounts(list(Account.objects.values_list("pk", flat=True)))
    return nanjing


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(tallies, "SMALL", 0)
    monkeypatch.setattr(tallies, "LARGE", 0)
    monkeypatch.setattr(directory, "COMMON", 0)
    monkeypatch.setattr(coverage, "SMALL", 0)


def shown(asked, moment):
    found = directory.browse(directory.Wish.of(QueryDict(asked)), now=moment)
    return (
        found.total, found.pages, [row.pk for row in found.rows], found.places, found.facets,
        [one.name for one in found.line], found.wish.division, [] if found.wish.chosen else found.offers,
    )  # fmt: skip


def test_pages_are_the_same_from_what_is_kept(register, large, moment):
    counted = [shown(asked, moment) for asked in ASKED]
    overview = directory.overview(now=moment)
    cache.clear()
    assert tallies.keep_counts(now=moment) == PlaceCounts.objects.count() == 6
    assert [shown(asked, moment) for asked in ASKED] == counted
    assert directory.overview(now=moment) == overview


def test_what_is_offered_is_counted_for_a_place_and_only_named_under_other_choices(register, large, moment):
    def offers(asked):
        found = directory.browse(directory.Wish.of(QueryDict(asked)), now=moment)
        return {one.value: one.count for one in found.offers}

    asked = ("", "division=320100", "division=320106")
    counted = [offers(one) for one in asked]
    assert counted[2] == {"medical": 3, "schooling": 6, "housing_fund": 6}
    cache.clear()
    tallies.keep_counts(now=moment)
    assert [offers(one) for one in asked] == counted
    assert offers("platform=weibo") == {"medical": None, "schooling": None, "housing_fund": None}


def test_a_list_of_offers_that_changed_is_counted_anew(register, large, moment, monkeypatch):
    tallies.keep_counts(now=moment)
    assert tallies.keep_counts(now=moment) == 0
    services.rebuild_index(now=moment)
    assert tallies.kept_offer("320106", "medical").places == {"320106": 3}
    monkeypatch.setattr(indexing, "offers_of", lambda names: ["tax"])
    services.rebuild_index(now=moment)
    assert tallies.keep_counts(now=moment) > 0
    cache.clear()
    found = directory.browse(directory.Wish.of(QueryDict("")), now=moment)
    assert [(one.value, one.count) for one in found.offers] == [("tax", 36)]


def test_several_provinces_are_the_first_choice(register, large, moment, jiangsu):
    from factories import make_division

    zhejiang = make_division("330000", "浙江省", "province")
    make_account(make_organisation(division=zhejiang), name="浙江发布")
    counted = [shown(asked, moment) for asked in ASKED]
    cache.clear()
    tallies.keep_counts(now=moment)
    assert [shown(asked, moment) for asked in ASKED] == counted
    assert [one.label for one in directory.overview(now=moment).places] == ["江苏省", "浙江省"]


def test_only_what_changed_is_written_and_what_is_gone_goes(register, large, moment, gulou_health):
    tallies.keep_counts(now=moment)
    assert tallies.keep_counts(now=moment) == 0
    added = make_account(gulou_health, name="又一个", platform="weibo", updated_at=moment)
    # The county, the city, the province and everywhere.
    assert tallies.keep_counts(now=moment) == 4
    assert shown("division=320106", moment)[0] == 10
    added.delete()
    make_account(gulou_health, name="再一个", platform="douyin", updated_at=moment.replace(hour=11))
    tallies.keep_counts(now=moment)
    assert shown("division=320106&platform=weibo", moment)[0] == 3


def test_a_small_directory_keeps_nothing(register, moment):
    assert tallies.keep_counts(now=moment) == 0
    assert not PlaceCounts.objects.exists()
    assert not coverage.keep_freshness(now=moment)


def test_how_fresh_it_is_comes_from_the_worker_until_it_stands_still(register, large, moment, monkeypatch):
    assert coverage.keep_freshness(now=moment)
    kept = installation.read(coverage.KEPT)
    monkeypatch.setattr(coverage, "clock", lambda: moment)
    monkeypatch.setattr(coverage, "counted", lambda now: pytest.fail("counted for a page"))
    assert coverage.of(kept)["live"] == 36
    monkeypatch.setattr(coverage, "clock", lambda: moment.replace(hour=11))
    monkeypatch.setattr(coverage, "counted", lambda now: {"as_of": None, "seen": 0, "live": 7})
    assert coverage.of(kept)["live"] == 7
