"""Small sites, as the common generators lay them out, in words of our own."""

from __future__ import annotations

from pathlib import Path

from tests.support import SEED, numbered

TOPICS = ("ferries", "trams", "bridges", "markets")


def write(folder: Path, files: dict[str, str]) -> None:
    """Write these files below a folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def jekyll(folder: Path) -> None:
    """Posts with dates as Jekyll writes them, a page beside, and much that is no content."""
    posts = {
        f"_posts/2024-0{month}-1{month}-harbour-{month}.md": (
            f"---\nlayout: post\ntitle: What the harbour saw in month {month}\n"
            f"date: 2024-0{month}-1{month} 10:0{month}:00 +0100\n"
            f"categories: {'walks' if month % 2 else 'boats'}\n"
            f"tags: [{TOPICS[month % 4]}, month-{month}]\n"
            + ("published: false\n" if month == 3 else "")
            + "---\n\nText.\n"
        )
        for month in range(1, 8)
    }
    write(
        folder,
        {
            **posts,
            "about.md": "---\nlayout: page\ntitle: About the harbour\npermalink: /about/\n---\n",
            "index.html": "---\nlayout: home\n---\n<h1>Harbour</h1>\n",
            "_config.yml": "title: Harbour\ndescription: Boats\nurl: https://harbour.example\n",
            "_data/people.yml": "- name: Ada\n- name: Bo\n",
            "_layouts/post.html": "---\nlayout: default\n---\n{{ content }}\n",
            "README.md": "# Harbour\n",
            ".github/workflows/pages.yml": "on: push\njobs: {}\n",
            "docker-compose.yml": "services: {web: {image: ruby}}\n",
        },
    )


def hugo(folder: Path) -> None:
    """Posts with YAML front matter, two with TOML; an archetype that is a template."""
    posts = {
        f"content/posts/tram-{number}.md": (
            f'---\ntitle: "Tram {number} takes another way"\n'
            f"date: 2024-03-0{number}T08:00:00+01:00\ndraft: {str(number == 2).lower()}\n"
            f"weight: {number * 10}\n"
            f"tags:\n  - {TOPICS[number % 4]}\n  - line-{number}\n"
            f"cover:\n  image: /img/tram-{number}.jpg\n  alt: A tram in street {number}\n"
            "---\n\nText.\n"
        )
        for number in range(1, 6)
    }
    write(
        folder,
        {
            **posts,
            "content/posts/old-1.md": '+++\ntitle = "Old"\ndate = 2019-01-01\n+++\nText.\n',
            "content/archive/old-2.md": '+++\ntitle = "Older"\n+++\nText.\n',
            "content/posts/_index.md": "---\ntitle: All about trams\n---\n",
            "archetypes/default.md": '---\ntitle: "{{ .Name }}"\ndate: {{ .Date }}\n---\n',
            "hugo.yaml": "baseURL: https://tram.example/\ntitle: Trams\n",
            "data/lines.yaml": "one: {colour: red}\n",
        },
    )


def astro(folder: Path) -> None:
    """A blog collection in Markdown and MDX, dates in two forms, an author's page."""
    posts = {
        f"src/content/blog/bridge-{number}.{'mdx' if number % 2 else 'md'}": (
            f"---\ntitle: 'Bridge number {number} opens'\n"
            f"description: 'What to know of bridge {number} before crossing it.'\n"
            f"pubDate: {f'2024-05-0{number}' if number < 3 else f'2024-05-0{number}T10:00:00Z'}\n"
            + (f"updatedDate: 2024-06-0{number}\n" if number == 4 else "")
            + f"heroImage: '../../assets/bridge-{number}.jpg'\n"
            f"tags: ['{TOPICS[number % 4]}', 'bridge-{number}']\n"
            "author: {name: Ada Pontier, url: 'https://ada.example/'}\n---\n\nText.\n"
        )
        for number in range(1, 7)
    }
    write(
        folder,
        {
            **posts,
            "package.json": "{}\n",
            "pnpm-lock.yaml": "lockfileVersion: '9.0'\n",
            "node_modules/x/README.md": "---\ntitle: x\n---\n",
            "dist/index.html": "<p>built</p>\n",
            ".gitignore": "dist/\n",
        },
    )


def seeds(folder: Path) -> None:
    """Seeds as seedlint knows them, and a note."""
    write(
        folder,
        {
            **{f"{number:03}.txt": f"---\n{numbered(SEED, number)}---\n" for number in range(4)},
            "README.md": "# Seeds\n",
        },
    )
