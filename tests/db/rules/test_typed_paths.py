"""What the clerk pastes or drags: every way to read it, and which is meant when one knows what is there."""

import shlex
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.typed_paths import PathText, Typed, WebAddress, meant, read_typed

FILES = frozenset(
    {
        "/home/a/照片.jpg",
        "/home/a/2021 年 终稿.pdf",
        "/home/a/x.pdf",
        "/home/a/y.pdf",
        "/home/a b/x.pdf",
        "/home/a b/y.pdf",
        "/home/a/it's.pdf",
        '/home/a/"引用".pdf',
        "/home/a/关于“双随机、一公开”的通知.pdf",
        "/home/a/100%.pdf",
        "/home/a/100%25.pdf",
        "/home/a/a+b#c?.pdf",
        "/home/a/(终稿)&$1;.pdf",
        "/home/a/back\\slash.pdf",
        "/home/a/tab\there.pdf",
        "/home/a/line\nbreak.pdf",
        "/home/a/'quoted'",
        "'odd'",
        "~/公开/照片.jpg",
        "~",
        "照片.jpg",
        "一 二.pdf",
        "./x.pdf",
        r"C:\Users\甲\x y.pdf",
        r"D:\y.pdf",
        "C:/Users/x.pdf",
        r"\\server\share\x y.pdf",
        "/home/a/\udcc1\udcf7.pdf",
        "http:",
        "file:x.pdf",
        "/home/a/“",
    }
)


def paths(*texts: str) -> Typed:
    return tuple(map(PathText, texts))


def web(*texts: str) -> Typed:
    return tuple(map(WebAddress, texts))


CASES: list[tuple[str, Typed]] = [
    # As it stands
    ("/home/a/照片.jpg", paths("/home/a/照片.jpg")),
    ("照片.jpg", paths("照片.jpg")),
    ("./x.pdf", paths("./x.pdf")),
    ("/home/a/2021 年 终稿.pdf", paths("/home/a/2021 年 终稿.pdf")),
    ("一 二.pdf", paths("一 二.pdf")),
    ("~/公开/照片.jpg", paths("~/公开/照片.jpg")),
    ("~", paths("~")),
    ("/home/a/it's.pdf", paths("/home/a/it's.pdf")),
    ("/home/a/关于“双随机、一公开”的通知.pdf", paths("/home/a/关于“双随机、一公开”的通知.pdf")),
    ("/home/a/back\\slash.pdf", paths("/home/a/back\\slash.pdf")),
    ("/home/a/line\nbreak.pdf", paths("/home/a/line\nbreak.pdf")),
    ("/home/a/tab\there.pdf", paths("/home/a/tab\there.pdf")),
    ("/home/a/100%.pdf", paths("/home/a/100%.pdf")),
    ("'odd'", paths("'odd'")),
    ("http:", paths("http:")),
    ("file:x.pdf", paths("file:x.pdf")),
    ("/home/a/“", paths("/home/a/“")),
    # White space and invisible characters around
    ("  /home/a/x.pdf \n", paths("/home/a/x.pdf")),
    ("\u3000/home/a/x.pdf\u3000", paths("/home/a/x.pdf")),
    ("\r\n/home/a/x.pdf\r\n", paths("/home/a/x.pdf")),
    ("\u202a/home/a/x.pdf", paths("/home/a/x.pdf")),
    ("\ufeff/home/a/x.pdf\u200b", paths("/home/a/x.pdf")),
    # Quotes
    ("'/home/a/2021 年 终稿.pdf'", paths("/home/a/2021 年 终稿.pdf")),
    ("'/home/a/2021 年 终稿.pdf' ", paths("/home/a/2021 年 终稿.pdf")),
    ('"/home/a/x.pdf"', paths("/home/a/x.pdf")),
    ("“/home/a/x.pdf”", paths("/home/a/x.pdf")),
    ("‘/home/a/x.pdf’", paths("/home/a/x.pdf")),
    ("＂/home/a/x.pdf＂", paths("/home/a/x.pdf")),
    ("“/home/a/关于“双随机、一公开”的通知.pdf”", paths("/home/a/关于“双随机、一公开”的通知.pdf")),
    ("“/home/a/无”和“有”", paths("“/home/a/无”和“有”")),
    (r"'/home/a/it'\''s.pdf'", paths("/home/a/it's.pdf")),
    ("\"/home/a/it's.pdf\"", paths("/home/a/it's.pdf")),
    (r'"/home/a/\"引用\".pdf"', paths('/home/a/"引用".pdf')),
    ("'/home/a/'\"'quoted'\"", paths("/home/a/'quoted'")),
    ("'~/公开/照片.jpg'", paths("~/公开/照片.jpg")),
    # Backslashes
    (r"/home/a/2021\ 年\ 终稿.pdf", paths("/home/a/2021 年 终稿.pdf")),
    (r"/home/a/\(终稿\)\&\$1\;.pdf", paths("/home/a/(终稿)&$1;.pdf")),
    (r"/home/a/it\'s.pdf", paths("/home/a/it's.pdf")),
    (r"/home/a/back\\slash.pdf", paths("/home/a/back\\slash.pdf")),
    # file:// addresses
    ("file:///home/a/x.pdf", paths("/home/a/x.pdf")),
    ("FILE:///home/a/x.pdf", paths("/home/a/x.pdf")),
    ("file:/home/a/x.pdf", paths("/home/a/x.pdf")),
    ("file://localhost/home/a/x.pdf", paths("/home/a/x.pdf")),
    ("file:///home/a/%E7%85%A7%E7%89%87.jpg", paths("/home/a/照片.jpg")),
    ("file:///home/a/2021%20%E5%B9%B4%20终稿.pdf", paths("/home/a/2021 年 终稿.pdf")),
    ("file:///home/a/100%25.pdf", paths("/home/a/100%.pdf")),
    ("file:///home/a/100%2525.pdf", paths("/home/a/100%25.pdf")),
    ("file:///home/a/100%.pdf", paths("/home/a/100%.pdf")),
    ("file:///home/a/a+b%23c%3F.pdf", paths("/home/a/a+b#c?.pdf")),
    ("file:///home/a/%C1%F7.pdf", paths("/home/a/\udcc1\udcf7.pdf")),
    ("'file:///home/a/x.pdf'", paths("/home/a/x.pdf")),
    ("file:///C:/Users/x.pdf", paths("C:/Users/x.pdf")),
    ("file://server/share/x.pdf", paths("file://server/share/x.pdf")),
    # Several
    ("/home/a/x.pdf /home/a/y.pdf", paths("/home/a/x.pdf", "/home/a/y.pdf")),
    ("/home/a/x.pdf\n/home/a/y.pdf\n", paths("/home/a/x.pdf", "/home/a/y.pdf")),
    ("/home/a/x.pdf\r\n\r\n  /home/a/y.pdf", paths("/home/a/x.pdf", "/home/a/y.pdf")),
    ("/home/a b/x.pdf\n/home/a b/y.pdf", paths("/home/a b/x.pdf", "/home/a b/y.pdf")),
    ("/home/a b/x.pdf /home/a b/y.pdf", paths("/home/a b/x.pdf", "/home/a b/y.pdf")),
    (r"/home/a\ b/x.pdf /home/a/y.pdf", paths("/home/a b/x.pdf", "/home/a/y.pdf")),
    ("'/home/a b/x.pdf' '/home/a/y.pdf' ", paths("/home/a b/x.pdf", "/home/a/y.pdf")),
    ("“/home/a b/x.pdf” “/home/a/y.pdf”", paths("/home/a b/x.pdf", "/home/a/y.pdf")),
    ("'/home/a b/x.pdf'\n\"/home/a/y.pdf\"", paths("/home/a b/x.pdf", "/home/a/y.pdf")),
    ("file:///home/a/x.pdf file:///home/a%20b/y.pdf", paths("/home/a/x.pdf", "/home/a b/y.pdf")),
    ("file:///home/a/x.pdf\r\nfile:///home/a%20b/y.pdf\r\n", paths("/home/a/x.pdf", "/home/a b/y.pdf")),
    ("/home/a/x.pdf ~/公开/照片.jpg", paths("/home/a/x.pdf", "~/公开/照片.jpg")),
    ("照片.jpg /home/a/x.pdf", paths("照片.jpg", "/home/a/x.pdf")),
    ("/home/a/it's.pdf /home/a/x.pdf", paths("/home/a/it's.pdf", "/home/a/x.pdf")),
    ("/home/a/x.pdf /home/a/x.pdf", paths("/home/a/x.pdf", "/home/a/x.pdf")),
    ("/home/a/x.pdf\nhttps://www.a.gov.cn/1.html", (PathText("/home/a/x.pdf"), WebAddress("https://www.a.gov.cn/1.html"))),
    # Windows
    (r"C:\Users\甲\x y.pdf", paths(r"C:\Users\甲\x y.pdf")),
    (r'"C:\Users\甲\x y.pdf"', paths(r"C:\Users\甲\x y.pdf")),
    (r'"C:\Users\甲\x y.pdf" "D:\y.pdf"', paths(r"C:\Users\甲\x y.pdf", r"D:\y.pdf")),
    (r"D:\y.pdf D:\y.pdf", paths(r"D:\y.pdf", r"D:\y.pdf")),
    (r"C:\Users\甲\x y.pdf D:\y.pdf", paths(r"C:\Users\甲\x y.pdf", r"D:\y.pdf")),
    (r"\\server\share\x y.pdf", paths(r"\\server\share\x y.pdf")),
    (r'"\\server\share\x y.pdf"', paths(r"\\server\share\x y.pdf")),
    # Addresses
    ("https://www.a.gov.cn/1.html", web("https://www.a.gov.cn/1.html")),
    (" HTTP://a.gov.cn/?q=1&r=%20#s\n", web("HTTP://a.gov.cn/?q=1&r=%20#s")),
    ("“https://a.gov.cn/1”", web("https://a.gov.cn/1")),
    ("https://a.gov.cn/1 https://a.gov.cn/2", web("https://a.gov.cn/1", "https://a.gov.cn/2")),
    ("https://a.gov.cn/1\nhttps://a.gov.cn/2", web("https://a.gov.cn/1", "https://a.gov.cn/2")),
    ("https://a.gov.cn/1 局公示栏", web("https://a.gov.cn/1 局公示栏")),
    # Nothing of it is there: the likeliest, to be named
    ("/none.pdf", paths("/none.pdf")),
    ("'/no ne.pdf'", paths("/no ne.pdf")),
    ("/no ne.pdf", paths("/no ne.pdf")),
    (r"/no\ ne.pdf", paths("/no ne.pdf")),
    ("file:///no%20ne.pdf", paths("/no ne.pdf")),
    ("/home/a/x.pdf /none.pdf", paths("/home/a/x.pdf", "/none.pdf")),
    ("/home/a/x.pdf\n'/none.pdf'", paths("/home/a/x.pdf", "/none.pdf")),
    ("'/unclosed.pdf", paths("'/unclosed.pdf")),
    ("www.a.gov.cn/1.html", paths("www.a.gov.cn/1.html")),
    # Nothing typed
    ("", ()),
    (" \n\t\u3000", ()),
    ("\u202a", ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_typed_is_read_as_the_files_that_are_there(text: str, expected: Typed) -> None:
    assert meant(text, FILES.__contains__) == expected


@pytest.mark.parametrize("text", ["/a b.pdf", "'/a b.pdf'", "/a.pdf /b.pdf", r"C:\a b.pdf", r"/a\ b.pdf", "file:///a"])
def test_the_whole_text_as_one_path_comes_first(text: str) -> None:
    assert read_typed(text)[0] == paths(text)


@pytest.mark.parametrize("text", ["https://a.gov.cn", "http://a.gov.cn/a b", "https://a/1 https://a/2"])
def test_an_address_is_nothing_else(text: str) -> None:
    (way,) = read_typed(text)
    assert all(isinstance(item, WebAddress) for item in way)


def test_a_windows_path_is_never_stripped_of_its_backslashes() -> None:
    for text in (r"C:\a\b.pdf", r"\\server\share\b.pdf", r'"C:\a\b.pdf"', r"C:\a\b.pdf D:\c\d.pdf"):
        assert not any("ab" in item.text or "cd" in item.text for way in read_typed(text) for item in way)


HOSTILE = [
    "“a ",
    "'a ",
    '"a ',
    "\\ ",
    "/a ",
    "(“",
    " ",
    "a\n",
    "“",
    '"\\',
    '"C:\\" ',
    "'“\" ",
    "\u202a",
    "file:///%",
    "https://",
    "a",
]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize(("head", "tail"), [("", ""), ("x", "y"), ("“", "”x"), ("'", '"')])
def test_forty_thousand_characters_are_read_at_once(piece: str, head: str, tail: str) -> None:
    text = head + piece * (40_000 // len(piece)) + tail
    begun = process_time()  # of this process alone: the machine may be busy
    meant(text, lambda _: False)
    # What grows with the square of the length would take five seconds for a hundred thousand.
    assert process_time() - begun < 0.8


NAMES = st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1, max_size=12)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts))


@given(st.text(max_size=60))
def test_any_text_is_read_and_no_reading_is_empty(text: str) -> None:
    for way in read_typed(text):
        assert way
        assert all(item.text for item in way)


@given(st.text(st.sampled_from("/~'\"“”‘’\\ \nab:%4file.htps"), max_size=40))
def test_any_heap_of_quotes_and_slashes_is_read(text: str) -> None:
    assert all(way for way in read_typed(text))
    assert bool(meant(text, lambda _: False)) == bool(read_typed(text))


@given(st.lists(PATHS, min_size=1, max_size=3))
def test_what_a_shell_quotes_is_found_again(given_paths: list[str]) -> None:
    assert paths(*given_paths) in read_typed(" ".join(map(shlex.quote, given_paths)))


@given(st.lists(PATHS.filter(lambda path: path.isprintable()), min_size=1, max_size=3))
def test_what_is_escaped_sign_by_sign_is_found_again(given_paths: list[str]) -> None:
    def escaped(path: str) -> str:
        return "".join(sign if sign.isalnum() or sign in "/." else "\\" + sign for sign in path)

    assert paths(*given_paths) in read_typed(" ".join(map(escaped, given_paths)))
