"""The site's configuration: `pelican content` reads it, and so does `cors-series check`."""

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGINS = ["pelican_cors_series"]

# The one place that says where the site stands; a path behind the host is fine.
SITEURL = "https://yeonuk44.github.io"
SITENAME = "About CORS"
AUTHOR = "Yeonuk"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "en"

CORS_SERIES_LANGUAGES = {
    "en": {
        "title": "About CORS",
        "description": "What the browser compares, who says no, and the header that makes it say yes.",
        "owner": "Yeonuk",
        "licence": "The text is under CC BY 4.0, the code under MIT.",
    },
    "ko": {
        "title": "CORS 이야기",
        "description": "브라우저는 무엇을 견주어 보고, 누가 막으며, 어떤 헤더가 있어야 열리는가.",
        "owner": "Yeonuk",
        "licence": "글은 CC BY 4.0, 코드는 MIT 라이선스를 따릅니다.",
    },
}
CORS_SERIES_TITLES = {"about-cors": {"en": "About CORS", "ko": "CORS 이야기"}}
CORS_SERIES_OLD_HOSTS = ["yeonuk44.github.io"]
# Each exchange in these articles says what three engines were seen to do with it.
CORS_SERIES_REQUIRE_OBSERVATIONS = True
CORS_SERIES_IMAGE_LAZY_LOADER = CORS_SERIES_IMAGE_VIEWER = True

STATIC_PATHS = ["assets"]
# The plugin writes these lists for each language; by author there is none.
DIRECT_TEMPLATES = ["archives", "categories", "tags"]
ARCHIVES_SAVE_AS = "archive/index.html"
CATEGORIES_SAVE_AS, CATEGORY_URL, CATEGORY_SAVE_AS = (
    "category/index.html",
    "category/{slug}/",
    "category/{slug}/index.html",
)
TAGS_SAVE_AS, TAG_URL, TAG_SAVE_AS = "tag/index.html", "tag/{slug}/", "tag/{slug}/index.html"
# A Korean tag keeps its name in its address.
SLUGIFY_USE_UNICODE = True
AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
