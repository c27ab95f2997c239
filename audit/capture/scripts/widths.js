// The media queries of which a rule can meet something that is on the page now. The others can be true or false at any
// width: nothing looks otherwise for it.
(() => {
  const found = new Set();
  // What depends on a moment's state, or stands for a part of an element: any element may be meant.
  const STATES =
    /::?(?:before|after|first-line|first-letter|marker|placeholder|selection|backdrop|file-selector-button|-webkit-[\w-]+)\b|:(?:hover|focus-visible|focus-within|focus|active|target|visited|checked|disabled|enabled|open|user-invalid|user-valid|invalid|valid|placeholder-shown|autofill)\b/g;
  // Pseudo-classes whose answer follows from elements and attributes alone.
  const STEADY =
    /^(?:is|where|not|has|root|empty|lang|link|any-link|defined|(?:first|last|only)-(?:child|of-type)|nth-(?:last-)?(?:child|of-type))$/;
  const known = new Map();
  const meets = (selector) => {
    let asked = selector;
    // Within brackets another state may mean that fewer elements are met.
    if (STATES.test(selector)) asked = /[()]/.test(selector) ? null : selector.replace(STATES, ":is(*)");
    STATES.lastIndex = 0;
    if (asked === null || [...asked.matchAll(/:+([\w-]+)/g)].some(([, name]) => !STEADY.test(name))) return true;
    try {
      return document.querySelector(asked) !== null;
    } catch {
      return true;
    }
  };
  const matters = (rule) => {
    if (rule instanceof CSSMediaRule || rule instanceof CSSSupportsRule) return [...rule.cssRules].some(matters);
    if (!(rule instanceof CSSStyleRule) || rule.cssRules.length) return true;
    if (!rule.style.length) return false;
    if (!known.has(rule.selectorText)) known.set(rule.selectorText, meets(rule.selectorText));
    return known.get(rule.selectorText);
  };
  const walk = (rules, nested) => {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule) {
        if (nested || [...rule.cssRules].some(matters)) found.add(rule.conditionText);
      }
      if (rule instanceof CSSImportRule) {
        if (rule.media.mediaText) found.add(rule.media.mediaText);
        if (rule.styleSheet) walk(rule.styleSheet.cssRules, nested);
      } else if (rule.cssRules?.length && !(rule instanceof CSSKeyframesRule))
        walk(rule.cssRules, nested || rule instanceof CSSStyleRule);
    }
  };
  const sheets = (tree, nested) => {
    for (const sheet of [...(tree.styleSheets ?? []), ...(tree.adoptedStyleSheets ?? [])]) {
      if (sheet.disabled || /^\s*print\s*$/.test(sheet.media.mediaText)) continue;
      if (sheet.media.mediaText) found.add(sheet.media.mediaText);
      walk(sheet.cssRules, nested);
    }
    for (const element of tree.querySelectorAll("*")) {
      if (element.shadowRoot) sheets(element.shadowRoot, true);
      if (element.localName === "source" && element.media) found.add(element.media);
      try {
        if (element.localName === "iframe" && element.contentDocument) sheets(element.contentDocument, true);
      } catch {
        /* another origin */
      }
    }
  };
  sheets(document, false);
  return [...found].sort();
})();
