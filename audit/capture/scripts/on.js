// Calls one of the helpers in notes, such as ("hover", "place"), with the element that this function is called on.
(function (...names) {
  const helper = names.reduce((at, name) => at[name], window[Symbol.for("stepfree.capture")]);
  return helper(this);
});
