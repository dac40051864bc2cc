"""Why an account is not seen, from what the last looks at its interface came to."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from govmedia.accounts.models import Cause
from govmedia.common.clock import SHANGHAI
from govmedia.connectors.errors import OUTCOME_TEXT, Outcome

# An account counts as seen for so long after a look that worked (coverage is counted in the same way).
FRESH = timedelta(hours=24)
# One failed look says nothing; so many over so long a time do.
FAILURES, FAILING = 3, timedelta(hours=1)
# A feed that says "gone" once may have been taken down by mistake.
GONE_LOOKS = 2

OURS = frozenset({Outcome.network})
THEIRS = frozenset({Outcome.network, Outcome.timeout, Outcome.retry_soon, Outcome.rate_limited})
NOT_COUNTED = "这段时间不计入更新情况。"


@dataclass(frozen=True, slots=True)
class Watch:
    """How the last looks at an account went. `cut_off`: they fell into a time in which our own network was down."""

    kind: str = ""
    state: str = ""
    outcome: str = ""
    cause: str = ""
    failures: int = 0
    failing_since: datetime | None = None
    last_look_at: datetime | None = None
    last_ok_at: datetime | None = None
    frozen_reason: str = ""
    cut_off: bool = False


def why_unseen(watch: Watch, now: datetime) -> tuple[str, str] | None:
    """Cause and Chinese sentence where the account is not seen now, None where it is."""
    return _by_state(watch) or _by_word(watch) or _by_looks(watch, now)


def _by_state(watch: Watch) -> tuple[str, str] | None:
    if watch.frozen_reason or watch.state == "frozen" or watch.outcome == Outcome.wrong_feed:
        doubt = watch.frozen_reason.strip().rstrip("。") or "接口内容疑似别人的账号"
        return Cause.FROZEN, f"{doubt[:280]}，核实前不收录、不判定。"
    if not watch.kind:
        return Cause.OWNER, "没有数据接口，看不到发布情况。请主办单位提交变更，补上接口地址。"
    if watch.outcome == Outcome.gone and (watch.failures >= GONE_LOOKS or watch.state == "stopped"):
        return Cause.GONE, f"接口显示账号已不存在。{OUTCOME_TEXT[Outcome.gone].advice}"
    if watch.state == "stopped":
        return Cause.OWNER, "数据接口已停用。请主办单位提交变更，换上可用的接口地址。"
    return None


def _by_word(watch: Watch) -> tuple[str, str] | None:
    if watch.last_look_at is None:
        return Cause.WAITING, "刚纳入，等待首次查看。"
    if watch.outcome == Outcome.needs_reauthorise:
        return Cause.OWNER, _text(watch)
    return None


def _by_looks(watch: Watch, now: datetime) -> tuple[str, str] | None:
    stale = watch.last_ok_at is None or now - watch.last_ok_at > FRESH
    failing = watch.failures >= FAILURES and watch.failing_since is not None and now - watch.failing_since >= FAILING
    if not stale and not failing:
        return None
    if watch.cut_off and watch.outcome in THEIRS:
        return Cause.NETWORK, f"本平台网络中断，没能看到这个账号，恢复后自动补看。{NOT_COUNTED}"
    if not watch.failures:
        return Cause.NETWORK, f"已超过 24 小时没有轮到查看，正在补看。{NOT_COUNTED}"
    return (Cause.PLATFORM if watch.outcome in THEIRS else Cause.OWNER), _text(watch)


def _text(watch: Watch) -> str:
    cause = watch.cause.strip().rstrip("。") or _label(watch.outcome)
    since = f"（自 {watch.failing_since.astimezone(SHANGHAI):%m-%d %H:%M} 起）" if watch.failing_since else ""
    return f"未能看到{since}：{cause}。{NOT_COUNTED}"[:300]


def _label(outcome: str) -> str:
    try:
        return OUTCOME_TEXT[Outcome(outcome)].label
    except ValueError:
        return "原因不明"
