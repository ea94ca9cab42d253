"""What may not stand in a text that everybody reads: numbers, accounts, classes, front doors, and known names.

Pure: no table is asked. Names that the private record holds are compared by `privacy.rules.refuse_known_names`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

HAN = "\u3400-\u9fff"
CHINESE_DIGITS = dict(zip("零〇○一幺二三四五六七八九壹贰叁肆伍陆柒捌玖", "0001123456789123456789", strict=True))
DIGIT_WORDS = "".join(CHINESE_DIGITS)
# Fewer digits in words than this are counts and dates, not a number that is hidden from a reader of digits.
SPELLED_NUMBER = re.compile(rf"[{DIGIT_WORDS}](?:[\s\-—·.]?[{DIGIT_WORDS}\d]){{6,}}")

GAP = r"[-–—\s.·_*/]{0,2}"
# With or without a country code, and in the groups in which people say and write numbers.
MOBILE_NUMBER = re.compile(
    rf"(?<!\d)(?:(?:\+|00)?86{GAP})?(?:"
    rf"1[3-9]\d{GAP}\d{{4}}{GAP}\d{{4}}|1[3-9]\d{GAP}\d{{3}}{GAP}\d{{5}}|1[3-9]\d{{2}}{GAP}\d{{3,4}}{GAP}\d{{3,4}}"
    rf"|1[3-9]\d{{3}}{GAP}\d{{6}}|1[-–—\s.·_][3-9](?:[-–—\s.·_]\d){{9}})(?!\d)"
)
LANDLINE_NUMBER = re.compile(r"(?<!\d)[(（]?0\d{2,3}[)）]?[-–—\s]{0,2}[2-9]\d{6,7}(?!\d)")
# Papers and bank cards: fifteen digits and more, in one piece or in groups of at least four; the last may be an X.
LONG_NUMBER = re.compile(
    r"(?<!\d)(?:\d{6}[-\s]?\d{8}[-\s]?\d{3}[\dXx]|\d{15,}[Xx]?|\d{4}(?:[-\s]\d{4}){3}(?:[-\s]?\d{1,4})?)(?!\d)"
)

WECHAT_WORDS = r"(?:微信|薇信|威信|徽信|v\s?信|wei\s?xin|we\s?chat|vx|wx)"
ACCOUNT = re.compile(
    rf"(?:{WECHAT_WORDS}\s*(?:号|id|账号|同号)?|加\s*(?:我\s*)?[vV])\s*[:：是为]?\s*[A-Za-z][-_A-Za-z0-9]{{5,19}}(?![A-Za-z0-9])"
    rf"|{WECHAT_WORDS}\s*(?:号|id|账号)\s*[:：是为]?\s*\d{{5,}}"
    r"|(?:qq|扣扣|企鹅)\s*(?:号|群)?\s*[:：是为]?\s*[1-9]\d{4,11}(?!\d)",
    re.IGNORECASE,
)
SAME_AS_PHONE = re.compile(r"微信\s*同号|手机\s*同\s*微信|电话\s*同\s*微信", re.IGNORECASE)

NUMBER = "[一二三四五六七八九十]"
GRADE = rf"(?:(?:{NUMBER}|[1-9])\s*年级|初\s*[一二三123]|高\s*[一二三123]|[大中小]\s*班)"
# A class is named by its number, wherever the school is said.
CLASS = re.compile(
    rf"年级\s*[(（]?\s*(?:\d{{1,2}}|{NUMBER})\s*[)）]?\s*班"
    rf"|(?:{NUMBER}|初[一二三]|高[一二三]|\d)\s*[(（]\s*(?:\d{{1,2}}|{NUMBER})\s*[)）]\s*班"
    rf"|[初高][一二三]\s*\d{{1,2}}\s*班|(?:19|20)?\d{{2}}级\s*[(（]?\s*\d{{1,2}}\s*[)）]?\s*班"
)
SCHOOL_WORDS = (
    "小学|中学|完小|初中|高中|学校|幼儿园|附小|附中|中心校|教学点|[一二三四五六七八九十]小|[一二三四五六七八九十]中"
)
SCHOOL_AND_GRADE = re.compile(rf"(?P<name>[{HAN}]{{2,12}}?)(?:{SCHOOL_WORDS})[\s,，的里读上·]{{0,3}}{GRADE}")
# Before 「小学三年级」 these words name no school.
NOT_A_NAME = re.compile(
    "(?:辅导|适合|面向|帮助|陪伴|针对|以及|还有|或者|或|和|与|及|到|至|从|是|为|给|教|陪|读|上|的|在|约|名|个|位|对|把|让|请|有|含|包括|主要|"
    "全市|全县|全区|乡村|农村|社区|附近|当地|本地|每个|所有|各个|多为|都是|一般|普通|公办|民办|就读|孩子|学生|相当于|会讲|会教|能教|能辅导|覆盖)$"
)

ROOM = r"(?:\d{3,4}|[一二三四五六七八九十]+[零〇○][一二三四五六七八九十]|十?[一二三四五六七八九十]零[一二三四五六七八九十])"
COUNTED = rf"(?:\d{{1,3}}|{NUMBER}{{1,3}}|[A-Za-z])"
FRONT_DOOR = re.compile(
    rf"{COUNTED}\s*(?:栋|幢|座|号楼|单元)\s*[-,，]?\s*{COUNTED}\s*(?:单元|门|号)"
    rf"|{COUNTED}\s*(?:栋|幢|座|号楼|单元)\s*[-,，]?\s*(?:{COUNTED}\s*(?:层|楼)\s*)?{ROOM}(?!\s*(?:人|名|元|户|个|位|平))"
    rf"|{COUNTED}\s*单元"
    r"|(?<![\d年月])\d{3,4}\s*(?:室|房间?)(?![外内友])"
    rf"|(?<![\d-])\d{{1,2}}-\d{{1,2}}-\d{{3,4}}(?![-\d年])"
    rf"|门牌\s*号?\s*[:：]?\s*\d+"
    rf"|(?:{COUNTED}\s*(?:组|社))\s*(?:附)?\d{{1,4}}\s*号(?!\s*[(（]?\s*(?:周|星期|上午|下午|早|晚|前|起|至|到))"
    rf"|(?:家住|住在|住址|住)[^。；;\n]{{0,16}}?(?:路|街|巷|村|寨|弄|组)\s*(?:附)?\d{{1,4}}\s*号"
)


def refuse_public_text(text: str, *, names: Iterable[str] = ()) -> str | None:
    """A sentence that names what to change, or None. `names` are those typed into the private part of the same form.

    未成年人保护法 §4, 个人信息保护法 §25, §28.
    """
    plain = as_a_reader_sees_it(text)
    spelled = SPELLED_NUMBER.sub(_in_digits, plain)
    if LONG_NUMBER.search(spelled):
        return _("这里会公开，请删掉身份证号码或银行卡号。")
    if MOBILE_NUMBER.search(spelled):
        return _("这里会公开，请删掉手机号码。志愿者报名后由地点负责人联系。")
    if LANDLINE_NUMBER.search(spelled):
        return _("这里会公开，请删掉电话号码。志愿者报名后由地点负责人联系。")
    if ACCOUNT.search(plain) or SAME_AS_PHONE.search(plain):
        return _("这里会公开，请删掉微信号或 QQ 号。志愿者报名后由地点负责人联系。")
    return _refuse_school(plain) or _refuse_front_door(plain) or _refuse_names(plain, names)


def as_a_reader_sees_it(text: str) -> str:
    """Full-width and circled signs as plain ones; what can't be seen is gone."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Mn", "Me"))


def _in_digits(found: re.Match[str]) -> str:
    return "".join(CHINESE_DIGITS.get(sign, sign) for sign in found[0])


def _refuse_school(text: str) -> str | None:
    named = any(not NOT_A_NAME.search(found["name"]) for found in SCHOOL_AND_GRADE.finditer(text))
    if named or CLASS.search(text):
        return _("这里会公开，请不要写学校加年级、班级，可以只写「小学生」或年龄段。")
    return None


def _refuse_front_door(text: str) -> str | None:
    if FRONT_DOOR.search(text):
        return _("这里会公开，请删掉楼栋、单元、房间或门牌号，写到村（社区）就够了。")
    return None


def _refuse_names(text: str, names: Iterable[str]) -> str | None:
    together = re.sub(r"\s", "", text).casefold()
    known = (re.sub(r"\s", "", as_a_reader_sees_it(name)).casefold() for name in names)
    if any(len(name) > 1 and name in together for name in known):
        return _("这里会公开，请不要写服务对象的姓名，可以写「一位老人」「一个孩子」。")
    return None
