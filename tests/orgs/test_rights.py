"""Rights by role and place."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.orgs.rights import TABLE, limit, may, subtree, within

PROVINCE, CITY, COUNTY, TOWN = "320000", "320100", "320106", "320106001"


def person(role, division=None, organisation=None, active=True):
    return SimpleNamespace(role=role, division_id=division, organisation_id=organisation, is_active=active)


@pytest.mark.parametrize(
    ("top", "inside", "outside"),
    [
        (PROVINCE, [PROVINCE, CITY, COUNTY, TOWN, "329999"], ["310000", "330000", "310106"]),
        (CITY, [CITY, COUNTY, TOWN, "320199"], [PROVINCE, "320200", "320200001"]),
        (COUNTY, [COUNTY, TOWN, "320106999"], [CITY, "320107", "320105999"]),
        (TOWN, [TOWN], [COUNTY, "320106002"]),
    ],
)
def test_subtree_holds_what_lies_below_and_nothing_else(top, inside, outside):
    assert all(within(code, top) for code in inside)
    assert not any(within(code, top) for code in outside)


@given(st.from_regex(r"[1-8][0-9]{5}", fullmatch=True), st.from_regex(r"[1-8][0-9]{5}", fullmatch=True))
def test_subtree_is_the_same_as_a_common_stem(top, code):
    stem = top[:2] if top.endswith("0000") else top[:4] if top.endswith("00") else top
    assert within(code, top) == (code.startswith(stem) and code >= top)
    first, after = subtree(top)
    assert first < after


def test_operator_reaches_his_own_organisation_only():
    chen = person("operator", organisation=7)
    assert may(chen, "filing.submit", organisation=7, division=COUNTY)
    assert not may(chen, "filing.submit", organisation=8, division=COUNTY)
    assert limit(chen, "account.see") == {"organisation": 7}


def test_reviewer_reviews_at_his_own_office_only():
    zhao = person("reviewer", division=CITY)
    assert may(zhao, "filing.review", division=CITY)
    assert not may(zhao, "filing.review", division=COUNTY)
    assert not may(zhao, "filing.review", division=PROVINCE)


def test_supervisor_sees_below_and_not_beside():
    li = person("supervisor", division=CITY)
    assert may(li, "account.see", division=TOWN)
    assert not may(li, "account.see", division="320200")
    assert limit(li, "account.see") == {"division__gte": "320100", "division__lt": "3202"}


@pytest.mark.parametrize("role", ["auditor", "admin"])
def test_role_without_the_right_finds_nothing(role):
    assert limit(person(role, division=PROVINCE), "account.see") == {"pk__in": []}


@pytest.mark.parametrize("right", sorted(TABLE))
def test_inactive_person_may_nothing(right):
    for role in TABLE[right]:
        gone = person(role, division=PROVINCE, organisation=1, active=False)
        assert not may(gone, right, division=PROVINCE, organisation=1)
