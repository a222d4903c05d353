"""The definitions for pre-commit, GitHub and GitLab: well formed, and their scripts do what they say, with a
stand-in for mlcheck or the real one. Their servers are not here, so how those read the files is not tested.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from paths import ROOT

yaml = pytest.importorskip("yaml")

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
GITLAB = yaml.safe_load((ROOT / "docs/ci/gitlab.yml").read_text("utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
SCRIPTS = [step for step in STEPS.values() if "run" in step]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/tests.yml").read_text("utf-8"))
FORMS = ("bug", "false-alarm", "missed")
EXPRESSION = re.compile(r"\$\{\{(.*?)\}\}")

STUB = """#!/bin/sh
# Stands in for mlcheck: writes down how it was called, and a report.
printf '%s\\0' "$@" >> calls
printf '\\n' >> calls
for argument; do
  case $argument in
    --output=*) [ "${STUB_REPORT-yes}" = no ] || echo "report ${STUB_REPORT-}" > "${argument#--output=}" ;;
  esac
done
exit "${STUB_STATUS:-0}"
"""


class Outcome:
    """What a script left behind."""

    def __init__(self, folder: Path, done: subprocess.CompletedProcess[str]) -> None:
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr
        calls = folder / "calls"
        lines = calls.read_bytes().split(b"\0\n") if calls.exists() else []
        self.calls = [[os.fsdecode(word) for word in line.split(b"\0")] for line in lines if line]
        self.outputs = dict(line.split("=", 1) for line in (folder / "output").read_text().splitlines())
        self.summary = (folder / "summary").read_text()


Run = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A runner's temporary folder, with a stand-in for mlcheck."""
    binary = tmp_path / "temp/mlcheck/bin"
    binary.mkdir(parents=True)
    (binary / "mlcheck").write_text(STUB)
    (binary / "mlcheck").chmod(0o755)
    for name in ("output", "summary"):
        (tmp_path / name).write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def step(folder: Path) -> Run:
    """Runs a step of the action as the runner would, with inputs of one's own."""

    def run(
        name: str, inputs: Mapping[str, str] | None = None, base: str = "", **environment: str
    ) -> Outcome:
        values = {key: str(declared["default"]) for key, declared in ACTION["inputs"].items()}
        values |= inputs or {}
        github = {"event.pull_request.base.sha": base, "action_path": str(folder / "action"), "token": "t"}

        def value(match: re.Match[str]) -> str:
            room, _, key = match[1].strip().partition(".")
            steps = {"kept.outputs.mlcheck": str(folder / "temp/mlcheck-cache")}
            env = {"MLCHECK_CACHE": ""}
            return {"inputs": values, "github": github, "steps": steps, "env": env}[room][key]

        given = {key: EXPRESSION.sub(value, str(text)) for key, text in STEPS[name].get("env", {}).items()}
        script = folder / "script.sh"
        script.write_text(STEPS[name]["run"])
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
            cwd=folder,
            env={
                "PATH": f"{folder}:{os.environ['PATH']}",
                "RUNNER_TEMP": str(folder / "temp"),
                "GITHUB_OUTPUT": str(folder / "output"),
                "GITHUB_STEP_SUMMARY": str(folder / "summary"),
                **given,
                **environment,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        return Outcome(folder, done)

    return run


# The files as their services read them: by published schemas, which a package carries


@pytest.mark.parametrize(
    ("schema", "file", "more"),
    [
        ("github-actions", "action.yml", ()),
        ("gitlab-ci", "docs/ci/gitlab.yml", ("--data-transform", "gitlab-ci")),
        ("github-workflows", ".github/workflows/tests.yml", ()),
        ("github-issue-config", ".github/ISSUE_TEMPLATE/config.yml", ()),
        *(("github-issue-forms", f".github/ISSUE_TEMPLATE/{form}.yml", ()) for form in FORMS),
        ("citation-file-format", "CITATION.cff", ()),
    ],
)
def test_a_file_is_what_its_schema_says(schema: str, file: str, more: tuple[str, ...]) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *more, file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# The project's own workflow, and its own hooks


def test_actionlint_has_nothing_to_say_of_the_workflow() -> None:
    if not (actionlint := shutil.which("actionlint")):
        # A program in Go, in no package that the tests install.
        pytest.skip("actionlint is not installed; it reads .github/workflows as GitHub does")
    done = subprocess.run([actionlint], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_the_workflow_runs_on_all_pythons_that_the_package_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    named = set(re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"])))
    assert f">={min(named, key=lambda version: int(version[2:]))}" == project["requires-python"]
    for job in WORKFLOW["jobs"].values():
        assert named <= set(job["strategy"]["matrix"]["python"])


def test_the_workflow_names_other_peoples_actions_by_their_hash() -> None:
    used = [step["uses"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    assert [name for name in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name)] == []


def test_the_hooks_of_the_project_run_what_make_runs() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    entries = [hook["entry"].removeprefix("python -m ") for hook in config["repos"][0]["hooks"]]
    makefile = (ROOT / "Makefile").read_text("utf-8")
    made = re.findall(r"^\t\$\(BIN\)/(ruff check|ruff format|mypy)\b", makefile, re.MULTILINE)
    assert {entry.removesuffix(" --force-exclude") for entry in entries} == set(made)


# The action's file


def test_the_action_is_a_composite_of_shell_steps() -> None:
    assert set(ACTION) == {"name", "description", "inputs", "outputs", "runs"}
    assert ACTION["runs"]["using"] == "composite"
    for step in STEPS.values():
        assert ("uses" in step) != (step.get("shell") == "bash")
        # Other people's actions change under their names: a commit does not.
        assert re.fullmatch(r"actions/cache@[0-9a-f]{40}", step.get("uses", f"actions/cache@{'0' * 40}"))


def test_inputs_are_declared_described_and_used() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    expressions = " ".join(EXPRESSION.findall(text))
    assert set(re.findall(r"inputs\.([\w-]+)", expressions)) == set(ACTION["inputs"])
    for name, declared in ACTION["inputs"].items():
        assert declared["description"].strip(), name
        assert isinstance(declared["default"], str), f"{name}: an input is text"


def test_outputs_come_from_a_step() -> None:
    for output in ACTION["outputs"].values():
        (expression,) = EXPRESSION.findall(output["value"])
        found = re.fullmatch(r"steps\.(\w+)\.outputs\.([\w-]+)", expression.strip())
        assert found
        (step,) = (s for s in STEPS.values() if s.get("id") == found[1])
        assert f'echo "{found[2]}=' in step["run"]


def test_what_is_kept_are_models_and_not_vectors() -> None:
    step = STEPS["Keep it between runs"]
    assert step["if"] == "${{ inputs.cache == 'true' }}"
    assert [path.rpartition("/")[2] for path in step["with"]["path"].split("\n") if "mlcheck }}" in path] == [
        "models"
    ]
    names = [each["name"] for each in ACTION["runs"]["steps"]]
    assert names.index("Keep it between runs") < names.index("Install mlcheck")


def test_no_input_is_put_into_a_script() -> None:
    for step in STEPS.values():
        assert "${{" not in step.get("run", "")


def test_every_variable_of_a_script_is_set() -> None:
    runner = {
        "RUNNER_ARCH",
        "RUNNER_OS",
        "RUNNER_TEMP",
        "GITHUB_OUTPUT",
        "GITHUB_STEP_SUMMARY",
        "GITHUB_REPOSITORY",
        "GITHUB_SHA",
        "GITHUB_REF",
    }
    for step in SCRIPTS:
        used = set(re.findall(r"\$\{?([A-Z][A-Z_]+)", step["run"]))
        assert used <= set(step["env"]) | runner
        assert set(step["env"]) - {"GH_TOKEN", "MLCHECK_CACHE"} <= used


def test_the_page_has_every_input_and_output() -> None:
    text = (ROOT / "docs/ci.md").read_text("utf-8")
    rows = re.findall(r"^\| `([\w-]+)` \| ", text[text.index("| input |") :], re.MULTILINE)
    assert rows == [*ACTION["inputs"], *ACTION["outputs"]]


# Installing


@pytest.mark.parametrize(
    ("version", "extras", "what"),
    [
        ("", "", "ACTION"),
        ("", "sentence-transformers", "ACTION[sentence-transformers]"),
        ("1.2.3", "", "mlcheck==1.2.3"),
        ("1.2.3", "a,b", "mlcheck[a,b]==1.2.3"),
        ("$(touch x)", "`touch x`", "mlcheck[`touch x`]==$(touch x)"),
    ],
)
def test_what_is_installed(step: Run, folder: Path, version: str, extras: str, what: str) -> None:
    python = folder / "python"
    python.write_text(
        "#!/bin/sh\nprintf '%s\\0' \"$@\" >> calls; printf '\\n' >> calls\n"
        'if [ "$2" = venv ]; then cp "$0" "$3/bin/python"; fi\n'
    )
    python.chmod(0o755)
    done = step("Install mlcheck", {"version": version, "extras": extras, "python": "python"})
    assert (done.status, done.err) == (0, "")
    wanted = what.replace("ACTION", str(folder / "action"))
    assert done.calls == [
        ["-m", "venv", str(folder / "temp/mlcheck")],
        ["-m", "pip", "install", "--quiet", wanted],
    ]
    assert not (folder / "x").exists()


@pytest.mark.parametrize(
    ("version", "extras", "wanted"),
    [("", "", "9.8.7-"), ("1.2.3", "a,b", "1.2.3-a-b"), ("1\nkey=x $(touch x)", "", "1-key-x---touch-x--")],
)
def test_what_is_kept_goes_by_the_version(
    step: Run, folder: Path, version: str, extras: str, wanted: str
) -> None:
    (folder / "action/mlcheck").mkdir(parents=True)
    (folder / "action/mlcheck/_version.py").write_text('"""Ours."""\n\n__version__ = "9.8.7"\n')
    given = {"version": version, "extras": extras, "python": sys.executable}
    done = step("Find what is kept", given, RUNNER_OS="Linux", RUNNER_ARCH="X64")
    assert done.status == 0, done.err
    python = ".".join(map(str, sys.version_info[:2]))
    assert done.outputs["key"] == f"mlcheck-Linux-X64-{wanted}-python{python}"
    assert done.outputs["mlcheck"] == str(folder / "temp/mlcheck-cache")
    assert done.outputs.keys() == {"key", "pip", "mlcheck"}
    assert not (folder / "x").exists()


# Checking


def words(done: Outcome) -> list[list[str]]:
    return [[word for word in call if not word.startswith("--output=")] for call in done.calls]


def test_without_inputs_it_checks_all_pairs(step: Run, folder: Path) -> None:
    done = step("Check")
    assert words(done) == [["check", "--format=github", "--format=markdown"]]
    assert done.status == 0
    assert done.outputs == {"exit-code": "0", "report": str(folder / "temp/mlcheck-report")}
    assert done.summary == "report \n"
    assert done.out == "report \n"


@pytest.mark.parametrize(
    ("changed", "base", "since"),
    [
        ("", "", None),
        ("", "abc", "abc..."),
        ("main...", "", "main..."),
        ("main", "abc", "main"),
        ("all", "abc", None),
        ("--output=x", "", "--output=x"),
    ],
)
def test_since_when(step: Run, changed: str, base: str, since: str | None) -> None:
    done = step("Check", {"changed": changed, "summary": "false"}, base=base)
    wanted = [] if since is None else [f"--changed={since}"]
    assert words(done) == [["check", *wanted, "--format=github"]]


def test_inputs_are_arguments(step: Run) -> None:
    inputs = {"args": "--model\nuse-v3\n\n-v\n", "baseline": "b c.json", "fail-on": "info", "format": "junit"}
    done = step("Check", {**inputs, "summary": "false"})
    assert words(done) == [
        ["check", "--fail-on=info", "--baseline=b c.json", "--model", "use-v3", "-v", "--format=junit"]
    ]
    assert done.out == ""


EVIL = [
    "$(touch pwned)",
    "`touch pwned`",
    '"; touch pwned; "',
    "'; touch pwned; '",
    "a && touch pwned",
    "*",
    "-x",
]


@pytest.mark.parametrize("text", EVIL)
@pytest.mark.parametrize(
    "name", ["changed", "args", "baseline", "fail-on", "format", "summary", "upload-sarif"]
)
def test_no_input_is_a_command(step: Run, folder: Path, name: str, text: str) -> None:
    done = step("Check", {name: text}, base=text)
    assert done.err == ""
    assert not (folder / "pwned").exists()
    if name in ("changed", "args", "baseline", "fail-on", "format"):
        assert any(text in word for word in done.calls[0])


@pytest.mark.parametrize("status", ["0", "1", "2"])
def test_the_exit_code_is_that_of_the_check(step: Run, status: str) -> None:
    done = step("Check", STUB_STATUS=status)
    assert (done.status, done.outputs["exit-code"]) == (int(status), status)
    assert len(done.calls) == 1


def test_without_a_report_it_stops(step: Run) -> None:
    done = step("Check", STUB_STATUS="2", STUB_REPORT="no")
    assert (done.status, done.outputs, done.summary) == (2, {"exit-code": "2"}, "")
    assert len(done.calls) == 1


def test_a_text_in_the_log_is_no_command_of_the_runner(step: Run) -> None:
    done = step("Check", {"format": "text"}, STUB_REPORT="::add-mask::x")
    first, text, last = done.out.splitlines()
    stop = re.fullmatch(r"::stop-commands::(mlcheck-[0-9a-f]{32})", first)
    assert stop
    assert (text, last) == ("report ::add-mask::x", f"::{stop[1]}::")


def test_a_summary_that_is_too_long(step: Run, folder: Path) -> None:
    mlcheck = folder / "temp/mlcheck/bin/mlcheck"
    mlcheck.write_text(STUB.replace('echo "report ${STUB_REPORT-}"', "head -c 1000001 /dev/zero"))
    assert step("Check", {"format": "json"}).summary == "mlcheck: the report is too long for a summary\n"


# Code scanning


def test_sarif_is_sent(step: Run, folder: Path) -> None:
    done = step("Check", {"upload-sarif": "true"}, STUB_REPORT="of sarif")
    (call,) = done.calls
    file = str(folder / "temp/mlcheck-report")
    outputs = [("github", file), ("markdown", f"{file}.md"), ("sarif", f"{file}.sarif")]
    assert call[1:] == [word for f, o in outputs for word in (f"--format={f}", f"--output={o}")]
    gh = folder / "gh"
    gh.write_text('#!/bin/sh\nprintf \'%s\\0\' "$GH_TOKEN" "$@" > sent\n')
    gh.chmod(0o755)
    repository = {"GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "abc", "GITHUB_REF": "refs/pull/1/merge"}
    assert step("Send it to code scanning", {"token": "secret"}, **repository).status == 0
    sent = (folder / "sent").read_text().split("\0")
    assert sent[:5] == ["secret", "api", "--method", "POST", "repos/o/r/code-scanning/sarifs"]
    assert {"commit_sha=abc", "ref=refs/pull/1/merge"} < set(sent)
    (file,) = (word.removeprefix("sarif=@") for word in sent if word.startswith("sarif=@"))
    assert gzip.decompress(base64.b64decode(Path(file).read_text(), validate=True)) == b"report of sarif\n"


def test_nothing_is_sent_unasked_nor_without_a_report() -> None:
    condition = STEPS["Send it to code scanning"]["if"]
    assert "inputs.upload-sarif == 'true'" in condition
    assert "steps.check.outputs.report != ''" in condition


# With the real mlcheck


@pytest.fixture
def repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two pairs, of which one has changed and lost a paragraph; and the real mlcheck."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    real = f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m mlcheck "$@"\n'
    for place in (folder / "temp/mlcheck/bin/mlcheck", folder / "mlcheck"):
        place.write_text(real)
        place.chmod(0o755)
    (folder / ".gitignore").write_text("/*\n!/content\n!/mlcheck.toml\n")
    (folder / "mlcheck.toml").write_text('pairs = ["content/{lang}/{name}.txt"]\nmodel = "e5-small"\n')
    for language in ("en", "ru"):
        (folder / "content" / language).mkdir(parents=True)
        text = (ROOT / f"samples/call.{language}.txt").read_text("utf-8")
        for name in ("a", "b"):
            (folder / f"content/{language}/{name}.txt").write_text(text, encoding="utf-8")
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    for command in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-qm", "first")):
        subprocess.run(["git", *who, *command], cwd=folder, check=True)
    return folder


def lose(repository: Path) -> str:
    """Leaves a paragraph out of a Russian version."""
    path = repository / "content/ru/a.txt"
    paragraphs = path.read_text("utf-8").split("\n\n")
    path.write_text("\n\n".join([*paragraphs[:7], *paragraphs[8:]]), encoding="utf-8")
    return path.name


@pytest.mark.model
def test_the_action_with_the_real_mlcheck(step: Run, repository: Path) -> None:
    inputs = {"format": "json", "changed": "HEAD", "summary": "false"}
    home = {"HOME": os.environ.get("HOME", "/"), "MLCHECK_CACHE": os.environ.get("MLCHECK_CACHE", "")}
    home = {name: value for name, value in home.items() if value}
    done = step("Check", inputs, **home)
    assert (done.status, json.loads(Path(done.outputs["report"]).read_text())["reports"]) == (0, [])
    assert done.err == "mlcheck: no file of any of the 2 pairs changed since HEAD; nothing to check\n"
    lose(repository)
    done = step("Check", inputs, **home)
    (report,) = json.loads(Path(done.outputs["report"]).read_text())["reports"]
    assert done.status == 1
    assert report["documents"][1]["path"] == "content/ru/a.txt"
    assert report["notes"][-1] == {
        "code": "one-side-changed",
        "message": "only content/ru/a.txt changed since HEAD; content/en/a.txt did not",
    }
    done = step("Check", {**inputs, "changed": "nowhere"}, **home)
    assert (done.status, done.err) == (
        2,
        "mlcheck: --changed: no revision 'nowhere' here; fetch it, or name one of git log\n",
    )
    assert "report" not in dict(line.split("=") for line in (repository / "output").read_text().split()[-1:])


# pre-commit


def test_the_hook_names_no_files() -> None:
    (hook,) = HOOKS
    assert hook["id"] == "mlcheck"
    assert hook["language"] == "python"
    assert hook["pass_filenames"] is False
    assert hook["require_serial"] is True
    assert set(hook) <= {
        "id", "name", "description", "language", "entry", "args", "pass_filenames", "require_serial",
    }  # fmt: skip


@pytest.mark.model
def test_the_hook_checks_what_is_staged(repository: Path) -> None:
    (hook,) = HOOKS
    command = [*hook["entry"].split(), *hook["args"]]
    command[0] = str(repository / "mlcheck")

    def run() -> tuple[int, str, str]:
        done = subprocess.run(command, cwd=repository, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    lose(repository)
    assert run() == (
        0, "Nothing was checked.\n", "mlcheck: no file of any of the 2 pairs is staged; nothing to check\n",
    )  # fmt: skip
    subprocess.run(["git", "add", "content/ru/a.txt"], cwd=repository, check=True)
    status, out, err = run()
    assert (status, err) == (1, "")
    assert "has no counterpart in the Russian version" in out
    assert "only content/ru/a.txt changed for this commit; content/en/a.txt did not" in " ".join(out.split())


# GitLab


def gitlab(folder: Path, **environment: str) -> list[list[str]]:
    (folder / "bin").mkdir(exist_ok=True)
    for name in ("mlcheck", "python"):
        (folder / "bin" / name).write_text(STUB.replace("printf", f"printf '{name}\\0' >> calls; printf", 1))
        (folder / "bin" / name).chmod(0o755)
    job = GITLAB["mlcheck"]
    script = "set -eo pipefail\n" + "\n".join([*job["before_script"], *job["script"]])
    variables = {key: value for key, value in job["variables"].items() if "$" not in value}
    subprocess.run(
        ["bash", "-c", script],
        cwd=folder,
        env={"PATH": f"{folder}/bin:{os.environ['PATH']}", **variables, **environment},
        check=True,
    )
    lines = (folder / "calls").read_bytes().split(b"\0\n")
    (folder / "calls").unlink()
    return [line.decode().split("\0") for line in lines if line]


def test_the_gitlab_job(folder: Path) -> None:
    install, check = gitlab(folder)
    assert install == ["python", "-m", "pip", "install", "--quiet", "mlcheck"]
    assert check == ["mlcheck", "check", "--format=junit", "--output=mlcheck.xml"]
    check = gitlab(folder, CI_MERGE_REQUEST_DIFF_BASE_SHA="abc")[1]
    assert check == ["mlcheck", "check", "--changed=abc", "--format=junit", "--output=mlcheck.xml"]


def test_the_gitlab_job_keeps_the_report_of_a_failure() -> None:
    (job,) = GITLAB.values()
    artifacts: Any = job["artifacts"]
    assert artifacts["when"] == "always"
    assert artifacts["reports"] == {"junit": "mlcheck.xml"}
    assert any(f"--output={artifacts['reports']['junit']}" in line for line in job["script"])
    assert job["variables"]["GIT_DEPTH"] == "0"
