"""Templates that render fast: what does not change from page to page is worked out when a template is read, not when it is shown.

A page asks for some three hundred words, macros and attributes of rows. What comes out is what Jinja's own parts make, byte for
byte; a test holds them against each other.
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
    """Puts messages that nothing fills in into the template, in the language of its environment."""

    def __init__(self, environment: Environment) -> None:
        self._gettext: Any = environment.globals["gettext"]

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        """A call of gettext with a text alone becomes what it answers."""
        self.generic_visit(node)
        called = isinstance(node.node, nodes.Name) and node.node.name in _GETTEXT
        if not called or node.kwargs or node.dyn_args or node.dyn_kwargs or len(node.args) != 1:
            return node
        [message] = node.args
        if not isinstance(message, nodes.Const) or not isinstance(message.value, str):
            return node
        return nodes.TemplateData(str(self._gettext(message.value)), lineno=node.lineno)


class _FastCode(CodeGenerator):
    """What is shown goes through `Templates.escape_value`, not through `escape`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape is True and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escape_value(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _FastContext(Context):
    """Calls without asking each time what it is that is called: most are macros, methods of ours and plain functions."""

    def call(__self, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """What calling gives."""
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
    """Templates of one language, whose words are in `globals` before the first is read."""

    context_class = _FastContext
    code_generator_class = _FastCode

    @staticmethod
    def escape_value(value: Any) -> str:
        """A value as a page has it: markup as it is, all else escaped."""
        return value if type(value) is Markup else escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What a template knows beside what it is given; nothing is added to it later, so a plain dictionary does."""
        return {**self.globals, **(d or {})}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """An attribute, or what a mapping holds under its name; rows are dictionaries, which have no attributes but methods."""
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICTS:
            return obj[attribute]
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return super().getattr(obj, attribute)

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        return super()._generate(_InlineMessages(self).visit(source), name, filename, defer_init)
