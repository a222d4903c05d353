"""The few words that mark page furniture where form and position do not.

Generic words only, the ones that any page in the language has; no site's own phrases. Each list
needs a form to go with it (`mlcheck.segment.forms`): a word by itself marks nothing. To add a
language, add its words to the lists; one that is in none is still served by form and position.
"""

from __future__ import annotations

__all__ = ["ADVERTISEMENT", "FOLLOW", "NETWORKS", "PHOTO", "READ_ALSO", "WAYS"]

PHOTO = (
    "photograph photographs photo photos picture pictures image images foto fotos fotografia fotografía "
    "imagen imágenes immagine imagem bild bilder bilde beeld fot zdjęcie fotoğraf fotoğraflar şəkil fotó "
    "kuva poză fénykép fotografie φωτογραφία φωτο фото фотография фотографии снимка світлина светлина сурет "
    "сүрөт ფოტო լուսանկար լուսանկարը ֆոտո صورة تصوير عکس צילום फोटो ảnh gambar "
    "照片 图片 圖片 图 圖 摄影 攝影 写真 撮影 사진"
)
"""Before a name: who took the picture."""

ADVERTISEMENT = (
    "advertisement advertising sponsored реклама рэклама anzeige werbung publicité publicidad pubblicità "
    "publicidade publicitate reklama reklam reklame hirdetés advertentie annons annonce annonse mainos "
    "διαφήμιση жарнама إعلان إعلانات اعلان آگهی פרסומת विज्ञापन რეკლამა գովազդ "
    "广告 廣告 広告 광고 iklan oglas"
)
"""On a line of their own: where an advertisement stood."""

READ_ALSO = (
    "read also",
    "also read",
    "read more",
    "related",
    "more on this",
    "you may also like",
    "читайте также",
    "смотрите также",
    "по теме",
    "читайте також",
    "дивіться також",
    "чытайце таксама",
    "прочетете още",
    "həmçinin oxuyun",
    "bunu da oxuyun",
    "lesen sie auch",
    "lesen sie dazu",
    "mehr zum thema",
    "à lire aussi",
    "lire aussi",
    "lea también",
    "lee también",
    "te puede interesar",
    "le puede interesar",
    "leggi anche",
    "leia também",
    "leia mais",
    "citește și",
    "czytaj także",
    "czytaj też",
    "zobacz też",
    "čtěte také",
    "čítajte tiež",
    "ilginizi çekebilir",
    "bunlar da ilginizi çekebilir",
    "lees ook",
    "läs också",
    "läs mer",
    "læs også",
    "les også",
    "lue myös",
    "olvassa el",
    "διαβάστε επίσης",
    "اقرأ أيضا",
    "اقرأ أيضاً",
    "ასევე წაიკითხეთ",
    "կարդացեք նաև",
    "相关阅读",
    "相關閱讀",
    "延伸阅读",
    "延伸閱讀",
    "相关新闻",
    "推荐阅读",
    "関連記事",
    "あわせて読みたい",
    "관련기사",
    "관련 기사",
)
"""Before a colon or in brackets: the headline of another item follows. Cross-references that belong
to a text (`See also`, `siehe auch`) are left out."""

FOLLOW = (
    "follow us",
    "follow our",
    "join us",
    "join our",
    "subscribe",
    "подписывайтесь",
    "подпишитесь",
    "следите",
    "читайте нас",
    "присоединяйтесь",
    "стежте",
    "підписуйтес",
    "приєднуйтес",
    "izləyin",
    "abunə olun",
    "folgen sie",
    "folgt uns",
    "abonnieren sie",
    "suivez",
    "abonnez-vous",
    "rejoignez",
    "síguenos",
    "síganos",
    "suscríbete",
    "suscríbase",
    "seguici",
    "iscriviti",
    "siga-nos",
    "inscreva-se",
    "obserwuj",
    "śledź",
    "takip edin",
    "abone olun",
    "تابعونا",
    "تابعنا",
    "اشتركوا",
    "გამოგვყევით",
    "关注我们",
    "關注我們",
    "フォローして",
)
"""Beside the name of a network: a call to follow the publisher there. Imperatives only: a headline
may say who follows whom."""

NETWORKS = (
    "whatsapp telegram facebook instagram twitter youtube tiktok linkedin viber vkontakte вконтакте "
    "одноклассники vk wechat weibo qq空间 pinterest threads messenger bluesky mastodon google "
    "واتساب تلغرام فيسبوك 微信 微博"
)
"""Where readers share and follow."""

WAYS = "email e-mail mail rss qq x sms"
"""Beside networks, in a line of them."""
