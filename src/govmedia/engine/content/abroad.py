"""Whether a sentence speaks of other states, whose bodies and places have names like ours."""

from govmedia.engine.content.patterns import compiled
from govmedia.engine.content.text import Text

_ABROAD = compiled(
    r"美国|英国|法国|德国|俄罗斯|日本|韩国|朝鲜|印度|巴西|意大利|西班牙|加拿大|澳大利亚|新西兰|越南|泰国|柬埔寨|老挝|缅甸|马来西亚|新加坡"
    r"|菲律宾|印尼|印度尼西亚|巴基斯坦|伊朗|伊拉克|土耳其|以色列|埃及|南非|波兰|乌克兰|白俄罗斯|哈萨克斯坦|蒙古国|欧盟|希腊|荷兰|比利时|瑞士|瑞典"
    r"|古巴|墨西哥|阿根廷|智利|秘鲁|沙特|阿联酋|尼泊尔|斯里兰卡|叙利亚|阿富汗|当地时间|该国|两国|外国|驻华|访华|大使馆"
    r"|总统|首相|外长|外相|国王|联合国|上合组织|上海合作组织|成员国|东盟|金砖|非盟|北约"
    r"|纽约|华盛顿|洛杉矶|芝加哥|旧金山|东京|大阪|首尔|釜山|伦敦|巴黎|柏林|莫斯科|罗马|马德里|悉尼|墨尔本|多伦多|温哥华|新德里|孟买|曼谷|河内|雅加达|迪拜"
)


def is_abroad(text: Text, place: int) -> bool:
    """True where the sentence around the place names another state or speaks of one."""
    low, high = text.sentence(place)
    return _ABROAD.search(text.raw, low, high) is not None
