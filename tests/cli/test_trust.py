"""Look-alikes by command, and answers proved offline."""

import json
from base64 import b64encode, urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from factories import make_account
from govmedia.accounts.services import index_accounts
from govmedia.engine.signatures import ANSWER, key_id, signed_part


@pytest.mark.django_db
def test_lookalikes_gives_a_line_for_each_name(run, gulou_health):
    account = make_account(gulou_health, name="健康鼓楼")
    index_accounts([account.pk])
    said = run("lookalikes", "健康古楼", "健康鼓楼福利群", "平安苏州")
    assert said.status == 0
    assert said.rows == [
        {
            "name": "健康古楼",
            "matches": [
                {"code": account.code, "name": "健康鼓楼", "likeness": 0.93, "reasons": ["读音相同：“古”与“鼓”"]}
            ],
        },
        {
            "name": "健康鼓楼福利群",
            "matches": [
                {
                    "code": account.code,
                    "name": "健康鼓楼",
                    "likeness": 0.7,
                    "reasons": ["名称里含有“健康鼓楼”，多出来的字是“福利群”"],
                }
            ],
        },
        {"name": "平安苏州", "matches": []},
    ]


class Signer:
    def __init__(self):
        self.key = Ed25519PrivateKey.generate()
        self.x = urlsafe_b64encode(self.key.public_key().public_bytes_raw()).rstrip(b"=").decode()

    def answer(self, asked_at="2026-11-20T10:00:00+08:00", **more):
        body = {"format": ANSWER, "answer": "official", "asked_at": asked_at, "reasons": ["已备案"], **more}
        return {**body, "kid": key_id(self.x), "signature": b64encode(self.key.sign(signed_part(body))).decode()}


@pytest.fixture
def signer():
    return Signer()


@pytest.fixture
def prove(run, tmp_path):
    def call(answer, keys):
        (tmp_path / "answer.json").write_text(json.dumps(answer), encoding="utf-8")
        (tmp_path / "keys.json").write_text(keys if isinstance(keys, str) else json.dumps(keys), encoding="utf-8")
        said = run("verify", str(tmp_path / "answer.json"), "--key", str(tmp_path / "keys.json"))
        return said.status, said.out.strip() or said.err.strip()

    return call


def listed(*rows):
    return {"keys": [{"x": one.x, "from": since} for one, since in rows]}


def test_an_answer_is_proved_by_the_published_keys_or_a_bare_one(signer, prove):
    assert prove(signer.answer(), listed((signer, "2026-01-01T00:00:00+08:00"))) == (0, "proved")
    assert prove(signer.answer(), signer.x) == (0, "proved")


def test_what_was_changed_is_not_proved(signer, prove):
    changed = {**signer.answer(), "answer": "impostor"}
    assert prove(changed, signer.x) == (1, "签名对不上：答复被改动过，或不是这个平台签发的。")
    assert prove({**signer.answer(), "more": 1}, signer.x)[0] == 1
    assert prove({**signer.answer(), "signature": ""}, signer.x) == (1, "答复没有签名。")


def test_a_key_inside_the_answer_proves_nothing(signer, prove):
    real = Signer()
    forged = signer.answer(keys=[{"x": signer.x}], key=signer.x)
    status, said = prove(forged, listed((real, "2026-01-01T00:00:00+08:00")))
    assert (status, said[:13]) == (1, "签名所用的密钥不在公钥文件")
    assert prove({**forged, "kid": key_id(real.x)}, real.x)[0] == 1


def test_a_key_proves_only_what_is_of_its_time(signer, prove):
    later = Signer()
    keys = listed((later, "2026-11-10T00:00:00+08:00"), (signer, "2026-01-01T00:00:00+08:00"))
    assert prove(signer.answer("2026-11-01T00:00:00+08:00"), keys) == (0, "proved")
    assert prove(signer.answer("2026-11-20T00:00:00+08:00"), keys) == (1, "答复的日期晚于签名密钥停用的时间。")
    assert prove(signer.answer("2025-11-20T00:00:00+08:00"), keys) == (1, "答复的日期早于签名密钥启用的时间。")


@pytest.mark.parametrize("keys", ["", "{", "[]", '{"keys":[1]}', '{"keys":[{"x":"a","from":1}]}'])
def test_unreadable_keys_are_told(signer, prove, keys):
    assert prove(signer.answer(), keys)[0] == 1


@pytest.mark.parametrize("answer", [[], "x", {}, {"format": ANSWER, "signature": "a", "kid": 1}])
def test_what_is_no_answer_is_told(signer, prove, answer):
    assert prove(answer, signer.x)[0] == 1
