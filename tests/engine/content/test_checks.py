"""Every check file against the promises of `content.registry`, and against its own examples."""

import inspect
from datetime import date

import pytest

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.registry import check_table
from govmedia.engine.content.types import CATEGORIES, FIELDS, LEVELS, Post

CHECKS = list(check_table().values())
TODAY = date(2026, 11, 1)
EXAMPLES = [(check, example) for check in CHECKS for example in check.examples]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_check_file_keeps_its_promises(check):
    assert check_table()[check.code] is check, "the file is named by its CODE"
    assert check.category in CATEGORIES
    assert check.level in LEVELS
    assert set(check.fields) <= set(FIELDS) and check.fields
    assert check.version >= 1
    assert "Source:" in check.about
    assert list(inspect.signature(check.look).parameters) == ["text", "post", "setting"]
    outcomes = {bool(example.expect) for example in check.examples}
    assert outcomes == {True, False}, "at least one example with a hit and one without"


@pytest.mark.parametrize(("check", "example"), EXAMPLES, ids=lambda value: getattr(value, "says", None) or value.code)
def test_example_of_a_check_comes_out(check, example):
    post = Post(id="1", **{example.where: example.text, **example.given})
    inspector = Inspector(today=TODAY, only=[check.code])
    first, second = inspector.inspect(post), inspector.inspect(post)
    assert tuple(hit.found for hit in first.hits) == example.expect
    assert first == second


@pytest.mark.parametrize(("check", "example"), EXAMPLES, ids=lambda value: getattr(value, "says", None) or value.code)
def test_hit_points_at_the_exact_characters(check, example):
    # Characters beyond the basic plane and marks without width before the text must not shift anything.
    shifted = Post(id="1", **{example.where: example.text, **example.given})
    for hit in Inspector(today=TODAY, only=[check.code]).inspect(shifted).hits:
        field = getattr(shifted, hit.field)
        raw = field[hit.index] if hit.index is not None else field
        assert raw[hit.start : hit.end] == hit.found
        assert 0 <= hit.start < hit.end <= len(raw)
        assert 0 <= hit.confidence <= 1
        assert hit.message and len(hit.message) <= 200


def test_codes_that_do_not_exist_are_refused():
    with pytest.raises(KeyError):
        Inspector(today=TODAY, only=["no_such_check"])


def test_a_demoted_check_speaks_but_not_by_itself():
    post = Post(id="1", text="国办发[2019]51号")
    usual = Inspector(today=TODAY).inspect(post).hits
    demoted = Inspector(today=TODAY, demoted={"form_document_number"}).inspect(post).hits
    assert [hit.auto for hit in usual if hit.check == "form_document_number"] == [True]
    assert [hit.auto for hit in demoted if hit.check == "form_document_number"] == [False]


def test_a_hit_within_an_allowed_phrase_is_passed_over_and_no_other():
    allowed = {"form_document_number": [("试发[2019]51号", "3201")]}
    inspector = Inspector(today=TODAY, only=["form_document_number"], allowed=allowed)
    post = Post(id="1", text="京试发[2019]51号，苏政发[2019]51号，试发[2019]51号。")
    assert [hit.start for hit in inspector.inspect(post, division="320106").hits] == [16]
    assert len(inspector.inspect(post, division="320500").hits) == 3


def test_posts_read_together_come_out_as_each_alone(monkeypatch):
    monkeypatch.setattr("govmedia.engine.content.inspector.TOGETHER", 500)
    texts = [example.text for check in CHECKS for example in check.examples if example.where == "text"]
    # What one post leaves open (a title, a quotation) must not reach into the next.
    texts = [text + ("《" if place % 3 else "“") for place, text in enumerate(texts)] + ["", "短"]
    posts = [Post(id=str(place), text=text, title=texts[place - 1][:30]) for place, text in enumerate(texts)]
    inspector = Inspector(today=TODAY)
    together = list(inspector.inspect_all((post, "320106") for post in posts))
    assert together == [inspector.inspect(post, division="320106") for post in posts]
    assert sum(len(one.hits) for one in together) > 100
