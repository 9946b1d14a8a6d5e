"""A headless Chromium spoken to through a pipe (the DevTools protocol), without any driver or library between."""

from __future__ import annotations

import json
import os
import select
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Mapping
from typing import Any

FLAGS = (
    "--headless=new",
    "--no-sandbox",  # a container's root may not make a sandbox; the pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-proxy-server",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
PATIENCE_SECONDS = 30
SETTLED = """(async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
})()"""


def program() -> str | None:
    """Return the path of a Chromium on this machine, None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


class ChromiumError(Exception):
    """Chromium could not be asked, or the page threw an error."""


class Chromium:
    """One browser with one tab; `events` holds what the tab has reported since the last `open`."""

    def __init__(self, path: str) -> None:
        self._profile = tempfile.mkdtemp(prefix="chromium-")
        to_browser, from_us = os.pipe()
        from_browser, to_us = os.pipe()
        self._process = subprocess.Popen(
            [path, *FLAGS, f"--user-data-dir={self._profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(3, 4),
            preexec_fn=lambda: _as_three_and_four(to_browser, to_us),
        )
        os.close(to_browser)
        os.close(to_us)
        self._out, self._in = from_us, from_browser
        self._buffer, self._number, self._session, self._scripts_on = b"", 0, "", True
        self.events: deque[Mapping[str, Any]] = deque()
        self._attach()

    def close(self) -> None:
        """End the browser and remove its profile."""
        self._process.terminate()
        self._process.wait(20)
        os.close(self._out)
        os.close(self._in)
        shutil.rmtree(self._profile, ignore_errors=True)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask one thing of the tab and return the answer; events that come meanwhile are kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        message |= {"sessionId": self._session} if self._session else {}
        self._write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                break
            self.events.append(answer)
        if "error" in answer:
            raise ChromiumError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, address: str, *, width: int = 1280, height: int = 900, scheme: str = "light") -> None:
        """Load a page in a window of a size and colour scheme, and wait until it is drawn."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=features)
        for target in ("about:blank", address):
            self.events.clear()
            self.call("Page.navigate", url=target)
            self._wait_for("Page.loadEventFired")
        if self._scripts_on:
            self.run(SETTLED)

    def run(self, script: str) -> Any:
        """Run JavaScript in the page and return its value; promises are awaited."""
        answer = self.call("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise ChromiumError(str(answer["exceptionDetails"].get("exception", {}).get("description", answer)))
        return answer["result"].get("value")

    def press(self, key: str, code: int = 0, text: str = "") -> None:
        """Press and release a key."""
        event = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **event)
        self.call("Input.dispatchKeyEvent", type="keyUp", **event)

    def scripts(self, *, on: bool) -> None:
        """Switch the page's own JavaScript on or off for the pages opened from now on."""
        self.call("Emulation.setScriptExecutionDisabled", value=not on)
        self._scripts_on = on

    def requested(self) -> list[str]:
        """Return the addresses requested since `open`."""
        sent = [event for event in self.events if event.get("method") == "Network.requestWillBeSent"]
        return [event["params"]["request"]["url"] for event in sent]

    def complaints(self) -> list[str]:
        """Return what the page put on the console, uncaught errors, and requests that failed, since `open`."""
        told = {"Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded", "Network.loadingFailed"}
        return [json.dumps(event["params"]) for event in self.events if event.get("method") in told]

    def _attach(self) -> None:
        targets = self.call("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        attached = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def _wait_for(self, method: str) -> None:
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._next())

    def _write(self, data: bytes) -> None:
        while data:
            data = data[os.write(self._out, data) :]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], PATIENCE_SECONDS)
            read = os.read(self._in, 1 << 20) if ready else b""
            if not read:
                raise ChromiumError("Chromium has ended" if ready else "Chromium does not answer")
            self._buffer += read
        line, self._buffer = self._buffer.split(b"\0", 1)
        message: dict[str, Any] = json.loads(line)
        return message


def _as_three_and_four(reading: int, writing: int) -> None:
    """Give the child its pipe as file descriptors 3 and 4, by way of high numbers so that neither hides the other."""
    high = [os.dup2(descriptor, 90 + index) for index, descriptor in enumerate((reading, writing))]
    for descriptor, wanted in zip(high, (3, 4), strict=True):
        os.dup2(descriptor, wanted)
