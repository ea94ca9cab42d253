"""What a handed-in paper really is, by its content; a picture comes out drawn anew, so nothing hides behind or inside it.

Only the bytes decide: never the name, never what the browser says it is.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass

import filetype  # type: ignore[import-untyped]
from django.conf import settings
from django.utils.translation import gettext as _
from PIL import Image
from PIL.ExifTags import Base
from PIL.Image import Transpose

from marketplace.workflow.refusals import Refused

from .enums import ContentType

FORMATS = {ContentType.JPEG: "JPEG", ContentType.PNG: "PNG"}
# What a damaged or lying picture makes Pillow raise.
BROKEN = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)
# What puts a photo upright, by the number in its note; 1 and what is no such number leave it as it is.
TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
# A paper to be read has none of these; each can act on the computer of whoever opens it.
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData)\b")
# A name in a PDF may spell any of its letters: /J#61vaScript.
SPELLED = re.compile(rb"#([0-9a-fA-F]{2})")
PDF_END = re.compile(rb"%%EOF\s*\Z")


@dataclass(frozen=True)
class CleanPaper:
    content: bytes
    content_type: ContentType


def clean_paper(content: bytes) -> CleanPaper:
    """The paper as it is kept. Raises Refused with a sentence where it is none of what is taken, or pretends to be."""
    if not content:
        raise Refused(_("这个文件是空的，请重新选择。"))
    if len(content) > settings.DOCUMENT_BYTES:
        raise Refused(too_large())
    found = filetype.guess_mime(content)
    if found not in ContentType.values:
        raise Refused(_("只收 JPEG、PNG 图片和 PDF 文件。请拍照或另存为 PDF 再上传。"))
    kind = ContentType(found)
    return CleanPaper(content if _is_quiet_pdf(kind, content) else _drawn_anew(kind, content), kind)


def too_large() -> str:
    """The sentence for a paper beyond the limit."""
    megabytes = settings.DOCUMENT_BYTES // 2**20
    return _("文件超过 %(megabytes)s MB，请拍小一点或者分开上传。") % {"megabytes": megabytes}


def _is_quiet_pdf(kind: ContentType, content: bytes) -> bool:
    """Whether it is a PDF that holds nothing but pages; one that holds more is refused."""
    if kind != ContentType.PDF:
        return False
    if not PDF_END.search(content[-1024:]):
        raise Refused(_("这个 PDF 不完整，请重新保存一份再上传。"))
    if ACTIVE.search(SPELLED.sub(lambda found: bytes.fromhex(found[1].decode()), content)):
        raise Refused(_("这个 PDF 里有脚本或附件，请打印成普通 PDF 再上传。"))
    return True


def _drawn_anew(kind: ContentType, content: bytes) -> bytes:
    """The same picture without anything else: place and time of the photo, thumbnails, comments, what follows its end."""
    try:
        with Image.open(io.BytesIO(content), formats=[FORMATS[kind]]) as picture:
            if picture.width * picture.height > settings.DOCUMENT_PIXELS:
                raise Refused(_("这张图片的尺寸太大，请用手机重新拍一张。"))
            return _bare(_upright(picture), kind)
    except BROKEN:
        raise Refused(_("这张图片打不开，可能已经损坏，请重新拍一张。")) from None


def _upright(picture: Image.Image) -> Image.Image:
    """Not by Pillow's own function, which writes the note again and falls over a damaged one."""
    turn = TURNS.get(picture.getexif().get(Base.Orientation, 1))
    return picture if turn is None else picture.transpose(turn)


def _bare(picture: Image.Image, kind: ContentType) -> bytes:
    mode = "RGBA" if kind == ContentType.PNG and picture.has_transparency_data else "RGB"
    bare = Image.new(mode, picture.size)
    bare.paste(picture.convert(mode))
    out = io.BytesIO()
    if kind == ContentType.JPEG:
        bare.save(out, "JPEG", quality=88)
    else:
        bare.save(out, "PNG")
    return out.getvalue()
