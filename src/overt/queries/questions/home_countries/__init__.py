"""Seats (home countries) of suppliers and lenders as conditions of questions.

An exporter or lender is a country in `QuestionGrammar.exporters` or `QuestionGrammar.lenders`: a question that names it may mean
its companies or banks.
"""
