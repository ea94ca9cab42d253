"""Situations that must be reported, how a report was made, what a complaint is about."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Situation(TextChoices):
    """The nine situations of the nine-ministry opinion on mandatory reporting of 2020-05-07."""

    INJURY_OF_PRIVATE_PARTS = "r1", _("隐私部位非正常损伤")
    SUSPECTED_ABUSE_UNDER_14 = "r2", _("不满 14 周岁女性疑似受性侵、怀孕或流产")
    SUSPECTED_ABUSE_OVER_14 = "r3", _("14 周岁以上女性疑似受性侵所致怀孕或流产")
    VIOLENCE = "r4", _("多处损伤、严重营养不良或意识不清，疑似受家暴、欺凌、虐待或被麻醉")
    SELF_HARM_OR_ACCIDENT = "r5", _("自杀、自残、工伤、中毒等致伤残或死亡")
    ABANDONED = "r6", _("被遗弃或长期无人照料")
    MISSING_OR_TRAFFICKED = "r7", _("来源不明、失踪或被拐卖、收买")
    ORGANISED_BEGGING = "r8", _("被组织乞讨")
    OTHER_DANGER = "r9", _("其他严重侵害或正面临危险")


class ReportChannel(TextChoices):
    POLICE = "police", _("打了 110")
    HOTLINE = "hotline", _("打了热线")
    CIVIL_AFFAIRS = "civil_affairs", _("告诉了民政部门")
    PLATFORM = "platform", _("只在这里报告")


class ReportStatus(TextChoices):
    REPORTED = "reported", _("已报告")
    TAKEN_UP = "taken_up", _("已受理")
    HANDED_ON = "handed_on", _("已移交")


class ComplaintKind(TextChoices):
    CHARGED_MONEY = "charged_money", _("收取费用")
    SAFETY = "safety", _("安全问题")
    BEHAVIOUR = "behaviour", _("言行不当")
    NOT_AS_SAID = "not_as_said", _("与说明不符")
    PRIVACY = "privacy", _("泄露个人信息")
    OTHER = "other", _("其他")


class ComplaintStatus(TextChoices):
    OPEN = "open", _("待处理")
    ANSWERED = "answered", _("已答复")
