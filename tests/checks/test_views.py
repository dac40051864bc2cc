"""Pages of checks as inspectors and operators see them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from factories import make_account
from govmedia.checks.models import Check
from govmedia.checks.services import answer, finish, start_check
from govmedia.common.clock import day_of, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(silent, sun_inspector, moment):
    day = day_of(moment)
    return start_check(
        account=silent,
        edition="jiangsu-2019",
        start_on=day - timedelta(days=50),
        end_on=day,
        by=sun_inspector,
        now=moment,
    )


@pytest.fixture
def final(draft, sun_inspector, moment):
    answer(check_id=draft.pk, code="Y03", count=1, note="<b>带货", by=sun_inspector, now=moment)
    answer(check_id=draft.pk, code="R01", count=0, by=sun_inspector, now=moment)
    return finish(check_id=draft.pk, by=sun_inspector, now=moment)


def _url(name, check):
    return reverse(f"checks:{name}", args=[check.pk])


def test_start_by_page(client, silent, sun_inspector, chen_operator):
    url = reverse("checks:new", args=[silent.code])
    client.force_login(chen_operator)
    assert client.get(url).status_code == 403
    client.force_login(sun_inspector)
    assert client.get(url).status_code == 200
    bad = client.post(url, {"edition": "jiangsu-2019", "period": "custom", "start_on": "2026-13-01", "end_on": ""})
    assert sorted(bad.context["form"].errors) == ["end_on", "start_on"]
    assert '<input type="text" name="start_on" value="2026-13-01"' in bad.content.decode()
    backwards = {"edition": "jiangsu-2019", "period": "custom", "start_on": "2026-02-02", "end_on": "2026-02-01"}
    assert list(client.post(url, backwards).context["form"].errors) == ["end_on"]
    good = client.post(url, {"edition": "national-2019", "period": "this"})
    check = Check.objects.get()
    assert good.url == _url("detail", check)
    assert (check.inspector, check.edition, check.state) == (sun_inspector, "national-2019", "draft")


def test_last_quarter_by_page(client, silent, sun_inspector):
    client.force_login(sun_inspector)
    client.post(reverse("checks:new", args=[silent.code]), {"edition": "jiangsu-2019", "period": "last"})
    check = Check.objects.get()
    assert (check.end_on - check.start_on).days in (89, 90, 91)
    assert check.end_on < day_of(now())


def test_draft_lists_what_was_seen_and_what_is_asked(client, draft, sun_inspector, chen_operator, li_supervisor):
    client.force_login(sun_inspector)
    page = client.get(_url("detail", draft))
    assert [(one.code, one.standing) for one in page.context["seen"]] == [("R05", "certain")]
    assert [one.code for one in page.context["asked"]][:3] == ["R01", "R02", "R03"]
    assert "R05" not in [one.code for one in page.context["asked"]]
    client.force_login(li_supervisor)
    seen = client.get(_url("detail", draft))
    assert seen.context["mine"] is False
    assert "出结论</button>" not in seen.content.decode()
    client.force_login(chen_operator)
    assert client.get(_url("detail", draft)).status_code == 404


def test_answer_by_page_saves_and_tells(client, draft, sun_inspector):
    client.force_login(sun_inspector)
    url = _url("answer", draft)
    reply = client.post(url, {"code": "Y03", "look": "found", "count": "2", "note": "10-12 推文"})
    assert reply.url == f"{_url('detail', draft)}#q-Y03"
    assert Check.objects.get().answers == {"Y03": {"count": 2, "note": "10-12 推文"}}
    client.post(url, {"code": "Y03", "look": "none"})
    assert Check.objects.get().answers == {}


def test_answer_in_place_brings_the_score_and_a_word(client, draft, sun_inspector):
    client.force_login(sun_inspector)
    head = {"HX-Request": "true"}
    url = _url("answer", draft)
    reply = client.post(url, {"code": "R01", "look": "found", "note": ""}, headers=head)
    assert "R01 还没保存：请写明看到了什么" in reply.content.decode()
    assert 'id="state-q-R01" hx-swap-oob="true"><span class="pill warn">还没保存' in reply.content.decode()
    assert Check.objects.get().answers == {}
    reply = client.post(url, {"code": "R01", "look": "clean"}, headers=head)
    text = reply.content.decode()
    assert 'id="said-R01"' in text
    assert re.search(r"R01 已保存 \d\d:\d\d", text)
    assert 'id="state-q-R01" hx-swap-oob="true"><span class="pill ok">无问题' in text
    assert reply.context["answered"] == 1


@pytest.mark.parametrize(
    "fields", [{}, {"code": "R01"}, {"code": "R01", "look": "x"}, {"code": "Y03", "look": "found", "count": "-1"}]
)
def test_nonsense_answers_change_nothing(client, draft, sun_inspector, fields):
    client.force_login(sun_inspector)
    assert client.post(_url("answer", draft), fields).status_code == 422
    assert Check.objects.get().answers == {}


def test_answer_that_is_not_kept_stands_in_its_form_again(client, draft, sun_inspector):
    client.force_login(sun_inspector)
    note = "第 3 篇<b>" + "长" * 500
    answer = client.post(_url("answer", draft), {"code": "Y03", "look": "found", "count": "4", "note": note})
    one = next(one for one in answer.context["asked"] if one.code == "Y03")
    assert (answer.status_code, one.look, one.count, one.note) == (422, "found", 4, note)
    text = answer.content.decode()
    assert "autofocus>第 3 篇&lt;b&gt;长" in text
    assert text.count("还没保存：") == 1
    assert client.get(_url("answer", draft))["Location"] == _url("detail", draft)


def test_ruling_that_is_not_kept_stands_in_its_form_again(client, lively, gulou_health, sun_inspector, moment):
    make_account(gulou_health, name="宁小蓝", platform="kuaishou")
    day = day_of(moment)
    check = start_check(
        account=lively, edition="jiangsu-2019", start_on=day, end_on=day, by=sun_inspector, now=moment
    )
    client.force_login(sun_inspector)
    answer = client.post(_url("rule", check), {"code": "Y01", "counts": "no", "note": " "})
    one = next(one for one in answer.context["seen"] if one.code == "Y01")
    assert (answer.status_code, one.ruling) == (422, {"counts": False, "note": " "})
    assert 'value="no" checked' in answer.content.decode()
    answer = client.post(_url("rule", check), {"code": "Y01", "counts": "open", "note": "长" * 501})
    assert ("长" * 501) in answer.content.decode()
    assert 'value="open" checked' in answer.content.decode()
    assert client.get(_url("rule", check))["Location"] == _url("detail", check)


def test_note_on_a_question_that_is_not_asked_or_a_finished_check_can_be_copied(client, draft, sun_inspector):
    client.force_login(sun_inspector)
    answer = client.post(_url("answer", draft), {"code": "R05", "look": "found", "note": "停更<b>"})
    assert (answer.status_code, answer.context["unsaved"]) == (422, [("说明", "停更<b>")])
    client.post(_url("finish", draft))
    answer = client.post(_url("answer", draft), {"code": "Y03", "look": "found", "note": "带货<b>"})
    assert (answer.status_code, answer.context["unsaved"]) == (409, [("Y03", "带货<b>")])
    assert "带货&lt;b&gt;</blockquote>" in answer.content.decode()


def test_finish_by_page(client, draft, sun_inspector, li_supervisor):
    client.force_login(li_supervisor)
    assert client.post(_url("finish", draft)).status_code == 403
    client.force_login(sun_inspector)
    client.post(_url("finish", draft))
    assert Check.objects.get().state == "final"
    reply = client.post(_url("finish", draft), follow=True)
    assert [str(one) for one in reply.context["messages"]][-1] == "这次检查已出结论，不能再改。"


def test_verdict_page_tells_everything(client, final, chen_operator):
    client.force_login(chen_operator)
    text = client.get(_url("detail", final)).content.decode()
    for words in (
        "监测时间点前2周内无更新",
        "已连续 20 天无更新，超过 14 天",
        "国办秘函〔2019〕19号" if "national" in final.edition else "苏政办发〔2019〕56号",
        final.edition_hash,
        final.facts_sm3,
        "R05 第 1 版",
        "如有异议",
        "未检查不等于无问题",
    ):
        assert words in text, words


def test_recompute_is_said_in_words(client, final, chen_operator):
    client.force_login(chen_operator)
    text = client.get(_url("detail", final), {"recompute": 1}).content.decode()
    assert "结果都与当时的结论相同" in text
    Check.objects.update(facts_sm3="sm3:0")
    text = client.get(_url("detail", final), {"recompute": 1}).content.decode()
    assert "保存的事实与其指纹不符" in text


def test_check_is_closed_to_others(client, final, stranger, suzhou_supervisor, wu_auditor, zhao_reviewer):
    for person in (stranger, suzhou_supervisor, wu_auditor, zhao_reviewer):
        client.force_login(person)
        assert client.get(_url("detail", final)).status_code == 403
        assert client.post(_url("answer", final)).status_code == 403


def test_list_shows_operators_only_finished_ones(client, draft, gulou_health, sun_inspector, chen_operator, moment):
    done = start_check(
        account=make_account(gulou_health),
        edition="national-2019",
        start_on=day_of(moment),
        end_on=day_of(moment),
        by=sun_inspector,
        now=moment,
    )
    finish(check_id=done.pk, by=sun_inspector, now=moment)
    client.force_login(chen_operator)
    assert client.get(reverse("checks:list")).context["page"].rows == [done]
    client.force_login(sun_inspector)
    page = client.get(reverse("checks:list"), {"result": "none", "inspector": sun_inspector.pk}).context["page"]
    assert page.rows == [draft]
    export = client.get(reverse("checks:list"), {"export": "csv"})
    assert len(b"".join(export.streaming_content).decode().strip().splitlines()) == 3


def test_discard_by_page(client, draft, sun_inspector, li_supervisor):
    client.force_login(li_supervisor)
    assert client.post(_url("discard", draft)).status_code == 403
    client.force_login(sun_inspector)
    reply = client.post(_url("discard", draft), follow=True)
    assert [str(one) for one in reply.context["messages"]] == ["已放弃对「鼓楼疾控」的这次检查。"]
    assert not Check.objects.exists()


def test_finished_check_cannot_be_discarded(client, final, sun_inspector):
    client.force_login(sun_inspector)
    client.post(_url("discard", final))
    assert Check.objects.get() == final


def test_no_id_stands_twice_on_the_draft(client, lively, gulou_health, sun_inspector, moment):
    make_account(gulou_health, name="宁小蓝", platform="kuaishou")
    day = day_of(moment)
    check = start_check(
        account=lively, edition="jiangsu-2019", start_on=day, end_on=day, by=sun_inspector, now=moment
    )
    client.force_login(sun_inspector)
    text = client.get(_url("detail", check)).content.decode()
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    reply = client.post(
        _url("rule", check), {"code": "Y01", "counts": "yes", "note": "属实"}, headers={"HX-Request": "true"}
    )
    assert 'id="ruled-Y01"' in reply.content.decode()
    assert client.post(_url("rule", check), {"code": "Y01", "counts": "open"}).url.endswith("#m-Y01")
    assert Check.objects.get().rulings == {}
