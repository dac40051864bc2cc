"""What is stored is fit to be stored, whatever came."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from govmedia.connectors.types import Snapshot
from govmedia.posts.cleaning import TEXT_CHARS, clean, clean_line, content_sm3, draft_of, drafts_of

texts = st.text(st.characters(codec=None, min_codepoint=0, max_codepoint=0x10FFFF, categories=None), max_size=300)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
snapshots = st.builds(
    Snapshot,
    native_id=texts,
    title=texts,
    text=texts,
    url=texts,
    published_at=moments,
    updated_at=moments,
    author=texts,
    source_name=texts,
    links=st.lists(texts, max_size=3).map(tuple),
)


def test_control_characters_go_and_line_breaks_stay():
    assert clean("a\x00b\r\nc\x0b\td\ud800\u2028é😀 ") == "ab\nc\tdé😀"
    assert clean_line("a\r\n\tb\x00") == "a b"


def test_long_values_are_cut_and_a_long_id_stays_unique():
    one, two = (draft_of(Snapshot("x" * 600 + end, title="t" * 900, text="长" * 300_000)) for end in "ab")
    assert (len(one.title), len(one.text)) == (500, TEXT_CHARS)
    assert one.native_id != two.native_id
    assert one.native_id.startswith("sm3:")


def test_impossible_dates_are_unknown_dates():
    assert draft_of(Snapshot("a", published_at=datetime(1, 1, 1, tzinfo=UTC))).published_at is None
    assert draft_of(Snapshot("a", published_at=datetime(1970, 1, 1, tzinfo=UTC))).published_at is None
    far = datetime(2099, 1, 1, tzinfo=UTC)
    assert draft_of(Snapshot("a", published_at=far)).published_at == far


def test_unusable_items_are_named_with_their_place():
    drafts, refusals = drafts_of([Snapshot(" \x00"), Snapshot("a", "标题"), Snapshot("b"), Snapshot("a", "别的")])
    assert [draft.native_id for draft in drafts] == ["a"]
    assert [(refusal.position, refusal.native_id) for refusal in refusals] == [(1, ""), (3, "b"), (4, "a")]


@given(snapshots)
def test_every_version_differs_by_what_the_rules_look_at(snapshot):
    draft = draft_of(snapshot)
    assert content_sm3(snapshot) == draft.sm3
    for text in (draft.native_id, draft.title, draft.text, draft.url, draft.author, draft.source_name):
        text.encode()
        assert "\x00" not in text
    assert "\n" not in draft.title


@given(st.lists(snapshots, max_size=6))
def test_nothing_is_lost_silently(items):
    drafts, refusals = drafts_of(items)
    assert len(drafts) + len(refusals) == len(items)
    assert len({draft.native_id for draft in drafts}) == len(drafts)
