"""Invented values for the components page: one for every state a part can be in. Nothing here touches the database."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.utils import timezone

YUAN = 100
REFUSED_INPUT = {"refused-name": "", "refused-people": "500", "refused-about": "很" * 120}


def specimens() -> dict[str, Any]:
    """The context of components/index.html."""
    saturday = _next_saturday()
    return {
        **_activities(saturday),
        **_work(saturday),
        **READING,
        "map_data": MAP,
        "form": SpecimenForm(),
        "refused_form": SpecimenForm(
            {"refused-name": "", "refused-people": "500", "refused-about": "很" * 120}, prefix="refused"
        ),
        "page": Paginator(range(96), 12).page(4),
        "statuses": STATUSES,
        "specimen_messages": MESSAGES,
        "moment": timezone.now(),
    }


class SpecimenForm(forms.Form):
    """A field of every kind."""

    name = forms.CharField(label="活动名称", help_text="写清楚做什么，例如：周末课业辅导", max_length=40)
    about = forms.CharField(label="活动说明", widget=forms.Textarea(attrs={"rows": 4}), max_length=100, required=False)
    on_day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    at_time = forms.TimeField(label="开始时间", widget=forms.TimeInput(attrs={"type": "time"}))
    people = forms.IntegerField(label="需要几人", min_value=1, max_value=50)
    township = forms.ChoiceField(label="乡镇", choices=[("", "请选择"), ("1", "双水街道"), ("2", "木果镇")])
    group = forms.ChoiceField(
        label="服务对象",
        widget=forms.RadioSelect,
        choices=[("child", "儿童"), ("elder", "老年人"), ("both", "都有")],
        help_text="选最主要的一类。",
    )
    skills = forms.MultipleChoiceField(
        label="需要会什么",
        widget=forms.CheckboxSelectMultiple,
        choices=[("tutoring", "课业辅导"), ("listening", "陪伴聊天"), ("first_aid", "急救")],
        required=False,
    )
    promise = forms.BooleanField(label="我已读过并同意志愿者承诺书", help_text="承诺书一年有效，可以随时查看。")


def _next_saturday() -> datetime:
    today = timezone.localtime()
    day = today.date() + timedelta(days=(5 - today.weekday()) % 7 or 7)
    return timezone.make_aware(datetime.combine(day, time(9, 0)), today.tzinfo)


def _activities(start: datetime) -> dict[str, Any]:
    end = start + timedelta(hours=2, minutes=30)
    week = timedelta(days=7)
    return {
        "start": start,
        "end": end,
        "reasons": ["本周尚无人报名", "会课业辅导", "周六有空"],
        "chips": [
            {"label": "周六", "url": "?day=", "is_on": True},
            {"label": "有空位", "url": "?open=", "is_on": True},
            {"label": "课业辅导", "url": "?skill=1", "count": 12},
            {"label": "陪伴老人", "url": "?skill=2", "count": 7},
            {"label": "不限技能", "url": "?skill=0", "count": 31},
        ],
        "slots": [
            {"value": 1, "start": start, "end": end, "places_left": 3, "is_chosen": True},
            {"value": 2, "start": start + week, "end": end + week, "places_left": 1},
            {"value": 3, "start": start + 2 * week, "end": end + 2 * week, "places_left": 0},
            {
                "value": 4,
                "start": start + 3 * week,
                "end": end + 3 * week,
                "places_left": 2,
                "refusal": "这个时间您已报名另一个活动：木果镇敬老院陪伴。",
            },
        ],
    }


def _work(saturday: datetime) -> dict[str, Any]:
    now = timezone.now()
    return {
        "checks": [
            {"label": "写了风险提示", "is_fine": True},
            {"label": "有 1 个时间段已经过去", "is_fine": False, "note": "发布时会跳过。"},
        ],
        "tasks": [
            {"label": "实名登记", "status": "done"},
            {"label": "签承诺书", "status": "doing", "url": "#", "note": "读到第 3 条，共 8 条"},
            {"label": "参加岗前培训", "status": "todo", "url": "#", "note": "每周三晚 19:30，线上，40 分钟"},
            {"label": "无犯罪记录查询", "status": "blocked", "note": "签过承诺书后由区县民政局发起，一般 5 个工作日"},
        ],
        "step_labels": ["做什么", "什么时候", "需要谁", "核对提交"],
        "entries": [
            {"what": "区县民政局通过审核", "who": "水城区民政局", "at": now - timedelta(hours=3)},
            {
                "what": "退回修改",
                "who": "水城区民政局",
                "at": now - timedelta(days=2),
                "why": "请补充应急联系人，并说明雨天怎么安排。",
            },
            {"what": "提交审核", "who": "六盘水市凉都社会工作服务中心", "at": now - timedelta(days=3)},
        ],
        "changes": [
            {"label": "名额", "before": "6 人", "after": "8 人"},
            {"label": "雨天安排", "before": "", "after": "改在儿童之家二楼活动室"},
            {"label": "地点", "before": "双水社区儿童之家", "after": "双水社区儿童之家"},
        ],
        "soon": saturday,
    }


READING = {
    "facts": [
        {"label": "地点", "value": "双水社区儿童之家", "note": "到活动前一天，报名的人能看到门牌号"},
        {"label": "联系人", "value": "陈老师 138****2046"},
        {
            "label": "统一社会信用代码",
            "value": "52520200MJ0000000X",
            "note": "来源：贵州社会组织信息平台",
        },
    ],
    "columns": [
        {"key": "name", "label": "活动"},
        {"key": "place", "label": "地点"},
        {"key": "status", "label": "状态"},
        {"key": "people", "label": "报名", "is_number": True},
    ],
    "rows": [
        {
            "name": {"text": "周末课业辅导", "url": "#"},
            "place": "双水社区儿童之家",
            "status": {"text": "已通过", "kind": "done"},
            "people": "5 / 8",
        },
        {
            "name": {"text": "冬至陪老人包汤圆", "url": "#"},
            "place": "木果镇敬老院",
            "status": {"text": "待审核", "kind": "waiting"},
            "people": "0 / 12",
        },
    ],
    "fen": 123_450 * YUAN + 50,
}

STATUSES = [
    {"kind": "draft", "label": "草稿"},
    {"kind": "waiting", "label": "待审核"},
    {"kind": "info", "label": "招募中"},
    {"kind": "done", "label": "已通过"},
    {"kind": "refused", "label": "已退回"},
    {"kind": "closed", "label": "已结束"},
]

MESSAGES = [
    Message(constants.SUCCESS, "已提交审核。区县民政局一般 3 个工作日内答复，结果会发到「消息」。"),
    Message(constants.INFO, "活动地点改到二楼活动室。"),
    Message(constants.WARNING, "承诺书还有 12 天到期。"),
    Message(constants.ERROR, "这个时间您已报名另一个活动。"),
]

MAP = {
    "origin": {"name": "双水街道", "longitude": 104.96, "latitude": 26.55, "radius_km": 20},
    "places": [
        {"name": "水城区", "longitude": 104.93, "latitude": 26.47, "is_county": True},
        {"name": "双水街道", "longitude": 104.96, "latitude": 26.55},
        {"name": "木果镇", "longitude": 105.05, "latitude": 26.76},
        {"name": "阿戛镇", "longitude": 105.09, "latitude": 26.42},
        {"name": "勺米镇", "longitude": 104.84, "latitude": 26.39},
        {"name": "陡箐镇", "longitude": 105.12, "latitude": 26.56},
        {"name": "黄土坡街道", "longitude": 104.821, "latitude": 26.597},
        {"name": "红岩街道", "longitude": 104.849, "latitude": 26.599},
    ],
    "points": [
        {
            "id": "1",
            "name": "双水社区儿童之家",
            "longitude": 104.97,
            "latitude": 26.56,
            "count": 2,
            "url": "#",
            "lines": ["2 个活动"],
        },
        {
            "id": "2",
            "name": "陡箐镇儿童之家",
            "longitude": 105.115,
            "latitude": 26.545,
            "count": 1,
            "url": "#",
            "lines": ["还差 3 人"],
        },
        {
            "id": "3",
            "name": "红岩社区",
            "longitude": 104.85,
            "latitude": 26.604,
            "count": 5,
            "url": "#",
            "lines": ["5 个活动"],
        },
    ],
}
