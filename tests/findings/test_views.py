"""Pages of findings as people see them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_account
from govmedia.engine.types import Evidence, Hit
from govmedia.findings.messages import PAGE
from govmedia.findings.models import Finding
from govmedia.findings.queries import edition
from govmedia.findings.services import apply_hits

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(gulou_health):
    return make_account(gulou_health, name="健康<b>鼓楼")


@pytest.fixture
def raised(account, moment, chen_operator):
    """A confirmed veto and a doubtful deduction."""
    hits = (
        Hit("R05", "已连续 16 天无更新", evidence=(Evidence("gap", "最后一次 <script>"),), on=date(2026, 11, 20)),
        Hit("Y01", "各平台名称不一致", certain=False),
    )
    apply_hits(account=account, hits=hits, edition=edition("jiangsu-2019"), versions={}, now=moment, seen=True)
    return {finding.code: finding for finding in Finding.objects.all()}


def _get(client, person, name, *args, **query):
    client.force_login(person)
    return client.get(reverse(name, args=args), query)


def test_address_in_the_notice_is_the_page(raised):
    assert PAGE.format(7) == reverse("findings:detail", args=[7])


def test_list_shows_an_operator_only_what_was_confirmed(client, raised, chen_operator, zhou_supervisor):
    page = _get(client, chen_operator, "findings:list").context["page"]
    assert [row.code for row in page.rows] == ["R05"]
    page = _get(client, zhou_supervisor, "findings:list").context["page"]
    assert sorted(row.code for row in page.rows) == ["R05", "Y01"]


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ({"state": "open"}, ["R05", "Y01"]),
        ({"state": "notified"}, ["R05"]),
        ({"human": "yes"}, ["Y01"]),
        ({"colour": "veto"}, ["R05"]),
        ({"code": "Y01"}, ["Y01"]),
        ({"platform": "weibo"}, []),
        ({"division": "320106"}, ["R05", "Y01"]),
        ({"division": "320102"}, []),
        ({"q": "健康<b>"}, ["R05", "Y01"]),
        ({"q": "无此单位"}, []),
        ({"state": "nonsense", "page": "x"}, ["R05", "Y01"]),
    ],
)
def test_list_filters(client, raised, li_supervisor, xuanwu, query, codes):
    page = _get(client, li_supervisor, "findings:list", **query).context["page"]
    assert sorted(row.code for row in page.rows) == codes


def test_a_finding_is_found_by_its_number(client, raised, li_supervisor):
    one = Finding.objects.get(code="Y01")
    page = _get(client, li_supervisor, "findings:list", q=f"{one.pk}").context["page"]
    assert [row.pk for row in page.rows] == [one.pk]
    for number in ("9" * 17, "9" * 40, "²"):
        assert not _get(client, li_supervisor, "findings:list", q=number).context["page"].rows


def test_list_takes_the_same_queries_whatever_its_length(client, gulou_health, zhou_supervisor, moment):
    client.force_login(zhou_supervisor)
    counts = []
    for size in (1, 3):
        for number in range(size):
            one = make_account(gulou_health, name=f"账号{number}", platform_id=f"{size}-{number}")
            hit = Hit("Y01", "不一致", certain=False)
            apply_hits(account=one, hits=[hit], edition=edition("jiangsu-2019"), versions={}, now=moment, seen=True)
        client.get(reverse("findings:list"))
        with CaptureQueriesContext(connection) as caught:
            client.get(reverse("findings:list"))
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 14


def test_export_is_harmless_and_complete(client, raised, li_supervisor, account):
    account.name = "=cmd"
    account.save()
    answer = _get(client, li_supervisor, "findings:list", export="csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 3
    assert "'=cmd" in text


def test_page_tells_rule_evidence_points_and_whom_to_ask(client, raised, zhou_supervisor, chen_operator):
    answer = _get(client, chen_operator, "findings:detail", raised["R05"].pk)
    text = answer.content.decode()
    assert "监测时间点前2周内无更新" in text
    assert "最后一次 &lt;script&gt;" in text
    assert "周监管" in text
    assert [move.name for move in answer.context["moves"]] == ["accept"]
    assert answer.context["claim_form"] and answer.context["appeal_form"]
    assert "2026-11-30" in text
    answer = _get(client, zhou_supervisor, "findings:detail", raised["Y01"].pk)
    assert "分值为建议值，以正式文件为准" in answer.content.decode()
    assert [move.name for move in answer.context["moves"]] == ["confirm", "dismiss"]
    assert not answer.context["claim_form"] and not answer.context["appeal_form"]


def test_page_is_closed_to_others(client, raised, stranger, suzhou_supervisor, wu_auditor, chen_operator):
    finding = raised["R05"]
    for person in (stranger, suzhou_supervisor, wu_auditor):
        assert _get(client, person, "findings:detail", finding.pk).status_code == 403
    assert _get(client, chen_operator, "findings:detail", raised["Y01"].pk).status_code == 404
    assert _get(client, wu_auditor, "findings:list").status_code == 403
    client.logout()
    assert client.get(reverse("findings:list")).status_code == 302


def test_move_by_page(client, raised, zhou_supervisor, suzhou_supervisor, sun_inspector):
    url = reverse("findings:move", args=[raised["Y01"].pk])
    client.force_login(suzhou_supervisor)
    assert client.post(url, {"move": "confirm"}).status_code == 403
    client.force_login(zhou_supervisor)
    assert client.get(url)["Location"] == reverse("findings:detail", args=[raised["Y01"].pk])
    answer = client.post(url, {"move": "dismiss", "note": ""})
    assert (answer.status_code, [str(one) for one in answer.context["messages"]]) == (422, ["请写明理由。"])
    answer = client.post(url, {"move": "dismiss", "note": "已核实"}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["已撤销，并已记入日志。"]
    answer = client.post(url, {"move": "dismiss", "note": "再来<b>"})
    assert "已有人先处理" in str(next(iter(answer.context["messages"])))
    assert (answer.status_code, answer.context["unsaved"]) == (409, [("理由", "再来<b>")])
    assert "再来&lt;b&gt;</blockquote>" in answer.content.decode()


def test_a_reason_that_was_refused_stays_in_its_box(client, raised, zhou_supervisor):
    client.force_login(zhou_supervisor)
    answer = client.post(
        reverse("findings:move", args=[raised["R05"].pk]), {"move": "confirm", "note": "属实，已电话核实"}
    )
    assert answer.status_code == 409
    assert ">属实，已电话核实</textarea>" in answer.content.decode()
