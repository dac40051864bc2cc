"""Hits of one code brought together."""

from datetime import date

from govmedia.engine.edition import load_edition
from govmedia.engine.types import Evidence, Hit
from govmedia.findings.faults import fault_key, faults_of

EDITION = load_edition("jiangsu-2019")


def _gap(day: int, **values) -> Hit:
    return Hit("Y02", f"相隔，自 {day} 日", evidence=(Evidence("gap", f"{day}"),), on=date(2026, 10, day), **values)


def test_hits_of_a_code_are_one_fault_with_the_latest_reason():
    fault = faults_of([_gap(1), _gap(12)], EDITION, {})["Y02"]
    assert (fault.count, fault.reason) == (2, "相隔，自 12 日；另有 1 处，见证据")
    assert (fault.counts, fault.doubtful) == (True, False)
    assert fault.evidence_sm3.startswith("sm3:")


def test_fault_not_standing_waits_and_is_not_doubtful():
    fault = faults_of([_gap(1, standing=False, looks_seen=1, looks_needed=3)], EDITION, {})["Y02"]
    assert (fault.counts, fault.doubtful, fault.looks_seen, fault.looks_needed) == (False, False, 1, 3)


def test_waiting_hit_does_not_swell_what_counts():
    fault = faults_of([_gap(1), _gap(12, standing=False)], EDITION, {})["Y02"]
    assert (fault.count, fault.counts) == (1, True)


def test_uncertain_hit_is_for_a_human():
    fault = faults_of([Hit("Y01", "名称不一致", certain=False)], EDITION, {})["Y01"]
    assert (fault.counts, fault.doubtful) == (False, True)


def test_certain_hit_is_for_a_human_where_the_edition_asks_one():
    fault = faults_of([Hit("R01", "疑似错误")], EDITION, {})["R01"]
    assert (fault.counts, fault.doubtful) == (False, True)


def test_code_of_no_edition_yields_nothing():
    assert faults_of([Hit("Z99", "影子")], EDITION, {}) == {}


def test_dismissed_fault_is_left_out_and_a_new_one_is_not():
    dismissed = {"Y02": frozenset({fault_key(_gap(1))})}
    assert faults_of([_gap(1)], EDITION, dismissed) == {}
    assert faults_of([_gap(1), _gap(12)], EDITION, dismissed)["Y02"].count == 1
