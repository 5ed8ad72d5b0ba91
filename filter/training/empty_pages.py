"""Pages without an article: walls, errors and leftovers of real pages, to learn the verdict from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

import numpy as np

from filter.markup import read_markup
from filter.page import Page, text_page
from filter.training.labels import BlockLabels
from filter.training.pages import GoldPage

WALLS = (
    ("404 – Page not found", "The page you are looking for may have been moved, renamed or deleted."),
    ("Oops! Something went wrong", "Please try again later or return to the home page."),
    ("403 Forbidden", "You don't have permission to access this resource."),
    ("502 Bad Gateway", "The server received an invalid response. Try again in 30 seconds."),
    ("Access denied", "Our systems have detected unusual traffic from your network. Reference ID 18.2f3c."),
    ("Just a moment...", "Verify you are human by completing the action below. Checking your browser."),
    ("Are you a robot?", "Please make sure your browser supports JavaScript and cookies, then tick the box."),
    ("We value your privacy", "We and our partners store or access information on devices, such as cookies."),
    ("Before you continue", "We use cookies and data to deliver our services. Accept all. Reject all."),
    (
        "Cookie settings",
        "Choose which cookies we may use. Necessary cookies are always on. Save preferences.",
    ),
    (
        "Subscribe to continue reading",
        "Already a subscriber? Log in. Get unlimited access for 1 euro a week.",
    ),
    (
        "Sign in",
        "Enter your e-mail address and password to sign in. Forgot your password? Create an account.",
    ),
    ("Enable JavaScript", "You need to enable JavaScript to run this app."),
    (
        "This domain is for sale",
        "Buy this domain today. Fast transfer, secure payment. Enquire about the price.",
    ),
    (
        "Service unavailable",
        "We are down for maintenance and will be back soon. Thank you for your patience.",
    ),
    ("No results found", "Your search did not match any documents. Check the spelling or try other words."),
    ("Not available in your region", "For legal reasons this content can't be shown in your country."),
    (
        "Newsletter",
        "Get the best of the week in your inbox. Enter your e-mail address. Unsubscribe any time.",
    ),
    ("Seite nicht gefunden", "Die angeforderte Seite existiert nicht mehr. Zur Startseite. Zur Suche."),
    ("Wir brauchen Ihre Zustimmung", "Mit Klick auf Akzeptieren stimmen Sie der Verwendung von Cookies zu."),
    ("Page introuvable", "La page demandée n'existe plus ou a été déplacée. Retour à l'accueil."),
    ("Página no encontrada", "La página que busca no existe. Volver al inicio. Buscar en el sitio."),
    ("Página não encontrada", "O endereço pode ter mudado ou o conteúdo foi removido. Voltar ao início."),
    ("Halaman tidak ditemukan", "Maaf, halaman yang Anda cari tidak tersedia. Kembali ke beranda."),
    ("Страница не найдена", "Возможно, она была удалена или перемещена. Вернуться на главную."),
    ("Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış olabilir. Ana sayfaya dönün."),
    ("ページが見つかりません", "お探しのページは移動または削除された可能性があります。トップへ戻る。"),
    ("找不到页面", "您访问的页面不存在或已被删除。返回首页。"),
)
"""Headline and text of pages that stand in an article's place: written for this project."""


def empty_pages(
    golds: Sequence[GoldPage], labels: Sequence[BlockLabels], random: np.random.Generator
) -> Iterator[Page]:
    """Make pages without an article: real ones robbed of theirs, and walls, as HTML and as text.

    Parameters
    ----------
    golds : sequence of GoldPage
        Those known by segments alone are passed over.
    labels : sequence of BlockLabels
    random : numpy.random.Generator
    """
    for gold, known in zip(golds, labels, strict=True):
        if gold.composed or gold.gold is None or not (known.main == 1).any():
            continue
        main = set(np.flatnonzero((known.main == 1) | (known.title == 1)).tolist())
        rest = gold.page.without(main)
        if len(rest):
            yield rest
            if random.random() < 0.3:
                yield text_page([" ".join(text.split()) for text in rest.texts])
            yield _wall(rest, random)


def _wall(rest: Page, random: np.random.Generator) -> Page:
    headline, text = WALLS[random.integers(len(WALLS))]
    texts = [text, *(WALLS[place][1] for place in random.integers(len(WALLS), size=random.integers(3)))]
    if random.random() < 0.3:
        return text_page([headline, *texts])
    menu = "".join(f"<li><a href='/'>{escape(line[:40])}</a></li>" for line in rest.texts[:12])
    body = "".join(f"<p>{escape(text)}</p>" for text in texts)
    foot = "".join(f"<p>{escape(line[:200])}</p>" for line in rest.texts[-3:])
    return read_markup(
        f"<title>{escape(headline)}</title><header><nav><ul>{menu}</ul></nav></header>"
        f"<main><h1>{escape(headline)}</h1>{body}</main><footer>{foot}</footer>"
    )
