from datetime import date

import pytest

from govmedia.engine.content.checks import form_unit
from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post
from govmedia.engine.tables import read_table

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["form_unit"])
TABLE = read_table(form_unit._FILE)
SYMBOLS = [(wrong, right) for right, ways in TABLE["symbols"].items() for wrong in ways]


def hits(text):
    return INSPECTOR.inspect(Post(id="1", text=text)).hits


@pytest.mark.parametrize(("wrong", "right"), SYMBOLS)
def test_every_wrong_symbol_is_found_and_the_right_one_is_not(wrong, right):
    assert [(hit.found, hit.suggestion) for hit in hits(f"达到35{wrong}。")] == [(wrong, right)]
    assert hits(f"达到35{right}。") == ()


@pytest.mark.parametrize("word", [*TABLE["words"], *TABLE["colloquial"]])
def test_every_word_is_found_after_a_number_only(word):
    assert [hit.found for hit in hits(f"约35{word}。")] == [word]
    assert hits(f"这{word}。") == ()
    assert all(hit.auto for hit in hits(f"约35{word}。")) is (word in TABLE["words"])


def test_units_in_titles_quotation_marks_and_models_are_left_alone():
    assert hits("《10KM》“5KM健康跑”苏-30M2战斗机，国道K12+300M处，M2余额") == ()


def test_raised_figures_that_cannot_be_typed_wait_for_a_human():
    assert [hit.auto for hit in hits("面积100m2")] == [False]
    assert [hit.auto for hit in hits("浓度35ug/m3")] == [True]
