// What a walk with keys asks of the control that this function is called on.
(function (way) {
  const key = Symbol.for("stepfree.capture");
  const GROUPS = ["tablist", "menu", "menubar", "radiogroup", "listbox", "toolbar", "tree", "grid"];
  const notes = (() => {
    try {
      return window.top[key] ?? window[key];
    } catch {
      return window[key];
    }
  })();
  const at = () => notes.describeFocus(null)?.element ?? null;
  const named = (element, attribute) => (element?.getAttribute(attribute) ?? "").split(/\s+/).filter(Boolean);
  const has = () => {
    const focused = at();
    if (focused === this) return true;
    return this.id !== "" && named(focused, "aria-activedescendant").includes(this.id);
  };
  // Whether arrow keys may lead here from what has focus: another choice of the same group, or what owns it.
  const near = () => {
    const focused = at();
    if (!focused) return false;
    if (this.type === "radio" && focused.type === "radio")
      return this.name === focused.name && this.form === focused.form;
    const group = this.closest(GROUPS.map((each) => `[role=${each}]`).join());
    if (!group) return false;
    const owned = ["aria-controls", "aria-owns"].flatMap((each) => named(focused, each));
    return group.contains(focused) || (group.id !== "" && owned.includes(group.id));
  };
  const ways = {
    begin: () => {
      notes.walked = new WeakSet();
      return has();
    },
    // After a key: whether focus is here, may be led here, is on nothing, or was there before.
    stop: () => {
      const focused = at();
      const seen = focused !== null && notes.walked.has(focused);
      if (focused) notes.walked.add(focused);
      return { here: has(), near: near(), nowhere: focused === null, seen, gone: !this.isConnected };
    },
    here: has,
    // Whether it is a list of the browser's own, and what may be chosen from it.
    options: () =>
      this.localName === "select"
        ? [...this.options].filter((each) => !each.disabled).map((each) => each.label.trim())
        : null,
    chosen: () => this.selectedOptions?.[0]?.label.trim() ?? null,
    checked: () =>
      this.checked === true || ["aria-checked", "aria-selected"].some((name) => this.getAttribute(name) === "true"),
  };
  return ways[way]();
});
