"""Pages of filings, as people meet them."""

from datetime import timedelta

import pytest
from django.urls import reverse

from factories import make_account, make_interface
from filings.conftest import FORM, rss
from govmedia.filings import services
from govmedia.filings.models import Filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client, chen_operator):
    client.force_login(chen_operator)
    return client


@pytest.fixture
def reviewer(client, zhao_reviewer):
    client.force_login(zhao_reviewer)
    return client


def test_pasting_an_address_begins_a_filled_draft(operator, feeds):
    url = feeds.add("/a.xml", rss())
    answer = operator.post(reverse("filings:new"), {"feed_url": url}, follow=True)
    page = answer.content.decode()
    assert 'value="健康鼓楼"' in page
    assert page.count("已自动填写") == 4
    assert "读到 3 篇" in page
    assert Filing.objects.get().form["feed_url"] == url


def test_after_reading_at_most_six_fields_are_left(operator, feeds):
    operator.post(reverse("filings:new"), {"feed_url": feeds.add("/a.xml", rss(link="https://a.gov.cn/"))})
    filing = Filing.objects.get()
    answer = operator.get(reverse("filings:edit", args=[filing.pk]))
    empty = [field.name for field, _ in answer.context["fields"] if not filing.form.get(field.name)]
    assert empty == ["platform", "opened_on", "contact_phone", "functions", "stands_for_government"]


def test_errors_stand_beside_fields_and_are_summed_up(operator, draft):
    answer = operator.post(reverse("filings:edit", args=[draft.pk]), {**FORM, "opened_on": "2099-01-01"})
    page = answer.content.decode()
    assert "还有 1 处要改" in page
    assert 'id="id_opened_on_error"' in page
    assert 'value="健康鼓楼"' in page
    assert Filing.objects.get().form["name"] == "健康鼓楼"


@pytest.mark.parametrize("action", ["save", "check"])
def test_a_date_that_does_not_exist_is_shown_as_it_was_typed(operator, draft, action):
    url = reverse("filings:edit", args=[draft.pk])
    page = operator.post(url, {**FORM, "opened_on": "2026-02-30", "action": action}, follow=True).content.decode()
    assert '<input type="text" name="opened_on" value="2026-02-30"' in page


def test_html_in_a_field_is_shown_as_text(operator, draft):
    operator.post(reverse("filings:edit", args=[draft.pk]), {"name": "<script>alert(1)</script>", "action": "save"})
    for name in ("edit", "detail"):
        page = operator.get(reverse(f"filings:{name}", args=[draft.pk])).content.decode()
        assert "<script>alert(1)" not in page
        assert "&lt;script&gt;alert(1)" in page


def test_autosave_keeps_the_draft_and_an_unticked_box(operator, draft):
    url = reverse("filings:autosave", args=[draft.pk])
    assert operator.post(url, {"name": "健康", "stands_for_government": "on"}).status_code == 200
    assert operator.post(url, {"name": "健康鼓"}).status_code == 200
    form = Filing.objects.get().form
    assert (form["name"], form["stands_for_government"]) == ("健康鼓", "")


def test_an_older_page_does_not_save_over_a_newer_one(operator, draft):
    """Two tabs on one draft: the second to save is told, by itself and by the button, and the first one's stays."""
    edit, url = reverse("filings:edit", args=[draft.pk]), reverse("filings:autosave", args=[draft.pk])
    version = operator.get(edit).context["version"]
    renewed = operator.post(url, {"description": "新标签页写的", "version": version}).json()["version"]
    answer = operator.post(url, {"description": "旧标签页写的", "version": version})
    assert answer.status_code == 409
    assert answer.json()["error"] == (
        "另一个页面（或另一位同事）已经改过这份草稿，这里的改动没有保存，请刷新后再填。"
    )
    answer = operator.post(edit, {"description": "旧标签页写的", "version": version, "action": "check"})
    assert answer.status_code == 409
    assert "旧标签页写的" in answer.content.decode() and "需要的话请复制" in answer.content.decode()
    assert operator.post(url, {"description": "接着写", "version": renewed}).status_code == 200
    # what both wrote alike is no quarrel
    assert operator.post(url, {"description": "接着写", "version": version}).status_code == 200
    draft.refresh_from_db()
    assert draft.form["description"] == "接着写"


def test_autosave_of_a_submitted_filing_is_refused_in_words(operator, submitted):
    answer = operator.post(reverse("filings:autosave", args=[submitted.pk]), {"name": "x"})
    assert answer.status_code == 409
    assert "已经提交" in answer.json()["error"]


def test_submitting_goes_by_the_page_without_script(operator, draft):
    answer = operator.post(reverse("filings:edit", args=[draft.pk]), {**FORM, "action": "check"})
    assert answer["Location"] == reverse("filings:detail", args=[draft.pk])
    answer = operator.post(reverse("filings:move", args=[draft.pk]), {"move": "submit"}, follow=True)
    assert "政府办公室审核中" in answer.content.decode()


def test_reason_for_a_second_account_is_asked_only_where_there_is_a_first(operator, filled, gulou_health):
    url = reverse("filings:edit", args=[filled.pk])
    assert "id_second_reason" not in operator.get(url).content.decode()
    make_account(gulou_health, platform="weibo")
    assert "id_second_reason" in operator.get(url).content.decode()


def test_queue_opens_the_oldest_and_the_next_by_itself(reviewer, submitted, chen_operator, gulou_health, moment):
    second = services.start(kind="open", organisation=gulou_health, by=chen_operator, now=moment)
    values = {
        **FORM,
        "name": "鼓楼疾控",
        "platform": "douyin",
        "url": "https://b.gov.cn/",
        "feed_url": "https://b.gov.cn/f",
    }
    services.save_draft(filing_id=second.pk, values=values, by=chen_operator, now=moment)
    services.submit(filing_id=second.pk, by=chen_operator, now=moment)
    page = reviewer.get(reverse("filings:queue"))
    assert (page.context["chosen"], page.context["total"]) == (submitted, 2)
    version = page.context["version"]
    answer = reviewer.post(
        reverse("filings:move", args=[submitted.pk]),
        {"move": "pass_on", "next": "queue", "version": version},
        follow=True,
    )
    assert answer.context["chosen"] == second


@pytest.mark.parametrize("came_from", ["", "queue"])
def test_two_reviewers_at_once_and_the_second_is_told_and_keeps_his_note(reviewer, submitted, came_from):
    url = reverse("filings:move", args=[submitted.pk])
    version = services.version_of(Filing.objects.get())
    reviewer.post(url, {"move": "return", "note": "请补", "version": version})
    form = {"move": "pass_on", "note": "已核对<b>", "version": version, "next": came_from}
    answer = reviewer.post(url, form)
    page = answer.content.decode()
    assert (answer.status_code, answer.context["filing"], answer.context["moves"]) == (409, submitted, [])
    assert "可能已有人先处理" in page
    assert answer.context["unsaved"] == [("审核意见", "已核对<b>")]
    assert "已核对&lt;b&gt;</blockquote>" in page


@pytest.mark.parametrize(("came_from", "template"), [("", "filing_detail"), ("queue", "filing_queue")])
def test_a_note_that_was_refused_stays_in_its_box(reviewer, submitted, came_from, template):
    note = "长" * 2_001
    answer = reviewer.post(
        reverse("filings:move", args=[submitted.pk]), {"move": "return", "note": note, "next": came_from}
    )
    assert (answer.status_code, answer.templates[0].name) == (422, f"filings/{template}.html")
    assert [str(one) for one in answer.context["messages"]] == ["意见最多 2,000 个字，现在有 2,001 个，请缩短。"]
    assert f">{note}</textarea>" in answer.content.decode()
    assert answer.context["unsaved"] == []


def test_an_old_page_of_a_filing_that_came_back_keeps_its_note_in_the_box(reviewer, submitted, chen_operator, moment):
    old = services.version_of(Filing.objects.get())
    later = moment + timedelta(minutes=1)
    services.move(filing_id=submitted.pk, name="withdraw", by=chen_operator, now=later)
    Filing.objects.filter(pk=submitted.pk).update(state="submitted", at_division="320106")
    form = {"move": "return", "note": "请补盖章页", "version": old, "next": "queue"}
    answer = reviewer.post(reverse("filings:move", args=[submitted.pk]), form)
    assert (answer.status_code, answer.context["unsaved"]) == (409, [])
    assert ">请补盖章页</textarea>" in answer.content.decode()


def test_a_submission_that_lacks_something_shows_the_form_and_the_note(operator, draft):
    form = {"move": "submit", "note": "急件，请先办"}
    answer = operator.post(reverse("filings:move", args=[draft.pk]), form)
    assert (answer.status_code, answer.templates[0].name) == (422, "filings/filing_edit.html")
    assert answer.context["unsaved"] == [("说明", "急件，请先办")]
    assert 'id="id_name_error"' in answer.content.decode()


@pytest.mark.parametrize("name", ["edit", "fetch"])
def test_what_was_typed_into_a_filing_submitted_meanwhile_can_be_copied(operator, submitted, name):
    values = {
        **FORM,
        "name": "健康鼓楼发布",
        "contact_name": "",
        "functions": "预约挂号\n查报告",
        "stands_for_government": "on",
    }
    answer = operator.post(reverse(f"filings:{name}", args=[submitted.pk]), values)
    assert (answer.status_code, answer.templates[0].name) == (409, "filings/filing_detail.html")
    assert answer.context["unsaved"] == [
        ("账号名称", "健康鼓楼发布"), ("功能栏目", "预约挂号\n查报告"), ("代表一级人民政府", "是")
    ]  # fmt: skip
    assert Filing.objects.get().form["name"] == "健康鼓楼"


def test_addresses_of_deeds_lead_to_the_page_when_asked_for_by_themselves(operator, draft):
    """As after logging in again, or when the address bar of a refused deed is entered once more."""
    for name, page in (("move", "detail"), ("fetch", "edit")):
        answer = operator.get(reverse(f"filings:{name}", args=[draft.pk]))
        assert answer["Location"] == reverse(f"filings:{page}", args=[draft.pk])


def test_warnings_stand_on_the_reviewers_page(reviewer, filled, chen_operator, xuanwu_school, moment):
    make_account(xuanwu_school, name="健康鼓楼发布", platform="douyin")
    services.submit(filing_id=filled.pk, by=chen_operator, now=moment)
    page = reviewer.get(reverse("filings:queue")).content.decode()
    assert "名称与「健康鼓楼发布」相近" in page
    assert "数据接口还没有读过" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("chen_operator", 200), ("zhao_reviewer", 200), ("li_supervisor", 200),
        ("stranger", 403), ("suzhou_supervisor", 403), ("sun_inspector", 403), ("root_admin", 403),
    ],
)  # fmt: skip
def test_filing_is_seen_by_its_organisation_and_the_offices_above(client, submitted, who, status, request):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("filings:detail", args=[submitted.pk])).status_code == status


def test_draft_is_its_organisations_own(client, filled, zhao_reviewer):
    client.force_login(zhao_reviewer)
    assert client.get(reverse("filings:detail", args=[filled.pk])).status_code == 403
    assert "健康鼓楼" not in client.get(reverse("filings:list")).content.decode()


def test_list_takes_a_fixed_number_of_queries(
    reviewer, submitted, gulou_health, chen_operator, moment, django_assert_max_num_queries
):
    for number in range(3):
        Filing.objects.create(
            kind="open", state="submitted", organisation=gulou_health, name=f"账号{number}", platform="weibo",
            created_by=chen_operator, created_at=moment, updated_at=moment, submitted_by=chen_operator,
            submitted_at=moment, at_division=gulou_health.division, waiting_since=moment,
        )  # fmt: skip
    with django_assert_max_num_queries(14):
        answer = reviewer.get(reverse("filings:list"))
    assert answer.context["page"].total == 4
    filtered = reviewer.get(reverse("filings:list"), {"state": "submitted", "q": "账号1"})
    assert filtered.context["page"].total == 1


def test_list_exports(reviewer, submitted):
    answer = reviewer.get(reverse("filings:list"), {"export": "csv"})
    assert "健康鼓楼" in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_change_goes_on_with_the_one_that_was_begun(operator, gulou_health):
    account = make_account(gulou_health)
    make_interface(account)
    url = reverse("filings:change", args=[account.code])
    assert "开始填写" in operator.get(url).content.decode()
    assert not Filing.objects.exists()
    operator.post(url)
    filing = Filing.objects.get()
    assert operator.get(url)["Location"] == reverse("filings:edit", args=[filing.pk])
    assert operator.get(reverse("filings:close", args=[account.code]))["Location"] == reverse(
        "filings:detail", args=[filing.pk]
    )
