"""Messages as files, for an installation without a broker service."""

from pathlib import Path
from time import time_ns
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils import json


class WholeMessageChannel(filesystem.Channel):
    # kombu's own two signatures of this method differ.
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:  # type: ignore[override]
        """Write the message elsewhere first: the worker takes any file it sees, also a half-written one."""
        folder = Path(self.data_folder_out)
        path = folder / f"{time_ns()}_{uuid4()}.{queue}.msg"
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(payload), encoding="utf-8")
        draft.rename(path)


class FileTransport(filesystem.Transport):
    Channel = WholeMessageChannel
