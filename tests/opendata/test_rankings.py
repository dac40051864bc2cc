"""A published assessment's ranking as a table."""

import pytest

from assessments.conftest import accounts as accounts
from assessments.conftest import announced as announced
from assessments.conftest import planned as planned
from assessments.conftest import published as published
from assessments.conftest import reporting as reporting
from assessments.conftest import reviewing as reviewing
from assessments.conftest import second_provincial as second_provincial
from opendata.test_files import lines, made, table

pytestmark = pytest.mark.django_db


def test_ranking_says_what_was_published(published):
    _, held = made()
    name = f"assessment-{published.pk}-ranking"
    told = [(row["place"], row["division"], row["score"]) for row in lines(held, f"{name}.jsonl")]
    assert told == [(one["place"], one["division"], one["score"]) for one in published.published["bodies"]]
    assert table(held, f"{name}.csv")[0][:3] == ["名次", "行政区划代码", "单位"]


def test_what_is_only_announced_is_not_told(announced):
    assert not [one for one in made()[1].files if one.table.startswith("assessment")]
