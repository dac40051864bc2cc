"""Hong Kong, Macao and Taiwan beside China or among states, where the word 国家 is left out: 中国、香港; 国籍：台湾.

Each is for a human to look at: lists of places of origin are often written without thought, and often are right.
"""

from collections.abc import Iterator

from govmedia.engine.content.sieve import Pattern
from govmedia.engine.content.text import Text

Beside = tuple[int, int, str]

_REGION = "(?:台湾|香港|澳门|港澳台|港澳)"
_STATES = (
    "美国|日本|韩国|英国|法国|德国|新加坡|马来西亚|泰国|越南|俄罗斯|加拿大|澳大利亚|新西兰|印度|印度尼西亚|印尼|菲律宾|意大利|西班牙"
    "|荷兰|巴西|柬埔寨|缅甸|老挝|蒙古"
)
_ENDED = "(?=的|[，。；]|等地(?!区)|客商|游客|企业|市场|学生|学者|代表|选手)"
_LISTED = Pattern(
    rf"(?:(?:{_STATES})[、和及]){{1,6}}(?:台湾|香港|澳门){_ENDED}|(?:台湾|香港|澳门)、(?:{_STATES}){_ENDED}"
)
_BESIDE = Pattern(
    r"(?<![一-龥])中国、(?:台湾|香港|澳门)(?!特别行政区|特区)|(?<=[销往自括有给到])中国、(?:台湾|香港|澳门)(?!特别行政区|特区)"
    r"|(?:台湾|香港|澳门)、中国(?=[、和及等，。的])(?!台北|香港|澳门|内地|大陆)"
)
_TO_CHINA = Pattern(
    r"(?:台湾|香港|澳门)(?:地区|同胞|居民|游客|青年|学生|企业|商人)?(?:飞往|前往|飞|回到|进入|返回|出口到|销往|到|来|赴)中国(?!内地|大陆|[一-龥]{0,4}(?:银行|大学|博览|国际|驻|联通|移动|馆|展|区|队|人民|台|香|澳))"
)
_BACK = Pattern(
    rf"(?:{_REGION}(?:地区)?(?:同胞|青年|居民|学生|游客|企业家|人士|乡亲|创客)|台胞|台商|台青|港胞|港青|港商)[一-龥]{{0,3}}?(回国|归国|来中国|到中国|赴中国|赴华|入境中国)"
)
_FORM = Pattern(rf"(?:国籍|国家|国别)[ ]?[:：][ ]?(?:中国)?{_REGION}(?![、，]?地区)")
_FOREIGN = Pattern(
    rf"(?:外籍(?:人士|人员|学生|游客)|外国(?:留学生|人|游客|学生|专家)|外宾|海外(?:游客|旅客|侨胞|华侨|华人|留学生)|国外(?:游客|旅客|客商))[（(](?:含|包括|包含)"
    rf"{_REGION}"
)
_MAINLAND = Pattern(
    r"中国大陆(?!与|和|同|及|对台|赴台|架|性|居民|配偶|方面|地区|游客|民众|以外|人士|板块|沿海|东部|西部|南部|最)"
)

_TOLD = (
    (_LISTED, "港澳台与国家并列时应写作“国家和地区”，或写“中国台湾”“中国香港”"),
    (_BESIDE, "不得将台湾、香港、澳门与中国并列"),
    (_TO_CHINA, "港澳台是中国的一部分，应说“内地”“大陆”"),
    (_FORM, "港澳台不是国家，应写“国家（地区）”“中国台湾”"),
    (_FOREIGN, "港澳台居民不是外国人，可说“境外”"),
)


def beside_states(text: Text) -> Iterator[Beside]:
    """Start, end and message of each place where a region stands as if it were a state."""
    raw = text.raw
    for pattern, message in _TOLD:
        for found in pattern.finditer(raw):
            yield *found.span(), message
    for found in _BACK.finditer(raw):
        yield *found.span(1), "港澳台居民来大陆（内地）不得说“回国”“来中国”"
    for found in _MAINLAND.finditer(raw):
        if "台" not in raw and "两岸" not in raw:
            yield *found.span(), "“中国大陆”只与台湾相对使用，其他场合可说“我国”“全国”“内地”"
