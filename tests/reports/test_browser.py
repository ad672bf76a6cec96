"""The page in a real browser: no error, and a step tells what happened when it is chosen."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from clusckpt.reports.page import page
from tests.reports.traces import subject, unrestored

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "this test opens the HTML report in Chromium, and {} is missing; "
    "install it (Debian: apt-get install chromium chromium-driver) and run the test again"
)


def found(*names: str) -> str:
    """The path of the first of some programs; without any the test fails, and never skips."""
    paths = (shutil.which(name) for name in names)
    path = next((path for path in paths if path), None)
    return path or pytest.fail(MISSING.format(names[0]))


def test_a_missing_browser_is_a_failure() -> None:
    """Without the browser the tests fail, never skip, and say what to install."""
    with pytest.raises(pytest.fail.Exception, match="apt-get install chromium chromium-driver"):
        found("no-such-browser")


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    """A browser without a window, which can reach nothing but files."""
    options = webdriver.ChromeOptions()
    options.binary_location = found(*BROWSERS)
    for argument in (
        "--headless=new",
        "--no-sandbox",  # root, as in a container, cannot have one
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--window-size=1280,900",
    ):
        options.add_argument(argument)
    service = webdriver.ChromeService(executable_path=found("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


@pytest.fixture
def opened(browser: webdriver.Chrome, tmp_path: Path) -> webdriver.Chrome:
    """The page about a violation, opened from a file."""
    file = tmp_path / "report.html"
    file.write_text(page([subject(unrestored())]), encoding="utf-8")
    browser.get(file.as_uri())
    return browser


def logged(driver: webdriver.Chrome) -> list[str]:
    """What the browser wrote to its console."""
    log: Callable[[str], list[dict[str, str]]] = driver.get_log
    return [entry["message"] for entry in log("browser")]


def panel(driver: webdriver.Chrome) -> str:
    """The text about the chosen step."""
    return driver.find_element(By.CSS_SELECTOR, ".panel").text


def test_choosing_a_step_tells_it(opened: webdriver.Chrome) -> None:
    """A click on a step shows its event, its answer, what was observed and what is violated."""
    first, broken = opened.find_elements(By.CSS_SELECTOR, "a.step")
    first.click()
    assert "R is asked to come online" in panel(opened)

    broken.click()

    told = panel(opened)
    assert "Group G is moved to N2 (MoveClusterGroup)" in told
    assert "ERROR_SUCCESS (0)" in told
    assert "Software\\App on N2: v = 'new'" in told
    assert "CKPT-RESTORE-BEFORE-ONLINE" in told
    assert broken.get_attribute("aria-pressed") == "true"
    assert logged(opened) == []


def test_the_violation_is_chosen_at_first(opened: webdriver.Chrome) -> None:
    """Before anybody chooses a step, the violating one is told."""
    assert panel(opened).startswith("Step 2")


def test_steps_are_chosen_with_the_keyboard(opened: webdriver.Chrome) -> None:
    """An arrow key goes to the next step; the space bar chooses the one that has the focus."""
    first, broken = opened.find_elements(By.CSS_SELECTOR, "a.step")
    opened.execute_script("arguments[0].focus()", first)

    first.send_keys(Keys.SPACE)
    assert panel(opened).startswith("Step 1")
    first.send_keys(Keys.ARROW_DOWN)

    assert panel(opened).startswith("Step 2")
    assert opened.switch_to.active_element == broken


def test_an_error_would_be_noticed(opened: webdriver.Chrome) -> None:
    """What goes wrong is logged: a script that the page does not contain is refused."""
    opened.execute_script(
        "const one = document.createElement('script');"
        "one.textContent = 'document.title = 1';"
        "document.body.append(one);"
    )

    assert any("Content Security Policy" in message for message in logged(opened))
    assert opened.title.startswith("clusckpt check")
