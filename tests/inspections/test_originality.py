"""Posts compared with earlier ones: whose text it is, who carried it, and what changes when posts change."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from factories import make_account, make_division, make_organisation, make_post
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.originality import BANDS
from govmedia.inspections import program, text_index
from govmedia.inspections.models import Message, Origin, TextHit, TextKey
from govmedia.inspections.services import compare_due, compare_from, drop_old, inspect_due, inspect_posts, originality
from govmedia.inspections.states import State
from govmedia.posts.models import Post, PostEvent

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
NOTICE = (
    "为保障群众用水安全，市水务局定于11月25日22时至次日6时对城北水厂出水管道进行检修，届时人民路以北、建设路以东区域"
    "将停水或水压降低，请沿线单位和居民提前做好储水准备。检修期间如遇用水困难，可拨打供水服务热线咨询，应急送水车"
    "将在市民中心、文化广场等处设点供水。给您带来不便，敬请谅解。"
)
OTHER = (
    "近日，全区中小学生艺术展演在体育馆举行，来自三十二所学校的八百余名学生登台，合唱、器乐、戏曲、舞蹈轮番上演，"
    "展示了美育教学的成果。评委从节目编排、舞台表现、精神面貌等方面打分，评出一等奖六个、二等奖十个，优秀节目将代表"
    "本区参加全市展演。教育部门表示，将继续开足开齐美育课程，让每个孩子都有一项艺术特长。"
)


@pytest.fixture
def city(nanjing):
    return make_organisation(name="南京市水务局", division=nanjing, field="water")


@pytest.fixture
def counties(gulou, xuanwu):
    """Two counties' bodies of the same field, and one of another."""
    return [
        make_organisation(name="鼓楼区水务局", division=gulou, field="water"),
        make_organisation(name="玄武区水务局", division=xuanwu, field="water"),
        make_organisation(name="玄武区教育局", division=xuanwu, field="education"),
    ]


def post(account, *, hour=8, text=NOTICE, title="停水通告", **values):
    at = datetime(2026, 11, 20, hour, tzinfo=UTC)
    return make_post(account, on=ON, title=title, text=text, published_at=at, first_seen_at=at, **values)


def kinds():
    return dict(Origin.objects.values_list("post_id", "kind"))


def edit(row, now, **values):
    Post.objects.filter(pk=row.pk).update(**values)
    PostEvent.objects.create(post=row, at=now, kind=PostEvent.Kind.EDITED)


def test_a_message_is_counted_with_its_source_and_carriers(city, counties, moment):
    source = post(make_account(city), hour=1)
    first = post(make_account(counties[0]), hour=3, text=f"【转发】{NOTICE}编辑：某某")
    second = post(make_account(counties[1]), hour=9)
    strange = post(make_account(counties[2]), hour=9)
    own = post(make_account(counties[2]), hour=10, text=OTHER)
    short = post(make_account(counties[2]), hour=11, text="早安，南京！")
    make_account(make_organisation(name="江宁区水务局", division=counties[0].division, field="water"))
    report = compare_due(now=moment)
    assert (report.posts, report.carried) == (6, 3)
    assert kinds() == {
        source.pk: "own",
        first.pk: "carried",
        second.pk: "carried",
        strange.pk: "carried",
        own.pk: "own",
        short.pk: "short",
    }
    message = Message.objects.get()
    assert (message.first, message.text, message.first_at) == (source, source, source.published_at)
    assert message.last_at == second.published_at
    assert (message.carriers, message.below, message.subordinates) == (3, 2, 3)
    row = Origin.objects.get(pk=first.pk)
    assert (row.covers, 0.9 < row.share < 1, row.own) == (1.0, True, 4)
    # Only what is like nothing before is indexed, each under a few numbers.
    assert TextKey.objects.count() == 2 * BANDS
    assert compare_due(now=moment).posts == 0


def test_a_source_seen_later_but_published_earlier_is_the_source(city, counties, moment):
    carrier = post(make_account(counties[0]), hour=9, text=f"{NOTICE}编辑：某某")
    compare_due(now=moment)
    source = post(make_account(city), hour=1)
    compare_due(now=moment)
    message = Message.objects.get()
    assert (message.first, message.text, message.first_at) == (source, carrier, source.published_at)
    assert kinds() == {carrier.pk: "carried", source.pk: "own"}
    assert Origin.objects.get(pk=carrier.pk).covers == 1.0
    third = post(make_account(counties[1]), hour=10)
    compare_due(now=moment)
    message.refresh_from_db()
    assert (message.carriers, kinds()[third.pk]) == (2, "carried")


def test_a_date_that_cannot_be_makes_nobody_first(city, counties, moment):
    source = post(make_account(city), hour=5)
    late = post(make_account(counties[0]), hour=6, date_basis="backdated")
    Post.objects.filter(pk=late.pk).update(published_at=moment - timedelta(days=30))
    compare_due(now=moment)
    assert Message.objects.get().first == source
    assert kinds() == {source.pk: "own", late.pk: "carried"}


def test_an_organisation_carries_nothing_of_its_own(city, counties, moment):
    here, there = make_account(city), make_account(city, platform="weibo")
    source, again = post(here, hour=1), post(there, hour=2)
    compare_due(now=moment)
    assert kinds() == {source.pk: "own", again.pk: "again"}
    assert not Message.objects.exists()
    carrier = post(make_account(counties[0]), hour=3)
    once_more = post(there, hour=4)
    compare_due(now=moment)
    assert kinds() == {source.pk: "own", again.pk: "again", carrier.pk: "carried", once_more.pk: "again"}
    assert Message.objects.get().carriers == 1


def test_much_of_ones_own_beside_a_message_stays_original(city, counties, moment):
    source = post(make_account(city), hour=1)
    both = post(make_account(counties[0]), hour=2, text=f"{NOTICE}\n{OTHER}")
    compare_due(now=moment)
    assert kinds() == {source.pk: "own", both.pk: "own"}
    assert list(Message.objects.get().parts.order_by("pk").values_list("pk", flat=True)) == [source.pk, both.pk]
    assert Message.objects.get().carriers == 1


def test_a_form_that_each_fills_in_is_no_message(city, counties, moment):
    form = NOTICE.replace("11月25日22时", "12月3日23时").replace("城北水厂", "城南水厂")
    source, own = post(make_account(city), hour=1), post(make_account(city), hour=2, text=form)
    other = post(make_account(counties[0]), hour=3, text=form.replace("城南", "江北").replace("3日", "5日"))
    compare_due(now=moment)
    assert kinds() == {source.pk: "own", own.pk: "own", other.pk: "adapted"}
    assert not Message.objects.exists()
    # What was filled in goes round like any other text.
    carrier = post(make_account(counties[1]), hour=4, text=other.text)
    compare_due(now=moment)
    assert kinds()[carrier.pk] == "carried"
    assert Message.objects.get().first == other


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_how_posts_are_batched_makes_no_difference(city, counties, moment, monkeypatch, batch):
    monkeypatch.setattr(originality, "BATCH", batch)
    rows = [post(make_account(one), hour=9 - n, text=NOTICE + "。" * n) for n, one in enumerate([*counties, city])]
    post(make_account(city), hour=7, text=OTHER)
    compare_due(now=moment)
    assert Message.objects.get().first == rows[-1]
    assert Message.objects.get().carriers == 3
    assert [kinds()[row.pk] for row in rows] == ["carried", "carried", "carried", "own"]


def test_a_post_edited_away_from_a_message_is_its_own(city, counties, moment):
    source, carrier = post(make_account(city), hour=1), post(make_account(counties[0]), hour=2)
    compare_due(now=moment)
    edit(carrier, moment, text=OTHER)
    compare_due(now=moment)
    assert kinds() == {source.pk: "own", carrier.pk: "own"}
    assert not Message.objects.exists()
    # What it says now is found again, what it said is not.
    copied = post(make_account(counties[1]), hour=5, text=OTHER)
    compare_due(now=moment)
    assert kinds()[copied.pk] == "carried"
    assert Message.objects.get().first == carrier


def test_a_source_that_is_edited_stays_what_the_others_carried(city, counties, moment):
    source, carrier = post(make_account(city), hour=1), post(make_account(counties[0]), hour=2)
    compare_due(now=moment)
    edit(source, moment, text=NOTICE + "水务热线24小时有人接听。")
    compare_due(now=moment)
    assert kinds() == {source.pk: "own", carrier.pk: "carried"}
    later = post(make_account(counties[1]), hour=9)
    compare_due(now=moment)
    assert kinds()[later.pk] == "carried"
    assert Message.objects.get().carriers == 2


def test_an_edit_makes_a_copy_of_what_was_published_meanwhile(city, counties, moment):
    early = post(make_account(counties[0]), hour=1, text=OTHER)
    source = post(make_account(city), hour=2)
    compare_due(now=moment)
    edit(early, moment, text=NOTICE)
    compare_due(now=moment)
    # Times are what the posts themselves say; the edit's own is in the post's history.
    assert Message.objects.get().parts.count() == 2
    assert TextKey.objects.count() == BANDS
    assert source.pk in text_index.alike({0: text_index.unpacked(Origin.objects.get(pk=source.pk).keys)})[0]


def test_texts_that_nobody_carries_leave_the_index_after_half_a_year(city, counties, moment):
    old, carried = post(make_account(city), hour=1, text=OTHER), post(make_account(city), hour=2)
    compare_due(now=moment)
    long_after = moment + timedelta(days=300)
    carrier = post(make_account(counties[0]), hour=3)
    Post.objects.filter(pk=carrier.pk).update(first_seen_at=long_after, published_at=long_after)
    compare_due(now=long_after)
    assert drop_old(now=long_after) == 1
    assert TextKey.objects.count() == BANDS
    assert Origin.objects.get(pk=old.pk).keys == b""
    assert Origin.objects.get(pk=carried.pk).keys != b""
    assert drop_old(now=long_after) == 0


def test_a_post_that_appears_below_the_last_one_read_is_not_missed(city, counties, moment):
    """On a database with several writers a post's key may be given before that of one already read."""
    account = make_account(city)
    late = post(account, hour=1)
    kept = Post.objects.filter(pk=late.pk).values().get()
    Post.objects.filter(pk=late.pk).delete()
    post(make_account(counties[0]), hour=2, text=OTHER)
    compare_due(now=moment)
    Post.objects.create(**kept)
    assert compare_due(now=moment).posts == 1
    assert kinds()[late.pk] == "own"


def test_an_archive_may_be_left_but_for_its_end(city, moment, monkeypatch):
    monkeypatch.setattr(originality, "LOOK_BACK", 1)
    account = make_account(city)
    rows = [post(account, hour=hour, text=f"{hour}" * 60) for hour in (1, 2, 3, 9)]
    compare_from(since=datetime(2026, 11, 20, 5, tzinfo=UTC))
    compare_due(now=moment)
    assert sorted(kinds()) == [rows[2].pk, rows[3].pk]


def test_a_run_stops_when_it_is_told_to_and_goes_on_later(city, moment, monkeypatch):
    monkeypatch.setattr(originality, "BATCH", 2)
    account = make_account(city)
    for number in range(5):
        post(account, text=f"{number}" * 60)
    assert compare_due(now=moment, limit=2).posts == 2
    assert compare_due(now=moment, go_on=lambda: False).posts == 0
    assert compare_due(now=moment).posts == 3


def test_a_flood_of_texts_of_one_template_is_looked_up_by_the_youngest(moment):
    numbers = {post_id: [7] for post_id in range(1, 201)}
    text_index.add(numbers)
    assert sorted(text_index.alike({1000: [7, 8]})[1000]) == list(range(151, 201))
    text_index.remove({200: [7], 199: [8]})
    assert max(text_index.alike({1000: [7]})[1000]) == 199


def test_numbers_are_kept_as_they_are():
    assert text_index.unpacked(text_index.packed([0, 1, 2**31 - 1])) == [0, 1, 2**31 - 1]


def test_a_message_of_the_government_is_for_all_fields_below(jiangsu, nanjing, gulou, counties, moment):
    make_division("320106001", "宁海路街道", "township", parent=gulou)
    government = make_organisation(name="南京市人民政府", division=nanjing, field="government")
    make_account(make_organisation(name="江苏省水利厅", division=jiangsu, field="water"))
    make_account(make_organisation(name="南京市教育局", division=nanjing, field="education"))
    make_account(counties[0], status="closed", closed_on=ON)
    post(make_account(government), hour=1)
    post(make_account(counties[2]), hour=2)
    make_account(counties[1])
    compare_due(now=moment)
    message = Message.objects.get()
    assert (message.carriers, message.below, message.subordinates) == (1, 1, 2)


@pytest.fixture
def headlines(monkeypatch):
    monkeypatch.setattr(program, "Inspector", partial(Inspector, only=["source_headline"]))


def test_a_changed_headline_waits_for_a_human_with_both_titles(city, counties, moment, headlines):
    post(make_account(city), hour=1, title="关于城北水厂管道检修停水的通告")
    same = post(make_account(counties[0]), hour=2, title="【转发】关于城北水厂管道检修停水的通告")
    bent = post(make_account(counties[1]), hour=3, title="全城要断水？官方回应来了")
    partly = post(make_account(counties[2]), hour=3, title="我区开展艺术展演", text=f"{NOTICE}{OTHER}")
    inspect_due(now=moment)
    assert not TextHit.objects.exists()
    assert compare_due(now=moment).retitled == 1
    hit = TextHit.objects.get()
    assert (hit.post, hit.check_code, hit.category, hit.level) == (bent, "source_headline", "source", "notice")
    assert (hit.auto, hit.field, hit.found) == (False, "title", "全城要断水？官方回应来了")
    assert "关于城北水厂管道检修停水的通告" in hit.message
    # A later look at the same posts changes nothing; a title that was put right takes the hit back.
    inspect_posts(post_ids=[same.pk, bent.pk, partly.pk], now=moment)
    assert TextHit.objects.get().state == State.OPEN
    edit(bent, moment, title="关于城北水厂管道检修停水的通告", sm3="0" * 64)
    compare_due(now=moment)
    inspect_due(now=moment)
    assert TextHit.objects.get().state == State.GONE


def test_a_headline_is_judged_anew_when_the_first_one_turns_out_to_be_another(city, counties, moment, headlines):
    early = post(make_account(counties[0]), hour=9, title="全城要断水？官方回应来了")
    compare_due(now=moment)
    assert not TextHit.objects.exists()
    post(make_account(city), hour=1, title="关于城北水厂管道检修停水的通告")
    compare_due(now=moment)
    assert TextHit.objects.get().post == early
