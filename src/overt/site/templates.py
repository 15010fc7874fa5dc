"""Templates that render fast: they work out at load time what does not change from page to page.

A page looks up some three hundred texts, macros and attributes of rows. The output is that of Jinja's own parts, byte for byte,
as a test compares.
"""

from collections.abc import MutableMapping
from types import FunctionType, MethodType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

_GETTEXT = ("_", "gettext")
_OF_DICTS = frozenset(dir(dict))


class _InlineMessages(NodeTransformer):
    """Replaces messages without variables by their translation when a template is compiled."""

    def __init__(self, environment: Environment) -> None:
        self._gettext: Any = environment.globals["gettext"]

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """Replace a call of gettext with a constant by its translation."""
        self.generic_visit(node)
        called = isinstance(node.node, nodes.Name) and node.node.name in _GETTEXT
        if not called or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
            return node
        [message] = node.args
        if not isinstance(message, nodes.Const) or not isinstance(message.value, str):
            return node
        return nodes.TemplateData(str(self._gettext(message.value)), lineno=node.lineno)


class _FastCode(CodeGenerator):
    """Escapes values with `Templates.escape_value` instead of `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape is True and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escape_value(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _FastContext(Context):
    """Calls macros, methods and plain functions without Jinja's checks for each call."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the result of a call."""
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


class Templates(Environment):
    """The templates of one language. Set its texts in `globals` before loading the first template."""

    context_class = _FastContext
    code_generator_class = _FastCode

    @staticmethod
    def escape_value(value: Any) -> str:
        """Return a value as HTML: markup unchanged, everything else escaped."""
        return value if type(value) is Markup else escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the names that a template knows. Nothing is added later, so a plain dictionary is enough."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an attribute, or an item of a mapping. Rows are dictionaries, whose only attributes are methods."""
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICTS:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        return super()._generate(_InlineMessages(self).visit(source), name, filename, defer_init)
