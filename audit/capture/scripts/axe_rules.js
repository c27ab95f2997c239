// The names of all rules that it has.
axe
  .getRules()
  .map((rule) => rule.ruleId)
  .sort();
