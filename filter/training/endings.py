"""Lines that genuine articles carry and that look like appended ones: so that they are not taken for spam.

News corpora hold bare paragraphs. Real pages also have cross-heads, bylines,
captions, notes by the editor, company background and calls to subscribe. The
outlets named here do not exist.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from filter.training.corpora import NewsArticle

OPENINGS = (
    "By Maria Tenholt, Harbour Courier",
    "By our correspondent in Oslo",
    "Photo: Jan Brandvold / Harbour Courier",
    "FILE PHOTO: A worker checks the gates at the northern port, March 3. HC/Elena Ruiz",
    "A drawing made with software",
    "This chart shows the number of passengers by month. Source: Ministry of Transport",
    "Updated 14:20, first published 11:05",
    "Reading time: 4 minutes",
    "Share this article",
    "Listen to this story",
    "Foto: Agencia Norte",
    "Von unserer Redaktion",
    "Oleh: Redaksi",
    "Por la redacción",
    "Da Redação",
    "Muhabir: Deniz Akyol",
    "Фото: пресс-служба",
    "Theo phóng viên",
    "(写真:共同提供)",
    "记者 李明 报道",
)

ENDINGS = (
    "Reporting by Maria Tenholt in Oslo; additional reporting by Piet Verhaegen; editing by Ruth Amsel",
    "(Reporting by Anna Kowal; Editing by Tom Hale)",
    "This story has been corrected to show that the vote took place on Tuesday, not Monday.",
    "Correction: An earlier version of this article misstated the year in which the company was founded.",
    "This article was first published by the Harbour Courier and is republished with permission.",
    "This article is translated by an AI system and edited by the Harbour Courier.",
    "The Associated Harbour Press contributed to this report.",
    "Contact the writer at maria.tenholt@harbourcourier.example or follow her on social media.",
    "Have a tip? Write to tips@harbourcourier.example or call our newsroom.",
    "Subscribe to our newsletter and get the morning's most important stories in your inbox.",
    "Support independent journalism: become a member of the Harbour Courier today.",
    "Follow us on Telegram, Facebook and WhatsApp for the latest updates.",
    "Download our app to read the news wherever you are.",
    "Read more: What we know about the ferry accident so far",
    "Related: Five charts that explain the housing market",
    "ALSO READ: Court adjourns hearing in land dispute to June",
    "The views expressed in this article are the author's own and do not reflect our editorial policy.",
    "Jens Aldous is a professor of economics at the University of Westmark and the author of two"
    " books on trade.",
    "If you or someone you know needs help with gambling, call the national helpline. It is free and open"
    " around the clock.",
    "If you have been affected by the issues in this story, organisations that offer support are"
    " listed here.",
    "Prices are correct at the time of writing. We may earn a commission when you buy through links"
    " on our site.",
    "About Norvik Systems: Norvik Systems develops software for ports and ferries. Founded in 1998,"
    " the company"
    " employs 1,200 people in nine countries. For more information, visit the company's website.",
    "Forward-looking statements in this release involve risks and uncertainties, and actual results"
    " may differ"
    " materially from those projected.",
    "Media contact: Norvik Systems press office, press@norvik.example",
    "Doors open at 7pm and tickets cost 12 euros; they can be bought at the town hall or on the"
    " festival's website.",
    "The hotline can be reached on weekdays from 8am to 5pm. Residents who need a form can collect it at the"
    " town hall.",
    "How to check whether your data was leaked: open the service's settings, choose security, and"
    " review the list"
    " of devices that are signed in.",
    "What is a ransomware attack? It is a kind of malicious software that locks a computer's files"
    " until money"
    " is paid.",
    "Copyright 2023 Harbour Courier. All rights reserved.",
    "All rights reserved. Unauthorised reproduction or redistribution is prohibited.",
    "Mit Material der Agentur Nordpresse.",
    "Abonnieren Sie unseren Newsletter und lesen Sie jeden Morgen die wichtigsten Nachrichten.",
    "Lesen Sie auch: Wie die Stadt ihre Brücken retten will",
    "Con información de Agencia Norte.",
    "Suscríbete a nuestro boletín y síguenos en redes sociales.",
    "Lea también: El gobierno anuncia nuevas medidas contra la sequía",
    "Leia também: Governo anuncia novo pacote para a agricultura",
    "Siga nosso canal no WhatsApp e receba as notícias do dia.",
    "Baca juga: Pemerintah Siapkan Bantuan untuk Korban Banjir",
    "Dapatkan update berita pilihan setiap hari. Mari bergabung di grup Telegram kami.",
    "Ayrıca okuyun: Belediye yeni otobüs hatlarını açıkladı",
    "Bizi sosyal medyada takip edin.",
    "Читайте также: В городе открыли новый мост",
    "Подписывайтесь на наш канал, чтобы не пропустить главные новости.",
    "Xem thêm: Thành phố công bố kế hoạch chống ngập",
    "Mời bạn đọc theo dõi chúng tôi trên Facebook.",
    "Lire aussi : Le gouvernement présente son plan pour les transports",
    "Czytaj także: Miasto ogłosiło przetarg na nowe tramwaje",
    "Lees ook: Waarom de huizenprijzen blijven stijgen",
    "अधिक खबरों के लिए हमारे साथ जुड़े रहें।",
    "อ่านเพิ่มเติม: รัฐบาลเตรียมมาตรการช่วยเหลือเกษตรกร",
    "اقرأ أيضا: الحكومة تعلن خطة جديدة للنقل",
    "【関連記事】県内で最多の来場者",
    "（责任编辑：王芳）",
    "저작권자 ⓒ 항구신문, 무단 전재 및 재배포 금지",
)


def dress(article: NewsArticle, random: np.random.Generator) -> NewsArticle:
    """Add to an article, by chance, some lines that real pages carry."""
    paragraphs = list(article.paragraphs)
    if random.random() < 0.4 and len(paragraphs) > 3:
        for _ in range(int(random.integers(1, 4))):
            place = int(random.integers(1, len(paragraphs)))
            words = paragraphs[place].split()[: int(random.integers(2, 8))]
            paragraphs.insert(place, " ".join(words).strip(" ,.;:"))
    if random.random() < 0.3:
        paragraphs.insert(int(random.integers(0, 2)), str(random.choice(OPENINGS)))
    paragraphs.extend(draw_endings(random))
    return replace(article, paragraphs=tuple(filter(None, paragraphs)))


def draw_endings(random: np.random.Generator) -> list[str]:
    """Draw some of the lines that stand under articles, half the time none."""
    endings = int(random.choice([0, 1, 2, 3], p=[0.5, 0.3, 0.15, 0.05]))
    return [str(ending) for ending in random.choice(ENDINGS, size=endings)]
