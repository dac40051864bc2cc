"""A badge for an organisation's own website: what the register says of an account, as a picture without script."""

from html import escape

from govmedia.accounts.models import Account, Status

HEIGHT = 28
_LEFT = "政务新媒体"
# What a passer-by is told, and in which colour; white text on each has a contrast of at least 4.5.
_WORDS = {
    Status.OPEN: ("已备案", "#1f7a4d"),
    Status.SUSPENDED: ("已备案 · 暂停", "#8a5a00"),
    Status.CLOSING: ("停更公告中", "#8a5a00"),
    Status.CLOSED: ("已注销", "#5b6472"),
}
_UNKNOWN = ("没有备案", "#b3261e")
_GREY, _WIDE, _NARROW, _PAD = "#3b4654", 14, 8, 10


def svg(account: Account | None) -> bytes:
    """The badge of an account; of None one that says that there is no such account."""
    word, colour = _WORDS[Status(account.status)] if account else _UNKNOWN
    left, right = _width(_LEFT), _width(word)
    said = f"{account.name}：{word}" if account else word
    whole, middle = left + right, HEIGHT / 2 + 5
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{HEIGHT}" viewBox="0 0 {whole} {HEIGHT}" '
        f'role="img" aria-label="{escape(said)}"><title>{escape(said)}</title>'
        f'<path fill="{_GREY}" d="M4 0h{left - 4}v{HEIGHT}H4a4 4 0 0 1-4-4V4a4 4 0 0 1 4-4z"/>'
        f'<path fill="{colour}" d="M{left} 0h{right - 4}a4 4 0 0 1 4 4v{HEIGHT - 8}a4 4 0 0 1-4 4H{left}z"/>'
        '<g fill="#fff" font-size="14" text-anchor="middle" '
        'font-family="PingFang SC,Microsoft YaHei,Noto Sans CJK SC,sans-serif">'
        f'<text x="{left / 2}" y="{middle}">{_LEFT}</text>'
        f'<text x="{left + right / 2}" y="{middle}">{word}</text></g></svg>\n'
    ).encode()


def _width(text: str) -> int:
    return 2 * _PAD + sum(_WIDE if ord(sign) > 0x2E80 else _NARROW for sign in text)
