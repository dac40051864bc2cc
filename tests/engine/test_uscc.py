import pytest
from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.uscc import ALPHABET, uscc_check_digit, uscc_problem

bodies = st.builds(
    lambda head, division, rest: head + division + rest,
    st.sampled_from(["11", "12", "13"]),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(ALPHABET, min_size=9, max_size=9),
)


def test_a_known_code_is_right():
    assert uscc_problem("91110000802100433B") is None


@given(bodies)
def test_the_check_digit_completes_a_code(body):
    assert uscc_problem(body + uscc_check_digit(body)) is None


@given(bodies, st.integers(8, 17), st.sampled_from(ALPHABET))
def test_every_single_error_is_caught(body, place, sign):
    code = body + uscc_check_digit(body)
    wrong = code[:place] + sign + code[place + 1 :]
    assert (uscc_problem(wrong) is None) == (wrong == code)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("", "应为 18 位，现为 0 位"),
        ("91110000802100433b", "第 18 位“b”"),
        ("9111000080210O433B", "第 14 位“O”"),
        ("9111A000802100433B", "行政区划码"),
        ("91110000802100433C", "校验位不符"),
    ],
)
def test_uscc_problem_says_what_is_wrong(code, says):
    problem = uscc_problem(code)
    assert problem is not None
    assert says in problem


def test_check_digit_of_another_length_is_refused():
    with pytest.raises(ValueError):
        uscc_check_digit("123")
