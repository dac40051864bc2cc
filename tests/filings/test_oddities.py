"""What is odd about a filing's name. The names are those of tests/engine/indicators/test_y01_irregular_opening.py."""

import csv
from pathlib import Path

import pytest

from govmedia.filings import oddities
from govmedia.filings.models import Filing
from govmedia.orgs.models import Organisation

NAMES = Path(__file__).parents[1] / "data" / "names"


def _rows(name):
    return list(csv.DictReader((NAMES / name).read_text(encoding="utf-8").splitlines()))


def _titles(name, organisation, division, **more):
    """Titles of what is odd about the name; nothing is stored, and no query is made."""
    body = Organisation(name=organisation, division_id=division, **more)
    return [one.title for one in oddities._duties(Filing(form={"name": name}, organisation=body))]


def test_honest_names_are_left_alone():
    rows = _rows("honest.csv")
    flagged = [row["name"] for row in rows if _titles(**row)]
    # Two villages' accounts that a bulletin lists under their county.
    assert flagged == ["冷泉小镇美丽李家", "温泉小镇幸福嵩口"]
    assert len(flagged) <= 0.03 * len(rows)


def test_odd_names_are_flagged():
    rows = _rows("odd.csv")
    missed = [row for row in rows if not _titles(row["name"], row["organisation"], row["division"])]
    assert len(missed) <= 0.15 * len(rows)
    assert {row["kind"] for row in missed} <= {"private"}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("健康南京", None),
        ("", None),
        ("鼓楼疾控", None),
        ("南京交警", "名称像是别的单位的职责"),
        ("健康苏州", "名称里是别的地方"),
        ("南京美食探店", "名称像商业号或个人号"),
        ("吃茶去", "名称与单位职责看不出关联"),
    ],
)
def test_name_is_weighed_by_work_place_and_kind(name, title):
    assert _titles(name, "南京市卫生健康委员会", "320100") == ([title] if title else [])


def test_what_a_body_does_besides_its_name_is_no_other_work():
    assert _titles("武汉体育", "武汉市教育局", "420100") == ["名称像是别的单位的职责"]
    assert _titles("武汉体育", "武汉市教育局", "420100", duties="主管教育；管理体育场馆。") == []
    assert _titles("武汉体育", "武汉市教育局", "420100", field="sports") == []


def test_place_within_or_around_the_division_is_at_home():
    assert _titles("海州商务", "商务局", "320706") == []
    assert _titles("海州商务", "连云港市商务局", "320700") == []
    assert _titles("江苏商务", "连云港市商务局", "320700") == []
    assert _titles("武侯发布", "武侯街道办事处", "320706") == []
