"""What posts show and lead to: which addresses are noted, and when what was found there is told and taken back."""

from datetime import date, timedelta

import pytest

from factories import make_account, make_post
from govmedia.inspections.models import Target, TargetUse, TextHit
from govmedia.inspections.services import decide, inspect_due, inspect_posts, targets
from govmedia.inspections.services.targets import found_anew, note_targets
from govmedia.inspections.states import State
from govmedia.posts.models import Post

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)
PICTURE = "https://img.example.cn/a.png"
PAGE = "https://news.example.com/a.html"
FOUND = {
    "check_code": "ads_link", "category": "ads", "level": "deduct", "start": 0, "end": 5, "found": "https://shop",
    "before": "", "after": "", "message": "图片里的二维码通向淘宝（网上商城）", "basis": "", "lexicon": "",
    "confidence": 0.6, "gain": 1.8, "check_version": 1,
}  # fmt: skip


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康鼓楼")


def post(account, *, images=(), links=(), **values):
    extra = {"images": list(images), "links": list(links)}
    return make_post(account, on=ON, url="https://www.example.gov.cn/post", extra=extra, **values)


def found_at(url, now, *rows):
    target = Target.objects.get(url=url)
    target.found = list(rows)
    target.save()
    found_anew(target, now=now)
    return target


def test_pictures_and_links_of_new_posts_are_noted_once_with_their_places(account, moment):
    first = post(account, images=["data:image/png;base64,x", PICTURE], links=[PAGE])
    second = post(account, images=[PICTURE, PICTURE])
    inspect_due(now=moment)
    inspect_posts(post_ids=[first.pk, second.pk], now=moment)
    rows = Target.objects.order_by("kind").values_list("kind", "url", "host", "due_at", "outcome")
    assert list(rows) == [
        ("page", PAGE, "news.example.com", moment, ""),
        ("picture", PICTURE, "img.example.cn", moment, ""),
    ]
    uses = TargetUse.objects.order_by("post", "target__kind").values_list("post", "target__kind", "index")
    assert list(uses) == [(first.pk, "page", 0), (first.pk, "picture", 1), (second.pk, "picture", 1)]


@pytest.mark.parametrize(
    ("images", "links"),
    [
        ((), ("https://www.example.gov.cn/other",)),
        ((), ("javascript:alert(1)", "mailto:a@example.cn", "ftp://example.cn/a", "http:///x", "http://nodot/x")),
        (("https://img.example.cn/" + "a" * 2000,), ()),
    ],
    ids=["its own site", "no web address", "too long"],
)
def test_what_is_no_address_elsewhere_is_left(account, moment, images, links):
    note_targets([post(account, images=images, links=links)], now=moment)
    assert not Target.objects.exists()


def test_a_gallery_is_noted_as_far_as_its_beginning(account, moment):
    note_targets([post(account, images=[f"https://img.example.cn/{n}.png" for n in range(50)])], now=moment)
    assert Target.objects.count() == targets.OF_A_POST


def test_a_host_whose_queue_is_full_gets_no_more(account, moment, monkeypatch):
    monkeypatch.setattr(targets, "WAITING_MOST", 3)
    note_targets([post(account, images=[f"https://img.example.cn/{n}.png" for n in range(5)])], now=moment)
    note_targets(
        [post(account, images=["https://img.example.cn/9.png", "https://other.example.cn/9.png"])], now=moment
    )
    hosts = list(Target.objects.order_by("pk").values_list("host", flat=True))
    assert hosts == ["img.example.cn"] * 3 + ["other.example.cn"]
    # What was opened makes room.
    Target.objects.update(visits=1)
    note_targets([post(account, images=["https://img.example.cn/8.png"])], now=moment)
    assert Target.objects.count() == 5


def test_findings_are_told_to_a_human_once_an_account(account, gulou_health, moment, li_supervisor):
    other = make_account(gulou_health, platform="weibo")
    posts = [post(account, images=[PICTURE]), post(account, images=["x", PICTURE]), post(other, images=[PICTURE])]
    inspect_due(now=moment)
    target = found_at(PICTURE, moment, FOUND)
    hits = list(TextHit.objects.order_by("pk"))
    assert [(hit.post, hit.account, hit.field, hit.index) for hit in hits] == [
        (posts[0], account, "images", 0),
        (posts[2], other, "images", 0),
    ]
    assert {(hit.auto, hit.state, hit.target, hit.found) for hit in hits} == {
        (False, State.OPEN, target, "https://shop")
    }
    # A human's word holds for later posts and other addresses of the same account.
    decide(hit_id=hits[0].pk, ruling="wrong", by=li_supervisor, now=moment)
    post(account, images=[PICTURE, "https://img.example.cn/b.png"])
    inspect_due(now=moment)
    found_at("https://img.example.cn/b.png", moment, FOUND)
    assert TextHit.objects.count() == 2


def test_a_new_post_with_a_known_target_is_told_of_without_opening_it(account, gulou_health, moment):
    post(account, images=[PICTURE])
    inspect_due(now=moment)
    found_at(PICTURE, moment, FOUND)
    other = make_account(gulou_health, platform="weibo")
    late = post(other, images=[PICTURE])
    inspect_due(now=moment)
    assert TextHit.objects.filter(post=late).count() == 1


def test_what_is_no_longer_there_is_taken_back(account, moment):
    row = post(account, images=[PICTURE], links=[PAGE])
    inspect_due(now=moment)
    found_at(PICTURE, moment, FOUND)
    found_at(PAGE, moment, {**FOUND, "found": "百家乐"}, {**FOUND, "found": "老虎机"})
    assert TextHit.objects.filter(state=State.OPEN).count() == 3
    # An inspection of the text alone leaves them as they are.
    inspect_posts(post_ids=[row.pk], now=moment)
    assert TextHit.objects.filter(state=State.OPEN).count() == 3
    # The page says less, then the post no longer shows the picture, then it is gone.
    found_at(PAGE, moment, {**FOUND, "found": "百家乐"})
    assert set(TextHit.objects.filter(state=State.OPEN).values_list("found", flat=True)) == {"https://shop", "百家乐"}
    Post.objects.filter(pk=row.pk).update(extra={"links": [PAGE]})
    inspect_posts(post_ids=[row.pk], now=moment)
    assert list(TextHit.objects.filter(state=State.OPEN).values_list("found", flat=True)) == ["百家乐"]
    Post.objects.filter(pk=row.pk).update(state=Post.State.GONE)
    inspect_posts(post_ids=[row.pk], now=moment)
    assert not TextHit.objects.filter(state=State.OPEN).exists()
    assert not TargetUse.objects.exists()


def test_posts_that_are_gone_are_not_told_of(account, moment):
    row = post(account, images=[PICTURE])
    inspect_due(now=moment)
    Post.objects.filter(pk=row.pk).update(state=Post.State.GONE)
    found_at(PICTURE, moment + timedelta(days=1), FOUND)
    assert not TextHit.objects.exists()
