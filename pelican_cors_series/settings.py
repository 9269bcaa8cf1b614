"""The settings: what CORS_SERIES_… and the few settings of Pelican's that matter here say, checked.

They stand together, a line for each in the record and in its reading, so that none is forgotten: hence the length.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pelican_cors_series.comments import KEYS, Giscus
from pelican_cors_series.lists import list_addresses
from pelican_cors_series.problems import Place, Problem, nearest, problem
from pelican_cors_series.setting_check import SettingCheck
from pelican_cors_series.share import TARGETS, USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pelican_cors_series.lists import Address, ListName

NAMES = frozenset(
    {
        "CORS_SERIES_FONTS",
        "CORS_SERIES_GISCUS",
        "CORS_SERIES_IMAGE_LAZY_LOADER",
        "CORS_SERIES_IMAGE_VIEWER",
        "CORS_SERIES_LANGUAGES",
        "CORS_SERIES_MINIFY",
        "CORS_SERIES_OLD_HOSTS",
        "CORS_SERIES_REQUIRE_OBSERVATIONS",
        "CORS_SERIES_REQUIRE_TRANSLATIONS",
        "CORS_SERIES_DOCTOR_PAGE",
        "CORS_SERIES_RULES_PAGE",
        "CORS_SERIES_SEARCH",
        "CORS_SERIES_SHARE",
        "CORS_SERIES_TEXT",
        "CORS_SERIES_TITLES",
    },
)
# What a search page looks words up in: the JSON that the build writes, or what Pagefind has made of the built pages.
_SEARCHES = ("index", "pagefind", "")
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

    @property
    def engines_address(self) -> str:
        """The address of the page of what engines do otherwise within the site: "ko/engines/"."""
        return f"{self.prefix}engines/"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the plugin wants to know. CORS_SERIES_LANGUAGES: code → {"title", "description", "owner", "licence"}.

    old_hosts (CORS_SERIES_OLD_HOSTS): hosts under which the same posts once stood; links to them are taken home.
    series_titles (CORS_SERIES_TITLES): series → language → title. text (CORS_SERIES_TEXT): a folder with more words.
    require_translations (CORS_SERIES_REQUIRE_TRANSLATIONS): a part without a partner ends the build.
    require_observations (CORS_SERIES_REQUIRE_OBSERVATIONS): an exchange that no engine was observed with is a warning.
    image_lazy_loader (CORS_SERIES_IMAGE_LAZY_LOADER): images load lazily in every part that does not say no.
    image_viewer (CORS_SERIES_IMAGE_VIEWER): images open large, likewise.
    giscus (CORS_SERIES_GISCUS): "repo", "repo_id", "category" and "category_id" of the comments; {} for none at all.
    minify (CORS_SERIES_MINIFY): scripts are minified, with source maps; False leaves them as people read them.
    rules_page (CORS_SERIES_RULES_PAGE): a site whose parts have widgets tells at rules/ what their verdicts rest on,
    and at engines/ what browsers do otherwise. has_engines_page: that, and the theme (THEME) has that page.
    doctor_page (CORS_SERIES_DOCTOR_PAGE): such a site has a page at doctor/ that diagnoses what readers paste.
    fonts (CORS_SERIES_FONTS): the theme's fonts are cut for the languages that it has some for; False leaves it.
    search (CORS_SERIES_SEARCH): what the search page looks words up in, "index" or "pagefind"; "" for no such page.
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
    require_observations: bool = False
    series_titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    text: Path | None = None
    image_lazy_loader: bool = False
    image_viewer: bool = False
    giscus: Giscus | None = None
    minify: bool = True
    fonts: bool = True
    rules_page: bool = True
    has_engines_page: bool = False
    search: str = "index"
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
    check = SettingCheck(raw, Place(path), NAMES)
    check.unknown()
    default_language = check.get("DEFAULT_LANG", str, "a language code", '"en"') or "en"
    pages = [*check.texts("PAGE_PATHS", ("pages",))]
    zone = check.get("TIMEZONE", str, "a time zone", '"Asia/Seoul"') or "UTC"
    rules_page = check.flag("CORS_SERIES_RULES_PAGE", default=True)
    folder = check.get("CORS_SERIES_TEXT", (str, Path), "a folder", '"text"')
    settings = Settings(
        content=Path(check.get("PATH", (str, Path), "a folder", '"content"') or "."),
        site_url=_site_url(check),
        languages=_languages(check, default_language),
        default_language=default_language,
        timezone=_zone(check, zone),
        old_hosts=frozenset(host.lower() for host in check.texts("CORS_SERIES_OLD_HOSTS", ())),
        require_translations=check.flag("CORS_SERIES_REQUIRE_TRANSLATIONS"),
        require_observations=check.flag("CORS_SERIES_REQUIRE_OBSERVATIONS"),
        series_titles=check.tables("CORS_SERIES_TITLES", '{"about-cors": {"en": "About CORS"}}'),
        text=Path(str(folder)) if folder else None,
        image_lazy_loader=check.flag("CORS_SERIES_IMAGE_LAZY_LOADER"),
        image_viewer=check.flag("CORS_SERIES_IMAGE_VIEWER"),
        giscus=_giscus(check),
        minify=check.flag("CORS_SERIES_MINIFY", default=True),
        rules_page=rules_page,
        has_engines_page=rules_page and Path(str(raw.get("THEME", "")), "templates", "engines.html").is_file(),
        doctor_page=check.flag("CORS_SERIES_DOCTOR_PAGE", default=True),
        fonts=check.flag("CORS_SERIES_FONTS", default=True),
        search=_search(check),
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


def _languages(check: SettingCheck, default: str) -> dict[str, Language]:
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


def _giscus(check: SettingCheck) -> Giscus | None:
    name, wanted = "CORS_SERIES_GISCUS", f"a dictionary of texts with {', '.join(KEYS)}"
    example = '{"repo": "owner/name", "repo_id": "R_…", "category": "Comments", "category_id": "DIC_…"}'
    found = check.get(name, dict, wanted, example)
    if not found:
        return None
    values = [value for key in KEYS if isinstance(value := found.get(key), str) and value]
    if len(values) < len(KEYS) or found.keys() - set(KEYS) or not re.fullmatch(r"[\w.-]+/[\w.-]+", found["repo"]):
        check.wrong(name, found, wanted, f"{name} = {example}")
        return None
    return Giscus(*values)


def _search(check: SettingCheck) -> str:
    found = check.get("CORS_SERIES_SEARCH", str, "the name of a search", '"pagefind"')
    if found == "pagefind" and not shutil.which("pagefind"):
        wanted = "another where Pagefind is not installed (npm install --global pagefind)"
        check.wrong("CORS_SERIES_SEARCH", found, wanted, 'CORS_SERIES_SEARCH = "index"')
    if found is None or found in _SEARCHES:
        return _SEARCHES[0] if found is None else str(found)
    check.wrong("CORS_SERIES_SEARCH", found, '"index", "pagefind" or ""', 'CORS_SERIES_SEARCH = "pagefind"')
    return _SEARCHES[0]


def _share(check: SettingCheck) -> tuple[str, ...]:
    names = check.texts("CORS_SERIES_SHARE", USUAL)
    for name in names:
        if name not in TARGETS:
            check.wrong("CORS_SERIES_SHARE", name, f"a list of {', '.join(TARGETS)}", 'CORS_SERIES_SHARE = ["email"]')
    return tuple(name for name in names if name in TARGETS)


def _site_url(check: SettingCheck) -> str:
    address = check.get("SITEURL", str, "an address", '"https://blog.example"') or ""
    try:
        urlsplit(address)
    except ValueError:
        check.wrong("SITEURL", address, "an address", 'SITEURL = "https://blog.example"')
        return ""
    return str(address).rstrip("/")


def _zone(check: SettingCheck, name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        check.wrong("TIMEZONE", name, "the name of a time zone", 'TIMEZONE = "Asia/Seoul"')
        return UTC
