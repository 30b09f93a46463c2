"""Messages as files, for an installation without a broker service."""

from pathlib import Path
from time import time_ns
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps


class WholeMessageChannel(filesystem.Channel):  # type: ignore[misc]  # kombu has no types
    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        """Let a message appear whole: the worker takes any file it sees, also one that is still being written."""
        folder = Path(self.data_folder_out)
        message = folder / f"{time_ns()}_{uuid4()}.{queue}.msg"
        draft = message.with_suffix(".draft")
        draft.write_text(dumps(payload), encoding="utf-8")
        draft.rename(message)


class FileTransport(filesystem.Transport):  # type: ignore[misc]
    Channel = WholeMessageChannel
