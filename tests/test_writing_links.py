"""Links are followed inside the project, and no further."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.replacing import NEW, OLD, make, names, refusal, replace

if sys.platform == "win32":
    pytest.skip("about what POSIX has", allow_module_level=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project beside a folder that is none of its business, each linked to in the other."""
    project, outside = tmp_path / "project", tmp_path / "outside"
    make(project / "inner" / "a.md")
    make(outside / "b.md")
    make(tmp_path / "project-2" / "c.md")
    links = {
        project / "file.md": "inner/a.md",
        project / "folder": "inner",
        project / "again.md": "folder/../file.md",
        project / "out.md": "../outside/b.md",
        project / "out": str(outside),
        project / "twice": "out",
        project / "beside.md": "../project-2/c.md",
        project / "outside-in.md": "../outside/in.md",
        outside / "in.md": "../project/inner/a.md",
        outside / "own.md": "b.md",
        tmp_path / "alias": "project",
    }
    for link, target in links.items():
        link.symlink_to(target)
    return project


@pytest.mark.parametrize(
    "path", ["file.md", "folder/a.md", "again.md", "outside-in.md", "../alias/file.md"]
)
def test_links_inside_the_project_are_followed(project: Path, path: str) -> None:
    target = project / "inner" / "a.md"
    was_link = (project / path).is_symlink()
    assert replace(project / path, project) == target
    assert target.read_bytes() == NEW
    assert (project / path).is_symlink() == was_link
    assert names(target.parent) == ["a.md"]


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("out.md", "outside/b.md"),
        ("out/b.md", "outside/b.md"),
        ("twice/b.md", "outside/b.md"),
        ("beside.md", "project-2/c.md"),
        ("../alias/out.md", "outside/b.md"),
        ("../alias/out/b.md", "outside/b.md"),
    ],
)
@pytest.mark.parametrize("root", ["project", "alias"])
def test_links_out_of_the_project_are_not(project: Path, path: str, target: str, root: str) -> None:
    real = project.parent / target
    assert refusal(project / path, project.parent / root) == (
        f'a link leads out of the project here; name "{real}" to fix what it leads to'
    )
    assert real.read_bytes() == OLD
    assert [name for name in names(real.parent) if "tmp" in name] == []


def test_files_elsewhere_are_written_if_they_are_no_links(project: Path) -> None:
    outside = project.parent / "outside"
    for link, target in (("own.md", outside / "b.md"), ("in.md", project / "inner" / "a.md")):
        assert refusal(outside / link, project) == (
            f'it is a link, and lies outside of the project; name "{target}" to fix what it '
            "leads to"
        )
        assert target.read_bytes() == OLD
    replace(outside / "b.md", project)
    assert (outside / "b.md").read_bytes() == NEW


def test_where_a_link_leads_is_shown_harmlessly(tmp_path: Path) -> None:
    make(tmp_path / "x\x1b[2J\n.md")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a.md").symlink_to("../x\x1b[2J\n.md")
    assert refusal(tmp_path / "project" / "a.md") == (
        f'a link leads out of the project here; name "{tmp_path}/x\\u{{1B}}[2J\\n.md" to fix what '
        "it leads to"
    )
