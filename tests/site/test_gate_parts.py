"""A number is found in an answer in every form in which somebody could write it, also on paper and in what is packed."""

import io
import zipfile

import pytest
import typst
from django.http import HttpResponse
from docx import Document

from tests.site.gate_parts import search, words_of


def test_a_number_is_found_on_paper_and_in_what_is_packed() -> None:
    secret, forms = "Wij telden 1.234.567 keer.", {"1234567": 1.0}
    word, packed, cut = io.BytesIO(), io.BytesIO(), Document()
    line = cut.add_paragraph("Wij telden 1234")
    line.add_run("567").bold = True
    cut.save(word)
    paper = typst.compile(f'#set document(title: "Papier")\n{secret}'.encode())
    with zipfile.ZipFile(packed, "w") as zip_:
        zip_.writestr("binnen.pdf", paper)
    for body in (paper, word.getvalue(), packed.getvalue()):
        assert search(words_of(HttpResponse(body)), forms) == {1.0}
        assert not search(words_of(HttpResponse(body)), {"7654321": 1.0})


@pytest.mark.parametrize(
    "text",
    [
        "1234567",
        "1.234.567",
        "1,234,567",
        "1 234 567",
        "1\xa0234\xa0567",
        "1&nbsp;234&nbsp;567",
        "1234567.0",
        "1.234567e+06",
        "€ 1.234.567",
        '{"value": 1234567}',
        "43,217651",
        "43.217651",
        "43,21765",
        "0.43217651",
    ],
)
def test_a_number_is_found_in_every_form(text: str) -> None:
    forms = {"1234567": 1.0, "43217651": 2.0, "4321765": 2.0, "043217651": 2.0}
    assert len(search(f"<td>{text}</td>", forms)) == 1
    assert not search("<td>1.234.568 en 43,21766</td>", forms)
