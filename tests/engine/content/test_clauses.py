"""Pieces become the sentences they stand in."""

from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.clauses import LONGEST, Clause, Piece, clauses
from govmedia.engine.content.text import Text


def test_sentences_right_behind_one_another_are_one():
    raw = "前一句。转发截图！快点赞。后一句。再转发。"
    pieces = [Piece(4, 6, 7), Piece(10, 12, 8), Piece(18, 20, 7)]
    assert [raw[clause.start : clause.end] for clause in clauses(Text(raw), pieces)] == ["转发截图！快点赞", "再转发"]
    assert [clause.rules for clause in clauses(Text(raw), pieces)] == [(7, 8), (7,)]


def test_a_long_sentence_is_cut_to_its_pieces():
    raw = "甲" * 90 + "转发" + "乙" * 20 + "点赞" + "丙" * 20
    assert list(clauses(Text(raw), [Piece(112, 114, 1), Piece(90, 92, 0)])) == [Clause(90, 114, (0, 1))]


@given(
    st.text("甲乙。！\n ，", max_size=300), st.lists(st.tuples(st.integers(0, 299), st.integers(1, 5)), max_size=6)
)
def test_each_piece_lies_in_exactly_one_clause(raw, places):
    pieces = [Piece(start, min(start + length, len(raw)), 0) for start, length in places if start < len(raw)]
    pieces = [piece for piece in pieces if raw[piece.start] not in "。！\n ，"]
    found = list(clauses(Text(raw), pieces))
    assert sum(len(clause.rules) for clause in found) == len(pieces)
    for piece in pieces:
        assert sum(clause.start <= piece.start and piece.end <= clause.end for clause in found) >= 1
    for clause in found:
        assert clause.end - clause.start <= LONGEST or len(clause.rules) > 0
