"""Pass rates from round to round."""

import io

import pytest
from openpyxl import load_workbook

from govmedia.checks.services import finish
from govmedia.rounds.figures import offices_of, pass_rates
from govmedia.rounds.queries import seats_of
from govmedia.rounds.services import begin, close_round, settle_due
from rounds.conftest import opened

pytestmark = pytest.mark.django_db


def _round(by, inspector, moment, **values):
    held = opened(by, [inspector], moment, **values)
    for seat in seats_of(inspector):
        finish(check_id=begin(seat_id=seat.pk, by=inspector, now=moment).pk, by=inspector, now=moment)
    settle_due(now=moment)
    return close_round(round_id=held.pk, by=by, now=moment)


def test_each_round_is_a_column_and_the_change_is_told(accounts, li_supervisor, sun_inspector, moment):
    silent = next(row for row in accounts if row.name == "玄武教育")
    first = _round(li_supervisor, sun_inspector, moment, excluded={silent.code: "停更公告中"})
    second = _round(li_supervisor, sun_inspector, moment)
    table = pass_rates(li_supervisor, "platform", "320100")
    assert [held.pk for held in table.rounds] == [first.pk, second.pk]
    rows = {group.label: [(rate.judged, rate.text, rate.change) for rate in group.rates] for group in table.groups}
    assert rows["微信公众号"] == [(1, "100.0", None), (2, "50.0", -50.0)]
    assert rows["微博"] == [(2, "100.0", None), (2, "100.0", 0.0)]
    assert rows["合计"] == [(3, "100.0", None), (4, "75.0", -25.0)]
    assert table.groups[-1].rates[1].interval == "30.1–95.4"


def test_a_county_sees_its_own_accounts_only(accounts, li_supervisor, zhou_supervisor, sun_inspector, moment):
    _round(li_supervisor, sun_inspector, moment)
    (whole,) = pass_rates(zhou_supervisor, "kind", "320100").groups
    assert [rate.judged for rate in whole.rates] == [2]
    assert [rate.judged for rate in pass_rates(li_supervisor, "kind", "320100", "320102").groups[-1].rates] == [2]


def test_rounds_of_different_offices_are_no_series(
    accounts, li_supervisor, province_supervisor, sun_inspector, moment, client
):
    whole = _round(province_supervisor, sun_inspector, moment, name="省里的一轮")
    city = _round(li_supervisor, sun_inspector, moment, name="市里的一轮")
    assert offices_of(province_supervisor) == [("320000", "江苏省"), ("320100", "江苏省南京市")]
    assert [held.pk for held in pass_rates(province_supervisor, "level", "320000").rounds] == [whole.pk]
    client.force_login(province_supervisor)
    page = client.get("/desk/rounds/stats/").content.decode()
    assert "省里的一轮" in page and "市里的一轮" not in page
    page = client.get("/desk/rounds/stats/?office=320100").content.decode()
    assert "市里的一轮" in page and "省里的一轮" not in page
    client.force_login(li_supervisor)
    assert city.name in client.get("/desk/rounds/stats/?office=990000").content.decode()


def test_the_page_and_the_file(accounts, li_supervisor, sun_inspector, moment, client, django_assert_max_num_queries):
    client.force_login(li_supervisor)
    assert "还没有检毕的轮次" in client.get("/desk/rounds/stats/").content.decode()
    _round(li_supervisor, sun_inspector, moment)
    with django_assert_max_num_queries(20):
        page = client.get("/desk/rounds/stats/?by=city&division=no").content.decode()
    assert "南京市" in page and "75.0%" in page
    answer = client.get("/desk/rounds/stats/?by=level&format=xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "层级" and rows[-1][0] == "合计"
