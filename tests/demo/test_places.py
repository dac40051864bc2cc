"""Names and codes of bodies."""

from random import Random

import pytest

from govmedia.demo.places import bare_name, bodies, invented_code, places
from govmedia.demo.words import load
from govmedia.engine.uscc import uscc_problem
from govmedia.orgs import divisions
from govmedia.orgs.models import Division


@pytest.fixture(scope="module")
def country():
    return [
        Division(code=row.code, name=row.name, full_name=row.full_name, level=row.level, parent_id=row.parent or None)
        for row in sorted(divisions.rows(("32",)))
    ]


@pytest.mark.parametrize(
    ("name", "bare"),
    [("南京市", "南京"), ("鼓楼区", "鼓楼"), ("沛县", "沛县"), ("宁海路街道", "宁海路"), ("江苏省", "江苏"),
     ("内蒙古自治区", "内蒙古"), ("恩施土家族苗族自治州", "恩施")],
)  # fmt: skip
def test_bare_name_leaves_the_rank_out(name, bare):
    assert bare_name(name) == bare


def test_invented_codes_are_valid_and_differ():
    codes = {invented_code("320106", number) for number in range(2000)}
    assert len(codes) == 2000
    assert [code for code in codes if uscc_problem(code)] == []


def test_places_are_called_as_their_bodies_are(country):
    formal = {place.code: place.formal for place in places(country)}
    assert formal["320106"] == "南京市鼓楼区"
    assert formal["320322"] == "沛县"
    assert formal["110101"] == "北京市东城区"
    assert formal["320281"] == "江阴市"
    assert "110100" not in formal


def test_bodies_begin_with_those_of_the_story(country):
    found = bodies(places(country), load().namings, 55_000, Random(1))
    assert [body.name for body in found[:2]] == ["南京市鼓楼区卫生健康委员会", "江苏省卫生健康委员会"]
    assert found[9].name == "南京市卫生健康委员会"
    assert len(found) == 55_000
    assert len({(body.place.code, body.name) for body in found}) == 55_000
    assert max(len(body.name) for body in found) <= 80


def test_bodies_of_one_province_reach_every_county(country):
    jiangsu = [place for place in places(country) if place.code.startswith("32")]
    found = bodies(jiangsu, load().namings, 160, Random(1))
    counties = {place.code for place in jiangsu if place.level == "county"}
    assert counties <= {body.place.code for body in found}
