"""Real or not, as anybody sees it: five answers, pictures, reports."""

import io
import json
import re
import socket

import pytest
import segno
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from factories import make_account, make_division, make_organisation
from govmedia.accounts.services import index_accounts, keep_avatar, note_avatars
from govmedia.common import signing
from govmedia.emulators.beyond import avatar
from govmedia.engine.content.fingerprints import fingerprint
from govmedia.engine.signatures import fault_of
from govmedia.impostors.models import Impostor, Report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()


@pytest.fixture
def real(gulou_health):
    account = make_account(
        gulou_health, name="健康鼓楼", url="https://weibo.com/jkgl", platform="weibo", platform_id="jk_gl"
    )
    index_accounts([account.pk])
    return account


@pytest.fixture
def client():
    return Client()


def picture(*texts, kind="png"):
    codes = []
    for one in texts:
        data = io.BytesIO()
        segno.make_qr(one).save(data, kind="png", scale=6, border=6)
        codes.append(Image.open(data).convert("RGB"))
    sheet = Image.new(
        "RGB", (sum(code.width for code in codes) or 200, max([code.height for code in codes] or [200]))
    )
    at = 0
    for code in codes:
        sheet.paste(code, (at, 0))
        at += code.width
    out = io.BytesIO()
    sheet.save(out, format=kind)
    return SimpleUploadedFile("code.png", out.getvalue(), "image/png")


def show(client, **asked):
    answer = client.get(reverse("public:verify"), asked)
    return answer.status_code, answer.content.decode()


def test_the_form_asks_and_answers_in_words(client, real):
    assert "这个账号是真的吗" in show(client)[1]
    status, page = show(client, q="健康鼓楼")
    assert status == 200
    assert "有官方账号叫这个名称" in page and "南京市鼓楼区卫生健康委员会" in page
    assert "在其他平台上看到的同名账号没有备案" in page and "是官方账号" not in page, "a name proves nothing"
    status, page = show(client, q="健康古楼")
    assert "很像官方账号，但不是它" in page and "读音相同" in page and real.code in page
    assert "请停止往来" in page and "96110" in page
    assert "没有记录，不等于安全" in show(client, q="平安苏州")[1]
    for one in ({"code": real.code}, {"q": real.code.lower()}, {"q": "jk_gl"}, {"platform_id": "jk_gl"}):
        assert "是官方账号" in show(client, **one)[1], one


@pytest.mark.parametrize("text", ["长" * 10_000, "'; DROP TABLE x; --", "😀\u202e\u200f", "a\x00b", "http://[", " "])
def test_odd_questions_get_a_plain_page(client, real, text):
    status, page = show(client, q=text)
    assert status in (200, 422)
    if len(text) > 100:
        assert status == 422 and "最多 80 个字" in page


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("@健康鼓楼", "有官方账号叫这个名称"),
        ("健康鼓楼（微博）", "有官方账号叫这个名称"),
        ("健康鼓楼(第一)", "没有记录，名称里含有"),
        ("7.43 复制打开微博，看看【健康鼓楼的作品】 https://weibo.com/jkgl 快来", "是官方账号"),
        ("健康鼓楼1", "很像官方账号"),
        ("健康鼓楼官方02", "很像官方账号"),
        ("健康鼓楼12345", "没有记录，名称里含有"),
        ("南京市鼓楼区卫生健康委员会", "这是单位的名称"),
        ("鼓楼区卫健委", "这是单位的名称"),
    ],
)
def test_what_people_copy_is_understood(client, real, text, head):
    page = show(client, q=text)[1]
    assert re.search(r"<h1>([^<]*)</h1>", page)[1].startswith(head)
    assert ("向它提供个人信息" in page) == head.startswith("没有记录")


def test_a_platform_that_is_not_filed_gets_a_warning_and_the_real_accounts(client, real):
    page = show(client, q="健康鼓楼（微信公众号）")[1]
    assert "<h1>这个平台上没有备案，同名的官方账号在别的平台</h1>" in page and 'class="answer warn"' in page
    assert f"/accounts/{real.code}/" in page and "有官方账号叫这个名称" not in page
    assert "name=%E5%81%A5%E5%BA%B7%E9%BC%93%E6%A5%BC&amp;platform=wechat_mp" in page, "a report knows the platform"
    body = client.get("/api/v1/verify", {"name": "健康鼓楼（微信公众号）"}).json()
    assert body["answer"] == "no_record" and body["matches"][0]["code"] == real.code


def test_bodies_of_one_everyday_name_are_choices(client, real, jiangsu):
    xuzhou = make_division("320300", "徐州市", "city", parent=jiangsu)
    other = make_division("320302", "鼓楼区", "county", parent=xuzhou)
    make_organisation(name="徐州市鼓楼区卫生健康委员会", division=other)
    page = show(client, q="鼓楼卫健委")[1]
    assert "<h1>这是单位的名称，但不知道是哪一个</h1>" in page
    choices = re.findall(r'<li><a href="(/verify/\?name=[^"]+)">', page)
    assert len(choices) == 2 and "这个单位备案的账号" in client.get(choices[0]).content.decode()


def test_bodies_of_the_very_same_name_are_told_apart_by_their_places(client, real, suzhou):
    make_organisation(name="南京市鼓楼区卫生健康委员会", division=suzhou)
    page = show(client, q="南京市鼓楼区卫生健康委员会")[1]
    assert "（江苏省苏州市）" in page and "&amp;division=320106" in page


def test_a_lure_at_an_official_name_gets_a_caution_and_the_real_account(client, real):
    page = show(client, q="健康鼓楼福利群")[1]
    assert "<h1>没有记录，名称里含有官方账号的名称</h1>" in page and 'class="answer warn"' in page
    assert f"/accounts/{real.code}/" in page and "多出来的字是“福利群”" in page
    assert "请停止往来" not in page and "冒用账号</h1>" not in page


def test_several_of_one_name_are_shown_as_equals(client, real, xuanwu_school):
    make_account(xuanwu_school, name="健康鼓楼", platform="douyin")
    page = show(client, q="健康鼓楼")[1]
    assert "名录里叫这个名称的官方账号" in page and "这个账号" not in page.split("<main", 1)[1].split("举报", 1)[0]
    assert "有 2 个，在抖音、微博" in page or "有 2 个，在微博、抖音" in page


def test_more_than_one_question_at_once_is_refused(client, real):
    assert show(client, name="甲", url="https://a.cn/")[0] == 422


def test_a_post_leads_to_an_address_to_keep(client, real):
    assert client.post(reverse("public:verify"), {"q": "健康鼓楼"}).url.startswith("/verify/?name=")
    assert client.post(reverse("public:verify"), {}).status_code == 422


def send(client, file):
    return client.post(reverse("public:verify"), {"picture": file})


def test_a_pictures_code_is_asked(client, real):
    sent = send(client, picture("https://weibo.com/jkgl"))
    assert "是官方账号" in client.get(sent.url).content.decode()


def test_our_own_posters_lead_to_their_account(client, real):
    sent = send(client, picture(f"http://testserver/verify/?code={real.code}"))
    assert "是官方账号" in client.get(sent.url).content.decode()
    elsewhere = send(client, picture(f"http://evil.example.com/verify/?code={real.code}"))
    assert "是官方账号" not in client.get(elsewhere.url).content.decode()


def test_nothing_is_fetched(client, real, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("opened a connection")

    monkeypatch.setattr(socket.socket, "connect", never)
    monkeypatch.setattr(socket, "getaddrinfo", never)
    sent = send(client, picture("http://127.0.0.1:1/admin"))
    page = client.get(sent.url).content.decode()
    assert "内部或保留地址" in page and "没有记录" in page


def test_of_three_codes_one_is_chosen(client, real):
    page = send(client, picture("https://a.cn/1", "https://a.cn/2", "https://weibo.com/jkgl"))
    text = page.content.decode()
    assert "图片里有 3 个二维码" in text and "weibo.com%2Fjkgl" in text


def test_a_picture_that_is_an_accounts_avatar_leads_to_it_and_proves_nothing(client, real, moment):
    note_avatars({real.pk: "https://a.example/1.png"}, now=moment)
    print_ = fingerprint(avatar("健康鼓楼"))
    keep_avatar(account_id=real.pk, url="https://a.example/1.png", fingerprint=print_, cause="", now=moment)
    page = send(client, SimpleUploadedFile("a.png", avatar("健康鼓楼"), "image/png"))
    text = page.content.decode()
    assert page.status_code == 200 and f"/accounts/{real.code}/" in text and "头像谁都能盗用" in text
    assert "is-invalid" not in text and "?name=%E5%81%A5" in text
    other = send(client, SimpleUploadedFile("a.png", avatar("别人"), "image/png")).content.decode()
    assert "没有认出二维码" in other and "头像谁都能盗用" not in other and 'id="picture-why"' in other


def test_who_sends_picture_after_picture_waits_and_others_do_not(client, real, monkeypatch):
    monkeypatch.setattr("govmedia.public.views.verify.PICTURES_MOST", 2)
    assert [send(client, picture()).status_code for _ in range(3)] == [422, 422, 429]
    assert "秒后再试" in send(client, picture()).content.decode()
    assert client.get(reverse("public:verify"), {"q": "健康鼓楼"}).status_code == 200
    assert send(Client(REMOTE_ADDR="192.0.2.8"), picture()).status_code == 422


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (SimpleUploadedFile("a.png", b""), "图片"),
        (SimpleUploadedFile("a.png", b"not a picture"), "不是 PNG"),
        (SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + b"0" * 50 * 1024 * 1024), "超过 15 MB"),
        (picture(), "没有认出二维码"),
        (picture("长" * 300), "太长"),
    ],
)
def test_other_pictures_are_told_what_is_wrong(client, real, file, says):
    page = send(client, file)
    assert page.status_code == 422
    assert says in page.content.decode()


def test_the_api_answers_signed(client, real, settings, tmp_path, moment):
    settings.HOME = str(tmp_path)
    signing.make_key()
    signing.remember_key(now=moment)
    body = client.get("/api/v1/verify", {"name": "健康古楼"}).json()
    assert (body["answer"], body["account"]["code"]) == ("lookalike", real.code)
    keys = client.get(reverse("api:keys")).json()["keys"]
    assert fault_of(json.loads(json.dumps(body)), keys) == ""
    assert body["signature"][:20] not in client.get(reverse("public:verify"), {"name": "平安苏州"}).content.decode()


@pytest.mark.parametrize("asked", [{}, {"name": "甲", "url": "https://a.cn"}, {"name": "长" * 81}, {"q": "甲"}])
def test_the_api_refuses_in_words(client, asked):
    answer = client.get("/api/v1/verify", asked)
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_a_report_needs_no_log_in_and_loses_nothing_typed(client, real):
    page = client.get(reverse("public:report"), {"name": "健康古楼"}).content.decode()
    assert "健康古楼" in page
    given = {"name": "健康古楼", "platform": "weibo", "link": "不是链接", "what": "要我转账"}
    again = client.post(reverse("public:report"), given)
    assert again.status_code == 422
    assert "要我转账" in again.content.decode() and "链接应是网页地址" in again.content.decode()
    sent = client.post(reverse("public:report"), {**given, "link": "https://weibo.com/fake"})
    assert sent.url == reverse("public:reported")
    assert Impostor.objects.get().imitates == real
    assert Report.objects.get().client not in ("", "127.0.0.1")


def test_a_machine_that_fills_everything_in_reports_nothing(client, real):
    given = {"name": "健康古楼", "what": "假", "website": "http://spam"}
    assert client.post(reverse("public:report"), given).url == reverse("public:reported")
    assert not Impostor.objects.exists()


def test_too_many_reports_are_told_so(client, real):
    for number in range(5):
        client.post(reverse("public:report"), {"name": f"假账号{number}", "what": "假"})
    again = client.post(reverse("public:report"), {"name": "假账号9", "what": "假"})
    assert again.status_code == 422
    assert "一小时内最多举报" in again.content.decode()


def test_the_public_site_alone_answers_too(client, real, settings):
    settings.ROOT_URLCONF = "govmedia.config.urls_public"
    assert "很像官方账号" in show(client, q="健康古楼")[1]
    assert client.get(reverse("public:report")).status_code == 200
    assert client.get(reverse("public:impostors")).status_code == 200
