"""Serves a small house from a process of its own; the arguments are its folder and how long a score takes."""

import sys
import time
from pathlib import Path

from matcher.web.serve import serve
from tests.fakes import BagOfWords
from tests.web.houses import make_house


def main() -> None:
    home, seconds = Path(sys.argv[1]), float(sys.argv[2])
    encode = BagOfWords.encode

    def slowly(self: BagOfWords, texts):  # noqa: ANN001, ANN202
        time.sleep(seconds)
        return encode(self, texts)

    BagOfWords.encode = slowly  # type: ignore[method-assign]
    serve(make_house(home, port=0, threads=4, receive_seconds=1))


if __name__ == "__main__":
    main()
