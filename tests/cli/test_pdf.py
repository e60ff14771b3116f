"""The handbook on paper, as the typesetter makes it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from command_line import CommandLine
from pypdf import PdfReader

from policygraph.cli.typesetting import Typesetter
from policygraph.publishing.print.volume import Volume

DAY = ("--today", "2026-11-25")


@pytest.fixture
def printed(small: CommandLine) -> PdfReader:
    """The small handbook, printed."""
    assert small("export", "pdf", "-o", "book.pdf", *DAY).code == 0
    return PdfReader(small.folder / "book.pdf")


def test_the_pdf_names_itself_and_can_be_read_aloud(printed: PdfReader) -> None:
    assert printed.metadata is not None
    assert printed.metadata.title == "Small handbook"
    root = printed.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()


def test_the_contents_give_the_page_on_which_a_document_begins(printed: PdfReader) -> None:
    texts = [page.extract_text() for page in printed.pages]
    contents = texts[1]
    for title in ("Risk assessment", "Impact assessment", "Waste"):
        line = next(line for line in contents.split("\n") if title in line)
        page = int(line.rstrip().rpartition(" ")[2].lstrip("."))
        assert title in texts[page - 1]
        assert f"Page {page} of {len(texts)}" in texts[page - 1]


def test_links_between_documents_work_inside_the_pdf(printed: PdfReader) -> None:
    inside = [
        link
        for page in printed.pages[2:]
        for entry in page.get("/Annots", ())
        if "/Dest" in (link := entry.get_object()) or "/A" in link
    ]
    assert inside
    names = printed.named_destinations
    assert all(str(link["/Dest"]) in names for link in inside if "/Dest" in link)


def test_references_end_each_document(printed: PdfReader) -> None:
    text = "\n".join(page.extract_text() for page in printed.pages)
    assert "Impact results set the severity." in text
    assert "Referenced by" in text
    assert "R-02 Impact assessment" in text


def test_one_document_alone(small: CommandLine) -> None:
    assert small("export", "pdf", "--document", "r-01", "-o", "one.pdf", *DAY).code == 0
    reader = PdfReader(small.folder / "one.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "R-01 Risk assessment"
    assert "R-01" in reader.pages[0].extract_text()


def test_one_document_goes_with_pdf_only(small: CommandLine) -> None:
    result = small("export", "register", "--document", "R-01")
    assert result.code == 2
    assert "--document goes with pdf only" in result.err


def test_two_printings_are_the_same_bytes(small: CommandLine) -> None:
    for name, seed in (("one.pdf", "1"), ("two.pdf", "2")):
        environment = {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1795392000"}
        assert small.program("export", "pdf", "-o", name, environment=environment).code == 0
    assert (small.folder / "one.pdf").read_bytes() == (small.folder / "two.pdf").read_bytes()


def test_the_typesetter_fetches_nothing_but_its_own(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    asked = [
        f"file://{tmp_path}/secret.svg",
        "https://x.example/x.png",
        "policygraph:picture/2",
        "secret.svg",
    ]
    html = "".join(f'<img src="{address}" alt="nothing to see">' for address in asked)
    html = f'<!doctype html><html lang="en"><title>x</title><link rel="stylesheet" href="{asked[0]}">{html}'
    made = Typesetter(tmp_path).pdf(Volume("x", html, {}))
    page = PdfReader(io.BytesIO(made)).pages[0]
    assert page.extract_text().count("nothing to see") == len(asked)


def test_without_the_extra_the_command_says_how_to_get_it(small: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text("raise ImportError('no')\n")
    result = small.program("export", "pdf", environment=shadowed(tmp_path))
    assert result.code == 2
    assert result.out == ""
    assert 'pip install "policygraph[pdf]"' in result.err
    assert len(result.err.splitlines()) == 1


def test_without_a_system_library_the_command_names_it(small: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "weasyprint.py").write_text(
        "print('-----')\nraise OSError(\"cannot load library 'libpango-1.0-0': no such file\")\n"
    )
    result = small.program("export", "pdf", environment=shadowed(tmp_path))
    assert result.code == 2
    assert result.out == ""
    assert "the system library libpango-1.0-0 is not" in result.err
    assert "apt-get install" in result.err


def shadowed(folder: Path) -> dict[str, str]:
    """An environment in which modules of this folder come first."""
    package = Path(__import__("policygraph").__file__ or "").parents[1]
    return {"PYTHONPATH": f"{folder}:{package}"}
