"""axe-core: run in the browser through axe-selenium-python, its results in our words."""
