"""Whole results: the claims of two bundled documents, as they were when last looked at."""

import pytest

from .write import FILES, HERE, golden_text, read_example


@pytest.mark.parametrize("file", FILES)
def test_claims_of_an_example(file: str) -> None:
    """A change of any rule shows here as a change of lines; `make golden` takes it over."""
    assert golden_text(read_example(file)) == (HERE / file).read_text("utf-8")
