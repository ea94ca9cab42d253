"""What an editor can put on a charity project's page."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock


class PhotoBlock(blocks.StructBlock):
    """A photograph, only with the word of everybody on it (未成年人保护法 §103; 个人信息保护法 §25)."""

    image = ImageChooserBlock(label=_("图片"))
    caption = blocks.CharBlock(label=_("说明"), max_length=60)
    consent = blocks.BooleanBlock(
        label=_("已取得同意"), help_text=_("画面中没有可辨认的儿童，或已取得本人和监护人书面同意。"), required=True
    )

    class Meta:
        icon = "image"
        label = _("照片")
        template = "cms/blocks/photo.html"


class LiveShiftsBlock(blocks.StructBlock):
    """The project's open shifts, read from the database each time the page is opened."""

    heading = blocks.CharBlock(label=_("标题"), default=gettext_noop("现在就能帮"), max_length=20)

    class Meta:
        icon = "date"
        label = _("正在招募的场次")
        template = "cms/blocks/live_shifts.html"


class MoneyLineBlock(blocks.StructBlock):
    purpose = blocks.CharBlock(label=_("用途"), max_length=40)
    yuan = blocks.IntegerBlock(label=_("金额（元）"), min_value=0)

    class Meta:
        label = _("一笔")


class MoneyBlock(blocks.StructBlock):
    """Where the money goes. The platform takes no donations; it only tells."""

    lines = blocks.ListBlock(MoneyLineBlock(), label=_("用途"))
    as_of = blocks.DateBlock(label=_("截至日期"))

    class Meta:
        icon = "table"
        label = _("善款去向")
        template = "cms/blocks/money.html"


class ProgressBlock(blocks.StructBlock):
    """What has happened since (慈善法 §79: 定期公开项目实施情况)."""

    on = blocks.DateBlock(label=_("日期"))
    text = blocks.TextBlock(label=_("进展"), max_length=300)

    class Meta:
        icon = "history"
        label = _("项目进展")
        template = "cms/blocks/progress.html"


class ProjectBody(blocks.StreamBlock):
    story = blocks.RichTextBlock(
        label=_("故事"), features=["h3", "bold", "ul", "ol", "link"], template="cms/blocks/story.html"
    )
    photo = PhotoBlock()
    live_shifts = LiveShiftsBlock()
    money = MoneyBlock()
    progress = ProgressBlock()
