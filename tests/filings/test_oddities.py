"""What is odd about a filing's name. The names are those of tests/engine/indicators/test_y01_irregular_opening.py."""

import csv
from pathlib import Path

import pytest

from factories import make_account, make_organisation, make_user
from govmedia.accounts.services import note_avatars
from govmedia.emulators.feeds import feeds_in_thread
from govmedia.emulators.source import EmulatedFeed, write_feeds
from govmedia.filings import oddities
from govmedia.filings.models import Filing
from govmedia.filings.services import read_feed, save_draft, start
from govmedia.orgs.models import Organisation
from govmedia.posts.services import open_avatars

NAMES = Path(__file__).parents[1] / "data" / "names"


def _rows(name):
    return list(csv.DictReader((NAMES / name).read_text(encoding="utf-8").splitlines()))


def _titles(name, organisation, division, **more):
    """Titles of what is odd about the name; nothing is stored, and no query is made."""
    body = Organisation(name=organisation, division_id=division, **more)
    return [one.title for one in oddities._duties(Filing(form={"name": name}, organisation=body))]


def test_honest_names_are_left_alone():
    rows = _rows("honest.csv")
    flagged = [row["name"] for row in rows if _titles(**row)]
    # Two villages' accounts that a bulletin lists under their county.
    assert flagged == ["冷泉小镇美丽李家", "温泉小镇幸福嵩口"]
    assert len(flagged) <= 0.03 * len(rows)


def test_odd_names_are_flagged():
    rows = _rows("odd.csv")
    missed = [row for row in rows if not _titles(row["name"], row["organisation"], row["division"])]
    assert len(missed) <= 0.15 * len(rows)
    assert {row["kind"] for row in missed} <= {"private"}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("健康南京", None),
        ("", None),
        ("鼓楼疾控", None),
        ("南京交警", "名称像是别的单位的职责"),
        ("健康苏州", "名称里是别的地方"),
        ("南京美食探店", "名称像商业号或个人号"),
        ("吃茶去", "名称与单位职责看不出关联"),
    ],
)
def test_name_is_weighed_by_work_place_and_kind(name, title):
    assert _titles(name, "南京市卫生健康委员会", "320100") == ([title] if title else [])


def test_what_a_body_does_besides_its_name_is_no_other_work():
    assert _titles("武汉体育", "武汉市教育局", "420100") == ["名称像是别的单位的职责"]
    assert _titles("武汉体育", "武汉市教育局", "420100", duties="主管教育；管理体育场馆。") == []
    assert _titles("武汉体育", "武汉市教育局", "420100", field="sports") == []


def test_place_within_or_around_the_division_is_at_home():
    assert _titles("海州商务", "商务局", "320706") == []
    assert _titles("海州商务", "连云港市商务局", "320700") == []
    assert _titles("江苏商务", "连云港市商务局", "320700") == []
    assert _titles("武侯发布", "武侯街道办事处", "320706") == []


@pytest.fixture
def shown_by(emulated, moment):
    """Accounts that show the picture of this name."""

    def show(name, *organisations):
        for organisation in organisations:
            account = make_account(organisation, name=f"{organisation.name[:6]}发布")
            note_avatars({account.pk: f"{emulated}/avatars/{name}"}, now=moment)
        open_avatars(now=moment)

    return show


@pytest.fixture
def emulated(tmp_path, settings, moment):
    settings.FETCH_ALLOW = ["127.0.0.0/8"]
    path = tmp_path / "emulator.sqlite3"
    write_feeds(path, [EmulatedFeed("gl", "健康鼓楼")], [])
    with feeds_in_thread(path, lambda: moment) as url:
        yield url


def _of_avatar(draft, url, by, moment):
    filing = read_feed(filing_id=draft.pk, url=f"{url}/feeds/gl.rss", by=by, now=moment)
    return [(one["title"], one["account"]) for one in oddities.of(filing, now=moment) if one["kind"] == "avatar"]


@pytest.mark.django_db
def test_the_picture_of_another_body_is_odd(draft, shown_by, emulated, chen_operator, xuanwu_school, moment):
    shown_by("健康鼓楼", xuanwu_school)
    ((title, code),) = _of_avatar(draft, emulated, chen_operator, moment)
    assert title == "头像与「南京市玄武区发布」几乎相同" and code == xuanwu_school.accounts.get().code


@pytest.mark.django_db
def test_ones_own_picture_is_not_odd_nor_a_badge_of_many_nor_another(
    draft, shown_by, emulated, chen_operator, gulou_health, xuanwu_school, nanjing, moment
):
    shown_by("别的头像", xuanwu_school)
    shown_by("健康鼓楼", gulou_health)
    assert _of_avatar(draft, emulated, chen_operator, moment) == []
    police = [make_organisation(division=nanjing, name=f"南京市第{number}公安局") for number in range(2)]
    shown_by("健康鼓楼", *police)
    assert _of_avatar(draft, emulated, chen_operator, moment) == []


def _kinds(filing, moment):
    return [one["title"] for one in oddities.of(filing, now=moment) if one["kind"] in {"elsewhere", "shared"}]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "titles"),
    [
        ("https://weibo.com/u/1", ["链接不是抖音的网址"]),
        ("https://v.douyin.com/abc/", []),
        ("https://www.njgl.gov.cn/douyin.html", []),
        ("https://notdouyin.com/weibo.com", []),
        ("", []),
    ],
)
def test_a_link_to_another_platform_is_odd(draft, chen_operator, moment, url, titles):
    filing = save_draft(filing_id=draft.pk, values={"platform": "douyin", "url": url}, by=chen_operator, now=moment)
    assert _kinds(filing, moment) == titles


@pytest.mark.django_db
def test_an_interface_that_another_filing_has_is_odd_but_not_a_strangers_draft(
    draft, gulou_health, chen_operator, xuanwu_school, moment
):
    feed = {"feed_url": "https://example.gov.cn/feed.xml"}
    filing = save_draft(filing_id=draft.pk, values=feed, by=chen_operator, now=moment)
    theirs = make_user("school", "校运维", "operator", organisation=xuanwu_school)
    other = start(kind="open", organisation=xuanwu_school, account=None, by=theirs, now=moment)
    save_draft(filing_id=other.pk, values=feed, by=theirs, now=moment)
    assert _kinds(filing, moment) == []
    own = start(kind="open", organisation=gulou_health, account=None, by=chen_operator, now=moment)
    save_draft(filing_id=own.pk, values={**feed, "name": "健康鼓楼"}, by=chen_operator, now=moment)
    assert _kinds(filing, moment) == ["数据接口与本单位另一件备案「健康鼓楼」填的相同"]
    Filing.objects.filter(pk=own.pk).delete()
    Filing.objects.filter(pk=other.pk).update(state="submitted")
    assert _kinds(filing, moment) == [f"数据接口与{xuanwu_school.name}另一件备案「未命名」填的相同"]
