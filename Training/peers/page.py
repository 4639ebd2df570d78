#!/usr/bin/env python3
"""The Azure usage page in a browser, as a person uses it.

Usage: python page.py PAGE.html

Opens what `churn-risk report` wrote in headless Chromium (Debian: chromium, chromium-driver; PyPI: selenium), at
1280 and at 390 pixels, and sorts a table by a button in its heading and by the keyboard, searches it, shows all
its rows, points at a chart for its tooltip, opens the data of a chart, and turns the system's dark mode on. Ends
with 1 and says what was wrong when anything was, a message on the console or a request among it.
"""

import pathlib
import sys
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

problems = []


def expect(claim, what):
    if not claim:
        problems.append(what)


def started(width):
    options = webdriver.ChromeOptions()
    for flag in ["--headless=new", "--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 800})
    scheme(driver, "light")
    return driver


def scheme(driver, name):
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": name},
                      {"name": "prefers-reduced-motion", "value": "reduce"}]})


def shown(table):
    return [row for row in table.find_elements(By.CSS_SELECTOR, "tbody tr") if row.is_displayed()]


def column(table, index):
    return [
        cell.get_attribute("data-k") or cell.text
        for cell in table.find_elements(By.CSS_SELECTOR, f"tbody tr > :nth-child({index + 1})")]


def sorting(driver, table):
    headings = table.find_elements(By.CSS_SELECTOR, "thead th")
    numbers = [index for index, one in enumerate(headings) if "n" in (one.get_attribute("class") or "").split()]
    button = headings[numbers[0]].find_element(By.TAG_NAME, "button")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    button.click()
    values = [float(value) for value in column(table, numbers[0]) if value not in ("", "–")]
    expect(values == sorted(values), "a click on a heading does not sort upwards")
    expect(headings[numbers[0]].get_attribute("aria-sort") == "ascending", "aria-sort is not ascending")
    button.send_keys(Keys.ENTER)
    values = [float(value) for value in column(table, numbers[0]) if value not in ("", "–")]
    expect(values == sorted(values, reverse=True), "Enter on a heading does not sort downwards")
    expect(headings[numbers[0]].get_attribute("aria-sort") == "descending", "aria-sort is not descending")
    others = [one.get_attribute("aria-sort") for index, one in enumerate(headings) if index != numbers[0]]
    expect(set(others) == {"none"}, "another column claims to be sorted")


def searching(driver, table):
    field = driver.find_element(By.ID, table.get_attribute("id") + "-find")
    label = driver.find_element(By.CSS_SELECTOR, f"label[for='{field.get_attribute('id')}']")
    expect(label.text.startswith("Search"), "the search has no label")
    word = table.find_element(By.CSS_SELECTOR, "tbody tr:last-child .nm").get_attribute("textContent")[:20]
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", field)
    field.send_keys(word)
    rows = shown(table)
    expect(rows and all(word.lower() in row.get_attribute("textContent").lower() for row in rows),
           f"the search for {word!r} shows {len(rows)} rows, or wrong ones")
    field.clear()
    field.send_keys("no such customer anywhere")
    expect(not shown(table), "a search without a hit shows rows")
    field.clear()
    field.send_keys(" ", Keys.BACKSPACE)
    more = [one for one in driver.find_elements(By.CSS_SELECTOR, f"#{table.get_attribute('id')} ~ .more")
            if one.is_displayed()]
    if more:
        driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", more[0])
        more[0].click()
    expect(len(shown(table)) == len(table.find_elements(By.CSS_SELECTOR, "tbody tr")), "not all rows are shown")


def charts(driver):
    canvases = driver.find_elements(By.TAG_NAME, "canvas")
    count = driver.execute_script("return document.documentElement.dataset.charts")
    expect(count == str(len(canvases)), f"{count} of {len(canvases)} charts are drawn")
    if not canvases:
        return
    canvas = canvases[0]
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", canvas)
    ActionChains(driver).move_to_element(canvas).perform()
    time.sleep(0.3)
    lines = driver.execute_script(
        "const t = Chart.getChart(arguments[0]).tooltip; return t && t.opacity > 0 ? t.body.length : 0", canvas)
    expect(lines > 0, "pointing at a chart opens no tooltip")
    summary = driver.find_element(By.CSS_SELECTOR, "figure details summary")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", summary)
    summary.send_keys(Keys.ENTER)
    expect(driver.find_element(By.CSS_SELECTOR, "figure details table").is_displayed(),
           "the data of a chart does not open by the keyboard")
    pixels = "return arguments[0].toDataURL().length + ' ' + Chart.getChart(arguments[0]).data.datasets[0].borderColor"
    light = driver.execute_script(pixels, canvas)
    background = "return getComputedStyle(document.body).backgroundColor"
    before = driver.execute_script(background)
    scheme(driver, "dark")
    time.sleep(0.3)
    expect(driver.execute_script(background) != before, "dark mode does not change the page")
    expect(driver.execute_script(pixels, canvas) != light, "dark mode does not change a chart")
    scheme(driver, "light")


def quiet(driver):
    for entry in driver.get_log("browser"):
        problems.append(f"console: {entry['message'][:300]}")
    for entry in driver.get_log("performance"):
        message = entry["message"]
        if '"Network.requestWillBeSent"' in message and '"url":"file://' not in message:
            problems.append(f"a request: {message[:300]}")


def main(path):
    address = pathlib.Path(path).resolve().as_uri()
    for width in [1280, 390]:
        driver = started(width)
        driver.get(address)
        time.sleep(0.3)
        scroll = driver.execute_script("return document.documentElement.scrollWidth")
        expect(scroll <= width, f"at {width} pixels the page is {scroll} wide")
        searchable = driver.find_elements(By.CSS_SELECTOR, "table[data-find]")
        if width == 1280:
            named = [one for one in searchable if one.find_elements(By.CSS_SELECTOR, ".nm")]
            expect(named, "no table is long enough to be searched")
            for table in named[:1]:
                sorting(driver, table)
                searching(driver, table)
            charts(driver)
        elif searchable:
            pick = driver.find_element(By.ID, searchable[0].get_attribute("id") + "-order")
            expect(pick.is_displayed(), "a telephone has nothing to sort by")
        quiet(driver)
        driver.quit()
    for problem in problems:
        print(problem)
    print("the page works" if not problems else f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
