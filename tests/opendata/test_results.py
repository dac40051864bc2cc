"""Tables of published bulletins; drafts and withdrawn ones are not among them."""

import pytest

from bulletins.conftest import accounts as accounts
from bulletins.conftest import closed as closed
from bulletins.conftest import draft as draft
from bulletins.conftest import published as published
from bulletins.conftest import second_supervisor as second_supervisor
from govmedia.bulletins import services as bulletins
from govmedia.bulletins.queries import whole_of
from opendata.test_files import lines, made, table

pytestmark = pytest.mark.django_db


def test_tables_of_a_published_bulletin_say_what_it_says(published):
    _, held = made()
    whole = whole_of(published)
    stem = f"bulletin-{published.pk}"
    sampled = lines(held, f"{stem}-sampled.jsonl")
    assert [(row["code"], row["result"]) for row in sampled] == [
        (one.code, one.result) for one in whole.sampled_accounts
    ]
    assert [row["code"] for row in lines(held, f"{stem}-failing.jsonl")] == [one.code for one in whole.failing]
    deductions = lines(held, f"{stem}-deductions.jsonl")
    assert [(row["code"], row["points"]) for row in deductions] == [
        (one.code, one.points) for one in whole.deductions
    ]
    rates = {row["group"]: row for row in lines(held, f"{stem}-rates.jsonl")}
    assert rates["全部"]["rate"] == "75%" and rates["全部"]["failing"] == 1
    assert sum(row["sampled"] for name, row in rates.items() if name.endswith("级")) == rates["全部"]["sampled"]
    head, *rows = table(held, f"{stem}-rates.csv")
    assert head == ["分组", "检查数", "未评定", "合格", "不合格", "合格率"] and rows[0][0] == "全部"
    assert published.title in held.named(f"{stem}-failing.xlsx").title


def test_a_draft_is_nobodys_business(draft):
    assert not [one for one in made()[1].files if one.table.startswith("bulletin")]


def test_a_withdrawn_one_is_taken_away(published, li_supervisor, moment):
    made()
    bulletins.move(bulletin_id=published.pk, name="withdraw", note="有误", by=li_supervisor, now=moment)
    assert not [one for one in made()[1].files if one.table.startswith("bulletin")]
