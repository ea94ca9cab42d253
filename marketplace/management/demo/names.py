"""Invented names and texts of the demo."""

from __future__ import annotations

from random import Random

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁"
GIVEN = "晓明 佳怡 文静 志强 小梅 春燕 海波 丽娟 永红 光明 秋菊 建华 玉兰 国庆 思思 家豪 雨桐 子涵 美玲 凤英"
ORGANIZATION_WORDS = (
    "同心 春晖 凉都 暖阳 乌蒙 山花 益行 众爱 青禾 向阳 北盘江 杜鹃 晨光 守望 慈航 微光 和风 乐善 明湖 星火"
)
ORGANIZATION_KINDS = [
    ("社会工作服务中心", "中心", "service_org", "52"),
    ("志愿者协会", "协会", "association", "51"),
    ("社会服务中心", "中心", "service_org", "52"),
    ("公益基金会", "基金会", "foundation", "53"),
]

# (title, category, audience, summary, skills, clearance, task)
CHILD_OFFERS = [
    (
        "周末课业辅导",
        "tutoring",
        "children",
        "陪小学生把周末作业写完，答疑，检查错题。",
        ("homework",),
        True,
        "辅导作业",
    ),
    ("绘本阅读时间", "reading", "children", "带孩子们读一本绘本，读完一起画一画。", ("reading",), True, "领读绘本"),
    ("英语角", "tutoring", "children", "用游戏和歌曲练习英语口语，不考试。", ("english",), True, "带领英语游戏"),
    ("画画和手工", "arts", "children", "准备纸笔材料，带孩子们做一件小作品带回家。", ("painting",), True, "带领手工"),
    ("篮球和跳绳", "arts", "children", "在院坝里带孩子们活动一个半小时，注意安全。", ("sports",), True, "带领运动"),
    ("防溺水安全课", "safety", "children", "用图片和情景练习讲防溺水、用电和交通安全。", (), True, "讲安全课"),
    (
        "儿童之家大扫除",
        "environment",
        "everybody",
        "开放日前打扫教室、擦玻璃、整理书架，孩子们不在场。",
        (),
        False,
        "打扫整理",
    ),
    ("布置阅读角", "environment", "everybody", "搬书架、贴书标、登记捐赠图书，孩子们不在场。", (), False, "布置书架"),
    (
        "搬运捐赠物资",
        "logistics",
        "everybody",
        "把捐来的书包和棉被从卸货点搬到儿童之家，登记入册。",
        (),
        False,
        "搬运登记",
    ),
]
ELDER_OFFERS = [
    ("手机教学", "digital", "elders", "在活动室教老人视频通话、挂号和防诈骗。", (), False, "教用手机"),
    ("爱心理发", "arts", "elders", "在服务点给老人理发，请自带工具。", ("haircut",), False, "理发"),
    ("陪老人聊聊天", "companionship", "elders", "在活动室陪老人说话、下棋、读报。", (), False, "陪伴聊天"),
    ("家电维修日", "repair", "elders", "在服务点帮老人修电饭煲、电风扇和收音机。", ("electrician",), False, "修小家电"),
    ("送餐帮手", "meals", "elders", "中午把饭盒从食堂送到各楼栋的领取点。", (), False, "分装送餐"),
    ("义诊引导", "health", "elders", "义诊当天引导排队、登记、搀扶。", (), False, "引导登记"),
    ("打扫活动室", "cleaning", "elders", "打扫老人活动室，清洗桌布和茶杯。", (), False, "打扫清洗"),
]
RISKS = [
    "山路弯多，请结伴前往，雨雪天气听从取消通知。",
    "活动中会搬动桌椅书架，请穿防滑鞋，量力而行。",
    "请全程在公共区域活动，不与孩子单独相处，不留私人联系方式。",
]
CHILD_RISK = RISKS[2]


def person_name(chance: Random) -> str:
    """A plain invented name."""
    return chance.choice(SURNAMES) + chance.choice(GIVEN.split())


def word_of(short_name: str) -> str:
    """春晖 of 春晖基金会: what its activities and teams are named after."""
    return next(short_name.removesuffix(short) for _kind, short, *_ in ORGANIZATION_KINDS if short_name.endswith(short))
