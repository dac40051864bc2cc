"""What one look at an interface came to, in one word and in words for the reader."""

from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What one look came to. Only `ok` and `not_modified` mean that the account was seen."""

    ok = "ok"
    not_modified = "not_modified"
    retry_soon = "retry_soon"
    network = "network"
    timeout = "timeout"
    rate_limited = "rate_limited"
    needs_reauthorise = "needs_reauthorise"
    gone = "gone"
    not_found = "not_found"
    refused_address = "refused_address"
    too_large = "too_large"
    not_a_feed = "not_a_feed"
    parse_error = "parse_error"
    bad_redirect = "bad_redirect"
    wrong_feed = "wrong_feed"

    @property
    def seen(self) -> bool:
        """Whether this look showed the account's posts."""
        return self in (Outcome.ok, Outcome.not_modified)


class Words(NamedTuple):
    """A short label, and what the reader can do about it."""

    label: str
    advice: str


OUTCOME_TEXT: dict[Outcome, Words] = {
    Outcome.ok: Words("正常", "无需处理。"),
    Outcome.not_modified: Words("没有变化", "无需处理。"),
    Outcome.retry_soon: Words("对方暂时不可用", "系统会自动重试；如果一直这样，请联系网站维护人员。"),
    Outcome.network: Words("我方网络不通", "请检查本机网络和域名解析，再核对地址和端口是否写对；系统会自动重试。"),
    Outcome.timeout: Words("对方响应超时", "系统会自动重试；如果一直这样，请联系网站维护人员。"),
    Outcome.rate_limited: Words("访问过于频繁", "系统会按对方要求的时间再试，无需处理。"),
    Outcome.needs_reauthorise: Words("没有访问权限", "请账号管理员重新授权，或请网站维护人员放行本平台。"),
    Outcome.gone: Words("订阅源已停止", "对方声明不再提供。请核实账号是否已关停，或填写新的地址。"),
    Outcome.not_found: Words("地址不存在", "请核对地址；如果网站改版，请填写新的地址。"),
    Outcome.refused_address: Words("地址不允许访问", "请填写互联网上的公开地址；内网地址须由系统管理员放行。"),
    Outcome.too_large: Words("内容过大", "请网站维护人员减少订阅源里的条数或每条的内容。"),
    Outcome.not_a_feed: Words("不是订阅源", "请填写 RSS、Atom 或 JSON Feed 的地址，而不是栏目页或登录页。"),
    Outcome.parse_error: Words("内容无法读取", "请网站维护人员检查订阅源的格式和编码。"),
    Outcome.bad_redirect: Words("跳转异常", "请直接填写跳转后的最终地址，或请网站维护人员检查跳转设置。"),
    Outcome.wrong_feed: Words("疑似别人的内容", "已暂停更新，请核实这个地址现在属于哪个账号。"),
}


class Trouble(Exception):
    """A look that failed. `cause` says in Chinese what happened; the advice is OUTCOME_TEXT's."""

    def __init__(self, outcome: Outcome, cause: str, *, status: int | None = None) -> None:
        super().__init__(cause)
        self.outcome = outcome
        self.cause = cause
        self.status = status

    @property
    def text(self) -> str:
        """The cause and what to do, as one Chinese line."""
        return f"{self.cause}{OUTCOME_TEXT[self.outcome].advice}"


class AddressRefused(Trouble):
    """The fetch guard does not let this address through."""

    def __init__(self, cause: str) -> None:
        super().__init__(Outcome.refused_address, cause)
