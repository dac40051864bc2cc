"""The form of lexicons: what is read, and what each fault is told as."""

from datetime import date
from pathlib import Path

import pytest

from govmedia.engine.content.lexicon import COLUMNS, LexiconError, lexicon_from, load_lexicon
from govmedia.engine.content.terms import SHIPPED, shipped_lexicons

HEAD = "term,kind,check,level,suggestion,note,source,valid_from,valid_to,division,conditions"


def read(*rows: str, head: str = HEAD):
    return lexicon_from("试", "\n".join([head, *rows]).encode())


def faults(*rows: str, head: str = HEAD) -> list[tuple[int, str]]:
    return [(problem.line, problem.column) for problem in read(*rows, head=head)[1]]


def test_row_is_read_with_all_its_parts():
    lexicon, problems = read(
        "Ａ臺灣,hit,wording_terms,veto,甲,理由,出处,2024-01-01,2024-12-31,3205,evasions；not_before=乙|丙"
    )
    assert problems == []
    entry = lexicon.entries[0]
    assert (entry.term, entry.allow, entry.check, entry.category) == ("a台湾", False, "wording_terms", "wording")
    assert (entry.level, entry.suggestion, entry.note, entry.source) == ("veto", "甲", "理由", "出处")
    assert (entry.since, entry.until, entry.division) == (date(2024, 1, 1), date(2024, 12, 31), "3205")
    assert (entry.conditions.evasions, entry.conditions.not_before) == (True, ("乙", "丙"))


def test_chinese_labels_and_a_byte_order_mark_are_understood():
    head = ",".join(COLUMNS.values())
    row = "词语甲,命中,harm_terms,有害信息,单项否决,,理由,出处,,,,打击语境可用；前有=出售"
    lexicon, problems = lexicon_from("试", b"\xef\xbb\xbf" + f"{head}\r\n{row}\r\n".encode())
    assert problems == []
    entry = lexicon.entries[0]
    assert (entry.level, entry.category, entry.suggestion) == ("veto", "harm", None)
    assert (entry.conditions.negated_ok, entry.conditions.before) == (True, ("出售",))


def test_hash_is_of_the_bytes_and_marks_the_lexicon():
    lexicon, _ = read("词语甲,hit,harm_terms,,,理由,出处,,,,")
    other, _ = read("词语乙,hit,harm_terms,,,理由,出处,,,,")
    assert lexicon.mark == f"试@{lexicon.hash[:12]}" and len(lexicon.hash) == 64
    assert lexicon.hash != other.hash


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("词语,类型,理由,出处", "江北新城区,命中,应写规范名称,本市公告"),
        ("词语,类型,检查项,理由,出处", "江北新城区,命中,,应写规范名称,本市公告"),
    ],
)
def test_a_word_without_a_check_is_told_that_it_lacks_one_and_which_there_are(head, row):
    _, problems = read(row, head=head)
    assert [problem.text.split("：")[:2] for problem in problems] == [["第2行“检查项”列", "缺少“检查项”"]]
    assert "wording_terms" in problems[0].text and "harm_terms" in problems[0].text


def test_the_shortest_list_of_the_guide_is_read():
    guide = (Path(__file__).parents[3] / "docs" / "guides" / "own-words.md").read_text(encoding="utf-8")
    lexicon, problems = lexicon_from("试", guide.partition("```csv\n")[2].partition("```")[0].encode())
    assert (problems, len(lexicon.entries)) == ([], 1)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (",hit,harm_terms,,,理由,出处,,,,", "term"),
        ("…！,hit,harm_terms,,,理由,出处,,,,", "term"),
        ("甲,hit,harm_terms,,,理由,出处,,,,", "term"),
        ("甲\u200b乙,hit,harm_terms,,,理由,出处,,,,", "term"),
        (f"{'长' * 61},hit,harm_terms,,,理由,出处,,,,", "term"),
        ("词语,maybe,harm_terms,,,理由,出处,,,,", "kind"),
        ("词语,hit,,,,理由,出处,,,,", "check"),
        ("词语,hit,no_check,,,理由,出处,,,,", "check"),
        ("词语,hit,harm_terms,worst,,理由,出处,,,,", "level"),
        ("词语,hit,harm_terms,,,,出处,,,,", "note"),
        ("词语,hit,harm_terms,,,理由,,,,,", "source"),
        ("词语,hit,harm_terms,,,理由,出处,2024-02-30,,,", "valid_from"),
        ("词语,hit,harm_terms,,,理由,出处,2024-03-01,2024-02-01,,", "valid_to"),
        ("词语,hit,harm_terms,,,理由,出处,,,苏州,", "division"),
        ("词语,hit,harm_terms,,,理由,出处,,,,sometimes", "conditions"),
        ("词语,hit,harm_terms,,,理由,出处,,,,before", "conditions"),
        ("词语,hit,harm_terms,,,理由,出处,,,,evasions=1", "conditions"),
    ],
)
def test_fault_is_told_by_line_and_column(row, column):
    good = "词语乙,hit,harm_terms,,,理由,出处,,,,"
    assert faults(good, row) == [(3, column)]


def test_one_character_is_taken_where_a_condition_narrows_it():
    assert faults("弩,hit,harm_terms,,,理由,出处,,,,after=箭") == []


def test_every_fault_is_told_and_sound_rows_are_kept():
    lexicon, problems = read(
        ",hit,harm_terms,,,理由,出处,,,,", "词语,hit,harm_terms,,,理由,出处,,,,", "词语二,hit,none,,,,出处,,,,"
    )
    assert [(problem.line, problem.column) for problem in problems] == [(2, "term"), (4, "check"), (4, "note")]
    assert [entry.term for entry in lexicon.entries] == ["词语"]


def test_same_term_again_is_a_repeat_and_hit_with_allow_a_contradiction():
    rows = (
        "词语,hit,harm_terms,,,理由,出处,,,,",
        "詞語,hit,harm_terms,,,理由,出处,,,,",
        "词语,hit,wording_terms,,,理由,出处,,,,",
        "词语,allow,,,,理由,出处,,,,",
    )
    _, problems = read(*rows)
    assert [(problem.line, problem.reason[:6]) for problem in problems] == [(3, "与第2行重复"), (5, "与第2行矛盾")]


@pytest.mark.parametrize(
    "other",
    [
        "词语,allow,,,,理由,出处,2025-01-01,,,",
        "词语,allow,,,,理由,出处,,,3205,",
        "词语,allow,wording_terms,,,理由,出处,,,,",
    ],
)
def test_other_days_places_and_checks_are_no_contradiction(other):
    assert faults("词语,hit,harm_terms,,,理由,出处,,2024-12-31,,", other) == []


def test_header_must_name_known_columns_and_the_required_ones():
    assert faults("词语,hit", head="term,kind,colour") == [(1, "colour"), (1, "理由"), (1, "出处")]
    assert faults("词语,词语,allow,理由,出处", head="term,词语,kind,note,source") == [(1, "词语")]


def test_more_cells_than_columns_and_broken_quotes_are_told():
    assert faults("词语,hit,harm_terms,,,理由,出处,,,,,多") == [(2, "")]
    assert faults('"词语"x,hit,harm_terms,,,理由,出处,,,,')[0] == (2, "")


def test_other_encodings_and_endless_lines_are_told_and_not_held():
    _, problems = lexicon_from("试", HEAD.encode() + b"\n" + "词语".encode("gbk"))
    assert [(problem.line, "UTF-8" in problem.reason) for problem in problems] == [(2, True)]
    endless = b"\xe8\xaf\x8d" * 200_000 + b"\n" + "词语,hit,none,,,理由,出处,,,,\n".encode()
    _, problems = lexicon_from("试", HEAD.encode() + b"\n" + endless)
    assert [(problem.line, problem.column) for problem in problems] == [(2, ""), (3, "check")]


def test_empty_file_lacks_its_columns():
    assert [problem.line for problem in lexicon_from("试", b"")[1]] == [1, 1, 1, 1]


def test_faulty_file_is_refused_with_its_first_faults(tmp_path):
    path = tmp_path / "本地.csv"
    path.write_text("\n".join([HEAD, *[",hit,harm_terms,,,理由,出处,,,,"] * 30]), encoding="utf-8")
    with pytest.raises(LexiconError) as refused:
        load_lexicon(path)
    assert len(refused.value.problems) == 30
    assert "第2行“term”列" in refused.value.text and "共30处" in refused.value.text


def test_shipped_lexicons_are_sound_and_give_reason_and_source():
    assert [lexicon.name for lexicon in shipped_lexicons()] == [path.stem for path in SHIPPED]
    for lexicon in shipped_lexicons():
        assert all(entry.note and entry.source for entry in lexicon.entries)
        assert all(entry.allow or entry.level for entry in lexicon.entries)


def test_allowed_shipped_terms_cover_no_whole_hit_by_mistake():
    hits = {
        (entry.term, entry.check) for lexicon in shipped_lexicons() for entry in lexicon.entries if not entry.allow
    }
    allowed = [entry for lexicon in shipped_lexicons() for entry in lexicon.entries if entry.allow]
    assert [entry.term for entry in allowed if (entry.term, entry.check) in hits] == []
    assert [entry.term for entry in allowed if not entry.check and any(entry.term == term for term, _ in hits)] == []
