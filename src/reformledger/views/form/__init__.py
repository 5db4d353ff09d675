"""The workbook of a form: a cover that says what to do, the sheet to fill in, a hidden one that keeps the form.

Only the tinted cells can be written in. Lists, limits and hints are validations that Excel, WPS and LibreOffice keep:
the word of a list is found by a defined name, since WPS drops those of an extension (x14).
"""
