"""Words that are data: platforms, levels, account states and fields of work, with their Chinese labels."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from govmedia.engine.tables import read_table

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform (平台); `has_posts`: it shows a list of posts, so that silence can be judged; `words` are what
    people call it besides its label."""

    code: str
    label: str
    has_posts: bool
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work (领域); `words` are those by which a name shows that it belongs there."""

    code: str
    label: str
    words: tuple[str, ...]


_words = read_table(_HERE / "platforms.toml")
PLATFORMS: Mapping[str, Platform] = {
    row["code"]: Platform(row["code"], row["label"], row["has_posts"], tuple(row["words"]))
    for row in _words["platform"]
}
LEVELS: Mapping[str, str] = _words["levels"]
STATUSES: Mapping[str, str] = _words["statuses"]
_HOSTS: Mapping[str, str] = {host: code for code, hosts in _words["hosts"].items() for host in hosts}
FIELDS: Mapping[str, Field] = {
    row["code"]: Field(row["code"], row["label"], tuple(row["words"]))
    for row in read_table(_HERE / "fields.toml")["field"]
}


def platform_label(code: str) -> str:
    """The platform's Chinese name; a code that is not in the list is shown as it is."""
    platform = PLATFORMS.get(code)
    return platform.label if platform else code


def platform_of_host(host: str) -> str | None:
    """The code of the platform whose alone a host is, or None: own sites and services of several are nobody's.

    >>> platform_of_host("v.douyin.com"), platform_of_host("www.example.gov.cn")
    ('douyin', None)
    """
    parts = host.lower().split(".")
    return next((_HOSTS[end] for n in range(len(parts)) if (end := ".".join(parts[n:])) in _HOSTS), None)


def field_label(code: str) -> str:
    """The field's Chinese name; a code that is not in the list is shown as it is."""
    field = FIELDS.get(code)
    return field.label if field else code


def platform_code(text: str) -> str | None:
    """The code for a code or a Chinese label as people type it, or None."""
    return _code_of(text, {code: platform.label for code, platform in PLATFORMS.items()})


def platforms_meant(text: str) -> tuple[str, ...]:
    """The codes of the platforms that a word of people may mean: 公众号, B站, and 微信 for all that are in there.

    >>> platforms_meant("b站"), platforms_meant("微信"), platforms_meant("第一")
    (('bilibili',), ('wechat_mp', 'wechat_channels', 'miniprogram'), ())
    """
    wanted = unicodedata.normalize("NFKC", text).strip().casefold()
    return tuple(
        code for code, one in PLATFORMS.items() if wanted in {code, *map(str.casefold, (one.label, *one.words))}
    )


def field_code(text: str) -> str | None:
    """The code for a code or a Chinese label as people type it, or None."""
    return _code_of(text, {code: field.label for code, field in FIELDS.items()})


def _code_of(text: str, labels: Mapping[str, str]) -> str | None:
    wanted = text.strip()
    if wanted in labels:
        return wanted
    return next((code for code, label in labels.items() if label == wanted), None)
