"""Stop words: the few function words that any prose in a language holds."""

from __future__ import annotations

STOP_WORDS: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the be to of and that have with",
        # Gopher names English words only; these are the same kind of word in other languages.
        "ar": "في من على أن إلى عن التي الذي",
        "bg": "и в на не се от да за",
        "cs": "a v se na je že do s",
        "da": "og i at det er en til på af",
        "de": "der die und in den von zu das mit nicht",
        "el": "και το να του της η με την",
        "es": "de la que el en y los con por una",
        "fa": "و در به از که این را با",
        "fi": "ja on että ei se myös oli hän kuin",
        "fil": "ang ng sa na mga ay at para",
        "fr": "de la le et les des en que une dans",
        "he": "של את על לא הוא זה עם כי גם",
        "hi": "के में की है का को और से",
        "hu": "a az és hogy nem is egy meg",
        "id": "yang dan di dengan untuk dari ini pada",
        "is": "og að í á er sem til um",
        "it": "di che la il per una con del non sono",
        "ko": "있다 수 이 그 등 및 것으로 있는 것 대한",
        "nl": "de van het een en in dat met op niet",
        "no": "og i det er på som en til av",
        "pl": "w i na z się do że nie jest",
        "pt": "de que e o da em do para com uma",
        "ro": "de și în la a care cu pe din",
        "ru": "и в на не что с по для из он",
        "sv": "och att det i som en på är av för",
        "sw": "ya na wa kwa katika ni la za",
        "tr": "ve bir bu için ile de da olarak",
        "uk": "і в на не що з у до та за",
        "ur": "کے میں کی ہے اور سے کو کا",
        "vi": "và của là có trong được cho các",
    }.items()
}
"""Frequent function words that any prose in the language holds, by language code.

A text in a language that is not listed fails the rule on stop words."""
