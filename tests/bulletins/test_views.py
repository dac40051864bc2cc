"""Bulletins at the desk, as pages."""

import pytest
from django.urls import reverse

from bulletins.conftest import NUMBER
from govmedia.bulletins.models import Bulletin

pytestmark = pytest.mark.django_db


@pytest.fixture
def li(client, li_supervisor):
    client.force_login(li_supervisor)
    return client


def _typed(row, **values):
    form = {
        "title": row.title, "issuer": row.issuer, "number": NUMBER, "signed_on": row.signed_on, "due_on": row.due_on,
        "addressees": row.addressees, "lead": row.lead, "revision": row.revision,
        "heading": ["总体情况", "要求"], "level": ["1", "1"], "text": ["检查{{sampled}}个。", "请整改。"],
        "do": "save",
    }  # fmt: skip
    return form | values


def test_a_closed_round_offers_to_write_its_bulletin(li, closed):
    page = li.get(reverse("rounds:detail", args=[closed.pk])).content.decode()
    url = reverse("bulletins:start", args=[closed.pk])
    assert url in page
    answer = li.post(url)
    row = Bulletin.objects.get()
    assert answer["Location"] == reverse("bulletins:detail", args=[row.pk])
    page = li.get(answer["Location"]).content.decode()
    assert "{{pass_rate}}" in page and "总体合格率为75%" in page


def test_what_was_typed_is_kept(li, draft):
    url = reverse("bulletins:detail", args=[draft.pk])
    assert li.post(url, _typed(draft)).status_code == 302
    draft.refresh_from_db()
    assert [one["heading"] for one in draft.sections] == ["总体情况", "要求"]
    assert "检查4个。" in li.get(url).content.decode()


def test_nothing_typed_is_lost_on_an_error(li, draft):
    answer = li.post(
        reverse("bulletins:detail", args=[draft.pk]), _typed(draft, text=["合格率为99%。", "请整改！！"])
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“99%”是手写的数字" in page and "合格率为99%。</textarea>" in page and "请整改！！</textarea>" in page
    answer = li.post(reverse("bulletins:detail", args=[draft.pk]), _typed(draft, title="", text=["甲", "乙"]))
    assert answer.status_code == 422 and "甲</textarea>" in answer.content.decode()
    answer = li.post(reverse("bulletins:detail", args=[draft.pk]), _typed(draft, revision=7, text=["甲", "乙"]))
    assert answer.status_code == 422 and "甲</textarea>" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.revision == 1


@pytest.mark.parametrize(
    ("deed", "headings"),
    [
        ("add:1", ["总体情况", "", "要求"]), ("add:0", ["", "总体情况", "要求"]), ("up:2", ["要求", "总体情况"]),
        ("drop:1", ["要求"]), ("up:1", ["总体情况", "要求"]), ("drop:99999999", ["总体情况", "要求"]),
        ("x", ["总体情况", "要求"]),
    ],
)  # fmt: skip
def test_sections_are_arranged_without_saving(li, draft, deed, headings):
    answer = li.post(reverse("bulletins:detail", args=[draft.pk]), _typed(draft, do=deed))
    assert [one.heading for one in answer.context["blocks"]] == headings
    draft.refresh_from_db()
    assert draft.revision == 1


def test_a_preview_saves_nothing(li, draft):
    answer = li.post(reverse("bulletins:detail", args=[draft.pk]), _typed(draft, do="preview", title="试一试的标题"))
    assert "这是预览，还没有保存" in answer.content.decode() and "试一试的标题</h1>" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.title != "试一试的标题"


def test_submitting_sends_what_is_typed(li, draft):
    url = reverse("bulletins:detail", args=[draft.pk])
    assert li.post(url, _typed(draft, do="submit", text=["检查{{sampled}}个。", "刚改的话。"])).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "submitted" and draft.sections[1]["text"] == ["刚改的话。"]


def test_what_was_typed_outlives_a_refused_submission(li, draft):
    url = reverse("bulletins:detail", args=[draft.pk])
    answer = li.post(url, _typed(draft, do="submit", number="", text=["检查{{sampled}}个。", "刚改的话。"]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "还没有发文字号" in page and "写的内容已保存" in page and "刚改的话。</textarea>" in page
    draft.refresh_from_db()
    assert draft.state == "draft" and draft.sections[1]["text"] == ["刚改的话。"]
    # and the page that came back can be sent at once
    assert f'name="revision" value="{draft.revision}"' in page
    answer = li.post(url, _typed(draft, do="submit", text=["合格率为99%。", "刚改的话。"]))
    assert answer.status_code == 422 and "合格率为99%。</textarea>" in answer.content.decode()


def test_figures_are_taken_anew_under_what_is_typed(li, draft):
    url = reverse("bulletins:detail", args=[draft.pk])
    li.post(url, _typed(draft, do="refresh", text=["检查{{sampled}}个。", "刚改的话。"]))
    draft.refresh_from_db()
    assert draft.sections[1]["text"] == ["刚改的话。"]
    answer = li.post(url, _typed(draft, do="refresh", rewrite="on", title="新的标题", text=["合格率为99%。", "甲"]))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.title == "新的标题" and draft.sections[0]["text"] not in (["合格率为99%。"], ["检查{{sampled}}个。"])


def test_a_look_in_between_does_not_hide_that_a_colleague_saved(li, draft):
    url, stale = reverse("bulletins:detail", args=[draft.pk]), _typed(draft)
    li.post(url, _typed(draft, title="同事的标题"))
    for deed in ("preview", "add:1", "save"):
        assert f'name="revision" value="{stale["revision"]}"' in li.post(url, stale | {"do": deed}).content.decode()
    draft.refresh_from_db()
    assert draft.title == "同事的标题"


def test_what_is_typed_after_a_colleague_submitted_can_be_copied(li, draft):
    url, late = reverse("bulletins:detail", args=[draft.pk]), _typed(draft, text=["检查4个。", "晚了一步的话。"])
    li.post(url, _typed(draft, do="submit"))
    answer = li.post(url, late)
    page = answer.content.decode()
    assert "已经送审，不能再改" in page and "晚了一步的话。" in page and "需要的话请复制" in page


def test_steps_are_offered_to_who_may_take_them(li, draft, second_supervisor, client):
    li.post(reverse("bulletins:detail", args=[draft.pk]), _typed(draft))
    url, move = reverse("bulletins:detail", args=[draft.pk]), reverse("bulletins:move", args=[draft.pk])
    assert [step.name for step in li.get(url).context["moves"]] == ["submit"]
    li.post(move, {"move": "submit"})
    assert [step.name for step in li.get(url).context["moves"]] == ["recall"]
    client.force_login(second_supervisor)
    assert [step.name for step in client.get(url).context["moves"]] == ["approve", "return"]
    client.post(move, {"move": "approve"})
    assert [step.name for step in client.get(url).context["moves"]] == ["return", "publish"]
    client.post(move, {"move": "publish"})
    draft.refresh_from_db()
    assert draft.state == "published"


def test_files_are_to_be_had_of_drafts_too(li, draft):
    for kind, start in (("docx", b"PK"), ("html", b"<!DOCTYPE"), ("json", b"{")):
        answer = li.get(reverse("bulletins:document", args=[draft.pk, kind]))
        assert answer.content.startswith(start) and "attachment" in answer["Content-Disposition"]
    assert li.get(reverse("bulletins:document", args=[draft.pk, "exe"])).status_code == 404


def test_a_list_of_one(li, draft, django_assert_num_queries):
    assert "起草中" in li.get(reverse("bulletins:list")).content.decode()
