"""The settings: what CORS_SERIES_… and the few settings of Pelican's that matter here say, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pelican_cors_series.lists import list_addresses
from pelican_cors_series.problems import Place, Problem, nearest, problem
from pelican_cors_series.share import TARGETS, USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.lists import Address, ListName

NAMES = frozenset(
    {
        "CORS_SERIES_IMAGE_LAZY_LOADER",
        "CORS_SERIES_LANGUAGES",
        "CORS_SERIES_MINIFY",
        "CORS_SERIES_OLD_HOSTS",
        "CORS_SERIES_REQUIRE_TRANSLATIONS",
        "CORS_SERIES_DOCTOR_PAGE",
        "CORS_SERIES_RULES_PAGE",
        "CORS_SERIES_SHARE",
        "CORS_SERIES_TEXT",
        "CORS_SERIES_TITLES",
    },
)
_LANGUAGE_KEYS = ("title", "description", "owner", "licence")
_LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the site. prefix is "" for the default one and "ko/" for another; owner signs its texts.

    licence stands at the foot of its pages.
    """

    code: str
    prefix: str
    title: str
    description: str
    owner: str
    licence: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the plugin wants to know. CORS_SERIES_LANGUAGES: code → {"title", "description", "owner", "licence"}.

    old_hosts (CORS_SERIES_OLD_HOSTS): hosts under which the same posts once stood; links to them are taken home.
    series_titles (CORS_SERIES_TITLES): series → language → title. text (CORS_SERIES_TEXT): a folder with more words.
    require_translations (CORS_SERIES_REQUIRE_TRANSLATIONS): a part without a partner ends the build.
    image_lazy_loader (CORS_SERIES_IMAGE_LAZY_LOADER): images load lazily in every part, not only where it says so.
    minify (CORS_SERIES_MINIFY): scripts are minified, with source maps; False leaves them as people read them.
    rules_page (CORS_SERIES_RULES_PAGE): a site whose parts have widgets tells at rules/ what their verdicts rest on.
    doctor_page (CORS_SERIES_DOCTOR_PAGE): such a site has a page at doctor/ that diagnoses what readers paste.
    share (CORS_SERIES_SHARE): where a part can be shared, keys of share.TARGETS.
    lists: where the lists of posts stand. The others are Pelican's: PATH, SITEURL, DEFAULT_LANG, PAGE_PATHS, …
    """

    content: Path
    site_url: str
    languages: Mapping[str, Language]
    default_language: str
    timezone: tzinfo
    old_hosts: frozenset[str] = frozenset()
    require_translations: bool = False
    series_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    text: Path | None = None
    image_lazy_loader: bool = False
    minify: bool = True
    rules_page: bool = True
    doctor_page: bool = True
    share: tuple[str, ...] = USUAL
    lists: Mapping[ListName, Address] = field(default_factory=dict)
    with_future_dates: bool = True
    article_paths: tuple[str, ...] = ("",)
    article_excludes: tuple[str, ...] = ("pages",)
    page_paths: tuple[str, ...] = ("pages",)
    page_excludes: tuple[str, ...] = ()
    ignore_files: tuple[str, ...] = (".*", "__pycache__")
    markdown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def site_path(self) -> str:
        """The path under which the site stands: "" at the root of its host, "/blog" below one."""
        return urlsplit(self.site_url).path.rstrip("/")

    def without_base(self, path: str) -> str:
        """Return a path within the site without what the site itself stands under: "/blog/a" → "/a"."""
        base = self.site_path
        return path[len(base) :] if path == base or path.startswith(f"{base}/") else path

    def whole(self, address: str) -> str:
        """Return the whole address of one within the site ("ko/"); one that names its host stays as it is."""
        return address if "//" in address else f"{self.site_url}/{address.lstrip('/')}"

    @property
    def default(self) -> Language:
        """The language that stands at the root of the site."""
        return self.languages[self.default_language]


def read_settings(raw: Mapping[str, Any], path: str) -> tuple[Settings, list[Problem]]:
    """Return the settings that a Pelican configuration makes, with a problem for each that has the wrong form.

    raw: the configuration's names and values, as Pelican hands them on or as pelicanconf.py has them. path: the
    file's own, for the problems. A setting of the wrong form counts as not set.
    """
    check = _Check(raw, Place(path))
    check.unknown()
    default_language = check.get("DEFAULT_LANG", str, "a language code", '"en"') or "en"
    pages = [*check.texts("PAGE_PATHS", ("pages",))]
    zone = check.get("TIMEZONE", str, "a time zone", '"Asia/Seoul"') or "UTC"
    folder = check.get("CORS_SERIES_TEXT", (str, Path), "a folder", '"text"')
    settings = Settings(
        content=Path(check.get("PATH", (str, Path), "a folder", '"content"') or "."),
        site_url=_site_url(check),
        languages=_languages(check, default_language),
        default_language=default_language,
        timezone=_zone(check, zone),
        old_hosts=frozenset(host.lower() for host in check.texts("CORS_SERIES_OLD_HOSTS", ())),
        require_translations=check.flag("CORS_SERIES_REQUIRE_TRANSLATIONS"),
        series_titles=check.tables("CORS_SERIES_TITLES", '{"about-cors": {"en": "About CORS"}}'),
        text=Path(str(folder)) if folder else None,
        image_lazy_loader=check.flag("CORS_SERIES_IMAGE_LAZY_LOADER"),
        minify=check.flag("CORS_SERIES_MINIFY", default=True),
        rules_page=check.flag("CORS_SERIES_RULES_PAGE", default=True),
        doctor_page=check.flag("CORS_SERIES_DOCTOR_PAGE", default=True),
        share=_share(check),
        lists=list_addresses(raw),
        with_future_dates=check.flag("WITH_FUTURE_DATES", default=True),
        article_paths=check.texts("ARTICLE_PATHS", ("",)),
        article_excludes=tuple({*check.texts("ARTICLE_EXCLUDES", ()), *pages}),
        page_paths=tuple(pages),
        page_excludes=check.texts("PAGE_EXCLUDES", ()),
        ignore_files=check.texts("IGNORE_FILES", (".*", "__pycache__")),
        markdown=check.get("MARKDOWN", dict, "a dictionary", '{"extensions": []}') or {},
    )
    return settings, check.problems


class _Check:
    """Takes values out of a configuration and keeps a problem for each that has the wrong form."""

    def __init__(self, raw: Mapping[str, Any], place: Place) -> None:
        self.raw, self.place = raw, place
        self.problems: list[Problem] = []

    def unknown(self) -> None:
        for name in self.raw:
            if isinstance(name, str) and name.startswith("CORS_SERIES_") and name not in NAMES:
                advice = nearest(name, NAMES, "CONTRIBUTING lists the settings")
                self.problems.append(problem("setting-unknown", self.place, name=name, suggestion=advice))

    def wrong(self, name: str, found: object, wanted: str, example: str) -> None:
        self.problems.append(
            problem("setting", self.place, name=name, found=repr(found)[:80], wanted=wanted, example=example),
        )

    def get(self, name: str, kind: type | tuple[type, ...], wanted: str, example: str) -> Any:  # noqa: ANN401 - as set
        value = self.raw.get(name)
        if value is None or isinstance(value, kind):
            return value
        self.wrong(name, value, wanted, f"{name} = {example}")
        return None

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.get(name, bool, "True or False", "True")
        return default if value is None else bool(value)

    def texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        value = self.get(name, (list, tuple, set, frozenset), "a list of texts", '["example.org"]')
        if value is None:
            return default
        if all(isinstance(item, str) for item in value):
            return tuple(value)
        self.wrong(name, value, "a list of texts", f'{name} = ["example.org"]')
        return default

    def tables(self, name: str, example: str) -> dict[str, dict[str, str]]:
        value = self.get(name, dict, "a dictionary of dictionaries of texts", example) or {}
        good = {}
        for key, table in value.items():
            texts = isinstance(table, dict) and all(isinstance(item, str) for pair in table.items() for item in pair)
            if isinstance(key, str) and texts:
                good[key] = dict(table)
            else:
                self.wrong(f"{name}[{key!r}]", table, "a dictionary of texts", f"{name} = {example}")
        return good


def _languages(check: _Check, default: str) -> dict[str, Language]:
    example = f'{{"{default}": {{"title": "About CORS", "description": "…", "owner": "Yeonuk"}}}}'
    tables = check.tables("CORS_SERIES_LANGUAGES", example)
    for code in [code for code in tables if not _LANGUAGE_CODE.fullmatch(code)]:
        check.wrong("CORS_SERIES_LANGUAGES", code, "keyed by language codes", f"CORS_SERIES_LANGUAGES = {example}")
        del tables[code]
    for code, table in tables.items():
        for key in table.keys() - set(_LANGUAGE_KEYS):
            name = f"CORS_SERIES_LANGUAGES[{code!r}][{key!r}]"
            advice = nearest(key, _LANGUAGE_KEYS, f"its keys are {', '.join(_LANGUAGE_KEYS)}")
            check.problems.append(problem("setting-unknown", check.place, name=name, suggestion=advice))
    if tables and default not in tables:
        check.wrong("DEFAULT_LANG", default, "one of CORS_SERIES_LANGUAGES", f'DEFAULT_LANG = "{next(iter(tables))}"')
    tables.setdefault(default, {})
    name, author = str(check.raw.get("SITENAME") or ""), str(check.raw.get("AUTHOR") or "")
    return {
        code: Language(
            code=code,
            prefix="" if code == default else f"{code}/",
            title=table.get("title", name),
            description=table.get("description", ""),
            owner=table.get("owner", author),
            licence=table.get("licence", ""),
        )
        for code, table in tables.items()
    }


def _share(check: _Check) -> tuple[str, ...]:
    names = check.texts("CORS_SERIES_SHARE", USUAL)
    for name in names:
        if name not in TARGETS:
            check.wrong("CORS_SERIES_SHARE", name, f"a list of {', '.join(TARGETS)}", 'CORS_SERIES_SHARE = ["email"]')
    return tuple(name for name in names if name in TARGETS)


def _site_url(check: _Check) -> str:
    address = check.get("SITEURL", str, "an address", '"https://blog.example"') or ""
    try:
        urlsplit(address)
    except ValueError:
        check.wrong("SITEURL", address, "an address", 'SITEURL = "https://blog.example"')
        return ""
    return str(address).rstrip("/")


def _zone(check: _Check, name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        check.wrong("TIMEZONE", name, "the name of a time zone", 'TIMEZONE = "Asia/Seoul"')
        return UTC
