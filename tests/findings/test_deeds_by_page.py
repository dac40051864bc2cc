"""What is done on the pages of findings, as people do it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from findings.seeing import PNG
from govmedia.common.clock import today
from govmedia.common.exhibits import path_of
from govmedia.findings.models import Appeal, Claim, Exhibit, Finding
from govmedia.findings.services import appeal, claim

pytestmark = pytest.mark.django_db


def said(answer) -> str:
    return " ".join(str(one) for one in answer.context["messages"])


def post(client, person, name, *args, follow=True, **form):
    client.force_login(person)
    return client.post(reverse(f"findings:{name}", args=args), form, follow=follow)


def test_claim_with_a_file_and_its_download(client, silent, chen_operator, zhou_supervisor, stranger):
    file = SimpleUploadedFile("恢复.png", PNG)
    answer = post(client, chen_operator, "claim", silent.pk, note="已恢复更新", files=file)
    assert "等待复查" in said(answer)
    exhibit = Exhibit.objects.get()
    url = reverse("findings:exhibit", args=[silent.pk, exhibit.pk])
    assert url in answer.content.decode()
    client.force_login(zhou_supervisor)
    shown = client.get(url)
    assert b"".join(shown.streaming_content) == PNG
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert "sandbox" in shown["Content-Security-Policy"]
    client.force_login(stranger)
    assert client.get(url).status_code == 403
    client.force_login(zhou_supervisor)
    path_of(exhibit.sm3).unlink()
    assert client.get(url).status_code == 404


def test_refused_claim_keeps_the_words_and_says_that_files_are_lost(client, silent, chen_operator):
    file = SimpleUploadedFile("病毒.exe", b"MZ")
    answer = post(client, chen_operator, "claim", silent.pk, note="已恢复更新", files=file)
    assert answer.status_code == 422
    assert "附件没有保存，改好后请重新选。" in said(answer)
    assert ">\n已恢复更新</textarea>" in answer.content.decode()
    assert not Claim.objects.exists()


def test_appeal_and_answer(client, silent, chen_operator, li_supervisor):
    answer = post(client, chen_operator, "appeal", silent.pk, reason="")
    assert answer.status_code == 422
    assert "请写明认为有误的理由" in answer.content.decode()
    answer = post(client, chen_operator, "appeal", silent.pk, reason="当天已发布")
    assert "由江苏省南京市监管员复核" in said(answer)
    client.force_login(li_supervisor)
    page = client.get(reverse("findings:appeals")).content.decode()
    assert "当天已发布" in page
    answer = post(client, li_supervisor, "move", silent.pk, move="uphold", note="")
    assert answer.status_code == 422
    answer = post(client, li_supervisor, "move", silent.pk, move="uphold", note="核实有发布")
    assert "申诉成立" in said(answer)
    assert "核实有发布" in answer.content.decode()
    answer = post(client, li_supervisor, "move", silent.pk, move="refuse", note="第二个人的理由")
    assert (answer.status_code, answer.context["unsaved"]) == (409, [("理由", "第二个人的理由")])


def test_words_of_an_appeal_that_is_gone_are_to_be_copied(client, silent, chen_operator, li_supervisor, moment):
    appeal(finding_id=silent.pk, reason="一", by=chen_operator, now=moment)
    answer = post(client, chen_operator, "appeal", silent.pk, reason="很长的理由")
    assert (answer.status_code, answer.context["unsaved"]) == (409, [("申诉理由", "很长的理由")])


def test_moves_of_the_operator(client, silent, chen_operator):
    for name, word in (("accept", "开始整改"), ("nonsense", "先处理")):
        assert word in said(post(client, chen_operator, "move", silent.pk, move=name))
    post(client, chen_operator, "claim", silent.pk, note="好了")
    assert "已撤回整改报告" in said(post(client, chen_operator, "move", silent.pk, move="unclaim"))
    post(client, chen_operator, "appeal", silent.pk, reason="误判")
    assert "已撤回申诉" in said(post(client, chen_operator, "move", silent.pk, move="unappeal"))


def test_due_date_by_page(client, silent, zhou_supervisor):
    new = today() + timedelta(days=9)
    answer = post(client, zhou_supervisor, "postpone", silent.pk, due_on="明天", why="x")
    assert answer.status_code == 422
    assert "请写成 2026-11-30 这样" in answer.content.decode()
    answer = post(client, zhou_supervisor, "postpone", silent.pk, due_on=f"{new}", why="迁移")
    assert f"{new}" in said(answer)


def test_bulk_claim_of_what_was_picked_and_of_all_that_is_filtered(client, silent, broken, chen_operator):
    answer = post(client, chen_operator, "bulk", deed="claim", note="已改", pick=[broken.pk, "x", 10**17])
    assert said(answer) == "已处理 1 项。"
    answer = post(client, chen_operator, "bulk", deed="claim", note="", all="yes")
    assert said(answer) == "请写明做了什么整改。"
    answer = post(client, chen_operator, "bulk", deed="claim", note="已改", all="yes")
    assert said(answer) == "已处理 1 项。"
    assert set(Finding.objects.values_list("state", flat=True)) == {"fixed"}
    assert said(post(client, chen_operator, "bulk", deed="claim", note="已改")).startswith("没有选中任何问题")


def test_recheck_queue_shows_what_was_said(client, broken, chen_operator, sun_inspector, moment):
    claim(finding_id=broken.pk, note="菜单修好了", by=chen_operator, now=moment)
    client.force_login(sun_inspector)
    page = client.get(reverse("findings:rechecks"))
    assert "菜单修好了" in page.content.decode()
    assert "待复查 <span" in page.content.decode()
    assert client.get(reverse("findings:rechecks"), {"export": "csv"}).status_code == 200


def test_notice_by_page(client, account, chen_operator, zhou_supervisor):
    form = {"accounts": f"{account.code}\n{account.code.lower()}", "origin": "superior", "code": "other",
            "what": "头像过时", "evidence": "督查通报第 3 条"}  # fmt: skip
    answer = post(client, zhou_supervisor, "new", **form | {"accounts": "AAAA"})
    assert answer.status_code == 422
    assert "没有编号为 AAAA 的账号" in answer.content.decode()
    assert "督查通报第 3 条" in answer.content.decode()
    answer = post(client, zhou_supervisor, "new", **form)
    assert "已登记 1 个问题，已通知 1 个" in said(answer)
    assert "其他问题" in answer.content.decode()
    answer = post(client, zhou_supervisor, "new", **form)
    assert said(answer) == "1 个账号已登记过同样的问题，还没有了结，没有重复登记。"


def test_figures_of_indicators_count_what_was_overturned(client, silent, chen_operator, li_supervisor, moment):
    appeal(finding_id=silent.pk, reason="误判", by=chen_operator, now=moment)
    post(client, li_supervisor, "move", silent.pk, move="uphold", note="属实")
    (row,) = client.get(reverse("findings:indicators")).context["rows"]
    assert (row.code, row.confirmed, row.appealed, row.overturned, row.withdrawn) == ("R05", 1, 1, 1, 0)
    assert Appeal.objects.get().state == "upheld"


def test_timeline_tells_the_whole_life(client, broken, chen_operator, zhou_supervisor, moment):
    claim(finding_id=broken.pk, note="修好了", by=chen_operator, now=moment)
    post(client, zhou_supervisor, "move", broken.pk, move="reopen", note="还是打不开")
    items = client.get(reverse("findings:detail", args=[broken.pk])).context["timeline"]
    assert [item["text"] for item in items] == [
        "发现", "认定", "已通知主办单位的运维员", "报告已整改", "复查未通过", "等待整改",
    ]  # fmt: skip
    assert [item.get("note", "") for item in items][3:5] == ["修好了", "还是打不开"]
