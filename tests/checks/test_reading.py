"""The account's posts beside the questions: found, opened, marked, and shown to nobody else."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factories import make_account, make_post
from govmedia.checks.reading import PAGE, named_post, opened_post, pane_of, posts_of
from govmedia.checks.services import start_check
from govmedia.common.clock import day_of
from govmedia.engine.types import Evidence
from govmedia.inspections.models import TextHit
from govmedia.posts.models import PostEvent

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
TEXT = "根据国办发[2019]51号文件，现将有关事项通知如下。\n请各单位遵照执行。"


def mark(post, found, moment, **values):
    """A hit on the words of a post's text."""
    start = max(post.text.find(found), 0)
    return TextHit.objects.create(**{
        "post": post, "account": post.account, "counts_on": post.counts_on, "check_code": "form_document_number",
        "category": "form", "level": "deduct", "field": "text", "start": start, "end": start + len(found),
        "found": found, "message": "发文字号应用六角括号", "confidence": 0.9, "auto": True, "post_sm3": post.sm3,
        "gain": 2.7, "seen_at": moment, **values,
    })  # fmt: skip


@pytest.fixture
def check(lively, sun_inspector, moment):
    """An account's quarter: a post every second day, the second newest with a mark in its text."""
    day = day_of(moment)
    make_post(lively, on=day - timedelta(days=1), title="关于培训的通知", text=TEXT, extra={
        "images": ["https://example.gov.cn/1.jpg", "data:image/png;base64,AA"], "links": ["https://shop.example/"],
    })  # fmt: skip
    return start_check(
        account=lively, edition="jiangsu-2019", start_on=day - timedelta(days=80), end_on=day, by=sun_inspector,
        now=moment,
    )  # fmt: skip


@pytest.fixture
def marked(check, moment):
    post = check.account.posts.get(title="关于培训的通知")
    mark(post, "[2019]51号", moment)
    return post


def test_posts_are_those_of_the_period_up_to_its_point(check, lively, moment):
    day = day_of(moment)
    before = make_post(lively, on=check.start_on - timedelta(days=1))
    later = make_post(lively, on=day + timedelta(days=1))
    check.end_on = day + timedelta(days=5)
    other = make_post(make_account(lively.organisation, name="另一个号"), on=day)
    seen = list(posts_of(check))
    assert not {before, later, other} & set(seen)
    assert [post.counts_on for post in seen] == sorted((post.counts_on for post in seen), reverse=True)
    assert len(seen) == 42


def test_pane_has_pages_and_finds_words_in_titles_and_texts(check, marked, sun_inspector):
    first = pane_of(check, sun_inspector, {})
    assert (len(first.rows), first.total, first.found, first.marked, first.pages) == (PAGE, 42, 42, 1, 3)
    assert (first.previous, first.next) == ("", "page=2")
    assert [row.marks for row in first.rows if row.marks] == [[("warn", "扣分 1")]]
    last = pane_of(check, sun_inspector, {"page": "99"})
    assert (last.page, len(last.rows), last.next) == (3, 2, "")
    assert [row.post for row in pane_of(check, sun_inspector, {"find": "遵照执行"}).rows] == [marked]
    assert [row.post for row in pane_of(check, sun_inspector, {"find": " 培训 "}).rows] == [marked]
    assert [row.post for row in pane_of(check, sun_inspector, {"marked": "1"}).rows] == [marked]
    assert pane_of(check, sun_inspector, {"find": "没有的字"}).rows == []


def test_what_was_found_wrong_or_put_right_is_no_mark(check, marked, sun_inspector):
    for state in ("wrong", "gone"):
        TextHit.objects.update(state=state, decided_by=sun_inspector, decided_at=marked.first_seen_at)
        assert pane_of(check, sun_inspector, {}).marked == 0
        assert opened_post(marked, sun_inspector)["reading"].cards == []


def test_a_post_that_is_asked_for_is_open_on_its_page(check, sun_inspector):
    wanted = list(posts_of(check))[PAGE + 3]
    pane = pane_of(check, sun_inspector, {"post": f"{wanted.pk}"})
    assert pane.page == 2
    assert [row.post for row in pane.rows if row.opened] == [wanted]


def test_the_pane_takes_as_many_queries_for_marked_posts_as_for_others(
    check, client, sun_inspector, moment, django_assert_num_queries
):
    client.force_login(sun_inspector)
    posts, page = (reverse(name, args=[check.pk]) for name in ("checks:posts", "checks:detail"))
    client.get(posts, headers=HTMX)  # what the frame keeps for a while
    for more in (0, 5):
        for post in list(posts_of(check))[:more]:
            mark(post, "现", moment)
        # Session, person, check twice (within reach, for these eyes), counts, order, posts, marks; 4 of the frame.
        with django_assert_num_queries(12):
            client.get(posts, headers=HTMX)
        with django_assert_num_queries(14):
            client.get(page)


def test_a_post_is_read_with_its_marks_pictures_and_changes(check, marked, client, sun_inspector, moment):
    title = mark(marked, "培训", moment, field="title", start=2, end=4, level="notice")
    mark(marked, "旧的字", moment, post_sm3="0" * 64, before="从前", after="在此")
    PostEvent.objects.create(post=marked, at=moment, kind="edited", title_before="从前的标题", text_before="从前的字")
    client.force_login(sun_inspector)
    text = client.get(reverse("checks:post", args=[check.pk, marked.pk]), headers=HTMX).content.decode()
    assert '关于<mark class="hit notice" data-number="1">培训</mark>的通知' in text
    assert '根据国办发<mark class="hit deduct" data-number="2">[2019]51号</mark>文件' in text
    assert "改动前的文字：从前旧的字在此" in text
    assert reverse("inspections:detail", args=[title.pk]) in text
    assert 'href="https://example.gov.cn/1.jpg"' in text
    assert "data:image" not in text and 'href="https://shop.example/"' not in text
    assert "从前的标题" in text


def test_texts_are_not_on_the_page_until_they_are_asked_for(check, marked, client, sun_inspector):
    client.force_login(sun_inspector)
    url = reverse("checks:detail", args=[check.pk])
    assert "遵照执行" not in client.get(url).content.decode()
    assert "遵照执行" in client.get(url, {"post": marked.pk}).content.decode()
    assert "遵照执行" not in client.get(reverse("checks:posts", args=[check.pk]), headers=HTMX).content.decode()


def test_without_script_a_post_opens_on_the_page_of_the_check(check, marked, client, sun_inspector):
    client.force_login(sun_inspector)
    page = reverse("checks:detail", args=[check.pk])
    answer = client.get(reverse("checks:post", args=[check.pk, marked.pk]))
    assert answer.url == f"{page}?post={marked.pk}#p-{marked.pk}"
    answer = client.get(reverse("checks:posts", args=[check.pk]), {"find": "培训"})
    assert answer.url == f"{page}?find=%E5%9F%B9%E8%AE%AD#posts"


def test_posts_of_others_are_not_found_and_a_held_check_is_closed_to_other_inspectors(
    check, client, gulou_health, sun_inspector, li_supervisor, chen_operator, zhao_reviewer, moment
):
    other = make_post(make_account(gulou_health, name="另一个号"), on=day_of(moment))
    own = posts_of(check).first()
    client.force_login(sun_inspector)
    assert client.get(reverse("checks:post", args=[check.pk, other.pk]), headers=HTMX).status_code == 404
    for person, status in ((li_supervisor, 200), (chen_operator, 404), (zhao_reviewer, 403)):
        client.force_login(person)
        for url in (reverse("checks:post", args=[check.pk, own.pk]), reverse("checks:posts", args=[check.pk])):
            assert client.get(url, headers=HTMX).status_code == status
    check.held = True
    check.inspector = li_supervisor
    check.save()
    client.force_login(sun_inspector)
    assert client.get(reverse("checks:post", args=[check.pk, own.pk]), headers=HTMX).status_code == 404


def test_a_proof_leads_to_the_post_it_names():
    assert named_post(Evidence("post", "x", "post:17:typo_words:字")) == 17
    for proof in (Evidence("gap", "x", "post:17"), Evidence("post", "x"), Evidence("post", "x", "post:²:a")):
        assert named_post(proof) == 0


def test_the_page_of_a_check_leads_from_the_machines_hits_to_the_post(lively, client, sun_inspector, moment):
    day = day_of(moment)
    post = make_post(lively, on=day, title="办事指南", text="添加微信购买，限时优惠。")
    mark(post, "限时优惠", moment, check_code="ads_words", category="ads")
    check = start_check(
        account=lively, edition="jiangsu-2019", start_on=day, end_on=day, by=sun_inspector, now=moment
    )
    client.force_login(sun_inspector)
    page = client.get(reverse("checks:detail", args=[check.pk]))
    found = [one for one in page.context["seen"] if any(post for _, proofs in one.proven for _, post in proofs)]
    assert [one.state for one in found] == [("info", "待认定")]
    assert f'href="?post={post.pk}#p-{post.pk}"' in page.content.decode()
    code = found[0].code
    assert f'href="#m-{code}">机器在这一项上看到了什么' in page.content.decode()
    reply = client.post(
        reverse("checks:rule", args=[check.pk]), {"code": code, "counts": "no", "note": "转载"}, headers=HTMX
    )
    assert f'id="state-m-{code}" hx-swap-oob="true"><span class="pill off">不认定' in reply.content.decode()
