"""How much the auditor detects, measured on test pages by others.

``python -m benchmarks.detection`` visits every page of the corpora once, keeps the
captures, runs all rules over them and prints what was found, missed and falsely reported.
"""
