// Puts a line of hyphens where the cursor stands in a text that is to be split. Without it the line is typed.
"use strict";
{
    const button = document.querySelector("[data-cut]");
    const box = button && document.getElementById(button.dataset.cut);

    function cut() {
        const before = box.value.slice(0, box.selectionStart).trimEnd();
        const after = box.value.slice(box.selectionEnd).trimStart();
        box.value = `${before}\n---\n${after}`;
        box.selectionStart = box.selectionEnd = before.length + 5;
        box.focus();
        box.dispatchEvent(new Event("change", {bubbles: true}));
    }

    if (box) {
        document.querySelectorAll(".needs-script").forEach((one) => {
            one.hidden = false;
        });
        button.addEventListener("click", cut);
        box.addEventListener("keydown", (event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
                event.preventDefault();
                cut();
            }
        });
    }
}
