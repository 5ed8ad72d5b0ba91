"""Bytes to text: each step in its turn, and each declaration that the bytes contradict."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filter.article import Encoding, Outcome
from filter.decode import decode, without_surrogates
from filter.errors import CallerError, PageError

RUSSIAN = "Мэр Озёрска открыл новый мост через реку, движение начнётся в понедельник утром. " * 3
CHINESE = "市议会周一批准了新的公交线路，预计明年春天开始运营。居民对此表示欢迎。" * 3
JAPANESE = "市議会は月曜日、新しいバス路線を承認した。来年の春に運行を始める予定だ。" * 3
KOREAN = "시의회는 월요일 새 버스 노선을 승인했으며 내년 봄에 운행을 시작할 예정이다. " * 3
GREEK = "Το δημοτικό συμβούλιο ενέκρινε τη Δευτέρα τη νέα γραμμή λεωφορείων. " * 3
FRENCH = "Le conseil a approuvé lundi la création d'une ligne de bus, très attendue à Évreville. " * 3


class TestOrder:
    """Which step decides, from the strongest to the weakest."""

    def test_the_caller_overrules_the_mark_the_header_and_the_page(self) -> None:
        page = codecs.BOM_UTF8 + b'<meta charset="utf-8">\xe9'
        text, encoding = decode(page, encoding="latin1", content_type="text/html; charset=utf-8")
        assert text.endswith("é")
        assert encoding == Encoding("windows-1252", "caller")

    @pytest.mark.parametrize(
        ("mark", "codec", "name"),
        [
            (codecs.BOM_UTF8, "utf-8", "utf-8"),
            (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16le"),
            (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16be"),
        ],
    )
    def test_a_byte_order_mark_overrules_the_header_and_is_taken_off(
        self, mark: bytes, codec: str, name: str
    ) -> None:
        text, encoding = decode(mark + RUSSIAN.encode(codec), content_type="text/html; charset=koi8-r")
        assert text == RUSSIAN
        assert encoding == Encoding(name, "bom")

    def test_the_header_overrules_the_page(self) -> None:
        page = b'<meta charset="koi8-r">' + RUSSIAN.encode("cp1251")
        text, encoding = decode(page, content_type="text/html; charset=windows-1251")
        assert text.endswith(RUSSIAN)
        assert encoding == Encoding("windows-1251", "header")

    @pytest.mark.parametrize(
        "header",
        [
            "text/html; charset=windows-1251",
            'text/html;charset="windows-1251"',
            "text/html; Charset = 'CP1251' ; boundary=x",
        ],
    )
    def test_the_header_may_be_written_in_many_ways(self, header: str) -> None:
        assert decode(RUSSIAN.encode("cp1251"), content_type=header)[1] == Encoding("windows-1251", "header")

    @pytest.mark.parametrize("header", ["text/html", "", "text/html; charset=", "text/html; charset=klingon"])
    def test_a_header_without_a_known_charset_is_no_declaration(self, header: str) -> None:
        assert decode(FRENCH.encode(), content_type=header)[1] == Encoding("utf-8", "utf-8")

    @pytest.mark.parametrize(
        "declaration",
        [
            '<meta charset="windows-1251">',
            "<META CHARSET=cp1251 >",
            '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
            "<!-- <meta charset=utf-8> --><meta charset='x-cp1251'/>",
        ],
    )
    def test_the_page_declares_its_encoding(self, declaration: str) -> None:
        text, encoding = decode(declaration.encode() + RUSSIAN.encode("cp1251"))
        assert text == declaration + RUSSIAN
        assert encoding == Encoding("windows-1251", "meta")

    def test_a_declaration_is_looked_for_in_the_first_1024_bytes(self) -> None:
        declaration = b'<meta charset="windows-1252">'
        inside = b" " * (1024 - len(declaration)) + declaration
        assert decode(inside)[1] == Encoding("windows-1252", "meta")
        assert decode(b" " * 10 + inside)[1] == Encoding("utf-8", "utf-8")

    def test_a_late_declaration_speaks_before_the_detector(self) -> None:
        page = b"<script>" + b"x" * 2000 + b"</script><meta charset=iso-8859-5>" + RUSSIAN.encode("iso8859-5")
        assert decode(page)[1] == Encoding("iso-8859-5", "meta")

    def test_utf8_needs_no_declaration(self) -> None:
        assert decode(CHINESE.encode()) == (CHINESE, Encoding("utf-8", "utf-8"))

    @pytest.mark.parametrize(
        ("text", "codec", "name"),
        [
            (RUSSIAN, "cp1251", "windows-1251"),
            (RUSSIAN, "koi8-r", "koi8-u"),
            (CHINESE, "gbk", "gbk"),
            (JAPANESE, "shift_jis", "shift_jis"),
            (JAPANESE, "euc-jp", "euc-jp"),
            (JAPANESE, "iso-2022-jp", "iso-2022-jp"),
            (KOREAN, "euc-kr", "euc-kr"),
            (GREEK, "cp1253", "windows-1253"),
            (FRENCH, "cp1252", "windows-1252"),
        ],
    )
    def test_a_detector_has_the_last_word(self, text: str, codec: str, name: str) -> None:
        assert decode(text.encode(codec)) == (text, Encoding(name, "detector"))

    def test_bytes_that_tell_nothing_are_read_as_browsers_do(self) -> None:
        assert decode(b"\x81 \x8d")[1].decided_by == "fallback"

    def test_nothing_is_nothing(self) -> None:
        assert decode(b"") == ("", Encoding("utf-8", "utf-8"))


class TestContradictions:
    """Declarations that the bytes contradict."""

    @pytest.mark.parametrize("declared", ["iso-8859-1", "ascii", "windows-1251", "gb2312", "shift_jis"])
    def test_valid_utf8_is_utf8_whatever_is_declared(self, declared: str) -> None:
        page = f'<meta charset="{declared}">{CHINESE}{FRENCH}'
        assert decode(page.encode()) == (page, Encoding("utf-8", "utf-8"))
        header = f"text/html; charset={declared}"
        assert decode(FRENCH.encode(), content_type=header) == (FRENCH, Encoding("utf-8", "utf-8"))

    def test_three_characters_may_be_utf8_by_chance_and_four_are_not(self) -> None:
        chance = "一".encode("gbk")
        assert chance.decode("utf-8") == "һ"
        assert decode(chance * 3, content_type="text/plain; charset=gbk")[0] == "一一一"
        assert decode(chance * 4, content_type="text/plain; charset=gbk")[0] == "һһһһ"

    def test_ascii_keeps_the_declared_name(self) -> None:
        assert decode(b"<meta charset=gbk>plain")[1] == Encoding("gbk", "meta")

    def test_escape_sequences_are_read_as_declared(self) -> None:
        data = b"<meta charset=iso-2022-jp>" + JAPANESE.encode("iso-2022-jp")
        text, encoding = decode(data)
        assert text.endswith(JAPANESE)
        assert encoding == Encoding("iso-2022-jp", "meta")

    @pytest.mark.parametrize("codec", ["cp1251", "koi8-r"])
    def test_declared_utf8_that_is_not_goes_to_the_detector(self, codec: str) -> None:
        text, encoding = decode(b"<meta charset=utf-8>" + RUSSIAN.encode(codec))
        assert text.endswith(RUSSIAN)
        assert encoding.decided_by == "detector"

    def test_a_wrong_header_gives_way_to_a_right_page(self) -> None:
        page = b"<meta charset=windows-1251>" + RUSSIAN.encode("cp1251")
        encoding = decode(page, content_type="text/html; charset=utf-8")[1]
        assert encoding == Encoding("windows-1251", "meta")

    def test_a_few_broken_bytes_leave_utf8_in_place_and_are_counted(self) -> None:
        cut = FRENCH.encode() + "é".encode()[:1]
        assert decode(cut, content_type="text/html; charset=utf-8") == (
            FRENCH + "\ufffd",
            Encoding("utf-8", "header", 1),
        )
        assert decode(RUSSIAN.encode() + b"\xff")[1] == Encoding("utf-8", "utf-8", 1)
        assert decode(RUSSIAN.encode() + b"\xff", content_type="text/html; charset=gbk")[1].name == "utf-8"

    def test_replacement_characters_of_the_page_itself_are_not_counted(self) -> None:
        assert decode((RUSSIAN + "\ufffd").encode() + b"\xff")[1].replaced == 1
        assert decode((RUSSIAN + "\ufffd").encode())[1].replaced == 0

    def test_latin1_by_default_of_the_server_is_not_believed_for_cyrillic(self) -> None:
        header = "text/html; charset=ISO-8859-1"
        assert decode(RUSSIAN.encode("cp1251"), content_type=header) == (
            RUSSIAN,
            Encoding("windows-1251", "detector"),
        )
        assert decode(FRENCH.encode("cp1252"), content_type=header) == (
            FRENCH,
            Encoding("windows-1252", "header"),
        )

    @pytest.mark.parametrize("label", ["hz-gb-2312", "utf-7", "iso-2022-kr"])
    def test_labels_that_browsers_refuse_are_no_declaration(self, label: str) -> None:
        page = f"<meta charset={label}>{FRENCH}".encode()
        assert decode(page)[1] == Encoding("utf-8", "utf-8")

    def test_a_page_that_claims_utf16_in_ascii_is_utf8(self) -> None:
        assert decode(f"<meta charset=utf-16>{FRENCH}".encode())[1] == Encoding("utf-8", "meta")
        header = "text/html; charset=utf-16le"
        assert decode(FRENCH.encode(), content_type=header)[1] == Encoding("utf-8", "utf-8")

    def test_x_user_defined_in_the_page_means_windows_1252(self) -> None:
        page = b"<meta charset=x-user-defined>" + FRENCH.encode("cp1252")
        assert decode(page)[1] == Encoding("windows-1252", "meta")


class TestUtf16:
    """UTF-16 without a byte order mark."""

    @pytest.mark.parametrize(("codec", "name"), [("utf-16-le", "utf-16le"), ("utf-16-be", "utf-16be")])
    def test_it_is_known_by_the_bytes_that_are_zero(self, codec: str, name: str) -> None:
        page = f"<p>{RUSSIAN}</p>{FRENCH}"
        assert decode(page.encode(codec)) == (page, Encoding(name, "detector"))

    def test_or_by_the_header(self) -> None:
        header = "text/html; charset=utf-16be"
        page = f"<p>{CHINESE}</p>"
        assert decode(page.encode("utf-16-be"), content_type=header) == (page, Encoding("utf-16be", "header"))

    def test_or_by_the_caller_who_leaves_the_order_to_the_mark(self) -> None:
        data = codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be")
        assert decode(data, encoding="utf-16") == (CHINESE, Encoding("utf-16be", "caller"))

    def test_lone_surrogates_are_replaced_and_counted(self) -> None:
        text, encoding = decode(codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00")
        assert text == "a\ufffdb"
        assert encoding.replaced == 1

    def test_stray_nulls_are_no_utf16(self) -> None:
        text, encoding = decode(FRENCH.encode() + b"\0")
        assert text == FRENCH + "\0"
        assert encoding.name == "utf-8"


class TestRefusals:
    """What is no page, and what is no encoding."""

    @pytest.mark.parametrize(
        "data", [b"%PDF-1.7 \xe2", bytes(range(256)) * 4, b"\x89PNG\r\n\x1a\n" + bytes(50)]
    )
    def test_binary_data_is_refused(self, data: bytes) -> None:
        with pytest.raises(PageError) as refusal:
            decode(data)
        assert refusal.value.outcome is Outcome.UNDECODABLE

    def test_even_if_the_caller_names_an_encoding_for_it(self) -> None:
        with pytest.raises(PageError, match="PDF"):
            decode(b"%PDF-1.7", encoding="utf-8")

    @pytest.mark.parametrize("label", ["utf-8", "latin1", "gbk"])
    def test_so_are_two_bytes_a_character_if_the_caller_names_an_encoding_of_one(self, label: str) -> None:
        with pytest.raises(PageError, match="name its encoding"):
            decode(FRENCH.encode("utf-16-le"), encoding=label)

    @pytest.mark.parametrize("label", ["iso-2022-jp"])
    def test_the_escapes_of_an_encoding_are_no_binary_data(self, label: str) -> None:
        assert decode("日本語".encode(label), encoding=label)[0] == "日本語"

    @pytest.mark.parametrize("label", ["klingon", "", "utf-7", "a\0b", "hz-gb-2312", "\udcff"])
    def test_an_unknown_label_is_the_callers_mistake(self, label: str) -> None:
        with pytest.raises(CallerError, match="WHATWG"):
            decode(b"text", encoding=label)


class TestSurrogates:
    """Text that came as a ``str``."""

    @pytest.mark.parametrize("text", ["", "plain", "é", "市", "😀", "\ufffd"])
    def test_sound_text_stays_as_it_is(self, text: str) -> None:
        assert without_surrogates(text) is text

    @pytest.mark.parametrize("code", [0xD800, 0xDBFF, 0xDC00, 0xDFFF])
    def test_lone_surrogates_are_replaced(self, code: int) -> None:
        assert without_surrogates(f"<p>{chr(code)}é") == "<p>\ufffdé"


class TestLongPages:
    """The detector sees samples of the whole page."""

    def test_text_behind_a_long_head_decides(self) -> None:
        head = b"<script>" + b"var a = 1; " * 60_000 + b"</script><p>"
        assert decode(head + RUSSIAN.encode("cp1251"))[1] == Encoding("windows-1251", "detector")

    @pytest.mark.parametrize(
        ("sentence", "codec", "name"),
        [(RUSSIAN, "cp1251", "windows-1251"), (CHINESE, "gbk", "gbk"), (KOREAN, "euc-kr", "euc-kr")],
    )
    def test_so_does_text_longer_than_a_sample(self, sentence: str, codec: str, name: str) -> None:
        data = (sentence + "\n").encode(codec) * 6_000
        assert len(data) > 262_144
        assert decode(data)[1] == Encoding(name, "detector")


@given(st.binary(max_size=300), st.none() | st.text(max_size=20))
def test_any_bytes_are_decoded_or_refused(data: bytes, header: str | None) -> None:
    try:
        text, encoding = decode(data, content_type=header)
    except PageError:
        return
    text.encode("utf-8")
    assert encoding.replaced >= 0
    assert encoding.decided_by in {"bom", "header", "meta", "utf-8", "detector", "fallback"}


@given(st.text(max_size=300))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    data = text.encode("utf-8", "ignore")
    try:
        decoded, _ = decode(data, encoding="utf-8")
    except PageError:
        return
    assert decoded == data.decode().removeprefix("\ufeff")
