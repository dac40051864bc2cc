"""Avatars are recognised whatever a platform does to them, and told from others."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from govmedia.emulators.beyond import avatar
from govmedia.engine.content.fingerprints import fingerprint
from govmedia.engine.content.pictures import PictureError
from govmedia.engine.likeness.avatars import APART_MOST, apart, bands

PRINTS = st.integers(-(2**63), 2**63 - 1)


def as_png(picture: Image.Image, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, **{"format": "PNG", **how})
    return out.getvalue()


def drawn(name: str) -> Image.Image:
    return Image.open(io.BytesIO(avatar(name))).convert("RGB")


def cut_round(picture: Image.Image) -> Image.Image:
    white, mask = Image.new("RGB", picture.size, "white"), Image.new("L", picture.size)
    ImageDraw.Draw(mask).ellipse((0, 0, *picture.size), fill=255)
    white.paste(picture, mask=mask)
    return white


@pytest.mark.parametrize("name", ["健康鼓楼", "平安南京", "南京发布", "苏州教育"])
def test_the_same_picture_is_known_again(name):
    own = fingerprint(avatar(name))
    changed = [
        as_png(drawn(name), format="JPEG", quality=40),
        as_png(drawn(name).resize((100, 100), Image.Resampling.LANCZOS), format="WEBP", quality=60),
        as_png(cut_round(drawn(name))),
        as_png(drawn(name).resize((640, 640), Image.Resampling.BICUBIC)),
        as_png(drawn(name).point(lambda tone: int(tone * 0.8 + 20))),
    ]
    assert all(apart(own, fingerprint(one)) <= APART_MOST for one in changed)


def test_pictures_of_others_are_far_apart():
    prints = [fingerprint(avatar(f"账号{number}")) for number in range(200)]
    near = [apart(a, b) for at, a in enumerate(prints) for b in prints[:at]]
    assert min(near) > APART_MOST


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_a_picture_of_one_tone_tells_nothing(tone):
    assert fingerprint(as_png(Image.new("L", (64, 64), tone))) is None


@pytest.mark.parametrize("data", [b"", b"<svg/>", avatar("x")[:60]])
def test_what_is_no_picture_is_refused(data):
    with pytest.raises(PictureError):
        fingerprint(data)


@given(PRINTS, st.sets(st.integers(0, 63), max_size=APART_MOST))
def test_whoever_differs_little_has_a_stretch_in_common(one, flipped):
    other = one
    for bit in flipped:
        other ^= 1 << bit
    assert apart(one, other) == len(flipped)
    assert set(bands(one)) & set(bands(other))


@given(PRINTS)
def test_stretches_are_the_whole(one):
    assert {number for number, _ in bands(one)} == set(range(APART_MOST + 1))
    assert sum(bits.bit_count() for _, bits in bands(one)) == (one & (2**64 - 1)).bit_count()
