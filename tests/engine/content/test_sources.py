"""The table of permitted sources: what is wrong with a file is told in Chinese, by line and column."""

from datetime import date

import pytest

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.sources import SourcesFaulty, load_sources, looks_official, names_nobody, shipped_sources
from govmedia.engine.content.types import Post

HEAD = "名称,类别,别名,出处\n"


def table(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "sources.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_names_and_further_names_are_read_without_marks(tmp_path):
    path = table(tmp_path, HEAD + "某某日报,地方新闻单位,某某报、“某某”客户端,市网信办〔2024〕1号\n\n", "utf-8-sig")
    assert load_sources(path) == {"某某日报", "某某报", "某某客户端"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "sources.csv：第1行应为“名称，类别，别名，出处”四列。"),
        ("名称,出处\n某报,名单\n", "sources.csv：第1行应为“名称，类别，别名，出处”四列。"),
        (HEAD + "某报,报纸\n", "sources.csv 有错：\n第2行：应有 4 列，现有 2 列。"),
        (HEAD + "某报,报纸,,\n", "sources.csv 有错：\n第2行“出处”列：没有填写依据。"),
        (HEAD + "“”,报纸,,名单\n", "sources.csv 有错：\n第2行“名称”列：应为 1 至 60 个字。"),
        (HEAD + "某报,报纸,,名单\n另报,报纸,某报,名单\n", "sources.csv 有错：\n第3行“别名”列：“某报”与第2行重复。"),
        (HEAD + '"某报,报纸,,名单\n', "sources.csv：第2行引号不配对。请改正后再试。"),
    ],
)
def test_a_faulty_table_is_refused_with_line_and_column(tmp_path, text, message):
    with pytest.raises(SourcesFaulty) as refusal:
        load_sources(table(tmp_path, text))
    assert refusal.value.text == message


def test_another_encoding_is_named(tmp_path):
    with pytest.raises(SourcesFaulty) as refusal:
        load_sources(table(tmp_path, HEAD + "某报,报纸,,名单\n", "gbk"))
    assert refusal.value.text == "sources.csv：不是 UTF-8 编码。请另存为“CSV UTF-8”后再试。"


def test_many_problems_are_counted_and_the_first_shown(tmp_path):
    with pytest.raises(SourcesFaulty) as refusal:
        load_sources(table(tmp_path, HEAD + "".join(f"报{number},报纸,,\n" for number in range(30))))
    lines = refusal.value.text.splitlines()
    assert lines[1] == "第2行“出处”列：没有填写依据。"
    assert lines[-1] == "……共 30 处" and len(lines) == 22


def test_no_shipped_name_is_no_source():
    assert {"人民日报", "新华社", "央视新闻"} <= shipped_sources()
    assert not any(names_nobody(name) for name in shipped_sources())


@pytest.mark.parametrize(("name", "official"), [("某县发布", True), ("某市气象局", True), ("健康养生大课堂", False)])
def test_offices_are_told_by_their_names(name, official):
    assert looks_official(name) is official


def test_a_list_of_ones_own_is_used_instead_of_the_shipped_one():
    post = Post(id="1", text="来源：读书有范\n好书推荐")
    alone = Inspector(today=date(2026, 11, 1), only=["source_repost"])
    listed = Inspector(today=date(2026, 11, 1), only=["source_repost"], sources=frozenset({"读书有范"}))
    assert [(hit.level, hit.auto) for hit in alone.inspect(post).hits] == [("notice", False)]
    assert listed.inspect(post).hits == ()
