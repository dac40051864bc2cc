import random

from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.codes import ALPHABET, LENGTH, code_problem, new_code

codes = st.integers().map(lambda seed: new_code(random.Random(seed)))


@given(codes)
def test_new_code_is_right(code):
    assert len(code) == LENGTH
    assert not set(code) & set("OI01")
    assert code_problem(code) is None


@given(codes, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_every_single_error_is_caught(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]
    assert (code_problem(wrong) is None) == (wrong == code)


@given(codes, st.integers(0, LENGTH - 2))
def test_every_swap_of_neighbours_is_caught(code, place):
    wrong = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (code_problem(wrong) is None) == (wrong == code)


def test_every_pair_of_neighbours_is_caught_at_every_place():
    for place in range(LENGTH - 2):
        for one in ALPHABET:
            for other in ALPHABET:
                body = "A" * place + one + other + "A" * (LENGTH - 3 - place)
                right = next(body + check for check in ALPHABET if code_problem(body + check) is None)
                swapped = right[:place] + other + one + right[place + 2 :]
                assert (code_problem(swapped) is None) == (one == other)


def test_code_problem_says_what_is_wrong():
    assert code_problem("ABC") == "账号编码应为 10 位，现为 3 位。"
    assert code_problem("ABCDEFGHI2") == "第 9 位“I”不能用：编码只含大写字母和数字，没有 I、O、0、1。"
    assert code_problem("AAAAAAAAAB") == "编码的校验位不符，可能有一位输错或两位写反了。请核对。"
