"""Messages that go round in the demonstration."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from govmedia.demo.carrying import carried
from govmedia.demo.words import load
from govmedia.engine.originality import headline_changed, likeness, shingles

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MESSAGES = load().messages


def role(number: int, *, level: str = "county", field: str = "health"):
    return SimpleNamespace(code=f"A{number}", body=SimpleNamespace(field=field, place=SimpleNamespace(level=level)))


def at(days: float) -> int:
    return int((NOW - timedelta(days=days)).timestamp())


def test_the_province_says_it_before_anybody_carries_it():
    posts = [at(days) for days in (30, 5, 4.5, 3.5, 1)]
    source = carried(role(1, level="province", field="government"), posts, MESSAGES[:1], NOW)
    assert source == {at(4.5): (MESSAGES[0].titles[0], MESSAGES[0].text)}
    carriers = [carried(role(number), posts, MESSAGES[:1], NOW) for number in range(200)]
    assert {second for one in carriers for second in one} == {at(3.5)}
    assert 90 < sum(map(len, carriers)) < 150
    assert carried(role(1, level="province"), posts, MESSAGES[:1], NOW) == {}


def test_a_message_of_a_field_is_carried_within_it():
    posts = [at(days) for days in (10.5, 9)]
    health = MESSAGES[1]
    assert health.field == "health"
    assert any(carried(role(number), posts, [health], NOW) for number in range(20))
    assert not any(carried(role(number, field="water"), posts, [health], NOW) for number in range(20))


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.titles[0])
def test_what_is_carried_is_the_message_and_only_one_title_bends_it(message):
    plain, bent, headed = message.titles
    assert likeness(shingles("【转发】" + message.text), shingles(message.text)).carried
    assert headline_changed(bent, plain, message.text)
    assert not headline_changed(headed, plain, message.text)
