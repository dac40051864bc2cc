from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from govmedia.engine.content.inspector import Inspector
from govmedia.engine.content.types import Post

INSPECTOR = Inspector(today=date(2026, 11, 1), only=["form_phone"])
DASH = st.sampled_from(["", "-", "－", "—", " "])
LABEL = st.sampled_from(["联系电话：", "监督电话", "热线: ", "传真：县政府办公室", "手机（张小北）："])


def found(text):
    return [hit.found for hit in INSPECTOR.inspect(Post(id="1", text=text)).hits]


@given(LABEL, DASH, st.sampled_from(["0517", "0898", "0371"]), st.integers(2_000_000, 89_999_999))
def test_a_landline_of_seven_or_eight_digits_is_left_alone(label, dash, area, number):
    assert found(f"{label}{area}{dash}{number}。") == []


@given(
    LABEL,
    DASH,
    st.sampled_from(["0517", "010"]),
    st.integers(20_000, 89_999) | st.integers(200_000, 899_999) | st.integers(200_000_000, 899_999_999),
)
def test_a_landline_of_another_count_is_found(label, dash, area, number):
    assert found(f"{label}{area}{dash}{number}。") == [f"{area}{dash}{number}"]


@given(LABEL, DASH, st.integers(154_0000_0000, 154_9999_9999))
def test_a_mobile_is_found_only_with_a_digit_less_or_more(label, dash, number):
    head, tail = str(number)[:3], str(number)[3:]
    assert found(f"{label}{head}{dash}{tail}，") == []
    assert found(f"{label}{head}{dash}{tail[:-1]}，") == [f"{head}{dash}{tail[:-1]}"]
    assert found(f"{label}{head}{dash}{tail}0，") == [f"{head}{dash}{tail}0"]


def test_a_number_of_eight_places_that_lacks_one_waits_for_a_human():
    hits = INSPECTOR.inspect(Post(id="1", text="传真：010-6800012")).hits
    assert [(hit.found, hit.auto) for hit in hits] == [("010-6800012", False)]


def test_a_number_of_another_country_is_left_alone():
    assert found("台北电话：02-27208889；东京：03-3403-3388，免费电话0800-123-456") == []
