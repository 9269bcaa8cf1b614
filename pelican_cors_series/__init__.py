"""A Pelican plugin for a technical series in several languages whose claims about the browser can be run.

problems       what can be wrong, and the catalogue of every problem
setting_check, settings    CORS_SERIES_… and what else of Pelican's settings matters
yaml_mapping   a YAML mapping whose keys know their line and column
dates          a moment as authors write it
front_matter   a file's text → its front matter, or problems
markdown_ext   the syntaxes of a text, one module each
part           Part: the one record that travels
lists          where the lists of posts stand
comments       what a page needs for comments by Giscus
share          the ways to hand a page on
content_files  which files Pelican reads as articles
image_files, part_images    a picture's size and smaller versions; an address as written → the image
part_file      one file → a Part; two_processes reads many at a time
preflight      a content tree → parts, series, pairs and every problem
series, translations, links    what connects the parts
contents, head, schema_org     the sections of a text; what a page says of itself to browsers and machines
fonts, font_characters    the fonts of a language, cut to the characters that its pages use
stylesheets    the theme's style sheets, joined into one for each kind of page; theme_files writes them and the fonts
reading_time   how long a text takes to read
entries, frame, view, views, page_views, locales    what a template sees of one page
feeds, headers, llms_text, manifest, redirects, sitemap    what is written for machines
rules_page     what the page of the rules shows; doctor_page, what that of the CORS doctor shows
engines_page   what browsers do otherwise, as the page of that shows it
picture_design, share_picture, pictures    the picture of a page where it is shared, drawn at build
search         the texts of a language → what its search page looks words up in
text           every string a reader sees
rules          the Standard's algorithms on origins and fetches; their verdicts and their JavaScript
widgets        a fence → static HTML; the elements that bring it to life
minifier       a JavaScript module → the same in few bytes, and its source map
yaml_values, scenario_file, explanation    a scenario in a file → its verdict → plain text for people
observations   what three engines did with scenarios, recorded
lab            scenarios run for real in three engines; side_by_side shows them beside the rules
own_browser    one in the reader's own browser instead, on a page of its own (own_browser_page)
reader, gate, site_content, list_pages, site      the seam: Pelican appears nowhere else
cli            cors-series
"""

from __future__ import annotations


def register() -> None:
    """Connect the plugin to Pelican. Nothing is imported before, so that the rules stand without Pelican."""
    from pelican import signals  # noqa: PLC0415

    from pelican_cors_series import gate, reader, site  # noqa: PLC0415

    signals.initialized.connect(site.take_lists)
    signals.get_generators.connect(gate.check_first)
    signals.readers_init.connect(reader.add_reader)
    signals.article_generator_pretaxonomy.connect(site.connect_articles)
    signals.article_generator_finalized.connect(site.take_terms)
    signals.page_generator_finalized.connect(site.connect_pages)
