"""Fast templates say what Jinja's own would say."""

from dataclasses import replace
from typing import Any

import jinja2
import pytest
from markupsafe import Markup

from overt.edition.page_requests import PageClient
from overt.edition.plan import parts
from overt.language.language import CHINESE, load_translations
from overt.site import site as of_site
from overt.site.site import Site
from overt.site.templates import Templates

TEMPLATES = (
    '{{ _("Countries") }}{{ _("Countries") ~ "<b>" }}{{ _("Countries")|lower }}{{ [_("Figures"), hostile]|join(_(", ")) }}',
    "{% trans %}all <b>releases</b>{% endtrans %}{% trans n=2 %}{{ n }} row{% pluralize %}{{ n }} rows{% endtrans %}",
    "{% trans name=hostile %}a {{ name }}, 100 % so{% endtrans %}{{ _('%(a)s and %(b)s', a=hostile, b=marked) }}",
    "{% macro m(a, b=2) %}{{ a }}{{ b }}{% endmacro %}{{ m(hostile) }}{{ m(b=marked, a=1) }}",
    "{% macro m(a) %}{{ a }}{{ caller(a) }}{% endmacro %}{% call(a) m(hostile) %}{{ marked }}{{ a }}{% endcall %}",
    "{% for row in rows %}{{ row.name }}{{ row.items is callable }}{{ row['items'] }}{{ loop.index }}{% endfor %}",
    "{{ thing.real }}{{ thing.call() }}{{ none }}{{ 3 }}{{ marked }}{{ hostile|safe }}{{ 'a' ~ marked ~ hostile }}",
    "{% set text %}{{ hostile }}{% endset %}{{ text }}{% if text == hostile %}same{% endif %}{{ context_text(hostile) }}",
)


class _Thing:
    real = "<real>"

    def call(self) -> str:
        return "<called>"


@jinja2.pass_context
def _context_text(context: Any, text: str) -> str:
    return f"{context.name is None} {context['hostile']} {text}"


def _made(kind: type[jinja2.Environment], template: str, language: Any) -> str:
    environment = kind(autoescape=True, undefined=jinja2.StrictUndefined, extensions=["jinja2.ext.i18n"])
    environment.newstyle_gettext = True  # type: ignore[attr-defined]
    environment.globals |= {"gettext": language.markup, "ngettext": language.nmarkup, "context_text": _context_text}
    rows = [{"name": "<a>", "items": "<key>"}, {"name": Markup("<b>"), "items": 2}]
    values = {"hostile": "<script>'\"&", "marked": Markup("<i>&amp;</i>"), "rows": rows, "thing": _Thing()}
    return environment.from_string(template).render(values)


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_says_what_jinja_says(template: str) -> None:
    chinese = replace(CHINESE, translations=load_translations("zh"))
    for language in (of_site.LANGUAGES[0], chinese):
        assert _made(Templates, template, language) == _made(jinja2.Environment, template, language)


def test_what_is_not_known_is_told() -> None:
    for template in ("{{ lacking }}", "{{ rows[0].lacking }}", "{{ thing.lacking }}", "{{ _('%(a)s', b=1) }}"):
        for kind in (jinja2.Environment, Templates):
            with pytest.raises((jinja2.UndefinedError, KeyError)):
                _made(kind, template, of_site.LANGUAGES[0])


def test_every_kind_of_page_is_what_jinja_makes(sites: dict[str, Site], monkeypatch: pytest.MonkeyPatch) -> None:
    quick = PageClient({code: replace(site) for code, site in sites.items()}, None)  # type: ignore[arg-type]
    monkeypatch.setattr(of_site, "Templates", jinja2.Environment)
    plain = {code: replace(site) for code, site in sites.items()}
    slow = PageClient(plain, None)  # type: ignore[arg-type]
    pages = [part for part in parts(sites) if part.way == "page"]
    kinds = {
        (part.code, part.address.split("/")[1], part.address.count("/"), part.address.partition("?")[0]): part for part in pages
    }
    sampled = list(kinds.values())[::5]
    assert len(sampled) > 40
    for part in sampled:
        path, _, query = part.address.partition("?")
        assert quick.page(part.code, path, query) == slow.page(part.code, path, query), part
    assert type(plain["en"]._environment) is jinja2.Environment
