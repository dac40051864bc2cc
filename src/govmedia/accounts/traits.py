"""By which hashes an account is recognised: keys of its name, its links and its platform id."""

from hashlib import blake2b

from govmedia.engine.likeness import index_keys
from govmedia.engine.likeness.avatars import bands
from govmedia.engine.links import plain_link


def traits_of(name: str, platform_id: str, *links: str) -> tuple[int, ...]:
    """All hashes of an account."""
    found = [*index_keys(name), id_trait(platform_id), *map(link_trait, links)]
    return tuple(dict.fromkeys(one for one in found if one))


def avatar_traits(print_: int | None) -> tuple[int, ...]:
    """The hashes by which an avatar is found again, also where a few of its bits differ."""
    return () if print_ is None else tuple(_hashed(f"avatar {number}", str(bits)) for number, bits in bands(print_))


def link_trait(link: str) -> int:
    """The hash of a link in its plain spelling; 0 for what is none."""
    plain = plain_link(link)
    return _hashed("link", plain) if plain else 0


def id_trait(platform_id: str) -> int:
    """The hash of a platform's id; 0 for none."""
    text = platform_id.strip()
    return _hashed("id", text) if text else 0


def _hashed(kind: str, text: str) -> int:
    digest = blake2b(f"{kind}\x1f{text}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
