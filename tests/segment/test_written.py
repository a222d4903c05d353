"""In which of two languages a passage is, by its running prose."""

from __future__ import annotations

import pytest

from mlcheck.segment import prose_of, written_in


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("Ferries will cross the bay again on Sunday.", "ru", "en"),
        ("Ferries will cross the bay again on Sunday.", "de", "en"),
        ("Ferries will cross the bay again on Sunday.", "zh", "en"),
        ("Паромы снова пойдут через залив в воскресенье.", "en", "ru"),
        ("Паромы снова пойдут через залив в воскресенье.", "az", "ru"),
        ("Die Fähren fahren am Sonntag wieder über die Bucht.", "en", "de"),
        ("Les bacs traverseront la baie dimanche, ont dit les autorités du port.", "es", "fr"),
        ("渡轮将于周日恢复横渡海湾。", "en", "zh"),
        ("ستعبر العبارات الخليج من جديد في يوم الأحد.", "en", "ar"),
        ("ბორანი ისევ გადაკვეთს ყურეს და ეს კარგი არის.", "ru", "ka"),
        ("페리가 일요일에 다시 만을 건너는 것은 사실이며 또는 그렇다.", "en", "ko"),
        ("Bərələr bazar günü körfəzi yenidən keçəcək və bu yaxşıdır.", "ru", "az"),
    ],
)
def test_running_prose_of_the_other_language(text: str, own: str, other: str) -> None:
    assert written_in(prose_of(text), own, other) == other
    assert written_in(prose_of(text), other, own) == other


@pytest.mark.parametrize(
    ("text", "own", "other"),
    [
        ("Bellmore Steel and Glass Works Ltd., Hill and Sons Roofing, the Company of Master Builders", "ru", "en"),  # noqa: E501
        ("Победители: Bellmore Steel and Glass Works Ltd., Hill and Sons Roofing", "ru", "en"),
        ("KDE Plasma Workspaces and KDE Applications 4.8.4", "tr", "en"),
        ("О Hewlett Packard Enterprise", "ru", "en"),
        ("klecker (security, non-us, web search, www-master, qa)", "de", "en"),
        ("deb http://ftp.debian.org/debian squeeze-updates main", "ru", "en"),
        ("Espace Autogéré des Tanneries, Dijon, Франция", "ru", "en"),
        ("阿里巴巴集团控股有限公司", "en", "zh"),
        ("ООО «Белмор Сталь», ЗАО «Холм и сыновья»", "en", "ru"),
        ("المدير: Hill and Sons Roofing Ltd., Bellmore Foods", "ar", "en"),
        ("12345 — 67", "en", "ru"),
    ],
)  # fmt: skip
def test_names_and_code_are_not_called_the_other_language(text: str, own: str, other: str) -> None:
    assert written_in(prose_of(text), own, other) != other
