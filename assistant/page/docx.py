"""A Word document of plain paragraphs: the four parts of OOXML that a word processor needs."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape

Style = Literal["title", "heading", "plain", "quote"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; line breaks in ``text`` stay within it."""

    style: Style
    text: str


_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.'
    'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{body}</w:body></w:document>"
)
# Sizes are half points: 二号 22, 四号 14 and 小四 12 point, the sizes of official documents.
_RUN = {
    "title": '<w:b/><w:sz w:val="44"/>',
    "heading": '<w:b/><w:sz w:val="28"/>',
    "plain": '<w:sz w:val="24"/>',
    "quote": '<w:sz w:val="22"/><w:color w:val="404040"/>',
}
_INDENT = {"quote": '<w:pPr><w:ind w:left="480"/></w:pPr>'}
_FONT = '<w:rFonts w:ascii="SimSun" w:hAnsi="SimSun" w:eastAsia="SimSun"/>'
# XML 1.0 allows no other control characters, and no lone surrogates.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_docx(paragraphs: Sequence[Paragraph]) -> bytes:
    """Return a .docx file's bytes."""
    body = "".join(_write_paragraph(paragraph) for paragraph in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", _DOCUMENT.format(body=body))
    return file.getvalue()


def _write_paragraph(paragraph: Paragraph) -> str:
    run = f"<w:rPr>{_FONT}{_RUN[paragraph.style]}</w:rPr>"
    lines = _FORBIDDEN.sub("", paragraph.text).split("\n")
    texts = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in lines)
    return f"<w:p>{_INDENT.get(paragraph.style, '')}<w:r>{run}{texts}</w:r></w:p>"
