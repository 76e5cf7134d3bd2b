"""A test that was left out is named with its reason."""

from tests.left_out import left_out


def test_each_reason_has_its_line_and_names_every_test() -> None:
    found = [
        ("tests/a/test_b.py::test_c[1]", "Skipped: strace is not installed"),
        ("tests/d.py::test_e", "no file system can be mounted"),
        ("tests/a/test_b.py::test_f", "Skipped: strace is not installed"),
    ]
    assert left_out(found) == [
        "left out (strace is not installed): test_b.py::test_c[1], test_b.py::test_f",
        "left out (no file system can be mounted): d.py::test_e",
    ]
    assert left_out([]) == []
