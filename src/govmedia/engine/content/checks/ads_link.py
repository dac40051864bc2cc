"""Links to shops, short links that hide their aim, links by which someone is paid for the reader's visit.

Addresses are judged by their text, in the post and among its links; none is opened here. Government domains are
silent, and so is the short link that 微博 makes of every address in its own posts. Passwords of shops (淘口令) count
as links.
Source: 国办秘函〔2019〕19号；苏政办发〔2019〕56号附件“刊登商业广告或链接商业广告页面”；data/link_hosts.csv.
"""

from collections.abc import Iterator

from govmedia.engine.content.addresses import host_of, judge_address
from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text
from govmedia.engine.content.types import Example, Mark, Post, Setting

CODE = "ads_link"
CATEGORY = "ads"
LEVEL = "deduct"
TITLE = "商业链接"
VERSION = 2
AUTO = True
FIELDS = ("title", "text", "links")
BASIS = "苏政办发〔2019〕56号附件：不得链接商业广告页面"

_SIGNS = r"a-z0-9\-._~:/?#\[\]@!$&'()*+,;=%"
_ADDRESS = compiled(rf"(?<![a-z0-9@.\-])[a-z0-9][{_SIGNS}．]{{3,320}}")
# A dot may be written in words (taobao点com); then a known ending must follow.
_DOT_WORDS = r"点|。|\(dot\)|（点）|\[\.\]|\(\.\)|·|\[dot\]|dot"
_WORDED = Pattern(
    r"(?<![a-z0-9@.\-])([a-z0-9\-.]{2,40}(?:(?:。|\[\.\]|·)[a-z0-9\-]{2,30})?)"
    rf"(?: ?(?:{_DOT_WORDS}) ?)(com|cn|net|hk|me)(?![a-z])[{_SIGNS}]{{0,320}}"
)
_PULLED = Pattern(r"(?<![a-z0-9])[a-z](?: [a-z0-9]){2,20} ?[.．点] ?c ?(?:o ?m|n)(?![a-z])")
_PASSWORD = compiled(
    r"(?<![0-9a-z])[0-9]:/ ?[a-zA-Z0-9]{10,12}(?![a-zA-Z0-9])|[￥¥€₤$（(《/][ ]?[a-zA-Z0-9]{10,12}[ ]?[￥¥€₤$）)》/]"
)
_APP = compiled(r"淘宝|天猫|手淘|淘口令|京东|拼多多|口令")
_SHOP = Pattern("口令|淘宝|天猫|京东|拼多多")
_SHOP_SEARCH = Pattern(
    r"(?:打开|进入|上)?(?:手机)?(?:淘宝|天猫|京东|拼多多)(?:app|商城)?[，,]?(?:直接)?搜索?[:：“”\"]{0,2}[\u4e00-\u9fffa-z0-9]{2,20}?(?:旗舰店|专卖店|专营店|店铺|店)"
)
# 打开抖音搜索“某某旗舰店”; 淘宝店铺名：某某; 点击左下角小黄车下单; #小程序://某某商城/…
_LED = Pattern(
    r"(?:抖音|快手|小红书|视频号|闲鱼|得物|唯品会|美团|饿了么|微信|1688|阿里巴巴)(?:app|商城|小程序)?[，,]?(?:直接)?搜索?[:：]?[“”\"「【]?[\u4e00-\u9fffa-z0-9]{2,20}?"
    r"(?:旗舰店|专卖店|专营店|店铺|小店|商城|直播间下单|微店)|闲鱼搜索?[:：]?[“\"「【][\u4e00-\u9fffa-z0-9]{2,16}[”\"」】]"
    r"|(?:淘宝|天猫|京东|拼多多|抖音|快手|微信|闲鱼)(?:店铺|网店|小店|店)(?:名称|名|号|链接|地址)?[:：][“”\"]?[\u4e00-\u9fffa-z0-9]{2,20}"
    r"|(?:点击?|戳|进入)?(?:屏幕|画面|视频|直播间)?(?:左下角|右下角|下方)的?(?:小黄车|购物车|商品链接|商品卡片?|购物袋)[\u4e00-\u9fff，,]{0,6}(?:下单|购买|选购|抢购|拍)"
    r"|小黄车[\u4e00-\u9fff，,]{0,6}(?:下单|抢购|开抢|拍下)|#小程序://[\u4e00-\u9fffa-z0-9]{2,20}(?:商城|优选|好物|小店|严选|团购|购|店)[\u4e00-\u9fffa-z0-9]{0,6}/[a-z0-9]{4,20}"
)
# Talk about shops and false shops, and notices for which shops are a place to use a voucher.
_TALK = Pattern(r"诈骗|骗|钓鱼|不要点|“三无”|监管|仿冒|假冒|消费券|以旧换新|国补|警惕|勿点|不要点击")
_OFFICIAL = compiled(r"政务|政府|发布|公众号|税务|社保|医保")
_MESSAGES = {
    "shop": "链接到商业网站：{name}",
    "trade": "链接到商业网站：{name}，请核对是否为商业推广",
    "short": "短链接看不出去向：{name}，请改用完整网址",
    "paid": "推广链接：{reason}",
    "counted": "链接{reason}，请核对是否为推广页面",
}


def look(text: Text, post: Post, setting: Setting) -> Iterator[Mark]:
    """Yield one mark for each address that leads to a shop, hides its aim or is paid for."""
    raw, folded = text.raw, text.folded
    if "." in raw or "．" in raw:
        for found in _ADDRESS.finditer(folded):
            address = found[0].rstrip(".,;:!?)'．")
            if "." in address or "．" in address:
                yield from _judged(address, found.start(), found.start() + len(address), post, text)
        for found in _PULLED.finditer(folded):
            yield from _judged(found[0].replace(" ", "").replace("点", "."), *found.span(), post, text)
    for found in _WORDED.finditer(folded):
        if "com" in folded or "cn" in folded:
            host = found[1].replace("。", ".").replace("[.]", ".").replace("·", ".")
            yield from _judged(f"{host}.{found[2]}", *found.span(), post, text)
    yield from _led(text)
    if _SHOP.search(raw):
        yield from _worded(text)


def _judged(address: str, start: int, end: int, post: Post, text: Text) -> Iterator[Mark]:
    verdict = judge_address(address)
    if verdict is None or (verdict.host == "t.cn" and post.platform == "weibo"):
        return
    if verdict.kind == "shop" and _is_bare(address) and _is_talk(text):
        return
    sure = verdict.kind == "shop"
    level = "deduct" if verdict.kind in ("shop", "paid") else "notice"
    message = _MESSAGES[verdict.kind].format(name=verdict.name, reason=verdict.reason)
    yield Mark(start, end, message, None, BASIS, level, confidence=0.95 if sure else 0.6, sure=sure)


def _is_bare(address: str) -> bool:
    """A shop's name without a path: among words of warning or vouchers it is no link to goods."""
    return address.rstrip("/").removeprefix("https://").removeprefix("http://") == host_of(address)


def _is_talk(text: Text) -> bool:
    """True where the text warns of false shops or names shops that take vouchers; worked out once."""
    if (known := text.memo.get(_is_talk)) is None:
        known = text.memo[_is_talk] = _TALK.search(text.raw) is not None
    return bool(known)


def _led(text: Text) -> Iterator[Mark]:
    """Words that lead to a shop without an address."""
    for found in _LED.finditer(text.folded):
        named = any(word in text.raw for word in ("搜", "店", "小黄车", "购物车", "商品", "小程序://"))
        if named and not _is_talk(text) and not _OFFICIAL.search(found[0]):
            yield Mark(*found.span(), "引导到网店购物", None, BASIS, confidence=0.7, sure=False)


def _worded(text: Text) -> Iterator[Mark]:
    raw = text.raw
    for found in _PASSWORD.finditer(raw):
        around = raw[max(0, found.start() - 60) : found.end() + 40]
        code = found[0].split("/")[-1].strip() if ":/" in found[0] else found[0][1:-1].strip()
        mixed = not code.isdigit() and not code.islower() and not code.isupper()
        if mixed and _APP.search(around) and not _is_talk(text):
            yield Mark(*found.span(), "商城口令，等同于商品链接", None, BASIS, confidence=0.9)
    for found in _SHOP_SEARCH.finditer(text.folded):
        if not _is_talk(text):
            yield Mark(*found.span(), "引导到网店购物", None, BASIS, confidence=0.7, sure=False)


EXAMPLES = (
    Example(
        "a shop", "购买请点 https://item.taobao.com/item.htm?id=1 下单", ("https://item.taobao.com/item.htm?id=1",)
    ),
    Example(
        "a shop's short link among the links", "", ("https://m.tb.cn/h.5",), given={"links": ("https://m.tb.cn/h.5",)}
    ),
    Example("a dot in words", "店铺在taobao点com", ("taobao点com",)),
    Example("a short link", "详情 https://t.cn/A6abc", ("https://t.cn/A6abc",)),
    Example("a short link that 微博 made", "详情 https://t.cn/A6abc", given={"platform": "weibo"}),
    Example("a government site", "登录 https://www.gov.cn/zhengce/?utm_source=wx 查看"),
    Example("a government site under a shop's name", "http://taobao.com.beijing.gov.cn/a"),
    Example("a shop behind a government name", "http://www.gov.cn@m.tb.cn/h.5", ("http://www.gov.cn@m.tb.cn/h.5",)),
    Example("a paid link", "http://example.com/a?aff=12", ("http://example.com/a?aff=12",)),
    Example("numbers with dots", "增长12.5%，见第3.2节"),
)
