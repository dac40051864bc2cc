"""The five answers, and what each is made from."""

import pytest

from factories import make_account, make_division, make_organisation, make_user
from govmedia.accounts.services import change_account, index_accounts
from govmedia.common import signing
from govmedia.engine.signatures import fault_of
from govmedia.impostors.answering import answer, signed
from govmedia.impostors.questions import Question, question_of
from govmedia.impostors.services import Told, approve, propose, report, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(real, li_supervisor, province_supervisor, moment):
    told = Told("健康鼓楼客服", "weibo", "https://weibo.com/fake", "要我转账")
    row = report(told=told, picture=None, client="c", now=moment)
    propose(impostor_id=row.pk, said="诱导转账", imitates=real.code, platform_id="999", by=li_supervisor, now=moment)
    return approve(impostor_id=row.pk, by=province_supervisor, now=moment)


def ask(moment, **given):
    return answer(question_of(given), now=moment)


def test_official_by_name_link_id_and_code(real, moment):
    for given in (
        {"name": "健康鼓楼"},
        {"name": " 「健康鼓楼」 "},
        {"url": "http://www.weibo.com/jkgl/?from=share"},
        {"platform_id": "5012345"},
        {"code": real.code.lower()},
        {"q": "健康鼓楼"},
        {"q": "weibo.com/jkgl"},
    ):
        found = ask(moment, **given)
        assert (found.kind, found.account) == ("official", real), given
        assert "南京市鼓楼区卫生健康委员会" in found.reasons[0]


def test_closed_names_day_and_successor(closed, real, moment):
    found = ask(moment, name="玄武教育")
    assert (found.kind, found.account) == ("closed", closed)
    assert "已于 2024-05-01 注销，由「健康鼓楼」（微博）承接" in " ".join(found.reasons)


def test_a_former_name_is_no_longer_used(real, moment):
    change_account(account=real, values={"name": "鼓楼卫健"}, by=None, now=moment)
    found = ask(moment, name="健康鼓楼")
    assert (found.kind, found.account) == ("closed", real)
    assert "用过的名称" in found.reasons[0]


@pytest.mark.parametrize(
    "name", ["健康鼓楼官方", "健康古楼", "健康 鼓楼", "健康鼓樓", "健康鼓楼直播间", "健康鼓\u200b楼"]
)
def test_a_look_alike_names_whom_it_imitates(real, moment, name):
    found = ask(moment, name=name)
    assert (found.kind, found.account) == ("lookalike", real)
    assert "很像「健康鼓楼」" in found.reasons[0]
    assert len(found.reasons) > 2


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("健康鼓楼福利群", "福利群"),
        ("健康鼓楼领补贴", "领补贴"),
        ("健康 鼓樓福利群（抖音）", "福利群"),
        ("领健康鼓楼补贴", "领”“补贴"),
    ],
)
def test_a_lure_put_to_a_whole_official_name_shows_the_real_account(real, moment, name, more):
    found = ask(moment, name=name)
    assert (found.kind, found.ground, found.account) == ("no_record", "holds", None)
    assert found.reasons[0] == f"名称里含有官方账号“健康鼓楼”的名称，但没有备案，多出来的字是“{more}”。"
    assert f"备案编号 {real.code}" in found.reasons[1] and "不等于安全" in found.reasons[2]
    assert [one["code"] for one in signed(found)["matches"]] == [real.code]


def test_of_several_names_that_stand_in_one_the_longest_is_told_first(real, xuanwu_school, moment):
    longer = make_account(xuanwu_school, name="健康鼓楼教育")
    index_accounts([longer.pk])
    found = ask(moment, name="健康鼓楼教育福利群")
    assert [one.account for one in found.alike] == [longer, real]


@pytest.mark.parametrize("filed", ["鼓楼", "南京市鼓楼区", "人民检察院", "便民服务中心", "福利", "福利群", "news"])
def test_a_short_or_common_name_is_held_by_nobody(xuanwu_school, moment, filed):
    index_accounts([make_account(xuanwu_school, name=filed).pk])
    found = ask(moment, name=f"南京市鼓楼区人民检察院便民服务中心福利群news{filed}大家庭")
    assert (found.kind, found.alike) == ("no_record", ())


@pytest.mark.parametrize("filed", ["平安南京", "珠海公安", "鼓楼发布"])
def test_work_that_is_a_place_too_is_meant_as_work(xuanwu_school, moment, filed):
    index_accounts([make_account(xuanwu_school, name=filed).pk])
    assert ask(moment, name=f"{filed}福利群").ground == "holds"


def test_a_name_on_file_holds_nobody(real, xuanwu_school, moment):
    make_account(xuanwu_school, name="健康鼓楼福利群")
    assert ask(moment, name="健康鼓楼福利群").kind == "official"


def test_a_known_impostor_by_name_link_and_id(known, real, moment):
    for given in ({"name": "健康鼓楼 客服"}, {"url": "https://m.weibo.com/fake"}, {"platform_id": "999"}):
        found = ask(moment, **given)
        assert (found.kind, found.account) == ("impostor", real), given
        assert "诱导转账" in found.reasons


def test_a_withdrawn_decision_is_none(known, real, li_supervisor, moment):
    withdraw(impostor_id=known.pk, why="认错了", by=li_supervisor, now=moment)
    assert ask(moment, name="健康鼓楼客服").kind == "lookalike"
    assert ask(moment, url="https://weibo.com/fake").kind == "no_record"


def test_an_impostor_of_the_very_name_does_not_make_the_real_one_false(
    real, li_supervisor, province_supervisor, moment
):
    told = Told("健康鼓楼", "douyin", "https://www.douyin.com/user/x", "假的")
    row = report(told=told, picture=None, client="c", now=moment)
    propose(impostor_id=row.pk, said="假的", imitates=real.code, by=li_supervisor, now=moment)
    approve(impostor_id=row.pk, by=province_supervisor, now=moment)
    found = ask(moment, name="健康鼓楼")
    assert found.kind == "official"
    assert any("冒充" in reason and "抖音" in reason for reason in found.reasons)
    assert ask(moment, url="https://www.douyin.com/user/x").kind == "impostor"


def test_no_record_says_that_this_is_not_safe(real, moment):
    found = ask(moment, name="平安苏州")
    assert (found.kind, found.account) == ("no_record", None)
    assert "不等于安全" in found.reasons[-1]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("http://127.0.0.1/admin", "内部或保留地址"),
        ("http://192.168.1.1:8080/x", "内部或保留地址"),
        ("http://[::1]/", "内部或保留地址"),
        ("https://t.cn/A6abc", "短链接"),
        ("https://evil.example.com/weibo.com/jkgl", "不会打开"),
        ("javascript:alert(1)", "不是网页链接"),
    ],
)
def test_what_a_link_itself_tells_is_said_and_nothing_opened(real, moment, url, says):
    found = answer(Question("url", url), now=moment)
    assert found.kind == "no_record"
    assert says in "".join(found.reasons)


def test_several_accounts_of_one_name_are_all_shown(real, xuanwu_school, moment):
    twin = make_account(xuanwu_school, name="健康鼓楼", platform="douyin")
    index_accounts([twin.pk])
    found = ask(moment, name="健康鼓楼")
    assert {found.account, *found.also} == {real, twin}


@pytest.fixture
def on_three(real, gulou_health):
    make_account(gulou_health, name="健康鼓楼", platform="douyin", status="closed", closed_on="2026-10-14")
    return make_account(gulou_health, name="健康鼓楼", platform="bilibili")


@pytest.mark.parametrize(
    "name",
    ["健康鼓楼（微信公众号）", "@健康鼓楼(公众号)", "“健康鼓楼”【小红书】", "健康鼓楼（微信）", "健康鼓楼（APP）"],
)
def test_a_name_on_a_platform_where_it_is_not_filed_is_no_official_one(on_three, real, moment, name):
    for way in ("name", "q"):
        found = ask(moment, **{way: name})
        assert (found.kind, found.account) == ("no_record", None)
        assert [one.account for one in found.alike] == [on_three, real]
        assert found.reasons[0].startswith("名称相同的官方账号在别的平台（哔哩哔哩、微博）；在")
        assert "上没有备案" in found.reasons[0] and "可疑账号" in found.reasons[1]
    body = signed(found)
    assert body["question"] == {"name": name.removeprefix("@")}
    assert [one["code"] for one in body["matches"]] == [on_three.code, real.code]


@pytest.mark.parametrize("name", ["健康鼓楼（微博）", "健康鼓楼（新浪微博）", "健康鼓楼（weibo）"])
def test_a_name_on_the_platform_where_it_is_filed_leads_to_that_account(on_three, real, moment, name):
    found = ask(moment, name=name)
    assert (found.kind, found.account) == ("official", real)
    assert (
        "在微博上备案" in found.reasons[0]
        and f"还有 1 个，在哔哩哔哩（备案编号 {on_three.code}）" in found.reasons[2]
    )


def test_a_name_on_the_platform_where_it_was_closed_is_told_when(on_three, real, moment):
    found = ask(moment, name="健康鼓楼（抖音号）")
    assert (found.kind, found.account.platform) == ("closed", "douyin")
    assert found.reasons[0].startswith("在抖音上的同名账号已于 2026-10-14 注销")
    assert "名称相同、仍在使用的官方账号有 2 个，在哔哩哔哩、微博" in "".join(found.reasons)


def test_a_name_closed_elsewhere_is_not_filed_here(closed, moment):
    found = ask(moment, name="玄武教育（快手）")
    assert (found.kind, found.account) == ("closed", closed)
    assert "在快手上没有备案过“玄武教育”" in "".join(found.reasons)


def test_the_numbers_of_one_name_are_those_of_the_list(on_three, real, moment):
    found = ask(moment, name="健康鼓楼")
    assert "有 2 个，在哔哩哔哩、微博" in found.reasons[0]
    assert "另有 1 个同名账号已注销：抖音（2026-10-14）" in found.reasons[1]
    assert len([found.account, *found.also]) == 3


def test_brackets_that_are_part_of_a_filed_name_are_no_platform(real, gulou_health, moment):
    filed = make_account(gulou_health, name="鼓楼政务（微博）", platform="weibo")
    assert ask(moment, name="鼓楼政务（微博）").account == filed


def test_an_impostor_on_the_asked_platform_is_told_whatever_is_filed_elsewhere(
    real, li_supervisor, province_supervisor, moment
):
    told = Told("健康鼓楼", "douyin", "https://www.douyin.com/user/x", "假的")
    row = report(told=told, picture=None, client="c", now=moment)
    propose(impostor_id=row.pk, said="假的", imitates=real.code, by=li_supervisor, now=moment)
    approve(impostor_id=row.pk, by=province_supervisor, now=moment)
    assert ask(moment, name="健康鼓楼（抖音）").kind == "impostor"
    assert ask(moment, name="健康鼓楼（快手）").kind == "no_record"
    assert ask(moment, name="健康鼓楼（微博）").kind == "official"


def test_a_bodys_accounts_are_named_where_there_is_no_list_to_see(real, moment):
    reasons = "".join(signed(ask(moment, name="南京市鼓楼区卫生健康委员会"))["reasons"])
    assert f"备案的账号有 1 个：「健康鼓楼」（微博，备案编号 {real.code}）" in reasons and "见下" not in reasons


@pytest.mark.parametrize(
    "name",
    [
        "鼓楼卫健委", "鼓楼区卫健委", "南京鼓楼卫健委", "南京市鼓楼区卫健委", "江苏南京鼓楼区卫生健康局",
        "鼓楼区卫生健康委员会",
    ],
)  # fmt: skip
def test_a_bodys_everyday_name_leads_to_its_accounts(real, moment, name):
    found = ask(moment, name=name)
    assert (found.kind, found.ground, found.also) == ("no_record", "body", (real,))
    assert "南京市鼓楼区卫生健康委员会" in found.reasons[0]


@pytest.mark.parametrize("name", ["卫健委", "苏州卫健委", "南京卫健委", "鼓楼教育局", "楼卫健委", "苏州鼓楼卫健委"])
def test_another_places_or_nobodys_name_leads_to_no_body(real, moment, name):
    assert ask(moment, name=name).ground == ""


def test_which_of_several_bodies_is_meant_is_not_guessed(real, jiangsu, gulou_health, moment):
    xuzhou = make_division("320300", "徐州市", "city", parent=jiangsu)
    other = make_division("320302", "鼓楼区", "county", parent=xuzhou)
    there = make_organisation(name="徐州市鼓楼区卫生健康委员会", division=other)
    for name in ("鼓楼卫健委", "鼓楼区卫健委"):
        found = ask(moment, name=name)
        assert (found.ground, found.also, found.bodies) == ("bodies", (), (gulou_health, there))
        assert "有 2 个，可能是南京市鼓楼区卫生健康委员会（江苏省南京市鼓楼区）、徐州市" in found.reasons[0]
    assert ask(moment, name="南京鼓楼卫健委").also == (real,)
    found = ask(moment, name="徐州鼓楼卫健委")
    assert (found.ground, found.also) == ("body", ()) and "它没有备案的账号" in found.reasons[1]


def test_a_body_that_is_not_on_the_asked_platform_is_said_to_be(real, moment):
    assert "它在抖音上没有备案的账号" in "".join(ask(moment, name="鼓楼卫健委（抖音）").reasons)


def test_an_answer_is_signed_and_proved(real, moment, settings, tmp_path):
    settings.HOME = str(tmp_path)
    found = ask(moment, name="健康古楼")
    assert "signature" not in signed(found)
    signing.make_key()
    signing.remember_key(now=moment)
    body = signed(found)
    assert (body["answer"], body["account"]["code"], body["matches"][0]["likeness"]) == ("lookalike", real.code, 0.93)
    assert fault_of(body, signing.public_keys()) == ""
    assert fault_of({**body, "answer": "official"}, signing.public_keys()) != ""


def test_an_account_in_doubt_is_said_to_be(real, moment):
    real.frozen_reason = "名称变化"
    real.save()
    assert "正在核实" in " ".join(ask(moment, name="健康鼓楼").reasons)


def test_who_watches_over_nothing_sees_nothing(known, suzhou_supervisor):
    from govmedia.impostors.queries import visible_to

    assert list(visible_to(suzhou_supervisor)) == []
    assert list(visible_to(make_user("x", "甲", "inspector", division=known.division))) == []
