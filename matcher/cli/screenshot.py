"""A page as a picture, by the Chromium of the machine where there is one."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_SECONDS = 60
_TALLEST = 12_000
_HEIGHT = re.compile(r'data-height="(\d+)"')
_MEASURE = "<script>document.documentElement.dataset.height = document.documentElement.scrollHeight</script></body>"


def browser() -> str | None:
    """Return the Chromium of this machine, None if there is none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def screenshot(program: str, html: str, target: Path, width: int) -> bool:
    """Write a picture of the whole page, `width` pixels wide; return whether that worked."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(html.replace("</body>", _MEASURE), encoding="utf-8")
        measured = _run(program, folder, f"--window-size={width},800", "--dump-dom", page.as_uri())
        found = _HEIGHT.search(measured or "")
        height = min(int(found[1]), _TALLEST) if found else _TALLEST
        page.write_text(html, encoding="utf-8")
        picture = Path(folder) / "page.png"
        _run(program, folder, f"--window-size={width},{height}", f"--screenshot={picture}", page.as_uri())
        if not picture.exists():
            return False
        shutil.copyfile(picture, target)
    return True


def _run(program: str, folder: str, *arguments: str) -> str | None:
    """Run the browser on a profile that is thrown away; as root it cannot have a sandbox."""
    flags = ["--headless", "--hide-scrollbars", "--disable-gpu", f"--user-data-dir={folder}/profile"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    command = [program, *flags, *arguments]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    return answer.stdout
