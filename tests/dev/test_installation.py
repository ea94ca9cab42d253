"""When `.venv` counts as installed. A script stands in for its Python, so nothing is fetched."""

from pathlib import Path

import pytest

from devtools import installation
from devtools.installation import INSTALLER, RUNTIME, TEST, install, is_installed
from devtools.problems import Problem

# Notes how it was called; answers the question whether it fits; says $ANSWER and fails when asked to install a lock.
PYTHON = """#!/bin/sh
echo "$*" >> "{calls}"
case "$*" in
  *uv.lock*) exit 1 ;;
  *.lock*) echo "$ANSWER"; [ -z "$ANSWER" ] ;;
esac
"""


class Project:
    """A folder with the lock files and a `.venv` whose Python only takes notes."""

    def __init__(self, root: Path) -> None:
        self.root, self.calls = root, root / "calls"
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        for name in (RUNTIME, TEST, INSTALLER):
            (root / name).write_text(f"# {name}")
        self.make_venv()

    def make_venv(self) -> None:
        self.python.parent.mkdir(parents=True, exist_ok=True)
        self.python.write_text(PYTHON.format(calls=self.calls))
        self.python.chmod(0o755)

    def installed(self) -> list[str]:
        """The locks that somebody tried to install, in order."""
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        return [Path(line.split()[-1]).name for line in lines if " install " in line]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    made = Project(tmp_path)
    monkeypatch.setattr(installation, "ROOT", made.root)
    monkeypatch.setattr(installation, "VENV", made.venv)
    monkeypatch.setattr(installation, "PYTHON", made.python)
    monkeypatch.setenv("DUIJIE_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    monkeypatch.setenv("ANSWER", "")
    return made


def test_second_installation_is_instant(project: Project) -> None:
    install(RUNTIME)
    assert project.installed() == [INSTALLER, RUNTIME]
    install(RUNTIME)
    assert project.installed() == [INSTALLER, RUNTIME]


def test_installation_asks_for_hashes_and_wheels_only_and_names_no_index(project: Project) -> None:
    install(RUNTIME)
    asked = [line for line in project.calls.read_text().splitlines() if line.endswith(f"/{RUNTIME}")]
    assert asked == [f"-m pip install --require-hashes --only-binary :all: -r {project.root / RUNTIME}"]


def test_changed_lock_is_installed_again(project: Project) -> None:
    install(RUNTIME)
    (project.root / RUNTIME).write_text("# another")
    assert not is_installed(RUNTIME)
    install(RUNTIME)
    assert project.installed().count(RUNTIME) == 2


def test_test_lock_serves_the_demo_but_not_the_other_way_round(project: Project) -> None:
    install(RUNTIME)
    assert not is_installed(TEST)
    install(TEST)
    assert is_installed(RUNTIME)
    assert is_installed(TEST)


def test_stamp_of_another_python_does_not_count(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    install(RUNTIME)
    stamp = project.venv / f"{RUNTIME}.installed"
    stamp.write_text(f"3.99 {stamp.read_text().split()[1]}")
    assert not is_installed(RUNTIME)


def test_interrupted_installation_is_not_taken_for_done(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    install(RUNTIME)
    install(TEST)

    def interrupt(lock: str) -> None:
        raise KeyboardInterrupt

    (project.root / TEST).write_text("# another")
    with monkeypatch.context() as patch:
        patch.setattr(installation, "_fill", interrupt)
        with pytest.raises(KeyboardInterrupt):
            install(TEST)
    assert not is_installed(TEST)
    assert not is_installed(RUNTIME)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("NewConnectionError: [Errno -3] Temporary failure in name resolution", "check the network or pip's mirror"),
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "does not match its locked hash"),
        ("ERROR: something new", "The packages cannot be installed"),
    ],
)
def test_failed_installation_is_one_sentence(
    project: Project, monkeypatch: pytest.MonkeyPatch, answer: str, sentence: str
) -> None:
    monkeypatch.setenv("ANSWER", answer)
    with pytest.raises(Problem) as problem:
        install(RUNTIME)
    chinese, english = str(problem.value).splitlines()
    assert sentence in english
    assert not is_installed(RUNTIME)


def test_full_disk_is_noticed_before_anything_is_installed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(installation.MEGABYTES, RUNTIME, 10**9)
    with pytest.raises(Problem, match="磁盘空间不足"):
        install(RUNTIME)
    assert project.installed() == []


def test_venv_made_in_vain_is_removed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    project.python.unlink()
    monkeypatch.setattr(installation, "_make_venv", project.make_venv)
    monkeypatch.setenv("ANSWER", "ERROR: something new")
    with pytest.raises(Problem):
        install(RUNTIME)
    assert not project.venv.exists()


def test_runtime_lock_is_part_of_the_test_lock() -> None:
    root = Path(__file__).parents[2]
    runtime, test = (set((root / name).read_text().splitlines()) for name in (RUNTIME, TEST))
    assert runtime - test == set()


@pytest.mark.parametrize("name", [RUNTIME, TEST, INSTALLER])
def test_lock_files_pin_hashes_and_name_no_address(name: str) -> None:
    lock = (Path(__file__).parents[2] / name).read_text()
    assert "://" not in lock
    assert "--index" not in lock
    for requirement in lock.replace("\\\n", " ").strip().splitlines():
        assert "==" in requirement
        assert "--hash=sha256:" in requirement
