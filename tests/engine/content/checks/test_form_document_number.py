from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["form_document_number"])


def hits(text, **given):
    return INSPECTOR.inspect(Post(id="1", text=text, **given)).hits


@given(st.integers(1949, 2026), st.integers(1, 9999))
def test_right_number_is_left_alone_and_its_suggestion_is_right(year, number):
    assert hits(f"县政办发〔{year}〕{number}号文件") == ()
    for year_part in (f"[{year}]", f"〔{year}〕第", f"〔{year}年〕", f"{year}〕"):
        wrong = f"{year_part}{number}号"
        (hit,) = hits(f"县政办发{wrong}文件")
        assert (hit.found, hit.suggestion) == (wrong, f"〔{year}〕{number}号")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("〔19〕32号", "〔2019〕32号"), ("〔99〕32号", "〔1999〕32号"), ("〔2O23〕11号", "〔2023〕11号"),
        ("〔二〇二三〕四号", "〔2023〕4号"), ("〔2023〕007号", "〔2023〕7号"), ("〔202〕35号", None),
    ],
)  # fmt: skip
def test_suggestion_is_given_where_the_year_can_be_told(wrong, right):
    (hit,) = hits(f"县政办发{wrong}文件")
    assert (hit.found, hit.suggestion) == (wrong, right)


def test_year_after_the_posts_own_waits_for_a_human():
    (hit,) = hits("县政办发〔2032〕6号", published_at=datetime(2023, 8, 10, tzinfo=UTC))
    assert not hit.auto


@pytest.mark.parametrize(
    "text",
    [
        "审图号：GS京（2022）1061号", "（2023）苏01民终1234号", "苏（2023）不动产权第0012345号",
        "售许字（2022）第018号", "苏政办发〔2019〕56、57号", "苏政办发〔2019〕12—15号",
        "海关总署公告2023年第127号", "去年（2022年）12号台风",
        "（2024）1号线", "医广【2023】第05-16-0021号",
    ],
)  # fmt: skip
def test_licences_maps_lawsuits_and_lists_keep_their_own_forms(text):
    assert hits(text) == ()
