"""Names as they are: real ones stay unflagged, invented odd ones do not.

Source of tests/data/names/honest.csv: the rows with an organisation of accounts_real.csv, public names of official
accounts; division codes added, none for bodies of the whole state. odd.csv is invented; `sibling` is what the
organisation's account elsewhere might be called. Its last twenty rows were written after the rule and never tuned on.
"""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.examples import healthy
from govmedia.engine.indicators.y01_irregular_opening import DEFAULTS, judge
from govmedia.engine.likeness import ADDED_WORDS
from govmedia.engine.types import Sibling

NAMES = Path(__file__).parents[2] / "data" / "names"


def _rows(name):
    return list(csv.DictReader((NAMES / name).read_text(encoding="utf-8").splitlines()))


HONEST = [(row["name"], row["organisation"]) for row in _rows("honest.csv")]
ODD = _rows("odd.csv")


def is_flagged(name, other):
    facts = healthy(name=name, siblings=(Sibling("8M9N2P3Q4R", other, "weibo"),))
    return [hit.certain for hit in judge(facts, DEFAULTS)] == [False]


def test_honest_names_beside_the_full_name_of_their_body_are_left_alone():
    flagged = [pair for pair in HONEST if is_flagged(*pair)]
    # Two villages' accounts that a bulletin lists under their county.
    assert flagged == [("冷泉小镇美丽李家", "清流县"), ("温泉小镇幸福嵩口", "清流县")]
    assert len(flagged) <= 0.03 * len(HONEST)


@pytest.mark.parametrize("other", ["sibling", "organisation"])
def test_odd_names_are_flagged(other):
    missed = [(row["kind"], row["name"]) for row in ODD if not is_flagged(row["name"], row[other])]
    assert len(missed) <= 0.15 * len(ODD)
    assert {kind for kind, _ in missed} <= {"private"}  # shops that give their town and no word of ours


@given(st.sampled_from(HONEST), st.sampled_from(ADDED_WORDS), st.booleans())
def test_honest_name_with_an_added_word_is_left_alone(pair, word, behind):
    name = pair[0]
    other = name + word if behind else word + name
    assert not is_flagged(name, other)
    assert not is_flagged(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("健康南京", "南京卫健委"),
        ("健康南京", "南京市卫生健康委员会"),
        ("平安南京", "南京警方在线"),
        ("平安江宁", "南京市公安局江宁分局"),
        ("乐游镇江", "镇江文旅"),
        ("法治沛县", "沛县司法局"),
        ("微内江", "最内江"),
        ("青春湖北", "湖北共青团"),
        ("湘微教育", "湖南省教育厅"),
        ("微山发布", "微山县人民政府"),
        ("天津发布", "天津市人民政府"),
    ],
)
def test_short_forms_of_one_body_are_one_name(name, other):
    assert not is_flagged(name, other)
    assert not is_flagged(other, name)
