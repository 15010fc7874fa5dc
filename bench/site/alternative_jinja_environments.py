"""Two faster ways to compile the site's templates, as peers of plain Jinja in `bench/site/templates.py`.

`PrivateEnvironment` is what the site used until decision 46: it overrides methods of Jinja's compiler and runtime that are not
part of its documented interface. `constant_messages` achieves part of the effect with a documented extension.
"""

from collections.abc import Iterator, MutableMapping
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_DICT_ATTRIBUTES = frozenset(dir(dict))
_MESSAGE = ("variable_begin", "name", "lparen", "string", "rparen", "variable_end")


class _ConstantMessages(Extension):
    """A Jinja extension that translates `{{ _("text") }}` into the language of its environment when a template is compiled."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Replace the six tokens of each such expression with one token that has the translated text."""
        tokens = list(stream)
        at = 0
        while at < len(tokens):
            part = tokens[at : at + len(_MESSAGE)]
            if tuple(token.type for token in part) == _MESSAGE and part[1].value == "_":
                text = self.environment.globals["gettext"](part[3].value)  # type: ignore[operator]
                yield Token(part[0].lineno, "data", str(text))
                at += len(_MESSAGE)
            else:
                yield tokens[at]
                at += 1


def constant_messages(**options: Any) -> Environment:
    """Return an environment that translates messages without placeholders when compiling a template."""
    options["extensions"] = [*options["extensions"], _ConstantMessages]
    return Environment(**options)


class _Translate(NodeTransformer):
    """A visitor that replaces calls of gettext with the translated text if their only argument is a constant."""

    def __init__(self, environment: Environment) -> None:
        self._gettext: Any = environment.globals["gettext"]

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Replace a call of gettext with its translated text if its only argument is a constant.

        Leave other calls as they are.
        """
        self.generic_visit(node)
        is_gettext = isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext")
        if not is_gettext or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
            return node
        [message] = node.args
        if not isinstance(message, nodes.Const) or not isinstance(message.value, str):
            return node
        return nodes.TemplateData(str(self._gettext(message.value)), lineno=node.lineno)


class _Generator(CodeGenerator):
    """A code generator for templates that escape values with `PrivateEnvironment.escaped`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape is True and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _CallContext(Context):
    """A context that calls macros and plain functions without Jinja's checks of the called object."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call an object for a template. Macros and plain Python functions are called directly."""
        kind = type(__obj)
        if kind is Macro:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(__self.eval_ctx, *args, **kwargs)
        if (kind is MethodType or kind is FunctionType) and not hasattr(__obj, "jinja_pass_arg"):
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
            return __obj(*args, **kwargs)
        return super().call(__obj, *args, **kwargs)


class PrivateEnvironment(Environment):
    """An environment that overrides how Jinja compiles templates, calls objects and looks up attributes."""

    context_class = _CallContext
    code_generator_class = _Generator

    @staticmethod
    def escaped(value: Any) -> str:
        """Escape a value unless it is already markup."""
        return value if type(value) is Markup else escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return a template's names as a plain dictionary."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an object's attribute. A dictionary's value of that name comes first, unless `dict` has such an attribute."""
        if type(obj) is dict and attribute in obj and attribute not in _DICT_ATTRIBUTES:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        return super()._generate(_Translate(self).visit(source), name, filename, defer_init)
