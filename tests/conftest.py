"""What the tests share: a content tree of their own, built as an author builds it, and the rows nobody here wrote."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from hypothesis import settings

from pelican_cors_series.preflight import Tree, read_tree
from pelican_cors_series.rules import inventory
from pelican_cors_series.settings import read_settings
from pelican_cors_series.text import OWN

# A test run says the same twice; `make twins` and `make engines` look where nobody has looked yet.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

ROOT = Path(__file__).parent.parent
LANGUAGES = {
    "en": {"title": "Site", "description": "What it is about", "owner": "Owner"},
    "ko": {"title": "누리집", "description": "무엇에 대한 글인지", "owner": "주인"},
}
# The languages that the package has words for.
OWN_LANGUAGES = sorted(path.stem for path in OWN.glob("*.toml") if "." not in path.stem)
CONFIGURATION = f"""\
PATH = "content"
OUTPUT_PATH = "output"
THEME = {str(ROOT / "theme")!r}
PLUGINS = ["pelican_cors_series"]
SITEURL = "https://blog.example"
SITENAME = "Site"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "en"
CORS_SERIES_LANGUAGES = {LANGUAGES!r}
CORS_SERIES_OLD_HOSTS = ["old.example"]
# Each of these sites would have its own cut, half a second long; test_fonts has sites with fonts.
CORS_SERIES_FONTS = False
"""


@dataclass
class Site:
    """A content tree with its settings, in a folder of its own."""

    root: Path

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def part(self, path: str, body: str = "Text.\n", /, **keys: object) -> Path:
        """Write a part to content/PATH; keys override or, being None, take away those that each part needs."""
        name = Path(path).stem
        front: dict[str, object] = {"lng_pair": f"id_{name}", "title": name, "date": "2023-06-13 07:00:00 +0900"}
        front |= keys
        lines = [f"{key}: {value}" for key, value in front.items() if value is not None]
        return self.write(f"content/{path}", "\n".join(["---", *lines, "---", "", body]))

    def tree(self, **settings: object) -> Tree:
        """Read the content in this process."""
        raw = {
            "PATH": str(self.root / "content"),
            "SITEURL": "https://blog.example",
            "DEFAULT_LANG": "en",
            "TIMEZONE": "Asia/Seoul",
            "CORS_SERIES_LANGUAGES": LANGUAGES,
            "CORS_SERIES_OLD_HOSTS": ["old.example"],
            **settings,
        }
        found, problems = read_settings(raw, "pelicanconf.py")
        assert problems == []
        return read_tree(found)

    def pelican(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pelican on it, as its author would."""
        return subprocess.run(
            [sys.executable, "-m", "pelican", "content", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONWARNINGS": "default"},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def configure(self, lines: str) -> None:
        """Add lines to the settings file."""
        file = self.root / "pelicanconf.py"
        file.write_text(file.read_text(encoding="utf-8") + lines + "\n", encoding="utf-8")

    def page(self, path: str) -> str:
        """Return a built page."""
        return (self.root / "output" / path).read_text(encoding="utf-8")

    def output(self) -> dict[str, bytes]:
        """Return every built file by its path."""
        folder = self.root / "output"
        return {
            str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
        }


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """An empty content tree; the current folder is its root, so problems name paths such as content/en/a.md."""
    (tmp_path / "content").mkdir()
    (tmp_path / "pelicanconf.py").write_text(CONFIGURATION, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Site(tmp_path)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's own site, built once with the command that authors use."""
    output = tmp_path_factory.mktemp("built") / "output"
    command = [sys.executable, "-m", "pelican", "content", "-o", str(output)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    return output


STRANGERS = {
    "en": ["Paper", "Ink", "Type", "Margins", "Binding", "Proofs", "Presses", "Folds", "Covers", "Spines"],
    "ko": ["종이", "잉크", "활자", "여백", "제본", "교정", "인쇄기", "접지", "표지", "책등"],
}


@pytest.fixture(scope="session", params=["", "/blog"], ids=["at the root", "below a path"])
def stranger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Blog:
    """A stranger's blog in two languages: ten posts, no series, no widgets, a page about itself.

    The fourth post has no English, the seventh no Korean; the English of the second is behind; the ninth asks search
    engines to pass by, and the tenth is a draft.
    """
    site = Site(tmp_path_factory.mktemp("stranger"))
    (site.root / "pelicanconf.py").write_text(CONFIGURATION, encoding="utf-8")
    site.configure(f'SITEURL = "https://blog.example{request.param}"\nCORS_SERIES_OLD_HOSTS = []')
    for code, titles in STRANGERS.items():
        for number, title in enumerate(titles, 1):
            if (number, code) in {(4, "en"), (7, "ko")}:
                continue
            keys: dict[str, object] = {
                "lng_pair": f"id_{title if number in (4, 7) else STRANGERS['en'][number - 1]}",
                "title": title,
                "date": f"{2020 + number // 4}-05-{number:02} 09:00:00 +0900",
                "category": {"en": "Craft", "ko": "공예"}[code],
                "tags": {"en": "[Books, Print]", "ko": "[책, Print]"}[code],
            }
            keys |= {"meta_modify_date": "2024-01-02"} if (number, code) == (2, "ko") else {}
            keys |= {"search_engine_exclude": "true"} if number == 9 else {}
            keys |= {"status": "draft"} if number == 10 else {}
            body = f"{title}.\n\n## One {{#one}}\n\nText.\n\n## Two {{#two}}\n\nText.\n"
            site.part(f"{code}/{keys['date']!s:.10}-post-{number}.md", body, **keys)
        site.part(
            f"pages/{code}/about.md", "About.\n", lng_pair="id_about", title={"en": "Us", "ko": "우리"}[code], date=None
        )
    run = site.pelican()
    assert run.returncode == 0, run.stderr + run.stdout
    return Blog(site.root / "output", f"https://blog.example{request.param}", request.param)


@dataclass(frozen=True)
class Blog:
    """A built site: its folder, its whole address, and the path in that."""

    output: Path
    url: str
    path: str

    def page(self, address: str) -> BeautifulSoup:
        """Return the page at an address within the site."""
        name = f"{address}index.html" if not address or address.endswith("/") else address
        file = self.output / name
        return BeautifulSoup((file if file.is_file() else file.with_suffix(".html")).read_text("utf-8"), "html.parser")

    def pages(self) -> dict[str, BeautifulSoup]:
        """Return every page by its file, those that lead to another apart."""
        found = {
            str(file.relative_to(self.output)): BeautifulSoup(file.read_text("utf-8"), "html.parser")
            for file in sorted(self.output.rglob("*.html"))
        }
        return {name: page for name, page in found.items() if not page.select("meta[http-equiv=refresh]")}


def words_on_what_is_left_out() -> str:
    """Return the TOML table that a language other than English needs besides what en.toml has."""
    algorithms = inventory.inventory().values()
    reasons = {fact.left_out for algorithm in algorithms for fact in algorithm.steps.values() if fact.left_out}
    return "\n[left_out]\n" + "".join(f'{json.dumps(reason)} = "…"\n' for reason in sorted(reasons))


def shared(*path: str) -> Path:
    """Return a file that lies beside the project, or skip the test that wants it: it is not copied into the project."""
    file = ROOT.parent.joinpath("shared", *path)
    if not file.exists():
        pytest.skip(f"{'/'.join(('shared', *path))} is not beside this checkout")
    return file


def exports(module: str) -> dict[str, str]:
    """Give the names that a JavaScript module exports, each with what it is called within."""
    declared = re.findall(r"^export (?:async )?(?:function|const|class) (\w+)", module, re.MULTILINE)
    listed = re.search(r"export\{([^}]*)\}", module)
    pairs = [pair.split(" as ") for pair in listed[1].split(",")] if listed else []
    return {**{name: name for name in declared}, **{name: local for local, name in pairs}}


@pytest.fixture
def seed() -> str:
    """Give one file of the blog that this comes from, as it is."""
    return shared("seed", "about-cors-2.ko.markdown").read_text(encoding="utf-8")
