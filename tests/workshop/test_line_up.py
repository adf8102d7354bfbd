from tests.workshop.conftest import SignIn, accessibility_faults

PAIR = "/admin/proposals/proposal/line-up/us-28-point-2025-11/e3-counter-2025-11/"


def test_shots(sign_in: SignIn) -> None:
    page = sign_in(PAIR, name="shooter")
    said=[]
    page.on("console", lambda m: said.append((m.text, m.location)))
    page.wait_for_timeout(500)
    print("A", said)
    page.screenshot(path="/tmp/lineup/1280.png")
    print("B", said)
    print(accessibility_faults(page))
    print("C", said)
    page.screenshot(path="/tmp/lineup/1280full.png", full_page=True)
    page.set_viewport_size({"width": 768, "height": 900})
    page.screenshot(path="/tmp/lineup/768.png")
    page.emulate_media(color_scheme="dark")
    page.screenshot(path="/tmp/lineup/768dark.png")
    page.keyboard.press("?")
    page.screenshot(path="/tmp/lineup/keys.png")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.screenshot(path="/tmp/lineup/hand.png")
