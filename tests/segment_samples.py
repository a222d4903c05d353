"""Small files of segments, strings and subtitles, which tests of reading share."""

from __future__ import annotations

XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="a.html" source-language="en-GB" target-language="ru-RU" datatype="html"><body>
  <trans-unit id="1"><source>Save &amp; close</source>
   <target state="final">Сохранить &amp; закрыть</target></trans-unit>
  <trans-unit id="2"><source>Open <g id="1">the file</g><x id="2" equiv-text="&lt;br/&gt;"/>now</source>
   <target>Откройте <g id="1">файл</g><x id="2" equiv-text="&lt;br/&gt;"/>сейчас</target>
   <note>a note</note></trans-unit>
  <trans-unit id="3"><source>Not yet done</source><target state="new">Not yet done</target></trans-unit>
  <trans-unit id="4"><source>Also open</source></trans-unit>
  <trans-unit id="5" approved="yes"><source>This one is lost</source><target/></trans-unit>
  <group translate="no">
   <trans-unit id="6"><source>ACME Corp</source><target>ACME Corp</target></trans-unit></group>
  <trans-unit id="7"><source>One. Two.</source>
   <seg-source><mrk mtype="seg" mid="0">One.</mrk> <mrk mtype="seg" mid="1">Two.</mrk></seg-source>
   <target><mrk mtype="seg" mid="0">Раз.</mrk> <mrk mtype="seg" mid="1">Два.</mrk></target>
   <alt-trans><source>Other</source><target>Другое</target></alt-trans></trans-unit>
 </body></file>
 <file original="b.html" source-language="en-GB" target-language="ru-RU" datatype="html"><body>
  <trans-unit id="1"><source>Second file</source><target>Второй файл</target></trans-unit>
 </body></file>
</xliff>
"""
PO = r"""# A header.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: ru\n"
"X-Source-Language: en\n"

#: a.c:1
#, c-format
msgid "Page %1$d of \"%2$s\"\n"
msgstr "Страница %1$d из \"%2$s\"\n"

msgctxt "menu"
msgid "&File"
msgstr "&Файл"

#, fuzzy
msgid "Guessed"
msgstr "Угадано"

msgid "Open"
msgstr ""

msgid "%d file"
msgid_plural "%d files"
msgstr[0] "%d файл"
msgstr[1] "%d файла"
msgstr[2] "%d файлов"

msgid ""
"A long "
"line."
msgstr ""
"Длинная "
"строка."

#~ msgid "Old"
#~ msgstr "Старое"
"""
TABLE = (
    "ID;English;Русский;Status;Kommentar\n"
    '1;"Save; ""now""";"Сохранить; ""сейчас""";final;x\n2;Open;;;\n3;Close;Закрыть;new;\n'
    '4;Print it;Печать;;"two\nlines"\n'
)
JSON = """{
  "menu": {"save": "Save the file", "open": "Open “{{name}}”…", "steps": ["First step", "Second step"]},
  "item_one": "{{count}} file", "item_other": "{{count}} files",
  "caf\\u00e9": "Caf\\u00e9 near \\"you\\"",
  "width": 12, "on": true, "none": null, "link": "https://example.org/en/"
}
"""
YAML = """# strings of the site
de:
  nav:
    home: Startseite   # first
    about: "Über „uns“\\tund mehr"
  mail: |
    Guten Tag,
    hier ist Ihr Link.
  items:
    one: "%{count} Datei"
    other: "%{count} Dateien"
  list:
    - Erstens
    - Zweitens
  folded: Eine lange Zeile,
    die weitergeht
"""
PROPERTIES = """# comment = not read
! nor this
save.file=Speichern unter \\u201eName\\u201c
long.text : Eine Zeile, \\
    die weitergeht
empty=
with\\ space  Wert mit {0}
"""
APPLE = """/* The title; "quoted" */
"title" = "Choose a \\"file\\"";
// a line
save = "Save %1$@ as %2$@";
"""
ANDROID = """<?xml version="1.0" encoding="utf-8"?>
<resources xmlns:xliff="urn:oasis:names:tc:xliff:document:1.2">
  <!-- <string name="old">gone</string> -->
  <string name="app" translatable="false">Maps</string>
  <string name="hello">Hello, <b>%1$s</b>! It\\'s <xliff:g id="t">%2$s</xliff:g> o&#8217;clock.</string>
  <string name="html"><![CDATA[Read <a href="x">the terms</a> first.]]></string>
  <plurals name="files"><item quantity="one">%d file</item><item quantity="other">%d files</item></plurals>
  <string-array name="days"><item>Monday</item><item>Tuesday</item></string-array>
</resources>
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
{\\an8}<i>The ferry left the harbour</i>

2
00:00:03,100 --> 00:00:05,000
in the morning,
long before the storm.

3
00:00:06,000 --> 00:00:08,000
- Did you see it?
- No, I was asleep.

4
00:00:09,000 --> 00:00:10,000
[DOOR SLAMS]

5
00:00:11,000 --> 00:00:13,000
♪ Row, row, row your boat ♪

6
00:00:14,000 --> 00:00:16,000
CAPTAIN: We turn back…

7
00:00:16,200 --> 00:00:18,000
…at -5 degrees. (SIGHS)
"""
