"""What the linter of public texts refuses, and the texts of every day that it must let pass."""

from __future__ import annotations

import pytest

from marketplace.privacy.public_text import refuse_public_text

PAPER = "这里会公开，请删掉身份证号码或银行卡号。"
MOBILE = "这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。"
LANDLINE = "这里会公开，请删掉电话号码。志愿者报名后由地点负责人联系。"
ACCOUNT = "这里会公开，请删掉微信号或 QQ 号。志愿者报名后由地点负责人联系。"
SCHOOL = "这里会公开，请不要写学校加年级、班级，可以只写「小学生」或年龄段。"
DOOR = "这里会公开，请删掉楼栋、单元、房间或门牌号，写到村（社区）就够了。"
NAME = "这里会公开，请不要写服务对象的姓名，可以写「一位老人」「一个孩子」。"

REFUSED = {
    PAPER: (
        "孩子身份证 52020120160101123X",
        "证件：520201 20160101 1234",
        "520201-20160101-123x",
        "５２０２０１２０１６０１０１１２３４",
        "老证 520201600101123 也可以",
        "补贴打到 6228480402564890018",
        "卡号 6228 4804 0256 4890 018",
        "身份证五二零二零一二零一六零一零一一二三四",
    ),
    MOBILE: (
        "请打 13800138000",
        "陈老师 138 0013 8000",
        "电话138-0013-8000。",
        "+86 13800138000",
        "0086-138-0013-8000",
        "联系１３８００１３８０００",
        "138.0013.8000",
        "13800-138000",
        "138 001 38000",
        "1380 013 8000",
        "1 3 8 0 0 1 3 8 0 0 0",
        "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇",
        "138\u200b0013\u200b8000",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣",
    ),
    LANDLINE: ("办公室 0858-8222222", "(0858) 8222222", "08588222222", "010-62345678"),
    ACCOUNT: (
        "加微信 chen_laoshi88",
        "微信号：duijie2026",
        "VX：chenlaoshi",
        "wx chen-laoshi",
        "V信chenlaoshi66",
        "薇信: abc123456",
        "加我V abcd1234",
        "微信号 88223344",
        "微信同号",
        "QQ 12345678",
        "qq群：987654321",
    ),
    SCHOOL: (
        "双水小学三年级2班的孩子",
        "双水小学三年级学生",
        "水城区第三小学五年级",
        "实验中学初二（3）班",
        "在钟山二小四年级读书",
        "育才幼儿园大班",
        "三年级2班",
        "三（2）班的同学",
        "五年级（1）班",
        "初一3班",
        "2019级2班",
        "木果中心校六年级一班",
    ),
    DOOR: (
        "3栋2单元501",
        "住 12 幢 1102",
        "5号楼3单元",
        "A座1503室",
        "二单元",
        "301室等你",
        "房号 1-2-501",
        "门牌号 23",
        "双水村3组15号",
        "老人家住朝阳路12号",
        "住在木果村四组 8 号",
        "三栋五零二",
    ),
}

HARMLESS = (
    "小学生课后辅导",
    "三年级以上",
    "辅导小学三年级数学",
    "适合小学一年级到六年级的孩子",
    "陪小学二年级的孩子读绘本",
    "面向初一学生的英语角",
    "每年级两名志愿者",
    "在双水小学操场集合",
    "双水小学的孩子放学后来儿童之家",
    "小学和初中都可以",
    "幼儿园大班的孩子也欢迎",
    "分成 2 班轮流陪伴",
    "周六 09:00–11:30",
    "2026-11-28 上午",
    "2026年12月5日、12月12日、12月19日",
    "11月28日 13:00-15:00，1月3日 9:00-10:30",
    "15、16、17、18、19、20 日都行",
    "15,16,17,18,19,20",
    "1300-1500 元的轮椅",
    "预算 1,380,013 元",
    "材料费 12.50 元，车费 8 元",
    "需要 12 人，其中 3 人会剪发",
    "紧急时拨打 110、120、12345 或 12355",
    "用微信视频和孙子通话",
    "教老人用微信付款",
    "微信群里会通知集合时间",
    "加微信群后通知",
    "QQ 群里发通知",
    "2 楼活动室",
    "安置点 3 栋一楼的活动室",
    "二楼图书室旁边",
    "教室在 3 楼",
    "301教室",
    "服务 120 名孩子、45 户老人",
    "六栋楼的老人都来",
    "3组志愿者轮流",
    "每组5人，分3组",
    "第 1 组 12 号上午，第 2 组 13 号下午",
    "住校生 12 月 3 号返校",
    "朝阳路 12 号，双水社区服务中心",
    "一二三四五，上山打老虎",
    "一周两次，每次一个半小时",
    "单元测验前的复习",
    "能讲苗语、彝语，年满 18 岁",
    "GB/T 42195-2022 评估标准",
    "统一社会信用代码 52520200MJD00002XQ",
    "陪 10 个小学生写作业，最后半小时读绘本。",
    "山路较多，请结伴前往；雨天改期。",
    "",
)


@pytest.mark.parametrize(("text", "sentence"), [(text, said) for said, texts in REFUSED.items() for text in texts])
def test_public_text_that_leads_to_a_person_is_refused_with_what_to_change(text, sentence):
    assert refuse_public_text(text) == sentence


@pytest.mark.parametrize("text", HARMLESS)
def test_public_text_of_every_day_passes(text):
    assert refuse_public_text(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("请陪王秀英说说话", "王秀英"),
        ("王 秀 英 奶奶", "王秀英"),
        ("王\u200b秀英", "王秀英"),
        ("阿朵很喜欢画画", " 阿朵 "),
        ("read with anna li", "Anna Li"),
    ],
)
def test_name_typed_into_the_private_part_is_refused_in_public(text, name):
    assert refuse_public_text(text, names=[name]) == NAME
    assert refuse_public_text(text) is None


@pytest.mark.parametrize("name", ["", " ", "王"])
def test_name_too_short_to_be_one_refuses_nothing(name):
    assert refuse_public_text("王家寨的老人", names=[name]) is None
