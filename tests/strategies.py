"""Hypothesis strategies for what the web sends: documents, tag soup, text, bytes, trees.

All text is made up; nothing comes from a real page.
"""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from hypothesis import strategies as st

SENTENCES = (
    "The council of Lindenau voted on Monday to rebuild the old market hall.",
    "Work is to begin in spring and should cost nine million crowns.",
    "Traders said they were relieved, though several feared that rents would rise.",
    "“We have waited four winters for this roof,” said a baker who runs two stalls.",
    "The province has promised to pay a third, and the rest comes from a loan.",
    "Der Stadtrat beschloss am Montag, die alte Markthalle wieder aufzubauen.",
    "Городской совет решил восстановить старый рынок к весне.",
    "市议会周一投票决定重建旧市场大厅，预计明年春天动工。",
    "قرر مجلس المدينة إعادة بناء السوق القديم في الربيع.",
)

FURNITURE = (
    "Home",
    "Subscribe to our newsletter",
    "Share on social media",
    "Related stories",
    "© 2024 Lindenau Courier. All rights reserved.",
    "We use cookies to improve this site.",
    "Read more",
)

SPAM = (
    "Play at Golden Reef Casino and claim a bonus of 500 % on your first deposit!",
    "Buy followers cheap, fast delivery guaranteed, visit our shop today.",
    "Best online slots 2024: register now and win big.",
)

TAGS = sorted(
    {
        "a",
        "b",
        "button",
        "head",
        "iframe",
        "label",
        "math",
        "noscript",
        "object",
        "script",
        "select",
        "span",
        "style",
    }
    | {"svg", "tbody", "td", "template", "textarea", "th", "title", "tr", "x-card"}
    | set(HTMLTreeBuilder.DEFAULT_BLOCK_ELEMENTS)
    | set(HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS)
)

ATTRIBUTES = (
    "class",
    "id",
    "style",
    "hidden",
    "href",
    "lang",
    "role",
    "content",
    "name",
    "charset",
    "colspan",
    "",
)

VALUES = (
    "",
    "article-body",
    "related sidebar",
    "display:none",
    "position:absolute;left:-9999px",
    "javascript:alert(1)",
    "https://casino.example/win",
    "/news/1",
    "999999999999",
    "utf-16",
    '"',
    "\0",
)

ENTITIES = (
    "&amp;",
    "&lt;",
    "&nbsp;",
    "&#0;",
    "&#x1F600;",
    "&#xD800;",
    "&#1114112;",
    "&notanentity;",
    "&",
    "&#",
    "&copy",
)

FRAGMENTS = (
    "<!DOCTYPE html>",
    "<!--",
    "-->",
    "<!-- a comment -->",
    "<![CDATA[",
    "]]>",
    "<?xml version='1.0'?>",
    "</",
    "<",
    "<>",
    "<a",
    "</p",
    "<script>if (a < b) { document.write('<p>x</p>'); }</script>",
    "<style>.gone{display:none} p{color:red}</style>",
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Hall"',
    "<title>Market hall</title>",
    "<svg><template><p>x",
    "<table><tr><td>",
    "<select><option>",
)

CONTROLS = (
    "\0\x01\x08\x0b\x0c\x1b\x1c\x1e\x1f\x7f\x80\x85\xa0\xad\u200b\u200d\u2028\u2029\u202e\u3000\ufeff\ufffd\ufffe"
    "\U0010ffff"
)

ENCODINGS = (
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "utf-16",
    "utf-8-sig",
    "cp1252",
    "cp1251",
    "koi8-r",
    "iso8859-2",
    "iso8859-8",
    "shift_jis",
    "euc-jp",
    "iso-2022-jp",
    "gb18030",
    "big5",
    "euc-kr",
    "utf-32",
    "utf-7",
)

LABELS = (*ENCODINGS, "utf8", "latin1", "ascii", "gb2312", "x-user-defined", "hz-gb-2312", "unknown-8bit", "")

any_text = st.text(max_size=60)
controls = st.text(st.sampled_from(CONTROLS), min_size=1, max_size=4)
surrogates = st.characters(categories=["Cs"])

sentences = st.sampled_from(SENTENCES)
prose = st.lists(sentences, min_size=1, max_size=4).map(" ".join)
runs_of_text = st.one_of(prose, st.sampled_from(FURNITURE), st.sampled_from(SPAM), any_text, controls)

tags = st.sampled_from(TAGS)
attributes = st.lists(st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES)), max_size=3).map(
    lambda pairs: "".join(f' {name}="{value}"' for name, value in pairs)
)
tokens = st.one_of(
    st.builds("<{}{}>".format, tags, attributes),
    st.builds("</{}>".format, tags),
    st.sampled_from(ENTITIES),
    st.sampled_from(FRAGMENTS),
    runs_of_text,
)


def tag_soup(max_size: int = 30) -> st.SearchStrategy[str]:
    """Tags, text and broken pieces in any order, mostly not closed."""
    return st.lists(tokens, max_size=max_size).map("".join)


def paragraphs_of(texts: st.SearchStrategy[str], tag: str = "p") -> st.SearchStrategy[str]:
    """Return elements around texts that hold no markup."""
    return st.lists(texts, max_size=6).map(lambda items: "".join(f"<{tag}>{item}</{tag}>" for item in items))


documents = st.builds(
    "<!DOCTYPE html><html><head><title>{}</title></head><body><nav><ul>{}</ul></nav>"
    "<main><article><h1>{}</h1>{}</article></main><aside>{}</aside><footer>{}</footer></body></html>".format,
    prose,
    paragraphs_of(st.sampled_from(FURNITURE).map(lambda item: f'<a href="/x">{item}</a>'), "li"),
    prose,
    paragraphs_of(st.one_of(prose, st.sampled_from(SPAM))),
    paragraphs_of(st.sampled_from(FURNITURE)),
    paragraphs_of(st.sampled_from(FURNITURE)),
)
"""Well-formed pages with an article, and furniture around it."""

plain_texts = st.lists(
    st.one_of(runs_of_text, st.sampled_from(["\n", "\n\n", "\r\n", "- ", "* ", "1. ", "\f", "\t"])),
    max_size=30,
).map("".join)
"""Plain text with lines, bullets and white space of all kinds."""

pages = st.one_of(documents, tag_soup(), plain_texts)
"""A page as a ``str``: sound, broken, or no markup at all."""


def _encode(text: str, encoding: str) -> bytes:
    return text.encode(encoding, "replace")


encoded_pages = st.tuples(
    st.one_of(
        st.binary(max_size=200),
        st.builds(_encode, pages, st.sampled_from(ENCODINGS)),
        st.builds(
            lambda label, page, encoding: f"<meta charset={label}>".encode() + _encode(page, encoding),
            st.sampled_from(LABELS),
            pages,
            st.sampled_from(ENCODINGS),
        ),
        st.builds(
            lambda page, noise: page.encode("utf-8", "replace") + noise, documents, st.binary(max_size=20)
        ),
    ),
    st.none() | st.sampled_from(LABELS).map("text/html; charset={}".format) | st.text(max_size=20),
)
"""Bytes of a page in any encoding, and the HTTP header that may say something else."""

soups = st.one_of(documents, tag_soup(15)).map(lambda html: BeautifulSoup(html, "html.parser"))
"""Trees as scrapers hold them."""
