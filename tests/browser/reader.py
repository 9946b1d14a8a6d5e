"""A reader with a real Chromium, driven by Playwright: opens pages, and keeps what they asked for and complained of."""

from __future__ import annotations

import os
import shutil
import time
from typing import Any, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Playwright, ViewportSize

FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--no-proxy-server",
    # Whatever a page may ask for, no test ever reaches a network.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
)
PATIENCE_MILLISECONDS = 20_000
SETTLED = """async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def program() -> str | None:
    """Return the path of a Chromium on this machine, None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def launch(playwright: Playwright, path: str) -> Browser:
    """Start the machine's own Chromium; the sandbox is left out for root alone, who may not make one."""
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS), chromium_sandbox=os.geteuid() != 0)


class Reader:
    """One visitor of one test: cookies, storage and cache start empty, and live as long as the test.

    `requested` holds the addresses asked for since `open`, `complaints` what went to the console, uncaught errors
    (breaches of a Content-Security-Policy among them), requests that failed and dialogs, which are dismissed.
    `bypass_csp` opens pages as if they had no Content-Security-Policy.
    """

    def __init__(self, browser: Browser, site: str, *, bypass_csp: bool = False) -> None:
        self._browser, self.site, self._bypass_csp = browser, site, bypass_csp
        self._contexts: dict[tuple[bool, bool], BrowserContext] = {}
        self._page: Page | None = None
        self.requested: list[str] = []
        self.complaints: list[str] = []

    def open(
        self,
        address: str,
        *,
        width: int = 1280,
        height: int = 900,
        scheme: Literal["light", "dark"] = "light",
        scripts: bool = True,
        forced_colors: bool = False,
        reduced_motion: bool = False,
        media: Literal["screen", "print"] = "screen",
    ) -> Page:
        """Load a page (a path of the reader's site, or a whole address) in a window, and wait until it is drawn."""
        page = self._fresh_page(scripts=scripts, mobile=width < 600, size={"width": width, "height": height})
        page.emulate_media(
            color_scheme=scheme,
            forced_colors="active" if forced_colors else "none",
            reduced_motion="reduce" if reduced_motion else "no-preference",
            media=media,
        )
        page.goto(address if urlsplit(address).scheme else self.site + address)
        if scripts:
            page.evaluate(SETTLED)
        return page

    @property
    def origins(self) -> set[str]:
        """Return the origins that were asked for anything since `open`."""
        parts = [urlsplit(address) for address in self.requested]
        return {f"{part.scheme}://{part.netloc}" for part in parts}

    def answer_for(self, origin: str) -> None:
        """Let the reader's site answer for another origin, the one it will be published under."""
        for mobile in (False, True):
            context = self._context(scripts=True, mobile=mobile)
            context.route(f"{origin}/**", lambda route: route.fulfill(response=self._from_site(route, origin)))

    def delay(self, milliseconds: int) -> None:
        """Let what a page asks for arrive late, and its scripts after its first paint, as on a slow line."""
        for mobile in (False, True):
            self._context(scripts=True, mobile=mobile).route("**/*", lambda route: self._late(route, milliseconds))

    def close(self) -> None:
        """Forget everything of this visitor."""
        for context in self._contexts.values():
            context.unroute_all(behavior="wait")  # an answer still under way fails when its context is gone
            context.close()

    def _late(self, route: Any, milliseconds: int) -> None:
        if route.request.resource_type in {"script", "fetch", "image", "font", "other"}:
            time.sleep(milliseconds / 1000)
        route.continue_()

    def _from_site(self, route: Any, origin: str) -> Any:
        return route.fetch(url=self.site + route.request.url.removeprefix(origin))

    def _fresh_page(self, *, scripts: bool, mobile: bool, size: ViewportSize) -> Page:
        if self._page:
            self._page.close()
        self.requested, self.complaints = [], []
        page = self._page = self._context(scripts=scripts, mobile=mobile).new_page()
        page.set_viewport_size(size)
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url} {request.failure}"))
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dismiss)
        return page

    def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _context(self, *, scripts: bool, mobile: bool) -> BrowserContext:
        if (scripts, mobile) not in self._contexts:
            context = self._browser.new_context(
                java_script_enabled=scripts, is_mobile=mobile, bypass_csp=self._bypass_csp
            )
            context.set_default_timeout(PATIENCE_MILLISECONDS)
            self._contexts[scripts, mobile] = context
        return self._contexts[scripts, mobile]
