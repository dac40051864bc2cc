"""The impostor desk as supervisors see it."""

import io
import zipfile

import pytest
from django.test import Client
from django.urls import reverse

from govmedia.common.exhibits import Upload
from govmedia.impostors.services import Told, report
from impostors.conftest import browser, text

pytestmark = pytest.mark.django_db
TOLD = Told("健康鼓楼官方", "weibo", "https://weibo.com/fake", "要我转账")


@pytest.fixture
def row(real, moment, settings, tmp_path):
    settings.HOME = str(tmp_path)
    picture = Upload("图.png", b"\x89PNG\r\n\x1a\n")
    return report(told=TOLD, picture=picture, client="c1", now=moment)


def test_a_report_becomes_known_by_two_people_and_is_withdrawn(row, real, zhou_supervisor, li_supervisor):
    one, two = browser(zhou_supervisor), browser(li_supervisor)
    assert "核实可疑账号：1 个" in text(one.get(reverse("desk:today")))
    page = reverse("impostors:detail", args=[row.pk])
    shown = text(one.get(page))
    assert "要我转账" in shown and "只多了“官方”" in shown and real.code in shown
    missing = one.post(reverse("impostors:propose", args=[row.pk]), {"imitates": real.code, "said": ""})
    assert missing.status_code == 422
    assert (
        one.post(reverse("impostors:propose", args=[row.pk]), {"imitates": real.code, "said": "诱导转账"}).url == page
    )
    assert "由另一位有权限的人认定" in text(one.get(page))
    assert "认定冒用：「健康鼓楼官方」" in text(two.get(reverse("desk:today")))
    refused = one.post(reverse("impostors:settle", args=[row.pk]), {"deed": "approve"})
    assert (refused.status_code, "不能自己认定" in text(refused)) == (409, True)
    assert two.post(reverse("impostors:settle", args=[row.pk]), {"deed": "approve"}).url == page
    assert "健康鼓楼官方" in text(Client().get(reverse("public:impostors")))
    two.post(reverse("impostors:settle", args=[row.pk]), {"deed": "withdraw", "why": "是民间粉丝号"})
    listed = text(Client().get(reverse("public:impostors")))
    assert "认定已撤销" in listed and "是民间粉丝号" in listed


def test_the_letter_names_both_accounts(row, real, zhou_supervisor, li_supervisor):
    one, two = browser(zhou_supervisor), browser(li_supervisor)
    address = reverse("impostors:letter", args=[row.pk, "docx"])
    assert one.get(address).status_code == 404
    one.post(reverse("impostors:propose", args=[row.pk]), {"imitates": real.code, "said": "诱导转账"})
    two.post(reverse("impostors:settle", args=[row.pk]), {"deed": "approve"})
    whole = zipfile.ZipFile(io.BytesIO(one.get(address).content)).read("word/document.xml").decode()
    for word in ("健康鼓楼官方", "健康鼓楼", "南京市鼓楼区卫生健康委员会", "诱导转账", "https://weibo.com/fake"):
        assert word in whole
    assert one.get(reverse("impostors:letter", args=[row.pk, "exe"])).status_code == 404


def test_the_list_is_filtered_and_exported(row, li_supervisor):
    client = browser(li_supervisor)
    assert "健康鼓楼官方" in text(client.get(reverse("impostors:list"), {"state": "reported"}))
    assert "健康鼓楼官方" not in text(client.get(reverse("impostors:list"), {"state": "known"}))
    export = b"".join(client.get(reverse("impostors:list"), {"export": "csv"}).streaming_content).decode("utf-8-sig")
    assert "健康鼓楼官方" in export


def test_a_strangers_picture_is_shown_by_itself_only(row, li_supervisor):
    answer = browser(li_supervisor).get(reverse("impostors:picture", args=[row.pk, row.reports.get().pk]))
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == ("image/png", "default-src 'none'; sandbox")


def test_the_desk_enters_what_it_found(real, li_supervisor):
    client = browser(li_supervisor)
    sent = client.post(reverse("impostors:new"), {"name": "健康古楼", "platform": "weibo", "what": "搜到的"})
    assert "读音相同" in text(client.get(sent.url))
    assert client.post(reverse("impostors:new"), {"name": "", "what": "x"}).status_code == 422


def test_the_desk_alone_shows_the_same_without_links_to_the_public_site(row, li_supervisor, settings):
    settings.ROOT_URLCONF = "govmedia.config.urls_desk"
    client = browser(li_supervisor)
    assert "健康鼓楼" in text(client.get(reverse("impostors:detail", args=[row.pk])))
    assert client.get(reverse("impostors:list")).status_code == 200
