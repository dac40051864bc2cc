"""A closed round goes out as a bundle, comes out the same, and what was changed in it is named."""

import io
import json

import pytest

from govmedia.checks.services import answer, finish
from govmedia.common.refusals import Refused
from govmedia.rounds.bundle import bundle_of
from govmedia.rounds.proof import BundleError, differences_in
from govmedia.rounds.queries import seats_of
from govmedia.rounds.services import begin, close_round, drop, settle_due
from rounds.conftest import opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(accounts, li_supervisor, sun_inspector, moment):
    """A round of three accounts and one that was left out, as its bundle's objects."""
    held = opened(li_supervisor, [sun_inspector], moment)
    left_out = held.samples.get(account__name="鼓楼卫健微博")
    drop(sample_id=left_out.pk, why="单位已撤销", by=li_supervisor, now=moment)
    for seat in seats_of(sun_inspector):
        check = begin(seat_id=seat.pk, by=sun_inspector, now=moment)
        answer(check_id=check.pk, code="Y06", count=2, note="见两篇", by=sun_inspector, now=moment)
        finish(check_id=check.pk, by=sun_inspector, now=moment)
    settle_due(now=moment)
    with pytest.raises(Refused, match="还没有检毕"):
        next(bundle_of(held))
    closed = close_round(round_id=held.pk, by=li_supervisor, now=moment)
    return [json.loads(json.dumps(line)) for line in bundle_of(closed)]


def _said(lines, workers=1):
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"
    return list(differences_in(io.BytesIO(text.encode()), workers))


def test_a_round_comes_out_the_same(lines):
    assert len(lines) == 5
    assert _said(lines) == []


def _first(lines):
    return next(line for line in lines[1:] if "verdict" in line)


def test_a_changed_verdict_is_named(lines):
    row = _first(lines)
    row["verdict"]["score"] = 60
    assert _said(lines) == [f"{row['code']}：按保存的命中重新计分，结果与当时的结论不同。"]


def test_a_changed_fact_is_named(lines):
    row = _first(lines)
    row["facts"]["name"] = "另一个账号"
    assert f"{row['code']}：事实与其指纹不符。" in _said(lines)


def test_an_account_that_was_taken_out_or_put_in_is_named(lines):
    gone = lines.pop()
    assert _said(lines) == [f"{gone['code']}：在抽中的账号里，结果里没有。"]
    lines.append({**gone, "code": "XXXXXXXXXX", "state": "dropped", "reason": "x", "verdict": None})
    lines[-1].pop("verdict")
    assert "XXXXXXXXXX：结果里有，但没有被抽中。" in _said(lines)


def test_a_changed_draw_edition_or_population_is_named(lines):
    head = lines[0]
    head["promise_hash"] = "0" * 64
    assert any("承诺哈希" in text for text in _said(lines))
    head["promise_hash"] = head["draw"]["promise_hash"]
    head["edition"]["title"] = "另一个版本"
    assert any("检查指标的哈希不符" in text for text in _said(lines))
    head["population"] = head["population"].replace("健康鼓楼", "健康玄武")
    assert any("总体不同" in text for text in _said(lines))


def test_an_account_left_out_without_a_reason_is_named(lines):
    row = next(line for line in lines[1:] if line["state"] == "dropped")
    assert row["reason"] == "单位已撤销"
    row["reason"] = ""
    assert _said(lines) == [f"{row['code']}：没有结论，也没有写明理由。"]


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"format":"govmedia-round-1"}', "坏"])
def test_what_is_no_bundle_is_refused(text):
    with pytest.raises(BundleError):
        list(differences_in(io.BytesIO(text.encode())))


def test_a_line_that_cannot_be_read_is_named(lines):
    text = json.dumps(lines[0]) + "\n坏\n[]\n"
    said = list(differences_in(io.BytesIO(text.encode())))
    assert said[0].startswith("第 2 行读不出来") and said[1].startswith("第 3 行读不出来")
