import hashlib
from datetime import UTC, date, datetime

import pytest

from govmedia.engine.hashing import Sm3Missing, canonical_json, sm3_available, sm3_hex, tagged_sm3


def test_sm3_matches_the_standard_s_first_example():
    assert sm3_available()
    assert sm3_hex(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert tagged_sm3(b"abc") == "sm3:" + sm3_hex(b"abc")


def test_sm3_missing_says_so_in_chinese(monkeypatch):
    def without(name: str, data: bytes) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(hashlib, "new", without)
    with pytest.raises(Sm3Missing) as refused:
        sm3_hex(b"abc")
    assert "SM3" in refused.value.text


def test_canonical_json_sorts_keys_and_writes_dates():
    value = {"b": date(2026, 1, 2), "a": [1, "江"], "c": datetime(2026, 1, 2, tzinfo=UTC)}
    assert canonical_json(value).decode() == '{"a":[1,"江"],"b":"2026-01-02","c":"2026-01-02T00:00:00+00:00"}'


def test_canonical_json_refuses_what_has_no_form():
    with pytest.raises(TypeError):
        canonical_json({"a": object()})
    with pytest.raises(ValueError):
        canonical_json({"a": float("nan")})
