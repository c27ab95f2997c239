// Whether fields for names, passwords and codes take what is pasted. Gives [{refused, keys}], the fields under notes.pasted.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  const wanted = (field) =>
    field.type === "password" ||
    /\b(?:username|current-password|new-password|one-time-code|email)\b/.test(field.autocomplete);
  notes.pasted = [...document.querySelectorAll("input")]
    .filter(
      (field) =>
        wanted(field) && !field.disabled && !field.readOnly && field.checkVisibility({ visibilityProperty: true }),
    )
    .slice(0, 12);
  return notes.pasted.map((field) => {
    const text = "Paste-1234";
    const data = new DataTransfer();
    data.setData("text/plain", text);
    const was = field.value;
    const free = field.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true, composed: true }),
    );
    // A page may put the text in by itself, or share it out among the fields of a code.
    const taken = notes.pasted.some(
      (each) => each.value !== "" && text.includes(each.value) && (each !== field || each.value !== was),
    );
    const key = new KeyboardEvent("keydown", {
      key: "v",
      code: "KeyV",
      keyCode: 86,
      ctrlKey: true,
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    const keys = !field.dispatchEvent(key);
    return { refused: !free && !taken, keys };
  });
})();
