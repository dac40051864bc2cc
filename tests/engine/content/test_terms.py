"""Terms in texts: longest match, allowed words, conditions, days and places, and broken or disguised writing."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.lexicon import lexicon_from
from govmedia.engine.content.terms import MOST_MARKS, PIECE, Terms, marks_of, shipped_lexicons, terms_with
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Post, Setting

HEAD = "term,kind,check,suggestion,note,source,valid_from,valid_to,division,conditions"
DAY = date(2026, 11, 1)
CLEAN_NAMES = "五星红旗 毛主席 天安门 沪公网安备31010102000001号 习仲勋故居 三黄片 大麻烦 人民大会堂 五星红旗迎风飘扬"


def terms_of(*rows: str) -> Terms:
    lexicon, problems = lexicon_from("试", "\n".join([HEAD, *rows]).encode())
    assert problems == []
    return Terms([lexicon])


def hit(term: str, conditions: str = "", check: str = "harm_terms") -> str:
    return f"{term},hit,{check},,理由,出处,,,,{conditions}"


def allow(term: str, check: str = "") -> str:
    return f"{term},allow,{check},,理由,出处,,,,"


def found(terms: Terms, raw: str, check: str = "harm_terms", day: date = DAY, division: str = "") -> list[str]:
    text = Text(raw)
    return [raw[mark.start : mark.end] for mark in marks_of(check, text, Setting(day, division, terms))]


def test_of_terms_within_one_another_the_longest_decides():
    terms = terms_of(hit("大麻"), hit("大麻种子"), hit("种子"))
    assert found(terms, "大麻种子和大麻") == ["大麻种子", "大麻"]


def test_longer_term_decides_even_where_its_conditions_do_not_hold():
    terms = terms_of(hit("出售枪支", "quoted_ok"), hit("枪支"))
    assert found(terms, "“出售枪支”的帖子") == []
    assert found(terms, "枪支") == ["枪支"]


def test_allowed_term_silences_what_lies_in_it_and_no_more():
    terms = terms_of(hit("大麻"), allow("大麻烦"))
    assert found(terms, "惹上大麻烦，还卖大麻") == ["大麻"]
    assert found(terms, "大 麻烦") == []


def test_allowed_term_of_another_check_silences_nothing():
    terms = terms_of(hit("大麻"), allow("大麻烦", "wording_terms"))
    assert found(terms, "大麻烦") == ["大麻"]


def test_allowed_term_of_a_later_lexicon_silences_the_same_word():
    first, _ = lexicon_from("甲", f"{HEAD}\n{hit('词语')}".encode())
    second, _ = lexicon_from("乙", f"{HEAD}\n{allow('词语')}".encode())
    assert found(Terms([first]), "词语") == ["词语"]
    assert found(Terms([first, second]), "词语") == []


def test_term_holds_for_its_days_and_its_place_only():
    terms = terms_of("词语,hit,harm_terms,,理由,出处,2024-01-01,2024-12-31,3205,")
    assert found(terms, "词语", day=date(2024, 1, 1), division="320506") == ["词语"]
    assert found(terms, "词语", day=date(2023, 12, 31), division="320506") == []
    assert found(terms, "词语", day=date(2025, 1, 1), division="320506") == []
    assert found(terms, "词语", day=date(2024, 6, 1), division="3201") == []
    assert found(terms, "词语", day=date(2024, 6, 1)) == []


@pytest.mark.parametrize(
    ("conditions", "silent", "speaking"),
    [
        ("quoted_ok", "所谓“词语”不可用", "词语“不可”用"),
        ("quoted_ok", '所谓"很多词语"不可用', '词语"不可"用'),
        ("title_ok", "《论词语》一书", "《论》词语"),
        ("history_ok", "清代的词语", "今天的词语"),
        ("negated_ok", "严禁词语", "欢迎词语"),
        ("negated_ok", "词语到货。警方提醒", "词语到货。欢迎选购"),
        ("whole", "好词语", "好，词语！"),
        ("contact", "词语到货", "词语到货，微信同号"),
        ("offer", "词语的来历", "词语现货"),
        ("before=出售|收购", "词语出售", "出售各种词语"),
        ("after=出售", "出售词语", "词语出售"),
        ("near=出售", "词语。出售", "词语，长期出售"),
        ("not_before=好", "好词语", "坏词语"),
        ("not_after=学", "词语学", "词语"),
        ("not_near=合法", "合法的词语", "词语"),
    ],
)
def test_condition_decides(conditions, silent, speaking):
    terms = terms_of(hit("词语", conditions))
    assert found(terms, silent) == []
    assert found(terms, speaking) == ["词语"]


def test_doubtful_term_waits_for_a_human():
    text = Text("词语")
    marks = marks_of("harm_terms", text, Setting(DAY, "", terms_of(hit("词语", "doubtful"))))
    assert [(mark.sure, mark.confidence) for mark in marks] == [(False, 0.6)]


@pytest.mark.parametrize(
    "raw",
    [
        "枪*支弹药",
        "枪\u200b支弹药",
        "枪 支 弹 药",
        "枪，支，弹，药",
        "枪☆支🔫弹药",
        "枪\u202e支弹药",
        "枪.支.弹.药",
        "槍/支/彈/藥",
    ],
)
def test_broken_writing_is_found_where_the_term_asks(raw):
    assert found(terms_of(hit("枪支弹药", "evasions")), f"有{raw}吗") == [raw]
    assert found(terms_of(hit("枪支弹药")), f"有{raw}吗") == []


@pytest.mark.parametrize("raw", ["带枪，支援弹药", "持枪\n支弹药", "枪支 弹药", "枪支、弹药", "枪支。弹药"])
def test_prose_between_two_words_is_no_broken_writing(raw):
    assert found(terms_of(hit("枪支弹药", "evasions")), raw) == []


@pytest.mark.parametrize("raw", ["qiang支", "枪zhi", "Qiang 支", "木仓支", "呛支", "qiāng支"])
def test_pinyin_and_split_characters_are_found_where_the_term_asks(raw):
    assert found(terms_of(hit("枪支", "evasions；pinyin；split")), f"出售{raw}。") == [raw]
    assert found(terms_of(hit("枪支", "evasions")), f"出售{raw}。") == []


def test_whole_pinyin_is_found_in_blanks_and_not_in_a_longer_word():
    terms = terms_of(hit("加微信", "evasions；pinyin"))
    assert found(terms, "请 jia wei xin 详聊") == ["jia wei xin"]
    assert found(terms, "加V信、加wei信") == ["加V信", "加wei信"]
    assert found(terms, "jiaweixinde") == []


def test_disguise_that_is_itself_a_term_keeps_its_own_entry():
    terms = terms_of(hit("木仓支"), hit("枪支", "split", "wording_terms"))
    assert (found(terms, "木仓支"), found(terms, "木仓支", "wording_terms")) == (["木仓支"], [])


def test_hit_names_its_lexicon_and_says_that_it_was_disguised():
    terms = terms_of("词语,hit,harm_terms,换,理由,出处,,,,evasions")
    marks = marks_of("harm_terms", Text("词语，词*语"), Setting(DAY, "", terms))
    assert [mark.lexicon for mark in marks] == [terms.lexicons[0].mark] * 2
    assert [(mark.message, mark.basis, mark.suggestion) for mark in marks] == [
        ("理由", "出处", "换"),
        ("理由（写法经过变形）", "出处", "换"),
    ]


@given(
    st.lists(st.sampled_from(["词语", "词", "语", "甲", "*", " ", "，", "\u200b", "😀"]), max_size=40).map("".join)
)
def test_marks_stand_where_the_characters_do(raw):
    terms = terms_of(hit("词语", "evasions"))
    for mark in marks_of("harm_terms", Text(raw), Setting(DAY, "", terms)):
        piece = raw[mark.start : mark.end]
        assert piece[0] == "词" and piece[-1] == "语"
        assert [sign for sign in piece if sign.isalpha()] == ["词", "语"]


@pytest.mark.parametrize("gap", [0, 1, 2, 3])
def test_term_over_the_end_of_a_piece_is_found_once(gap):
    raw = "甲" * (PIECE - gap) + "词语组" + "甲" * 10
    assert found(terms_of(hit("词语组"), hit("语组")), raw) == ["词语组"]


def test_text_is_matched_once_for_all_checks():
    terms = terms_of(hit("词语"), hit("词语", check="wording_terms"))
    text, setting = Text("词语"), Setting(DAY, "", terms)
    assert [len(marks_of(check, text, setting)) for check in ("harm_terms", "wording_terms")] == [1, 1]
    assert len(text.memo) == 1


def test_hits_of_one_field_are_bounded():
    assert len(found(terms_of(hit("词语")), "词语" * (MOST_MARKS + 5))) == MOST_MARKS


def test_folder_adds_to_the_shipped_lexicons(tmp_path):
    (tmp_path / "本地.csv").write_text(f"{HEAD}\n{hit('蓬莱阁下')}", encoding="utf-8")
    terms = terms_with([tmp_path])
    assert [lexicon.name for lexicon in terms.lexicons] == [*(one.name for one in shipped_lexicons()), "本地"]
    hits = Inspector(today=DAY, only=["harm_terms"], terms=terms).inspect(Post(id="1", text="蓬莱阁下")).hits
    assert [(one.found, one.lexicon.split("@")[0]) for one in hits] == [("蓬莱阁下", "本地")]


def test_plainly_official_names_give_no_hit():
    checks = ["wording_territory", "wording_terms", "harm_terms"]
    inspector = Inspector(today=DAY, only=checks)
    assert inspector.inspect(Post(id="1", title=CLEAN_NAMES, text=CLEAN_NAMES)).hits == ()


@pytest.mark.parametrize(
    "unit",
    [
        "（",
        "《",
        "“",
        "\u202e",
        "\x00",
        "枪",
        "台",
        "枪 ",
        "枪*",
        "枪，",
        "台独",
        "1",
        "😀",
        "a",
        "出售枪支",
        "香港、",
        "等国家",
    ],
)
def test_monotonous_text_takes_linear_time(unit):
    inspector = Inspector(today=DAY, only=["wording_territory", "wording_terms", "harm_terms"])

    def seconds(length: int) -> float:
        post = Post(id="1", text=(unit * length)[:length])
        started = time.process_time()
        inspector.inspect(post)
        return time.process_time() - started

    seconds(2_000)
    short, long = seconds(20_000), seconds(160_000)
    # Eight times the text: quadratic work would take sixty-four times as long.
    assert long < 30 * max(short, 0.004)
