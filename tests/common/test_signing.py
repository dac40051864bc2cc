"""The installation's signature: made once, kept private, provable by others, also after it was replaced."""

import base64
import hashlib
import json
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from conftest import NOW
from govmedia.common import signing
from govmedia.config import env, prepare
from govmedia.config.doctor import complaints

pytestmark = pytest.mark.django_db
# RFC 8032, 7.1, test 2; RFC 8037, A.2 and A.3 for the thumbprint.
SECRET = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNATURE = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aee"
    "b00d291612bb0c00"
)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    """An empty data folder without a key from outside."""
    settings.HOME, settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = tmp_path, "", ""
    return tmp_path


def pem(key, password=None):
    lock = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock).decode()


def test_signature_is_that_of_the_standard(settings):
    settings.SIGNING_KEY = base64.b64encode(SECRET).decode()
    kid, signature = signing.sign(b"\x72")
    signing.remember_key(now=NOW)
    (key,) = signing.public_keys()
    assert base64.b64decode(signature) == SIGNATURE
    assert base64.urlsafe_b64decode(key["x"] + "=") == PUBLIC
    assert (key["kid"], key["kty"], key["crv"], key["use"], key["from"]) == (
        kid, "OKP", "Ed25519", "sig", "2026-11-23T10:00:00+08:00",
    )  # fmt: skip
    assert signing.verify(b"\x72", signature, key["x"])


def test_key_id_is_the_thumbprint_of_the_standard():
    x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert signing.key_id(x) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_pem_and_bytes_of_one_key_are_one(settings):
    made = []
    for text in (base64.b64encode(SECRET).decode(), pem(Ed25519PrivateKey.from_private_bytes(SECRET))):
        settings.SIGNING_KEY = text
        made.append(signing.sign(b"x"))
    assert made[0] == made[1]


def test_key_is_made_once_and_is_its_owners_alone(home):
    assert signing.make_key()
    first = (home / "signing-key").read_bytes()
    assert (home / "signing-key").stat().st_mode & 0o777 == 0o600
    assert not signing.make_key()
    assert (home / "signing-key").read_bytes() == first
    signing.remember_key(now=NOW)
    assert list(signing.complaints()) == []
    assert signing.sign(b"x") == signing.sign(b"x")


def test_no_key_is_made_where_one_is_given(home, settings):
    settings.SIGNING_KEY = base64.b64encode(SECRET).decode()
    assert not signing.make_key()
    assert list(home.iterdir()) == []


def test_anything_else_is_not_proved():
    signing.make_key()
    signing.remember_key(now=NOW)
    _, signature = signing.sign(b"data")
    x = signing.public_keys()[0]["x"]
    assert signing.verify(b"data", signature, x)
    other = base64.urlsafe_b64encode(PUBLIC).decode()
    for data, text, key in (
        (b"datA", signature, x),
        (b"data", base64.b64encode(b"\0" * 64).decode(), x),
        (b"data", signature[:-4], x),
        (b"data", "", x),
        (b"data", "不是签名", x),
        (b"data", signature, other),
        (b"data", signature, ""),
        (b"data", signature, "公钥"),
        (b"data", signature, "A" * 1000),
    ):
        assert not signing.verify(data, text, key)


def test_replaced_keys_stay_listed_and_still_prove(home):
    signing.make_key()
    signing.remember_key(now=NOW)
    kid, signature = signing.sign(b"old")
    old = (home / "signing-key").read_bytes()
    (home / "signing-key").unlink()
    signing.make_key()
    signing.remember_key(now=NOW + timedelta(days=1))
    signing.remember_key(now=NOW + timedelta(days=2))
    first, second = signing.public_keys()
    assert (second["kid"], second["from"]) == (kid, "2026-11-23T10:00:00+08:00")
    assert (first["kid"] != kid, first["from"]) == (True, "2026-11-24T10:00:00+08:00")
    assert signing.verify(b"old", signature, second["x"])
    (home / "signing-key").write_bytes(old)
    signing.remember_key(now=NOW + timedelta(days=3))
    assert [(key["kid"], key["from"]) for key in signing.public_keys()] == [
        (kid, "2026-11-23T10:00:00+08:00"),
        (first["kid"], "2026-11-24T10:00:00+08:00"),
    ]


def test_private_key_does_not_get_into_the_list(settings):
    settings.SIGNING_KEY = base64.b64encode(SECRET).decode()
    signing.remember_key(now=NOW)
    told = json.dumps(signing.public_keys())
    for part in (base64.b64encode(SECRET).decode()[:20], base64.urlsafe_b64encode(SECRET).decode()[:20]):
        assert part not in told


BAD = {
    "short": base64.b64encode(SECRET[:31]).decode(),
    "long": base64.b64encode(SECRET + b"x").decode(),
    "no base64": "乱写的",
    "broken PEM": "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
    "another kind": pem(generate_private_key(SECP256R1())),
    "locked": pem(Ed25519PrivateKey.from_private_bytes(SECRET), b"password"),
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_what_is_no_key_is_said_in_words(home, settings, text):
    for place in ("setting", "file"):
        settings.SIGNING_KEY = text if place == "setting" else ""
        if place == "file":
            (home / "signing-key").write_text(text, encoding="utf-8")
            (home / "signing-key").chmod(0o600)
        with pytest.raises(signing.KeyProblem):
            signing.sign(b"x")
        with pytest.raises(env.SettingError):
            prepare.prepare_key()
        (said,) = signing.complaints()
        assert ("GOVMEDIA_SIGNING_KEY" if place == "setting" else str(home / "signing-key")) in said
        assert text not in said
        assert not signing.unlisted()


def test_doctor_says_when_the_key_is_missing_open_or_unlisted(home, settings):
    def says(word):
        return [line for line in complaints() if word in line]

    assert says("还没有签名密钥")
    prepare.prepare_key()
    assert not says("签名")
    (home / "signing-key").chmod(0o640)
    assert says("chmod 600")
    (home / "signing-key").chmod(0o600)
    given = home / "given"
    given.write_bytes(base64.b64encode(SECRET))
    given.chmod(0o604)
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE = given.read_text(), str(given)
    assert [str(given) in line for line in says("chmod 600")] == [True]
    assert says("还没有公布")
    prepare.prepare_key()
    assert not says("还没有公布")


def test_thumbprint_is_over_the_members_in_order():
    x = base64.urlsafe_b64encode(PUBLIC).rstrip(b"=").decode()
    told = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": x}, separators=(",", ":")).encode()
    expected = base64.urlsafe_b64encode(hashlib.sha256(told).digest()).rstrip(b"=").decode()
    assert signing.key_id(x) == expected
