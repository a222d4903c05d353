"""Mail: its text, decoded, with its subject; what stands around it as furniture; what is refused."""

from __future__ import annotations

import random
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest
from conftest import seconds

from mlcheck.data import RawText
from mlcheck.errors import InputError
from mlcheck.read import read_bytes, read_file

BODY = "Паромы снова пойдут через залив Лисна в воскресенье.\n\nРемонт обошёлся в 4,2 миллиона крон.\n"
PLAIN = """\
From: Desk <desk@example.org>
To: all@example.org
Date: Sun, 28 Apr 2024 10:00:00 +0400
Subject: Ferries cross the bay again

Ferries cross the bay again on Sunday.

Tickets stay valid until autumn.

On Saturday Anna Berg wrote:
> When do the ferries run?
> I would like to know.

--\x20
Example News
+1 555 0100
"""


def mail(body: str = BODY, *, subject: str = "Паромы", **options: str) -> EmailMessage:
    message = EmailMessage(policy=default)
    message["From"], message["Subject"] = "desk@example.org", subject
    message.set_content(body, **options)
    return message


def read(message: EmailMessage | str | bytes) -> RawText:
    if isinstance(message, EmailMessage):
        message = message.as_bytes()
    return read_bytes(
        message if isinstance(message, bytes) else message.encode(), shown="a.eml", suffix=".eml"
    )


def parts(raw: RawText) -> list[tuple[str | None, str]]:
    return [(b.role, raw.text[b.span.start : b.span.end]) for b in raw.blocks]


def body(raw: RawText) -> list[str]:
    return [text for role, text in parts(raw) if role is None]


def test_a_mail_that_is_written_out_keeps_its_lines() -> None:
    raw = read(PLAIN)
    assert parts(raw) == [
        ("headline", "Ferries cross the bay again"),
        ("furniture", "Desk <desk@example.org>"),
        ("furniture", "all@example.org"),
        ("furniture", "Sun, 28 Apr 2024 10:00:00 +0400"),
        (None, "Ferries cross the bay again on Sunday."),
        (None, "Tickets stay valid until autumn."),
        ("furniture", "On Saturday Anna Berg wrote:"),
        ("furniture", "> When do the ferries run?"),
        ("furniture", "> I would like to know."),
        ("furniture", "--"),
        ("furniture", "Example News"),
        ("furniture", "+1 555 0100"),
    ]
    assert [b.line for b in raw.blocks][:7] == [4, 1, 2, 3, 6, 8, 10]
    assert raw.origin is not None
    place = raw.origin.span(raw.blocks[5].span)
    assert raw.origin.text[slice(*place)] == "Tickets stay valid until autumn."


def test_the_same_mail_called_txt_is_read_as_text() -> None:
    assert read_bytes(PLAIN.encode(), shown="a.txt", suffix=".txt").format == "txt"


@pytest.mark.parametrize("cte", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("policy", [default, SMTP])
def test_encoded_text_is_decoded(cte: str, policy: object) -> None:
    data = mail(cte=cte).as_bytes(policy=policy)  # type: ignore[arg-type]
    for name in (".eml", ".txt") if cte != "8bit" else (".eml",):
        raw = read_bytes(data, shown="a", suffix=name)
        assert raw.format == "eml"
        assert parts(raw)[0] == ("headline", "Паромы")
        assert body(raw) == BODY.strip().split("\n\n")
        assert {b.place for b in raw.blocks if b.role is None} == ({""} if cte == "8bit" else {"part 1"})


def test_charsets_are_those_of_the_part() -> None:
    for charset in ("koi8-r", "windows-1251", "iso-8859-5"):
        assert body(read(mail(charset=charset, cte="base64"))) == BODY.strip().split("\n\n")
    text = "フェリーは日曜日に再開する。\n"
    assert body(read(mail(text, subject="Ferries", charset="iso-2022-jp", cte="7bit"))) == [text.strip()]


def test_of_renditions_the_plain_one_unless_it_is_a_stub() -> None:
    page = "<html><body><p>Ferries cross the bay again on Sunday, the port said.</p><p>Tickets stay valid until autumn, it added.</p></body></html>"  # noqa: E501
    message = mail("Ferries cross the bay again on Sunday, the port said.\n", subject="Ferries")
    message.add_alternative(page, subtype="html")
    assert body(read(message)) == ["Ferries cross the bay again on Sunday, the port said."]
    stub = mail("No text.\n", subject="Ferries")
    stub.add_alternative(page, subtype="html")
    assert "Tickets stay valid until autumn, it added." in body(read(stub))
    only = EmailMessage(policy=default)
    only["Subject"] = "Ferries"
    only.set_content(page, subtype="html", cte="base64")
    assert "Tickets stay valid until autumn, it added." in body(read(only))


def test_attachments_are_named_and_not_read() -> None:
    message = mail()
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="план.pdf")
    message.add_attachment("Other text.", filename="notes.txt")
    raw = read(message)
    assert raw.skipped == (
        "attachment план.pdf (application/pdf)",
        "attachment notes.txt (text/plain)",
    )
    assert body(raw) == BODY.strip().split("\n\n")


def test_a_mail_without_text_says_what_is_in_it() -> None:
    message = EmailMessage(policy=default)
    message["Subject"] = "Report"
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(InputError, match=r"a mail without text \(attachment a\.pdf"):
        read(message)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Subject: a\nContent-Transfer-Encoding: base64\n\nAA=A*\n!!\n", "cannot be decoded"),
        (
            "Subject: a\nContent-Type: text/plain; charset=x-no\nContent-Transfer-Encoding: base64\n\n0L8=\n",
            "no known encoding",
        ),
        ("Ferries cross the bay.\n\nThey do.\n", "is no mail"),
        (
            "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000)) + "a",
            "more than 100 parts",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        read(text)
    assert "\n" not in str(caught.value)


def test_nested_parts_are_read(tmp_path: Path) -> None:
    text = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(40))
    path = tmp_path / "a.eml"
    path.write_text("Subject: Ferries\n" + text + "\nFerries cross the bay again.\n", encoding="utf-8")
    assert body(read_file(path)) == ["Ferries cross the bay again."]


def test_damage_is_an_input_error_or_is_read() -> None:
    message = mail(cte="quoted-printable")
    message.add_alternative("<p>Паромы снова пойдут.</p>", subtype="html", cte="base64")
    message.add_attachment(b"abc", maintype="image", subtype="png", filename="ж.png")
    data, dice = message.as_bytes(), random.Random(5)
    for _ in range(500):
        bad = bytearray(data)
        for _ in range(dice.randint(1, 5)):
            at = dice.randrange(len(bad))
            if dice.random() < 0.5:
                bad[at] = dice.randrange(256)
            else:
                bad[at : at + dice.randint(0, 30)] = dice.choice(
                    [b"", b"=?", b"\n", b": ", b"--", b'"', b"; charset="]
                )
        with suppress(InputError):
            assert read(bytes(bad)).blocks


@pytest.mark.parametrize(
    "header",
    [
        "To: " + "(" * 100_000,
        "To: " + '"' * 100_000,
        "To: " + "a@b.c, " * 50_000,
        "Subject: " + "=?utf-8?q?a?= " * 50_000,
        "Subject: " + "=?" * 100_000,
        "Content-Type: text/plain; " + ";".join(f"a*{n}=b" for n in range(20_000)),
        "Content-Type: text/plain; " + '";' * 50_000,
        "Content-Disposition: attachment; filename*=" + "%41" * 50_000,
        "X: " + "\n " * 200_000,
    ],
)
def test_hostile_headers_end_soon(header: str) -> None:
    """Within a second on a processor of its own, see `office/test_hostile.py`."""

    def work() -> None:
        with suppress(InputError):
            read(f"From: a\n{header}\n\nFerries cross the bay.\n")

    assert seconds(work) < 2


def test_what_a_mail_calls_its_parts_stays_on_one_line() -> None:
    with pytest.raises(InputError) as caught:
        read("Subject: Ferries\nContent-Type: image/p\n ng\nContent-Disposition: attachment\n\na\n")
    assert "\n" not in str(caught.value)


def test_very_many_parts_are_refused() -> None:
    part = "--b\nContent-Type: image/png\n\na\n"
    with pytest.raises(InputError, match="more than 1,000 parts"):
        read("Subject: Ferries\nContent-Type: multipart/mixed; boundary=b\n\n" + part * 5000)
