"""A real S3 wire of our own, moto in a child: ``with S3() as server: … server.options``."""

import shutil
import sys
import tempfile
import urllib.request
from pathlib import Path
from typing import Self

from tests.services.process import Process, free_port


class S3:
    """Keeps everything in memory; listens on a free loopback port and has one bucket."""

    url = "s3://studio/media"

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="framewright-s3-"))
        self.port = free_port()
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        self._process = Process(command, log=self._folder / "log")
        self._process.wait_for("Running on")
        bucket = urllib.request.Request(f"{self._address}/studio", method="PUT")  # noqa: S310
        urllib.request.urlopen(bucket).close()  # noqa: S310 -- our own loopback address

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def options(self) -> dict[str, str]:
        """The standard variables a store is given."""
        return {
            "AWS_ENDPOINT_URL": self._address,
            "AWS_ACCESS_KEY_ID": "key",
            "AWS_SECRET_ACCESS_KEY": "secret",
            "AWS_REGION": "us-east-1",
        }

    def kill(self) -> None:
        self._process.kill()

    def close(self) -> None:
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
