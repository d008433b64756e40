"""The booklet as a Word file, for who wants to write into it."""

from io import BytesIO

from docx import Document

from trellis.exchange.booklet.content import Booklet


def as_docx(content: Booklet) -> bytes:
    """Return the booklet as DOCX with real headings and lists, so that an outline can be made of it."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.language = content["title"], "", content["lang"]
    document.add_heading(content["title"], 0)
    document.add_paragraph(content["subtitle"], style="Subtitle")
    document.add_paragraph(content["lead"])
    for chapter in content["chapters"]:
        document.add_heading(chapter["heading"], 1)
        document.add_paragraph(chapter["lead"])
        for section in chapter["sections"]:
            document.add_heading(f"{section['code']} {section['heading']}", 2)
            for step in section["steps"]:
                document.add_heading(step["heading"], 3)
                for line in step["official"].splitlines():
                    document.add_paragraph(line, style="Quote")
                for heading, words in step["lists"]:
                    document.add_paragraph(heading, style="Caption")
                    for each in words:
                        document.add_paragraph(each, style="List Bullet")
    if content["terms"]:
        document.add_heading(content["terms_heading"], 1)
        for term, meaning in content["terms"]:
            document.add_paragraph(style="List Bullet").add_run(f"{term}: ").bold = True
            document.paragraphs[-1].add_run(meaning)
    document.add_paragraph(content["owner"])
    out = BytesIO()
    document.save(out)
    return out.getvalue()
