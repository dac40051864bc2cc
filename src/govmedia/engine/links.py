"""Links compared as texts. Nothing here opens one."""

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

LINK_MOST = 2000
_START = re.compile(r"https?://", re.IGNORECASE)
_INSIDE = re.compile(r"https?://[!-~]+", re.IGNORECASE)
_BARE = re.compile(r"[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:[/?:#].*)?$", re.IGNORECASE)
# What apps add when a link is shared; it says who shared it, not where it leads.
_SHARED = re.compile(
    r"utm_\w+|spm|from|share\w*|timestamp|isappinstalled|scene|srcid|sharer\w*|is_from\w*|app|tt_from"
)
_DEFAULT = {"http": 80, "https": 443}
# Their links lead somewhere else, which cannot be known without opening them.
_SHORT = (
    "t.cn url.cn dwz.cn suo.im u.nu bit.ly tinyurl.com b23.tv v.douyin.com v.kuaishou.com xhslink.com t.co goo.gl"
)
SHORTENERS = frozenset(_SHORT.split())


def looks_like_link(text: str) -> bool:
    """True for what somebody pasted as a link, with or without its scheme."""
    return bool(_START.match(text) or _BARE.match(text))


def is_web(url: str) -> bool:
    """True for an address of the web; only such may become a link or be opened."""
    return url.startswith(("http://", "https://"))


def link_in(text: str) -> str:
    """The first link with its scheme in a text, as apps copy them among other words; empty where there is none.

    >>> link_in("7.43 复制打开抖音，看看【南京发布】 https://v.douyin.com/abc/ 快来")
    'https://v.douyin.com/abc/'
    """
    found = _INSIDE.search(text)
    return found[0].rstrip(".,;!?") if found else ""


def host_of(text: str) -> str:
    """The host of a link in lower case; empty for what is no link of the web."""
    return _parts(text)[0]


def plain_link(text: str) -> str:
    """The link in one plain spelling, for comparison; empty for what is no link of the web.

    Scheme, www, a mobile host, fragment, final slash and marks of sharing make no difference.
    >>> plain_link("HTTP://www.Weibo.com/njfb/?from=share#top")
    'weibo.com/njfb'
    """
    host, port, path, query = _parts(text)
    if not host:
        return ""
    bare = re.sub(r"^(?:www|m|wap|mobile)\.(?=[^.]+\.)", "", host)
    kept = sorted((name, value) for name, value in parse_qsl(query)[:50] if not _SHARED.fullmatch(name))
    return f"{bare}{port}{unquote(path).rstrip('/')}" + (f"?{urlencode(kept)}" if kept else "")


def _parts(text: str) -> tuple[str, str, str, str]:
    """Host, port with its colon unless it is the usual one, path and query; all empty where it is no link."""
    whole = unicodedata.normalize("NFKC", text.strip())
    nothing = ("", "", "", "")
    if not whole or len(whole) > LINK_MOST or not looks_like_link(whole) or any(sign.isspace() for sign in whole):
        return nothing
    try:
        parts = urlsplit(whole if _START.match(whole) else f"https://{whole}")
        port = parts.port
    except ValueError:
        return nothing
    usual = port is None or port == _DEFAULT[parts.scheme.lower()]
    return (parts.hostname or "").rstrip("."), "" if usual else f":{port}", parts.path, parts.query
