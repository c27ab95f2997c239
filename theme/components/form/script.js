// Forms marked data-check: an error summary with links to the fields takes the place of the browser's bubbles.
// Without this script the browser's own messages appear.
(function () {
  "use strict";
  document.querySelectorAll("form[data-check]").forEach(function (form) {
    form.noValidate = true;
    var words = JSON.parse(form.dataset.check);
    var title = document.title;
    form.addEventListener("submit", function (event) {
      clear(form);
      var wrong = Array.from(form.elements).filter(function (field) {
        return field.willValidate && (!field.validity.valid || (field.required && !field.value.trim()));
      });
      document.title = wrong.length ? words.error + ": " + title : title;
      if (!wrong.length) return;
      event.preventDefault();
      var summary = make("div", { class: "error-summary", tabindex: "-1", role: "group" });
      var heading = summary.appendChild(make("h2", { id: form.id + "-errors" }, words.heading));
      summary.setAttribute("aria-labelledby", heading.id);
      var list = summary.appendChild(make("ul", { class: "plain" }));
      wrong.forEach(function (field) {
        var message = field.dataset.error || field.validationMessage;
        var note = make("p", { class: "field-error", id: field.id + "-error" }, words.error + ": " + message);
        field.before(note);
        field.setAttribute("aria-invalid", "true");
        field.dataset.described = field.getAttribute("aria-describedby") || "";
        field.setAttribute("aria-describedby", (note.id + " " + field.dataset.described).trim());
        var link = make("a", { href: "#" + field.id }, message);
        link.addEventListener("click", function (click) {
          click.preventDefault();
          field.focus();
        });
        list.appendChild(make("li", {})).appendChild(link);
      });
      form.prepend(summary);
      summary.focus();
    });
  });

  function clear(form) {
    form.querySelectorAll(".error-summary, .field-error").forEach(function (old) {
      old.remove();
    });
    form.querySelectorAll("[aria-invalid]").forEach(function (field) {
      field.removeAttribute("aria-invalid");
      if (field.dataset.described) field.setAttribute("aria-describedby", field.dataset.described);
      else field.removeAttribute("aria-describedby");
    });
  }

  function make(name, attributes, text) {
    var element = document.createElement(name);
    Object.keys(attributes).forEach(function (key) {
      element.setAttribute(key, attributes[key]);
    });
    if (text) element.textContent = text;
    return element;
  }
})();
