// Helpers for trying forms. Leaves {forms, fields} under notes.trial.
(() => {
  const notes = window[Symbol.for("stepfree.capture")];
  const fields = (root) =>
    [...root.querySelectorAll("input, select, textarea")].filter(
      (each) =>
        !each.disabled &&
        !each.readOnly &&
        each.checkVisibility({ visibilityProperty: true }) &&
        !["hidden", "submit", "button", "reset", "image", "file"].includes(each.type),
    );
  const WRONG = { email: "not an address", url: "not an address", number: "", tel: "x", date: "", text: "" };
  const wrong = (field) => {
    const label =
      `${field.name} ${field.id} ${field.autocomplete} ${field.labels?.[0]?.textContent ?? ""}`.toLowerCase();
    if (field.type === "email" || /e-?mail|courriel/.test(label)) return WRONG.email;
    if (field.type === "url") return WRONG.url;
    if (field.type === "number" && (field.min !== "" || field.max !== ""))
      return field.min !== "" ? String(Number(field.min) - 1) : String(Number(field.max) + 1);
    return "";
  };
  const shown = () => {
    const found = new Map();
    const walker = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      const text = node.data.replace(/\s+/g, " ").trim();
      if (
        text &&
        parent &&
        !parent.closest("script, style, noscript, template") &&
        parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      ) {
        found.set(node, text);
      }
    }
    return found;
  };
  // Words and pictures beside a field that come and go.
  const signs = (element) =>
    `${element.checkVisibility({ visibilityProperty: true, opacityProperty: true })}|` +
    ["::before", "::after"].map((part) => getComputedStyle(element, part).content).join();
  // What a field and its label look like: colours, edges, and whatever else could tell of a mistake.
  const looks = (field) =>
    [field, field.labels?.[0], field.parentElement].filter(Boolean).map((each) => {
      const style = getComputedStyle(each),
        before = getComputedStyle(each, "::before"),
        after = getComputedStyle(each, "::after");
      const edges = ["top", "right", "bottom", "left"];
      return [
        [
          style.color,
          style.backgroundColor,
          style.outlineColor,
          style.boxShadow,
          ...edges.map((edge) => style.getPropertyValue(`border-${edge}-color`)),
        ].join(),
        [
          style.outlineStyle,
          style.outlineWidth,
          style.fontWeight,
          ...edges.flatMap((edge) => [
            style.getPropertyValue(`border-${edge}-style`),
            style.getPropertyValue(`border-${edge}-width`),
          ]),
        ].join(),
        [
          style.backgroundImage,
          style.textDecorationLine,
          before.content,
          after.content,
          each.childElementCount,
          ...(each === field.parentElement ? [...each.children].filter((other) => other !== field).map(signs) : []),
        ].join(),
      ];
    });
  notes.trial = {
    forms: [...document.forms].filter((form) => fields(form).length),
    fields,
    enter(form, empty) {
      const entered = [];
      for (const field of fields(form)) {
        if (["checkbox", "radio"].includes(field.type)) {
          field.checked = false;
          entered.push("off");
          continue;
        }
        if (field.localName === "select") {
          entered.push(field.value);
          continue;
        }
        const value = empty ? "" : wrong(field);
        const setter = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set;
        setter.call(field, value);
        field.dispatchEvent(new Event("input", { bubbles: true }));
        field.dispatchEvent(new Event("change", { bubbles: true }));
        entered.push(value);
      }
      return entered;
    },
    around() {
      return notes.trial.messages.flatMap((each) => [each.element, each.field]);
    },
    async send(form) {
      const before = shown();
      document.activeElement?.blur?.();
      const looked = new Map(fields(form).map((each) => [each, looks(each)]));
      const had = new Set(fields(form).filter((each) => each.getAttribute("aria-invalid") === "true"));
      let sent = 0;
      const count = (event) => {
        sent += 1;
        notes.trial.prevented = event.defaultPrevented;
      };
      addEventListener("submit", count);
      const native = !form.noValidate && !form.checkValidity();
      const button = form.querySelector(
        "button:not([type=button]):not([type=reset]), input[type=submit], input[type=image]",
      );
      notes.trial.departed = false;
      // Where focus is afterwards is told only when it was put there by this form.
      document.activeElement?.blur?.();
      notes.live.listen();
      if (button && !button.disabled) button.click();
      else form.requestSubmit();
      await new Promise((done) => notes.later(done, 300));
      removeEventListener("submit", count);
      const messages = [];
      for (const [node, text] of shown()) {
        if (before.get(node) === text) continue;
        const parent = node.parentElement;
        const ids = [];
        for (let at = parent; at && at !== form; at = at.parentElement) if (at.id) ids.push(at.id);
        const field =
          fields(document).find((each) =>
            ["aria-describedby", "aria-errormessage", "aria-labelledby"].some((name) =>
              (each.getAttribute(name) ?? "").split(/\s+/).some((id) => ids.includes(id)),
            ),
          ) ??
          parent.closest("label")?.control ??
          null;
        messages.push({
          element: parent,
          text: text.slice(0, 300),
          exposed: !parent.closest("[aria-hidden=true], [inert]"),
          field,
          live: !!parent.closest("[role=alert], [role=status], [aria-live]:not([aria-live=off])"),
        });
      }
      if (messages.length && !messages.some((each) => each.live)) {
        // The same words may be said a moment later in a place that is announced.
        await notes.live.late();
        if (notes.live.heard().length) for (const each of messages) each.live = true;
      }
      notes.trial.messages = messages;
      notes.trial.focused = document.activeElement === document.body ? null : document.activeElement;
      const now = (field) =>
        looks(field).map((each, at) => [0, 1, 2].map((which) => each[which] !== looked.get(field)?.[at]?.[which]));
      document.activeElement?.blur?.();
      const others = fields(form).filter((each) => looked.has(each) && now(each).flat().some(Boolean));
      const plain = others.filter((each) => !now(each).some(([, , other]) => other));
      notes.trial.recoloured = plain.filter((each) => !now(each).some(([, edges]) => edges));
      notes.trial.restyled = plain.filter((each) => !notes.trial.recoloured.includes(each));
      notes.trial.focused?.focus?.();
      notes.trial.invalid = fields(form).filter(
        (each) => each.getAttribute("aria-invalid") === "true" && !had.has(each),
      );
      return { native, sent, messages: messages.map(({ text, exposed, live }) => ({ text, exposed, live })) };
    },
  };
  return notes.trial.forms.map((form) => fields(form).length);
})();
