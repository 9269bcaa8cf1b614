"""The import table of the house: what each module may import."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

PACKAGE = ROOT / "pelican_cors_series"
CORE = {"problems", "part", "settings", "text", "locales"}
# module → what it may import of this package, and which libraries besides the standard one.
ALLOWED: dict[str, tuple[set[str], set[str]]] = {
    "rules": ({"rules"}, {"ada_url", "publicsuffixlist"}),
    "problems": (set(), set()),
    "image_files": (set(), {"PIL"}),
    "part": ({"problems", "image_files"}, set()),
    "part_images": ({"content_files", "image_files", "part", "problems", "settings"}, set()),
    "text": (set(), set()),
    "locales": (set(), {"babel"}),
    "lists": (set(), set()),
    "share": (set(), set()),
    "setting_check": ({"problems"}, set()),
    "comments": (set(), set()),
    "settings": ({"comments", "problems", "lists", "setting_check", "share"}, set()),
    "yaml_mapping": (set(), {"yaml"}),
    "yaml_values": ({"yaml_mapping"}, {"yaml"}),
    "minifier": ({"minifier"}, {"tree_sitter", "tree_sitter_javascript"}),
    "scenario_text": ({"problems", "rules", "yaml_mapping", "yaml_values"}, set()),
    "scenario_file": ({"problems", "rules", "scenario_text"}, set()),
    "explanation": ({"rules", "text", "widgets"}, set()),
    "lab": ({"lab", "rules"}, {"trustme"}),
    "side_by_side": ({"explanation", "lab", "rules", "text"}, set()),
    "own_browser_page": ({"lab", "rules", "side_by_side", "text", "widgets"}, set()),
    "own_browser": ({"lab", "own_browser_page", "rules", "side_by_side", "text"}, set()),
    "observations": ({"observations", "rules"}, set()),
    "dates": (set(), set()),
    "front_matter": ({"problems", "dates", "yaml_mapping"}, set()),
    "widgets": (
        {"widgets", "rules", "problems", "text", "yaml_mapping", "scenario_text", "minifier", "observations"},
        set(),
    ),
    "markdown_ext": ({"markdown_ext", "problems", "widgets", "part", "text"}, {"markdown", "pygments"}),
    "series": (CORE, set()),
    "translations": (CORE, set()),
    "links": ({*CORE, "translations"}, set()),
    "head": ({*CORE, "share_picture"}, set()),
    "picture_design": (set(), set()),
    "share_picture": ({"picture_design"}, {"PIL"}),
    "pictures": ({"head", "part", "picture_design", "settings", "share_picture"}, set()),
    "contents": ({"head"}, set()),
    "search": ({"head"}, set()),
    "pagefind": ({"search"}, set()),
    "fonts": (set(), {"fontTools"}),
    "font_characters": ({*CORE, "preflight"}, set()),
    "stylesheets": (set(), set()),
    "theme_files": ({"fonts", "stylesheets"}, set()),
    "reading_time": ({"head"}, set()),
    "schema_org": ({"head", "part"}, set()),
    "rules_page": ({"rules", "text", "locales"}, set()),
    "engines_page": ({"rules", "text", "locales", "widgets"}, set()),
    "doctor_page": ({"text", "widgets"}, set()),
    "view": (
        {
            *("comments", "contents", "doctor_page", "engines_page", "fonts", "head", "lists", "locales", "part"),
            *("rules_page", "search", "share", "stylesheets", "text"),
        },
        set(),
    ),
    "entries": ({*CORE, "head", "view", "series", "translations", "preflight"}, set()),
    "frame": ({*CORE, "fonts", "head", "pictures", "view"}, set()),
    "page_views": (
        {"doctor_page", "engines_page", "frame", "head", "rules_page", "search", "settings", "view", "widgets"},
        set(),
    ),
    "views": (
        {
            *(*CORE, "view", "entries", "frame", "head", "series", "preflight", "widgets", "rules_page"),
            *("comments", "contents", "fonts", "page_views", "pictures", "reading_time", "schema_org", "share"),
        },
        set(),
    ),
    "feeds": ({"settings"}, {"feedgenerator"}),
    "llms_text": ({"settings"}, set()),
    "manifest": ({"view"}, set()),
    "headers": ({"comments", "head", "part", "search", "settings"}, set()),
    "redirects": ({"part", "settings", "translations"}, set()),
    "sitemap": ({"head"}, set()),
    "content_files": ({"settings"}, set()),
    "part_file": ({*CORE, "content_files", "front_matter", "markdown_ext", "part_images", "series"}, set()),
    "two_processes": ({*CORE, "part_file"}, set()),
    "preflight": (
        {*CORE, "content_files", "two_processes", "series", "translations", "links", "rules"},
        set(),
    ),
    "reader": ({*CORE, "fonts", "preflight", "views"}, {"pelican"}),
    "gate": ({*CORE, "preflight", "reader", "site"}, {"pelican"}),
    "site_content": (
        {*CORE, "font_characters", "fonts", "preflight", "reader", "search", "view", "views"},
        {"pelican"},
    ),
    "machine_files": ({"feeds", "head", "llms_text", "manifest", "site_content", "sitemap"}, {"pelican"}),
    "list_pages": ({"head", "lists", "view", "site_content"}, set()),
    "site": (
        {
            *("head", "lists", "list_pages", "site_content", "view", "views", "widgets"),
            *("headers", "machine_files", "pagefind", "part", "pictures", "redirects", "search", "theme_files"),
        },
        {"pelican"},
    ),
    "cli": (
        {*CORE, "rules", "front_matter", "preflight", "scenario_file", "explanation"}
        | {"lab", "side_by_side", "own_browser", "minifier", "observations"},
        set(),
    ),
    "__init__": ({"gate", "reader", "site"}, {"pelican"}),
}


def _imports(file: Path) -> set[str]:
    """Return the dotted names that a file imports, its relative imports made absolute."""
    package = ".".join(file.relative_to(ROOT).parent.parts)
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            names = {f"{module}.{alias.name}" for alias in node.names}
            found |= names if module in {"pelican_cors_series", package} else {module}
    return found


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_imports_what_the_table_allows(file: Path) -> None:
    module = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    own, libraries = ALLOWED[module]
    for name in _imports(file):
        top, _, rest = name.partition(".")
        if top == "pelican_cors_series":
            assert rest.split(".")[0] in own, f"{module} may not import {name}"
        elif top not in sys.stdlib_module_names:
            assert top in libraries, f"{module} may not import {name}"


def test_the_table_names_every_module() -> None:
    modules = {path.stem if path.suffix == ".py" else path.name for path in PACKAGE.iterdir() if path.name[0] != "_"}
    assert set(ALLOWED) - {"__init__"} == {name for name in modules if (PACKAGE / name).is_dir() or name != "py"}


@pytest.mark.parametrize(
    "module", ["rules", "observations", "preflight", "explanation", "scenario_file", "lab", "side_by_side", "cli"]
)
def test_it_stands_without_pelican(module: str) -> None:
    code = f"import sys; import pelican_cors_series.{module}; sys.exit('pelican' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_registering_is_the_first_moment_anything_is_imported() -> None:
    code = "import sys, pelican_cors_series; sys.exit(any(m.startswith('pelican_cors_series.') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
