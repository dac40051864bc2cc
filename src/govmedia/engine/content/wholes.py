"""What the parts of a whole are called: words that divide it without a rest, and words that do not overlap."""

from govmedia.engine.content.patterns import compiled

# Each row: words of which each stands in a label of its own, and which together name all of a whole.
_ALL = (
    ("男", "女"), ("城镇", "农村"), ("城镇", "乡村"), ("出口", "进口"), ("线上", "线下"), ("公办", "民办"),
    ("一等奖", "二等奖", "三等奖"), ("金", "银", "铜"), ("第一产业", "第二产业", "第三产业"),
    ("一产", "二产", "三产"), ("本土", "境外输入"), ("赞成", "反对", "弃权"), ("同意", "反对", "弃权"),
    ("上半年", "下半年"), ("国内", "境外"), ("国内", "国外"), ("境内", "境外"), ("已", "未"), ("国有", "民营"),
    ("一季度", "二季度", "三季度", "四季度"), ("省内", "省外"), ("市内", "市外"), ("县内", "县外"),
    ("本地", "外地"), ("本县", "外县"), ("新建", "改建"), ("常住", "流动"), ("水田", "旱地"), ("水田", "旱田"),
    ("汉族", "少数民族"), ("企业", "个人"), ("在职", "退休"), ("市区", "郊区"), ("白天", "夜间"),
    ("笔试", "面试"), ("国有", "民间"), ("平时", "期末"), ("中央", "地方"), ("首付", "尾款"),
    ("基础", "绩效"), ("工作日", "节假日"), ("农业", "工业", "服务业"), ("城镇居民", "农村居民"), ("初婚", "再婚"),
    ("新车", "二手车"), ("直接", "间接"), ("陆地", "海域"), ("上午", "下午"), ("本科", "专科"),
)  # fmt: skip
# The same, where more may stand beside them: 一般隐患、重大隐患, but 较大隐患 too.
_LIKELY = (
    ("一般", "重大"), ("一般", "较大", "重大"), ("行政村", "社区"), ("县道", "乡道", "村道"), ("已", "正在", "列入"),
    ("轻度", "中度及以上"), ("优良", "轻度", "中度"), ("正式", "预备"), ("已", "仍"), ("已", "尚"),
    ("城区", "农村"), ("城区", "乡村"), ("城区", "乡镇"), ("城市", "农村"), ("城市", "乡村"), ("县城", "乡镇"),
    ("城关", "农村"), ("内资", "外资"), ("专职", "兼职"), ("全职", "兼职"), ("在编", "编外"), ("公立", "私立"),
    ("现场", "线上"), ("上行", "下行"), ("进站", "出站"), ("进港", "出港"), ("到达", "出发"), ("地上", "地下"),
    ("室内", "室外"), ("成年", "未成年"), ("文科", "理科"), ("个人", "单位"), ("个人", "集体"), ("机关", "基层"),
    ("小学", "初中"), ("重症", "轻症"), ("自有", "租赁"), ("国内", "国际"), ("东部", "西部"), ("南区", "北区"),
    ("东区", "西区"), ("老年组", "青年组", "少年组"), ("优秀", "合格", "不合格"), ("大型", "中型", "小型"),
    ("重度", "中度", "轻度"), ("省级", "市级", "县级"), ("中央", "省", "市"), ("综合", "专业"), ("汽油", "柴油"),
    ("干部", "群众"), ("教师", "学生"), ("主城区", "郊县"),
)  # fmt: skip
_CONTRARY = compiled(r"[非未不]([\u4e00-\u9fff]{2,6})")
_KIND = compiled(
    r"(?:[类级型组等项标牌奖]|产业|专业|系列|领域|岗位)(?:项目|企业|人才|人员|岗位|选手|作品|工程)?[有共计]?\Z"
)
_ORDINAL = compiled(
    r"(?:第?[一二三四五六七八]|首)(?:期|批|季度|标段|阶段|等奖?|组|轮|年级|档|类)|[一二三四五六七八九十0-9]月份?"
)
_TRAITS = compiled(r"党|团员|女|男|族|岁|老|残|贫|军|学历|职称")
_LEVEL = compiled(r"中央|上级|国家级?|省|市|县|区|镇|乡|村|自筹|社会|银行|企业")
_FUND = compiled(r"资金|财政|配套|自筹|投入|补助|投资|级|拨款|补贴")


def complete(labels: list[str]) -> bool:
    """True where the labels name all of a whole, each part once."""
    if _names(labels, _ALL):
        return True
    if len(labels) != 2:
        return False
    for one, other in (labels, reversed(labels)):
        contrary = _CONTRARY.search(one)
        if contrary and contrary[1] in other and contrary[0] not in other:
            return True
    return False


def likely(labels: list[str]) -> bool:
    """True where the labels mostly name all of a whole, though more parts may stand beside them."""
    return _names(labels, _LIKELY)


def _names(labels: list[str], wholes: tuple[tuple[str, ...], ...]) -> bool:
    return any(len(words) == len(labels) and all(map(str.__contains__, labels, words)) for words in wholes)


def apart(labels: list[str]) -> bool:
    """True where the labels are of one kind, so that the parts do not overlap, though some may be left out."""
    if len(labels) > 2 and len({label[-2:] for label in labels}) == 1 and not _TRAITS.search("".join(labels)):
        return True
    if all(_KIND.search(label) for label in labels) or all(_ORDINAL.search(label) for label in labels):
        return True
    return all(_LEVEL.search(label) and _FUND.search(label) for label in labels)
