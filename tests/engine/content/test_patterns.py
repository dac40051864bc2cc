import pytest

from govmedia.engine.content.patterns import Unbounded, compiled


@pytest.mark.parametrize(
    "pattern",
    [
        r"《[^》]*》",  # quadratic on a row of opening marks
        r"\d+号",
        r"(?:a{1,9}){1,9}b",
        r"(?:[一二三]{1,5}、){0,20}号",
        r".{0,700}",
    ],
)
def test_a_pattern_without_a_small_bound_is_refused(pattern):
    with pytest.raises(Unbounded):
        compiled(pattern)


@pytest.mark.parametrize(
    "pattern", [r"《[^》]{0,80}》", r"\d{1,4}号?", r"(?:19|20)\d{2}年", r"(?:\d{4}[- ]){3}\d{4}"]
)
def test_a_bounded_pattern_is_taken(pattern):
    assert compiled(pattern).pattern == pattern
