"""Parse names in Cyrillic, Arabic, Hangul and kana, for comparison with Latin names."""

import re
from collections import defaultdict

from overt.resolve.names.cross_script.cross_script_model import CrossScriptModel, cross_script_model, han_words
from overt.resolve.names.cross_script.cross_script_parsing import MAX_UNITS, HanForm, add_cheapest_path, han_form
from overt.resolve.names.folding_and_scripts import script_of
from overt.resolve.names.scripts.non_latin_word_meanings import MAX_PHRASE_WORDS, ScriptWords, script_words
from overt.resolve.names.scripts.transliteration_and_sounds import fold_script, sound_key, transliterate

_SMALL_KANA = frozenset("ァィゥェォャュョぁぃぅぇぉゃゅょ")
"""Small kana. They replace the vowel of the kana before them."""
_PALATAL = frozenset({"ch", "sh", "j"})
_MIN_SPELLED = 6
MAX_PHRASE_LENGTH = {"cyrillic": MAX_PHRASE_WORDS, "arabic": MAX_PHRASE_WORDS, "hangul": 14, "kana": 12}
_PIECES = re.compile(r"[a-z][a-z0-9]*|[0-9]+|[^\W\d_a-z]+")
_SIGNS = re.compile(r"[a-z][a-z0-9]*|[0-9]+|[^\W\d_]")
_SHORT_FORMS = re.compile(r"\((?:주|유|재|사)\)")


def script_in(name: str) -> str:
    """Return the script that decides how a name is parsed (`hangul`, `kana`, `han`, `cyrillic`, `arabic`), or an empty string."""
    scripts = {script_of(character) for character in name} if not name.isascii() else set()
    return next((script for script in ("hangul", "kana", "han", "cyrillic", "arabic") if script in scripts), "")


def parse_non_latin(name: str, model: CrossScriptModel) -> HanForm:
    """Parse a name in Cyrillic, Arabic, Hangul or kana; any other name is parsed as Chinese. Only MAX_UNITS units are read."""
    script = script_in(name)
    if script in ("", "han"):
        return han_form(name, model)
    if script == "kana":
        return _kana_form(name, model)
    words = script_words()[script]
    if script == "hangul":
        units = _SIGNS.findall("".join(fold_script(_SHORT_FORMS.sub(" ", name), script)))
    else:
        units = [piece for word in fold_script(name, script) for piece in _PIECES.findall(word)]
        units = _without_articles(units, words) if script == "arabic" else units
    units = units[:MAX_UNITS]
    plain = model.missed_sign if script == "hangul" else model.missed_letters
    costs = tuple(model.missed_letters if unit.isascii() else plain for unit in units)
    form = HanForm(tuple(units), costs, script=script)
    for begin, unit in enumerate(units):
        if unit.isdigit():
            form.numbers.setdefault(unit.lstrip("0") or "0", []).append((begin, begin + 1))
        elif unit.isascii():
            form.latin.append((begin, unit))
    form.sounds = tuple("" if unit.isascii() else transliterate(unit) for unit in units)
    _add_words(form, words, model)
    return form


def _kana_form(name: str, model: CrossScriptModel) -> HanForm:
    """Parse a Japanese name: its Chinese characters as in a Chinese name, and its kana by sound and by the word list."""
    form = han_form(name, model)
    form.script = "kana"
    sounds = [transliterate(unit) if script_of(unit[0]) == "kana" or unit == "ー" else "" for unit in form.units]
    for place, unit in enumerate(form.units[1:], 1):
        if unit in _SMALL_KANA and sounds[place - 1]:  # チェ is che, ジャ ja, キャ kya
            sounds[place - 1] = sounds[place - 1].rstrip("aiueo")
            sounds[place] = sounds[place].removeprefix("y") if sounds[place - 1] in _PALATAL else sounds[place]
    form.sounds = tuple(sounds)
    _add_words(form, script_words()["kana"], model)
    return form


def spells_whole(name: str, foreign: str) -> bool:
    """Return whether `foreign` is in kana only and spells the entire Latin `name` of six letters or more: Chennai, チェンナイ."""
    if script_in(foreign) != "kana" or not name.isascii():
        return False
    sounds = _kana_form(foreign, cross_script_model()).sounds
    letters = "".join(fold_script(name, "kana"))
    return all(sounds) and len(letters) >= _MIN_SPELLED and sound_key(letters, "kana") == sound_key("".join(sounds), "kana")


def _without_articles(units: list[str], words: ScriptWords) -> list[str]:
    """Return Arabic words in the form of the word list. Words that aren't in the list, unless short, lose their article."""
    forms = []
    for unit in units:
        root = words.root(unit)
        forms.append(
            root[2:] if root == unit and unit.startswith("ال") and len(unit) > 4 and (unit,) not in words.senses else root
        )
    return forms


def _add_words(form: HanForm, words: ScriptWords, model: CrossScriptModel) -> None:
    roots = tuple(words.root(unit) if words.script in ("cyrillic", "arabic") else unit for unit in form.units)
    senses, passes = defaultdict(list, form.senses), defaultdict(list, form.passes)
    common = han_words().common
    for begin in range(len(roots)):
        for end in range(begin + 1, min(len(roots), begin + MAX_PHRASE_LENGTH[words.script]) + 1):
            phrase = roots[begin:end]
            if phrase in words.empty:
                passes[begin].append((end, model.missed_empty))
            meanings = words.senses.get(phrase, ())
            for sense in meanings:
                for root in sense.stems:
                    senses[root].append((begin, end, sense, 1.0))
            if meanings:
                is_common = all(sense.stems <= common for sense in meanings)
                passes[begin].append((end, model.missed_common if is_common else model.missed_word))
    form.senses, form.passes = dict(senses), dict(passes)
    add_cheapest_path(form)
