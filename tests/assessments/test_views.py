"""Pages of the annual assessment, as each side sees them, with nothing typed lost."""

import pytest
from django.urls import reverse

from assessments.conftest import PNG, mark_of
from govmedia.assessments import services


@pytest.fixture
def desk(client):
    def open_page(user, page, /, *args, **data):
        client.force_login(user)
        url = reverse(f"assessments:{page}", args=args)
        answer = client.post(url, data) if data else client.get(url)
        return answer, answer.content.decode()

    return open_page


def test_an_empty_list_leads_on(desk, home, province_supervisor):
    _, text = desk(province_supervisor, "list")
    assert "还没有年度考核" in text
    assert reverse("assessments:new") in text


def test_the_form_offers_the_offices_right_below_and_keeps_what_was_typed(desk, accounts, province_supervisor):
    _, text = desk(province_supervisor, "new")
    assert "南京市" in text
    assert "苏州市" in text
    assert "鼓楼区" not in text
    answer, text = desk(province_supervisor, "new", name="一年一考", start_on="2026-12-31", end_on="2026-01-01")
    assert answer.status_code == 422
    assert 'value="一年一考"' in text


def test_an_office_without_accounts_below_is_told_so(desk, home, suzhou_supervisor):
    _, text = desk(suzhou_supervisor, "new")
    assert "没有可考核的下级单位" in text


def test_a_body_sees_figures_and_what_is_missing_but_no_points(desk, reporting, li_supervisor):
    body = reporting.bodies.get(division="320100")
    answer, _ = desk(li_supervisor, "detail", reporting.pk)
    assert answer["Location"] == reverse("assessments:body", args=[body.pk])
    _, text = desk(li_supervisor, "body", body.pk)
    assert "1 / 2" in text
    assert "鼓楼卫健微博（微博）：未见，授权到期" in text
    assert "得分在审核后反馈" in text
    assert 'class="big num"' not in text


def test_a_report_that_is_refused_stays_in_its_form(desk, reporting, li_supervisor, client):
    mark = mark_of(reporting, "320100", "A09")
    client.force_login(li_supervisor)
    from django.core.files.uploadedfile import SimpleUploadedFile

    files = SimpleUploadedFile("a.exe", b"MZ")
    answer = client.post(reverse("assessments:report", args=[mark.pk]), {"said": "制度见附件", "files": files})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "制度见附件" in text
    assert "附件没有保存" in text


def test_only_the_item_is_sent_back_where_a_part_was_asked_for(reporting, li_supervisor, client):
    mark = mark_of(reporting, "320100", "A09")
    client.force_login(li_supervisor)
    url = reverse("assessments:report", args=[mark.pk])
    for said, told in (("有制度、有记录。", "A09 已保存。"), ("长" * 2001, "is-bad")):
        text = client.post(url, {"said": said}, HTTP_HX_REQUEST="true").content.decode()
        assert text.count("<section") == 1 and 'id="A09"' in text and "<html" not in text
        assert told in text and f"{said}</textarea>" in text
    assert "A09 已保存" not in client.get(reverse("assessments:body", args=[mark.body_id])).content.decode()


@pytest.mark.parametrize("asked", [{}, {"HTTP_HX_REQUEST": "true"}])
def test_a_report_that_comes_too_late_can_be_copied(reviewing, li_supervisor, client, asked):
    mark = mark_of(reviewing, "320100", "A09")
    client.force_login(li_supervisor)
    url = reverse("assessments:report", args=[mark.pk])
    text = client.post(url, {"said": "晚了一步的话"}, **asked).content.decode()
    assert "需要的话请复制" in text and "晚了一步的话" in text


def test_points_out_of_range_are_said_beside_the_field(desk, reviewing, province_supervisor):
    mark = mark_of(reviewing, "320100", "A09")
    answer, text = desk(province_supervisor, "review", mark.pk, points="50", note="很好")
    assert answer.status_code == 422
    assert "0 到 5 之间" in text
    assert 'value="50"' in text
    answer, _ = desk(province_supervisor, "review", mark.pk, points="5", note="")
    assert answer["Location"].endswith("#A09")


def test_a_refused_step_keeps_the_page_and_says_why(desk, reviewing, province_supervisor):
    answer, text = desk(province_supervisor, "step", reviewing.pk, deed="announce")
    assert answer.status_code == 409
    assert "还有 4 项自评没有评分" in text
    answer, _ = desk(province_supervisor, "step", reviewing.pk, deed="fly")
    assert answer.status_code == 404


def test_the_one_who_announced_is_not_offered_to_publish(desk, announced, province_supervisor, second_provincial):
    _, text = desk(province_supervisor, "detail", announced.pk)
    assert "须由另一位监管员公布" in text
    assert "公布结果</button>" not in text
    _, text = desk(second_provincial, "detail", announced.pk)
    assert "公布结果</button>" in text


def test_an_appeal_is_shown_to_both_and_answered_by_another(
    desk, announced, li_supervisor, second_provincial, province_supervisor
):
    mark = mark_of(announced, "320100", "A10")
    _, text = desk(li_supervisor, "body", mark.body_id)
    assert "提出申诉" in text
    desk(li_supervisor, "appeal", mark.pk, reason="培训 3 次，见附件。")
    _, text = desk(province_supervisor, "body", mark.body_id)
    assert "须由另一位监管员复核" in text
    made = mark.appeals.get()
    answer, text = desk(second_provincial, "decide", made.pk, deed="uphold", points="", answer="属实")
    assert answer.status_code == 422
    assert "属实" in text
    desk(second_provincial, "decide", made.pk, deed="uphold", points="4.5", answer="属实")
    _, text = desk(li_supervisor, "body", mark.body_id)
    assert "得分由 4.00 改为 4.50" in text


def test_a_proof_is_handed_out_to_both_sides_only(desk, reviewing, li_supervisor, suzhou_supervisor, client):
    proof = mark_of(reviewing, "320100", "A09").proofs.get()
    client.force_login(li_supervisor)
    answer = client.get(reverse("assessments:proof", args=[proof.pk]))
    assert b"".join(answer.streaming_content) == PNG
    answer, _ = desk(suzhou_supervisor, "proof", proof.pk)
    assert answer.status_code == 404


def test_the_file_has_every_items_points(client, announced, province_supervisor):
    client.force_login(province_supervisor)
    answer = client.get(reverse("assessments:detail", args=[announced.pk]), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "A10 培训与清理整合" in text
    assert "V01" in text


def test_the_list_has_a_fixed_number_of_queries(desk, announced, province_supervisor, django_assert_max_num_queries):
    desk(province_supervisor, "detail", announced.pk)
    with django_assert_max_num_queries(24):
        desk(province_supervisor, "detail", announced.pk)


def test_anybody_reads_the_ranking_with_its_reasons_and_takes_the_file(client, published, second_provincial, moment):
    text = client.get(reverse("public:assessments")).content.decode()
    assert published.name in text
    text = client.get(reverse("public:assessment", args=[published.pk])).content.decode()
    assert "建议值" in text
    assert "略有不足" in text
    assert "0 / 2，触及否决" in text
    answer = client.get(reverse("public:assessment-ranking", args=[published.pk]))
    assert answer.json()["bodies"][0]["name"]
    services.withdraw(assessment_id=published.pk, why="数字有误", by=second_provincial, now=moment)
    text = client.get(reverse("public:assessment", args=[published.pk])).content.decode()
    assert "理由：数字有误" in text
    assert "略有不足" not in text
    assert client.get(reverse("public:assessment-ranking", args=[published.pk])).status_code == 404


def test_what_is_not_published_is_nobodys(client, announced):
    assert client.get(reverse("public:assessment", args=[announced.pk])).status_code == 404
    assert announced.name not in client.get(reverse("public:assessments")).content.decode()
