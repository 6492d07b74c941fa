"""URL to file and back, on folders that lie on disk; nothing outside of them is ever named."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ogcheck.config import ConfigError, Resolver
from ogcheck.layout import Layout
from ogcheck.presets import Folders, load
from ogcheck.values import urls

SITE = "https://www.northbridge.example"


def write(site: Path, *names: str) -> None:
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(b"")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(
        tmp_path,
        "secret.png",
        "public/index.html",
        "public/about.html",
        "public/img/card.png",
        "public/img/two words.png",
        "public/img/münchen.png",
        "public/img/100%.png",
        "public/news/a/index.html",
        "static/fresh.png",
        "static/img/card.png",
        "cdn/card.png",
        "cdn/big/card.png",
    )
    (tmp_path / "empty").mkdir()
    return tmp_path


def layout(site: Path, url: str = SITE) -> Layout:
    return Layout(
        site_url=url,
        build_dir=site / "public",
        static_dirs=(site / "static",),
        url_map={
            "https://cdn.northbridge.example/": site / "cdn",
            "https://cdn.northbridge.example/large/": site / "cdn" / "big",
        },
        root=site,
    )


@pytest.mark.parametrize(
    ("url", "file"),
    [
        (f"{SITE}/img/card.png", "public/img/card.png"),
        (f"{SITE}/img/card.png?v=3#top", "public/img/card.png"),
        ("http://www.northbridge.example/img/card.png", "public/img/card.png"),
        ("https://www.northbridge.example:443/img/card.png", "public/img/card.png"),
        ("https://WWW.NORTHBRIDGE.example//img//card.png", "public/img/card.png"),
        (f"{SITE}/img/two%20words.png", "public/img/two words.png"),
        (f"{SITE}/img/m%C3%BCnchen.png", "public/img/münchen.png"),
        (f"{SITE}/img/münchen.png", "public/img/münchen.png"),
        (f"{SITE}/img/100%25.png", "public/img/100%.png"),
        (f"{SITE}/fresh.png", "static/fresh.png"),
        (SITE, "public/index.html"),
        (f"{SITE}/news/a/", "public/news/a/index.html"),
        (f"{SITE}/news/a", "public/news/a/index.html"),
        (f"{SITE}/about", "public/about.html"),
        (f"{SITE}/img/", "public/img"),
        ("https://cdn.northbridge.example/card.png", "cdn/card.png"),
        ("https://cdn.northbridge.example/large/card.png", "cdn/big/card.png"),
        # What a browser makes of dots that stand in a path stays below the root.
        (f"{SITE}/../../img/card.png", "public/img/card.png"),
        (f"{SITE}/img/%2e%2e/img/card.png", "public/img/card.png"),
    ],
)
def test_a_url_is_its_file(site: Path, url: str, file: str) -> None:
    found = layout(site).find(url, built=True)
    assert (found.state, found.file) == ("found", site / file)


@pytest.mark.parametrize(
    ("url", "state"),
    [
        (f"{SITE}/img/gone.png", "missing"),
        (f"{SITE}/secret.png", "missing"),
        (f"{SITE}/about.html/", "missing"),
        ("https://other.example/img/card.png", "elsewhere"),
        ("https://northbridge.example/img/card.png", "elsewhere"),
        ("https://www.northbridge.example:8080/img/card.png", "elsewhere"),
        ("ftp://www.northbridge.example/img/card.png", "elsewhere"),
        ("/img/card.png", "elsewhere"),
        (f"{SITE}/img/%2e%2e%2f%2e%2e%2fsecret.png", "refused"),
        (f"{SITE}/img/..%2f..%2fsecret.png", "refused"),
        (f"{SITE}/img/%252e%252e/%252e%252e/secret.png", "refused"),
        (f"{SITE}/img/%25252e%25252e/secret.png", "refused"),
        (f"{SITE}/img/..%5c..%5csecret.png", "refused"),
        (f"{SITE}/img/..%255c..%255csecret.png", "refused"),
        (f"{SITE}/img/card.png%00.jpg", "refused"),
        (f"{SITE}/img/{'a' * 5000}.png", "missing"),
        (f"{SITE}/{'a/' * 500_000}a.png", "missing"),
    ],
)
def test_what_has_no_file(site: Path, url: str, state: str) -> None:
    found = layout(site).find(url)
    assert (found.state, found.file) == (state, None)


def test_backslashes_are_slashes_as_in_browsers_and_lead_nowhere(site: Path) -> None:
    assert layout(site).find(f"{SITE}/img\\..\\..\\secret.png").state == "missing"


def test_a_source_is_asked_of_static_folders_first(site: Path) -> None:
    one = layout(site)
    assert one.find(f"{SITE}/img/card.png").file == site / "static/img/card.png"
    assert one.find(f"{SITE}/img/card.png", built=True).file == site / "public/img/card.png"


def test_a_base_path_is_taken_off_and_the_rest_is_not_the_sites(site: Path) -> None:
    one = layout(site, f"{SITE}/blog/")
    assert one.find(f"{SITE}/blog/img/card.png").state == "found"
    assert one.find(f"{SITE}/blog").file == site / "public/index.html"
    for other in (
        f"{SITE}/img/card.png",
        f"{SITE}/blogs/img/card.png",
        f"{SITE}/blog/../img/x.png",
    ):
        assert one.find(other).state == "elsewhere"


def test_folders_that_are_absent_or_empty_tell_nothing(site: Path) -> None:
    for folder in ("empty", "absent", "secret.png"):
        one = Layout(site_url=SITE, build_dir=site / folder)
        assert one.find(f"{SITE}/img/gone.png").state == "elsewhere"


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_link_that_leaves_its_folder_is_refused_and_one_inside_is_followed(site: Path) -> None:
    (site / "public/out.png").symlink_to(site / "secret.png")
    (site / "public/away").symlink_to(site / "cdn", target_is_directory=True)
    (site / "public/in.png").symlink_to(site / "public/img/card.png")
    (site / "public/round").symlink_to(site / "public/round")
    one = Layout(site_url=SITE, build_dir=site / "public")
    assert one.find(f"{SITE}/out.png").state == "refused"
    assert one.find(f"{SITE}/away/card.png").state == "refused"
    # What is not there is as silent as what is: nobody learns which files lie outside.
    assert one.find(f"{SITE}/away/none.png").state == "refused"
    assert one.find(f"{SITE}/away/big/none.png").state == "refused"
    assert one.find(f"{SITE}/away").state == "refused"
    assert one.find(f"{SITE}/none/away.png").state == "missing"
    assert one.find(f"{SITE}/in.png").state == "found"
    assert one.find(f"{SITE}/round").state == "missing"
    (site / "linked").symlink_to(site / "public", target_is_directory=True)
    whole = Layout(site_url=SITE, build_dir=site / "linked")
    assert whole.find(f"{SITE}/img/card.png").state == "found"


PIECES = st.sampled_from(
    ["..", ".", "%2e", "%2E%2e", "%252e%252e", "/", "\\", "%2f", "%5c", "%252f", "%00", "img",
     "secret.png", "card.png", "?", "#", ":", "C:", "~", " ", "\t", "é", "\udcff", "\ud800"]
)  # fmt: skip


@pytest.fixture(scope="module")
def fence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.mktemp("fence")
    write(base, "secret.png", "public/img/card.png")
    return base


@settings(max_examples=100, deadline=None)
@given(pieces=st.lists(PIECES, max_size=12))
def test_whatever_the_url_says_it_stays_in_the_folder(fence: Path, pieces: list[str]) -> None:
    base = fence
    one = Layout(site_url=SITE, build_dir=base / "public", root=base)
    inner = "".join(pieces)
    for found in (
        one.find(f"{SITE}/{inner}"),
        one.refer(f"/{inner}", base / "public/a.md", Folders(relative=("page",))).lookup,
        Layout(site_url=SITE, root=base / "public")
        .refer(inner, base / "public/img/a.md", Folders(relative=("page", "static")))
        .lookup,
    ):
        for path in (*found.looked, *([found.file] if found.file else [])):
            assert Path(os.path.normpath(path)).is_relative_to(base / "public")
            assert path.name != "secret.png" or path.parent != base


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("public/index.html", f"{SITE}/"),
        ("public/news/a/index.html", f"{SITE}/news/a/"),
        ("public/about.html", f"{SITE}/about.html"),
        ("public/img/two words.png", f"{SITE}/img/two%20words.png"),
        ("public/img/100%.png", f"{SITE}/img/100%25.png"),
        ("public/img/münchen.png", f"{SITE}/img/m%C3%BCnchen.png"),
        ("static/fresh.png", f"{SITE}/fresh.png"),
        ("secret.png", None),
    ],
)
def test_a_file_has_its_url_and_leads_back(site: Path, file: str, url: str | None) -> None:
    one = layout(site)
    assert one.address(site / file) == url
    if url is not None:
        assert one.find(url, built=True).file == site / file


def test_without_a_site_url_a_build_is_read_under_an_invented_host(site: Path) -> None:
    one = Layout(build_dir=site / "public")
    base = one.address(site / "public/news/a/index.html")
    assert base is not None
    for reference in ("/img/card.png", "../../img/card.png"):
        joined = urls.joined(reference, base)
        assert joined is not None
        assert one.find(joined).file == site / "public/img/card.png"
    assert one.find(f"{SITE}/img/card.png").state == "elsewhere"


def test_the_address_of_a_mapped_folder_is_its_own(site: Path) -> None:
    one = layout(site)
    assert one.address(site / "cdn/card.png") == "https://cdn.northbridge.example/card.png"


@pytest.mark.parametrize(
    ("preset", "page", "reference", "file"),
    [
        ("hugo", "content/posts/a/index.md", "cover.jpg", "content/posts/a/cover.jpg"),
        ("hugo", "content/posts/a/index.md", "shared.jpg", "static/shared.jpg"),
        ("hugo", "content/posts/b.md", "shared.jpg", "static/shared.jpg"),
        ("hugo", "content/posts/a/index.md", "/shared.jpg", "static/shared.jpg"),
        ("hugo", "content/posts/a/index.fr.md", "img/cover.jpg", "content/posts/a/img/cover.jpg"),
        ("hugo", "content/posts/b.md", "img/a.jpg", "assets/img/a.jpg"),
        ("hugo", "content/posts/b.md", "/img/a.jpg", "assets/img/a.jpg"),
        ("hugo", "content/posts/b.md", "a.jpg", "themes/paper/static/a.jpg"),
        ("zola", "content/b.md", "/a.jpg", "themes/paper/static/a.jpg"),
        ("hexo", "source/_posts/a.md", "/img/a.jpg", "themes/paper/source/img/a.jpg"),
        ("jekyll", "_posts/2026-01-01-a.md", "/assets/a.jpg", "assets/a.jpg"),
        ("minimal-mistakes", "_posts/2026-01-01-a.md", "assets/a.jpg", "assets/a.jpg"),
        ("astro", "src/content/blog/a.md", "../../assets/a.jpg", "src/assets/a.jpg"),
        ("astro", "src/content/blog/a.md", "/a.jpg", "public/a.jpg"),
        ("docusaurus", "blog/a.md", "./a.jpg", "blog/a.jpg"),
        ("docusaurus", "blog/a.md", "img/a.jpg", "static/img/a.jpg"),
        ("hexo", "source/_posts/a.md", "cover.jpg", "source/_posts/a/cover.jpg"),
        ("hexo", "source/_posts/a.md", "/img/a.jpg", "source/img/a.jpg"),
        ("zola", "content/a/index.md", "cover.jpg", "content/a/cover.jpg"),
        ("next", "posts/a.md", "/a.jpg", "public/a.jpg"),
        ("gatsby", "content/blog/a/index.md", "./a.jpg", "content/blog/a/a.jpg"),
        ("quarto", "posts/a/index.qmd", "a.png", "posts/a/a.png"),
        ("quarto", "posts/a/index.qmd", "/img/a.png", "img/a.png"),
        ("vitepress", "guide/a.md", "/a.png", "public/a.png"),
    ],
)
def test_a_path_in_front_matter_is_what_the_generator_takes(
    tmp_path: Path, preset: str, page: str, reference: str, file: str
) -> None:
    write(tmp_path, file)
    found = Layout(root=tmp_path).refer(reference, tmp_path / page, load(preset).folders)
    assert found.lookup.state == "found"
    assert found.lookup.file == tmp_path / file
    assert found.copied == (preset not in ("astro", "gatsby") or reference.startswith("/"))


@pytest.mark.parametrize(
    ("preset", "page", "reference"),
    [
        ("hugo", "content/posts/b.md", "cover.jpg"),  # b.md is no bundle
        ("hugo", "content/posts/cover/index.md", "*cover*"),
        ("hugo", "content/posts/cover/index.md", "{cover,a}.jpg"),
        ("next", "posts/a.md", "a.jpg"),
        ("generic", "posts/a.md", "a.jpg"),
        ("generic", "posts/a.md", "/a.jpg"),
        ("astro", "src/a.md", "../../../outside.jpg"),
    ],
)
def test_a_path_that_no_generator_would_take_there(
    tmp_path: Path, preset: str, page: str, reference: str
) -> None:
    root = tmp_path / "site"
    write(root, "content/posts/cover.jpg", "posts/a.jpg", "a.jpg")
    write(tmp_path, "outside.jpg")
    found = Layout(root=root).refer(reference, root / page, load(preset).folders)
    assert found.lookup.state != "found"
    assert not found.certain


def test_missing_is_certain_where_folders_are_configured_and_the_generator_is_known(
    tmp_path: Path,
) -> None:
    write(tmp_path, "static/img/a.jpg", "content/a/index.md")
    page = tmp_path / "content/a/index.md"
    hugo = load("hugo").folders
    told = Layout(root=tmp_path, static_dirs=(tmp_path / "static",))
    assert told.refer("img/b.jpg", page, hugo)[:2] == (
        (
            "missing",
            None,
            (
                page.parent / "img/b.jpg",
                tmp_path / "static/img/b.jpg",
            ),
        ),
        True,
    )
    assert not Layout(root=tmp_path).refer("img/b.jpg", page, hugo).certain
    assert not told.refer("img/*.jpg", page, hugo).certain
    below = replace(told, site_url=f"{SITE}/docs")
    assert below.refer("/docs/img/a.jpg", page, hugo).lookup.file == tmp_path / "static/img/a.jpg"
    assert below.refer("/docs/img/b.jpg", page, hugo).certain
    assert not below.refer("/img/b.jpg", page, hugo).certain  # another site of that host
    assert not told.refer("img/b.jpg", page, load("zola").folders).certain


@pytest.mark.parametrize("link", ["static", "themes/paper", "themes/paper/static"])
def test_a_generators_folder_that_leads_out_is_not_looked_at(tmp_path: Path, link: str) -> None:
    root = tmp_path / "site"
    write(tmp_path, "secret/a.jpg", "secret/static/a.jpg", "site/uploads/x.jpg", "site/hugo.toml")
    (root / link).parent.mkdir(parents=True, exist_ok=True)
    (root / link).symlink_to(tmp_path / "secret", target_is_directory=True)
    one = Layout(SITE, static_dirs=(root / "uploads",), root=root)
    folders = load("hugo").folders
    for path in ("a.jpg", "b.jpg", "/a.jpg", "/b.jpg"):
        found = one.refer(path, root / "content/a.md", folders)
        assert (found.lookup.state, found.certain) == ("missing", False)
        assert all("uploads" in place.parts for place in found.lookup.looked)


@pytest.mark.parametrize("preset", ["jekyll", "minimal-mistakes", "docusaurus", "quarto"])
def test_some_generators_write_the_base_path_before_a_path(tmp_path: Path, preset: str) -> None:
    write(tmp_path, "static/img/a.jpg", "static/docs/c.jpg")
    one = Layout(f"{SITE}/docs", static_dirs=(tmp_path / "static",), root=tmp_path)
    folders = replace(load(preset).folders, static=("static",))
    for path, file in {"/img/a.jpg": "img/a.jpg", "/docs/img/a.jpg": "img/a.jpg",
                       "/docs/c.jpg": "docs/c.jpg"}.items():  # fmt: skip
        found = one.refer(path, tmp_path / "a.md", folders)
        assert found.lookup.file == tmp_path / "static" / file
    for path in ("/img/b.jpg", "/docs/img/b.jpg"):
        missing = one.refer(path, tmp_path / "a.md", folders)
        assert (missing.lookup.state, missing.certain) == ("missing", True)


def test_folders_are_relative_to_the_configuration_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/ogcheck.toml").write_text(
        'site-url = "https://a.example"\nbuild-dir = "../public"\nstatic-dirs = ["static"]\n'
        '[url-map]\n"https://cdn.example/" = "cdn"\n'
    )
    resolver = Resolver(tmp_path, overlay={"static-dirs": ["given"]})
    found = resolver.settings(tmp_path / "docs/a.md").layout
    assert found.build_dir == tmp_path / "public"
    assert found.static_dirs == (tmp_path / "given",)
    assert found.url_map == {"https://cdn.example/": tmp_path / "docs/cdn"}
    assert found.root == tmp_path / "docs"


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("build-dir", "", "build-dir '' is no folder."),
        ("static-dirs", ["a", " "], "static-dirs ' ' is no folder."),
        ("url-map", {"cdn.example": "a"}, "url-map: cdn.example is not an absolute http or https"),
        ("url-map", {"https://cdn.example": 1}, "url-map: https://cdn.example must be a string"),
    ],
)
def test_what_is_no_folder_is_an_error(
    tmp_path: Path, key: str, value: object, message: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        Resolver(tmp_path, isolated=True, overlay={key: value})
    assert message in str(caught.value)
