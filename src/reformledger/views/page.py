"""Pages for browsers: one file that asks the network for nothing, made from a template, a style and a script.

The policy in its head allows that style and that script alone, by their hashes, so that no text of the data can become
code; the templates escape all that they are given.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from reformledger.i18n import _, language
from reformledger.views.palette import css_tokens

_FOLDER = files("reformledger.views") / "pages"


def page_text(name: str, **values: object) -> str:
    """Return the page ``name``: its template with ``values``, its style behind the tones of lights, its script."""
    style = "\n".join([*css_tokens(), _source(f"{name}.css")])
    script = _source(f"{name}.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )
    return (
        _environment()
        .get_template(f"{name}.html.jinja")
        .render(
            _=_,
            language="en" if language() == "en" else "zh-CN",
            policy=policy,
            style=Markup(style),  # noqa: S704 - ours, as the script is
            script=Markup(script),  # noqa: S704 - a file of ours
            **values,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(_source), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
