"""The shares an assessment counts, from filings, checks, rounds and findings."""

from datetime import UTC, date, datetime, timedelta

import pytest

from factories import make_account
from govmedia.assessments.measures import COUNTS, Span, measured_for
from govmedia.engine.assessing.scheme import MEASURES, Item
from govmedia.filings.models import Filing
from govmedia.findings.models import Finding
from rounds.conftest import accounts as accounts

ITEM = Item("A01", "item", "备案及时", "…", points=10, measure="filings_on_time", working_days=5)


@pytest.fixture
def span(moment):
    return Span("320000", ["320100", "320500"], date(2026, 1, 1), date(2026, 12, 31), moment)


def of(name, span, **values):
    item = Item("A01", "item", "一项", "…", points=10, measure=name, **values)
    return {code: (one.part, one.whole) for code, one in measured_for(span, item).items()}


def file(organisation, user, happened, sent, state="accepted"):
    return Filing.objects.create(
        kind="change", state=state, organisation=organisation, name="健康鼓楼", platform="weibo",
        happened_on=happened, submitted_by=user, submitted_at=sent, created_by=user, created_at=sent, updated_at=sent,
    )  # fmt: skip


def test_every_share_a_scheme_may_name_has_a_word_and_two_have_no_data_yet(span):
    assert set(COUNTS) < set(MEASURES)
    assert {name for name in MEASURES if name not in COUNTS} == {"errors_answered", "burden_lowered"}
    assert of("errors_answered", span) == {}


def test_filings_are_late_after_the_fifth_working_day(span, gulou_health, chen_operator):
    friday = date(2026, 9, 18)
    file(gulou_health, chen_operator, friday, datetime(2026, 9, 24, 8, tzinfo=UTC))
    # The Mid-Autumn holiday lies between, so the sixth calendar week day is still in time.
    file(gulou_health, chen_operator, friday, datetime(2026, 9, 30, 8, tzinfo=UTC))
    file(gulou_health, chen_operator, friday, datetime(2026, 9, 24, 8, tzinfo=UTC), state="draft")
    file(gulou_health, chen_operator, date(2025, 12, 31), datetime(2026, 9, 24, 8, tzinfo=UTC))
    found = measured_for(span, ITEM)
    assert (found["320100"].part, found["320100"].whole) == (1, 2)
    assert found["320100"].misses == ["健康鼓楼（微博）变更：2026-09-18 发生，最迟 2026-09-24，2026-09-30 才报送"]
    assert "320500" not in found


def test_nobody_is_late_by_holidays_nobody_knows(moment, gulou_health, chen_operator):
    span = Span("320000", ["320100"], date(2019, 1, 1), date(2019, 12, 31), moment)
    file(gulou_health, chen_operator, date(2019, 3, 1), datetime(2019, 4, 1, tzinfo=UTC))
    assert measured_for(span, ITEM) == {}


def test_findings_put_right_count_by_the_day_they_were_reported(span, accounts, moment):
    account, due = accounts[0], date(2026, 10, 20)
    at = datetime(2026, 10, 10, 8, tzinfo=UTC)
    base = {
        "account": account, "colour": "deduction", "title": "错别字", "reason": "…", "evidence_sm3": "sm3:0",
        "edition": "e", "edition_hash": "sm3:0", "raised_at": at, "seen_at": at, "confirmed_at": at, "due_on": due,
    }  # fmt: skip
    in_time, late = datetime(2026, 10, 20, 9, tzinfo=UTC), datetime(2026, 10, 21, 9, tzinfo=UTC)
    rows = [
        ("closed", in_time, late), ("closed", late, late), ("closed", None, in_time), ("notified", None, None),
        ("dismissed", None, late), ("appealed", None, None),
    ]  # fmt: skip
    for number, (state, claimed, ended) in enumerate(rows):
        Finding.objects.create(**base, code=f"Y{number:02d}", state=state, claimed_at=claimed, ended_at=ended)
    Finding.objects.create(**{**base, "due_on": date(2026, 12, 1)}, code="Y20", state="notified")
    assert of("rectified_on_time", span) == {"320100": (2, 4)}


def test_rounds_give_checks_pass_rates_and_quarters(accounts, home, li_supervisor, sun_inspector, moment, span):
    from bulletins.conftest import judged
    from govmedia.rounds.services import close_round

    assert of("own_rounds", span) == {"320100": (0, 3), "320500": (0, 3)}
    held = judged(li_supervisor, sun_inspector, moment)
    assert of("pass_rate", span) == {}
    close_round(round_id=held.pk, by=li_supervisor, now=moment)
    assert of("pass_rate", span) == {"320100": (3, 4)}
    make_account(accounts[0].organisation, name="没查过", platform="douyin")
    assert of("accounts_checked", span) == {"320100": (4, 5)}
    # The fourth quarter is not over yet.
    assert of("own_rounds", span) == {"320100": (0, 3), "320500": (0, 3)}
    year_end = Span(span.top, span.bodies, span.start_on, span.end_on, moment + timedelta(days=60))
    assert of("own_rounds", year_end) == {"320100": (1, 4), "320500": (0, 4)}


def test_an_account_closed_in_the_period_or_opened_after_it_is_no_part(span, gulou_health):
    make_account(gulou_health, name="一", status="closed", closed_on=date(2026, 3, 1))
    make_account(gulou_health, name="二", platform="weibo", opened_on=date(2026, 12, 1))
    make_account(gulou_health, name="三", platform="douyin")
    assert of("accounts_checked", span) == {"320100": (0, 1)}
