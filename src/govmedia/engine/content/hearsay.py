"""Words that give no source though they seem to: 图文：网络, 综合自网络, 据网友爆料, an account on no list."""

from collections.abc import Callable, Iterator

from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text, inside

Found = tuple[int, int, str, bool]

_NET = (
    r"(?:互联网|网络(?!安全|强国|空间|平台|文明|文学|作家|视听)|网上(?!办|政务|信访)|网友|微信群|微信朋友圈|朋友圈|百度(?!地图)"
    r"|抖音|快手|小红书|知乎|自媒体|某自媒体|贴吧|论坛|佚名)"
)
_VERBS = (
    r"(?:转自|转载自|转载于|摘自|摘编自|整理自|整理于|选自|综合自|改编自|汇编自|编译自|转发自|搬运自|取自|下载自|来源于"
    r"|来自于?(?=自媒体|某自媒体))"
)
_BYLINE = Pattern(
    r"(?:^|[\n（(【\s|｜！。])"
    r"((?:来自|信源|消息源|供稿|图/文|文/图|图文|文字?|稿件|整理)[ \u3000]?[:：/丨|｜][ \u3000]?"
    rf"(?:综合|整理|源自)?{_NET}(?:综合|整理|素材|资料|图片)?)(?=[\s）)】|｜，。,；]|$)"
)
_FROM = Pattern(rf"{_VERBS}(?:各大)?{_NET}")
_MADE_OF = Pattern(
    r"(?:本文|内容|文章|图文|以上)?(?:系|为|均)?由(?:网络|互联网|网上)(?:公开)?(?:资料|信息|素材|内容)?(?:综合)?(?:整理|汇编|编辑)(?:而成)?"
)
_SEE = Pattern(r"(?:图文|图片|视频|内容)?来源(?:见|看)(?:水印|文末|图)")
_ACCOUNT = Pattern(
    r"(?:转自|转载自|转载于|摘自|来源于?|整理自|选自|转发自)(?:微信)?((?:公众号|订阅号|视频号|自媒体|头条号|百家号|搜狐号|网易号|抖音号|博主|微博号?)"
    r"[“「《\"]?([\u4e00-\u9fffA-Za-z0-9]{2,16})[”」》\"]?)"
)
_HEARSAY = Pattern(
    r"(?:据|有)(?:网友|网民)(?:爆料|透露|曝料|发帖称|说)|(?<!数)据(?:网传|网上|网络|坊间|小道|微信群|朋友圈)(?:消息|传闻|信息|流传|传言)?(?:称|说|显示)?"
    r"(?=[，,：:称说])|据(?:不愿透露姓名的)?(?:[\u4e00-\u9fff]{0,4})(?:知情人士|内部人士)(?:称|透露|说|爆料)"
)
_DENIED = Pattern(
    r"辟谣|谣言|不实|不信谣|警方|提示|提醒|核实|回应|派人|办理|检修|切勿|不要轻信|诈骗|骗|涉嫌|调查|立案|外媒|路透|美国|澳大利亚|英国"
)


def hearsay(text: Text, known: Callable[[str], bool]) -> Iterator[Found]:
    """Start, end, message and whether it is sure; `known` tells of a name whether it may be a source."""
    raw = text.raw
    for found in _BYLINE.finditer(raw):
        yield *found.span(1), "来源只写“网络”，等于没有注明来源", True
    for pattern in (_FROM, _MADE_OF):
        for found in pattern.finditer(raw):
            if not inside(text.quotes, *found.span()):
                yield *found.span(), "来源只写“网络”，等于没有注明来源", False
    for found in _SEE.finditer(raw):
        yield *found.span(), "没有写明来源", False
    for found in _ACCOUNT.finditer(raw):
        if not known(found[2]) and not raw.startswith(("公众号", "微信", "官方"), found.end()):
            yield *found.span(1), f"来源“{found[2]}”不在稿源名单内，请核对", False
    for found in _HEARSAY.finditer(raw) if "据" in raw or "有网" in raw else ():
        if not inside(text.quotes, *found.span()) and not _DENIED.search(raw):
            yield *found.span(), "消息没有可以核对的来源", False
