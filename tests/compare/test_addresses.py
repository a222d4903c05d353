"""Addresses, calls of templates and blocks of code that differ only in what each language makes of them."""

from __future__ import annotations

import pytest

from mlcheck.compare.addresses import Addresses, same_page, written_addresses
from mlcheck.compare.listings import unlike_listings
from mlcheck.settings import LOCALISED
from mlcheck.text import inline_marks, strip_inline

LINK = "{{% link {}/news/{}.md %}}"


def addresses(*languages: str) -> Addresses:
    return Addresses(LOCALISED, languages)


def test_a_page_may_be_named_without_its_scheme() -> None:
    assert addresses("en", "de").same("www.example.org", "https://www.example.org/")
    assert not addresses("en", "de").same("www.example.org", "https://www.example.com/")


@pytest.mark.parametrize("sign", "，。、；：）」》】")
def test_an_address_ends_before_the_signs_of_chinese(sign: str) -> None:
    text = f"见 https://www.example.org/a{sign}或发送邮件"
    assert list(written_addresses(text)) == [("https://www.example.org/a", 2)]


def test_calls_may_name_the_page_of_their_version() -> None:
    one = addresses("en", "uk")
    assert one.same_call(LINK.format("en", "a"), LINK.format("uk", "a").replace("{% ", "{%"))
    assert not one.same_call(LINK.format("en", "a"), LINK.format("uk", "b"))
    assert not one.same_call("{{ name }}", "{{ names }}")


def test_two_hosts_of_one_owner() -> None:
    assert same_page("https://digital.example.ca/products/", "https://numerique.example.ca/produits/")
    assert not same_page("https://a.example.co.uk/products/", "https://b.other.co.uk/produits/")
    assert not same_page("https://example.ca/products/", "https://example.org/produits/")


def test_words_in_a_block_of_code_may_be_translated() -> None:
    english, ukrainian = "SIZE: 12 bytes\nMD5: ab12", "РОЗМІР: 12 байтів\nMD5: ab12"
    assert list(unlike_listings([english], [ukrainian])) == []
    assert list(unlike_listings([english], [ukrainian.replace("12 ", "13 ")])) == [(0, 0)]
    assert list(unlike_listings([english], [english.replace("MD5", "MD4")])) == [(0, 0)]


def test_a_call_behind_a_link_is_no_text() -> None:
    text = f"[A note]({LINK.format('en', '2021-04-05-note')}) of 2020"
    assert strip_inline(text)[0] == "A note of 2020"
    assert inline_marks(text)[0].value == LINK.format("en", "2021-04-05-note")


def test_an_address_in_markdown_ends_before_the_signs_of_chinese() -> None:
    (mark,) = inline_marks("访问 https://www.example.org/，或发送邮件")
    assert mark.value == "https://www.example.org/"
